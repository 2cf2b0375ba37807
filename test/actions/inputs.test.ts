import { describe, expect, it } from "vitest";
import type { Plan } from "../../src/plan/plan.ts";
import { serializePlan } from "../../src/plan/serialize-plan.ts";
import { createPlannedModel, mergeSha } from "../report/create-report.ts";
import { runStep } from "./step.ts";

const plan: Plan = {
  schema: "assay.plan/v1",
  commit: mergeSha,
  base: null,
  event: "push",
  models: [createPlannedModel("fraud")],
};

const load = (action: string, inputs: Readonly<Record<string, string>>) =>
  runStep({
    code: `import { loadInputs } from "#/actions/${action}/inputs.ts";
import { runAction } from "#/actions/runtime/run-action.ts";
await runAction(async () => console.log(JSON.stringify(loadInputs())));`,
    inputs,
  });

const lastLine = (stdout: string) => stdout.trimEnd().split("\n").at(-1) ?? "";

describe("inputs of the actions", () => {
  it("are the plan, the model and what is optional", () => {
    const { stdout, status } = load("train", {
      plan: serializePlan(plan),
      model: " fraud ",
      spec: "",
      "github-token": "ghs_secret",
    });
    expect(status).toBe(0);
    expect(JSON.parse(lastLine(stdout))).toMatchObject({
      plan: { commit: mergeSha, models: [{ model: "fraud" }] },
      model: "fraud",
      token: "ghs_secret",
    });
    expect(JSON.parse(lastLine(stdout))).not.toHaveProperty("spec");
  });

  it("hide the token in the log", () => {
    const { commands } = load("plan", { "github-token": "ghs_secret" });
    expect(commands).toContainEqual({ name: "add-mask", properties: {}, message: "ghs_secret" });
  });

  it.each(["train", "evaluate"])("of %s take variables, and hide every value and each of its lines in the log", (action) => {
    const env = '# of the team\nHF_TOKEN=hf_secret\nKEY="line one\nline two"\nEMPTY=\n';
    const { stdout, commands } = load(action, { plan: serializePlan(plan), model: "fraud", env });
    expect(JSON.parse(lastLine(stdout)).env).toEqual({ HF_TOKEN: "hf_secret", KEY: "line one\nline two", EMPTY: "" });
    const masked = commands.filter(({ name }) => name === "add-mask").map(({ message }) => message);
    expect(masked).toEqual(["hf_secret", "line one\nline two", "line one", "line two"]);
  });

  it.each(["hf_secret", "my key=hf_secret"])("are refused when variables are none, without quoting them: %s", (env) => {
    const { status, stdout } = load("train", { plan: serializePlan(plan), model: "fraud", env });
    expect(status).toBe(2);
    expect(stdout).toMatch(/::error::input `env` .*NAME=value/);
    expect(stdout.replaceAll(/^::add-mask::.*$/gm, "")).not.toContain("hf_secret");
  });

  it.each([
    ["train", { plan: serializePlan(plan) }, "model"],
    ["evaluate", { plan: serializePlan(plan) }, "model"],
    ["train", { model: "fraud" }, "plan"],
    ["report", {}, "plan"],
  ])("of %s are refused without one that is needed, naming it: %j", (action, inputs, missing) => {
    const { status, commands } = load(action, inputs);
    expect(status).toBe(2);
    expect(commands.at(-1)?.message).toContain(`Input \`${missing}\` is empty`);
  });

  it.each(["not a plan", "{}", "[]", '{"schema": "assay.plan/v2"}', "null"])("are refused when the plan is none: %s", (text) => {
    const { status, commands } = load("report", { plan: text });
    expect(status).toBe(2);
    expect(commands.at(-1)?.message).toContain("input `plan`");
  });
});
