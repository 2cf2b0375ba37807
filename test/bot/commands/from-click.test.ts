import { expect, it } from "vitest";
import { commandOfButton, commandsOfReview } from "../../../bot/commands/from-click.ts";
import type { Report } from "../../../src/report/report.ts";
import { appStates } from "../../report/app-states.ts";
import { createReport } from "../../report/create-report.ts";
import { createFacts } from "./create-facts.ts";

const wanted: Report = appStates["app-approval-wanted"]?.() ?? createReport();
const two = { ...wanted, models: wanted.models.flatMap((model) => [model, { ...model, name: "churn" }]) };

it("a button is the command that it stands for", () => {
  expect(commandOfButton("retrain", undefined)).toEqual({ name: "retrain" });
  expect(commandOfButton("approve", wanted)).toEqual({ name: "approve", model: "fraud" });
  expect(commandOfButton("explain", wanted)).toEqual({ name: "explain", model: "fraud" });
});

it("a button that should not be there any more is no command", () => {
  expect(commandOfButton("approve", undefined)).toBeUndefined();
  expect(commandOfButton("approve", appStates["app-approved"]?.())).toBeUndefined();
  expect(commandOfButton("approve", two)).toBeUndefined();
});

it("an approving review approves the reviewer's models that wait for it", async () => {
  const owner = (await createFacts("owner")).actor;
  expect(commandsOfReview(two, owner)).toEqual([{ name: "approve", model: "fraud" }]);
  expect(commandsOfReview(two, (await createFacts("maintainer")).actor)).toEqual([{ name: "approve", model: "churn" }]);
  expect(commandsOfReview(appStates["app-pass"]?.(), owner)).toEqual([]);
  expect(commandsOfReview(undefined, owner)).toEqual([]);
});
