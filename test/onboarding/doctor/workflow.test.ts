import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { workflowsOf } from "../../../scripts/workflow-snippets.ts";
import { checkWorkflows } from "../../../src/onboarding/doctor/workflow.ts";
import { workflowText } from "../../../src/onboarding/init/texts.ts";

const good = workflowText("main", "8f4b7f84864484a7bf31766abe9204da3cbe65b3");
const brokenIn = (...texts: string[]) =>
  checkWorkflows(new Map(texts.map((text, index) => [`.github/workflows/${index}.yml`, text])), "main")
    .filter(({ status }) => status === "broken")
    .map(({ check, message }) => `${check}: ${message}`);

describe("the workflows of a repository", () => {
  it("are fine as assay init writes them, whatever stands beside them", () => {
    expect(brokenIn("on: push\njobs: {a: {runs-on: x, steps: [{run: y}]}}", good, "{{ no: yaml", "")).toEqual([]);
  });

  it.each([
    ["zeros for a commit", good.replace(/@[0-9a-f]{40}/, `@${"0".repeat(40)}`), /^workflow pin: .*zeros/],
    ["a branch", good.replace(/@[0-9a-f]{40}/, "@main"), /^workflow pin: .*by main, which somebody can move/],
    [
      "permissions that are not said",
      good.replace(/ {4}permissions:\n(?: {6}.*\n)+/, ""),
      /^workflow permissions: .*contents: write, pull-requests: write, checks: write, actions: read/,
    ],
    [
      "every permission",
      good.replace(/ {4}permissions:\n(?: {6}.*\n)+/, "    permissions: write-all\n"),
      /^workflow permissions: .*every permission/,
    ],
    ["pull_request_target", good.replace("pull_request:", "pull_request_target:"), /^workflow events: .*code of a fork/],
    [
      "a filter of paths on pull requests",
      good.replace("pull_request:", 'pull_request:\n    paths: ["src/**"]'),
      /^workflow paths: .*on pull_request only where .*the check never comes/,
    ],
    [
      "a filter of paths on pushes",
      good.replace("[main]", '[main], paths-ignore: ["docs/**"]'),
      /^workflow paths: .*on push only where .*no baseline is recorded/,
    ],
    ["another branch", good.replace("[main]", "[trunk]"), /^workflow events: .*push to main: no baseline/],
    [
      "the usual types, which leave out that a draft is ready",
      good.replace(/ {4}types: .*\n/, ""),
      /^workflow types: .*type ready_for_review: what waits is not trained when a draft is marked ready/,
    ],
    [
      "no pull requests",
      good.replace(/ {2}pull_request:\n {4}types: .*\n/, "  merge_group:\n"),
      /^workflow events: .*pull_request: no change is looked at/,
    ],
  ])("are broken with %s", (_, text, message) => {
    expect(brokenIn(text)).toEqual([expect.stringMatching(message)]);
  });

  it("listen to labels where one starts a training", () => {
    const files = (text: string) => new Map([[".github/workflows/a.yml", text]]);
    const typesOf = (text: string) =>
      checkWorkflows(files(text), "main", { labels: ["train"] }).find(({ check }) => check === "workflow types");
    expect(typesOf(good)).toMatchObject({
      status: "broken",
      message: expect.stringContaining("type labeled: what waits is not trained when it gets the label train."),
      fix: expect.stringContaining("[opened, synchronize, reopened, ready_for_review, labeled]}, with an `if`"),
    });
    expect(typesOf(good.replace("ready_for_review]", "ready_for_review, labeled]"))).toMatchObject({ status: "fine" });
  });

  it("may leave variables that trainings are to get to the runner, which is said", () => {
    const secretsOf = (text: string) =>
      checkWorkflows(new Map([["a.yml", text]]), "main", { env: ["HF_TOKEN"] }).filter(
        ({ check }) => check === "workflow secrets",
      );
    expect(secretsOf(good)).toEqual([
      expect.objectContaining({ status: "unknown", message: expect.stringContaining("trainings are to get HF_TOKEN") }),
    ]);
    expect(secretsOf(`${good}    secrets: inherit\n`)).toEqual([]);
    expect(secretsOf(`${good}    secrets: {train-env: x}\n`)).toEqual([]);
  });

  it("may call the actions one by one, whose permissions are theirs to choose", () => {
    const steps = "on: [push, pull_request]\njobs: {a: {runs-on: x, steps: [{uses: assay-ml/assay/actions/plan@v1}]}}";
    expect(brokenIn(steps)).toEqual([expect.stringMatching(/^workflow pin/), expect.stringMatching(/^workflow types/)]);
  });
});

describe("a workflow for the app", () => {
  const documents = readFileSync(join(import.meta.dirname, "..", "..", "..", "docs", "workflows.md"), "utf8");
  const [forApp = ""] = workflowsOf(documents)
    .map(({ text }) => text.replaceAll("0".repeat(40), "8f4b7f84864484a7bf31766abe9204da3cbe65b3"))
    .filter((text) => text.includes("model-ci-app.yml"));
  const broken = (text: string, writer: "action" | "app") =>
    checkWorkflows(new Map([["models.yml", text]]), "main", { writer })
      .filter(({ status }) => status === "broken")
      .map(({ check, message }) => `${check}: ${message}`);

  it("is fine as it is documented, and where the action writes nobody would", () => {
    expect(broken(forApp, "app")).toEqual([]);
    expect(broken(forApp, "action")).toEqual([expect.stringMatching(/^workflow writer: .*nobody writes the comment/)]);
    expect(broken(good, "action")).toEqual([]);
  });

  it("lets the app start a training", () => {
    expect(broken(forApp.replace(/^run-name:.*\n/m, ""), "app")).toEqual([expect.stringContaining("has no run-name")]);
    expect(broken(good, "app")).toEqual([expect.stringMatching(/^workflow dispatch: .*inputs pull-request, head-sha, model/)]);
  });
});
