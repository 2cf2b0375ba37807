import { expect, it } from "vitest";
import { commandOfButton } from "../../../bot/commands/from-click.ts";
import type { Report } from "../../../src/report/report.ts";
import { appStates } from "../../report/app-states.ts";
import { createReport } from "../../report/create-report.ts";

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
