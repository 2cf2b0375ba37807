import { expect, it } from "vitest";
import { findPromoteWorkflow } from "../../../bot/reconcile/promote-workflow.ts";

const step = "assay-ml/assay/actions/promote@0000000000000000000000000000000000000000";
const form = "{workflow_dispatch: {inputs: {model: {}, version: {}, stage: {}, rollback: {}}}}";
const workflow = (on: string, uses: string) => `on: ${on}\njobs: {promote: {steps: [{run: echo}, {uses: ${uses}}]}}\n`;
const find = (...texts: readonly string[]) =>
  findPromoteWorkflow(
    texts.map((text, at) => ({ path: `.github/workflows/${at}.yml`, text })),
    "main",
  );

it.each([step, "./actions/promote", "acme/assay-mirror/actions/promote@v1"])("is the one that uses %s", (uses) => {
  expect(find("on: push\njobs: {test: {steps: [{run: echo actions/promote@v1}]}}\n", workflow(form, uses))).toEqual({
    path: ".github/workflows/1.yml",
  });
});

it("is the one whose form can ask for a rollback, of several", () => {
  expect(find(workflow("push", step), workflow(form, step))).toEqual({ path: ".github/workflows/1.yml" });
});

it.each<[string, readonly string[], RegExp]>([
  ["of none", [], /^No workflow of main uses/],
  ["of what is no workflow", ["jobs: [", "[]", "jobs: {a: 1}", "", "on: push"], /^No workflow of main uses/],
  ["of another action", [workflow(form, "acme/actions/promoter@v1")], /^No workflow of main uses/],
  [
    "of a form without inputs",
    [workflow("{workflow_dispatch: null}", step)],
    /does not ask for model, version, stage, rollback\.$/,
  ],
  [
    "of two",
    [workflow(form, step), workflow(form, step)],
    /^\.github\/workflows\/0\.yml and \.github\/workflows\/1\.yml of main all/,
  ],
])("is none %s", (_, texts, why) => {
  expect(find(...texts)).toEqual({ wrong: expect.stringMatching(why) });
});
