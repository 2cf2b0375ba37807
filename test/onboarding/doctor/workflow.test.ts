import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { workflowsOf } from "../../../scripts/workflow-snippets.ts";
import { callingWorkflows } from "../../../src/onboarding/doctor/calling-workflows.ts";
import { checkReleases } from "../../../src/onboarding/doctor/releases.ts";
import { checkWorkflows as checkCalling } from "../../../src/onboarding/doctor/workflow.ts";
import { promoteWorkflow } from "../../../src/onboarding/init/promote-workflow.ts";
import { workflowText } from "../../../src/onboarding/init/texts.ts";
import { parseSpec } from "../../../src/spec/parse-spec.ts";

const examples = join(import.meta.dirname, "..", "..", "..", "examples");
const good = workflowText("main", "8f4b7f84864484a7bf31766abe9204da3cbe65b3");
const sha = "8f4b7f84864484a7bf31766abe9204da3cbe65b3";
const promoting = promoteWorkflow({ commit: sha, comment: "v1.0.0" });
const checkWorkflows = (files: ReadonlyMap<string, string>, branch: string, wants?: Parameters<typeof checkCalling>[2]) =>
  checkCalling(callingWorkflows(files).judging, branch, wants);
const brokenIn = (...texts: string[]) =>
  checkWorkflows(new Map(texts.map((text, index) => [`.github/workflows/${index}.yml`, text])), "main")
    .filter(({ status }) => status === "broken")
    .map(({ check, message }) => `${check}: ${message}`);

describe("the workflows of a repository", () => {
  it("are fine as assay init writes them, whatever stands beside them", () => {
    expect(brokenIn("on: push\njobs: {a: {runs-on: x, steps: [{run: y}]}}", good, "{{ no: yaml", "", promoting)).toEqual([]);
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

describe("a workflow that promotes", () => {
  const rules = `version: 1
models:
  fraud:
    task: binary
    train: {run: python train.py, inputs: {data: [train.csv]}, outputs: {model: model.onnx}}
    evaluate: {data: test.csv, target: bought, predict: {onnx: model.onnx}}
`;
  const spec = parseSpec(rules, "assay.yml");
  const promoted = parseSpec(`${rules}    promote: {stages: [staging]}\n`, "assay.yml");
  const found = (...texts: string[]) => {
    const files = new Map(texts.map((text, index) => [`.github/workflows/${index}.yml`, text]));
    return checkReleases(callingWorkflows(files).promoting, promoted).map(
      ({ check, status, message }) => `${status} ${check}: ${message}`,
    );
  };
  it("is missed where a model has rules for promotions, and no other does for it", () => {
    expect(found(good)).toEqual([
      expect.stringMatching(/^broken release workflow: .* has rules for promotions, and no workflow promotes/),
    ]);
    expect(checkReleases([], spec)).toEqual([]);
  });

  it("is fine as assay init and the documents write it, and named by a commit", () => {
    expect(found(good, promoting).map((line) => line.split(":")[0])).toEqual(["fine release workflow", "fine workflow pin"]);
    expect(found(promoting.replace(`@${sha}`, "@main"))).toContainEqual(expect.stringMatching(/^broken workflow pin: .*by main/));
  });

  it("looks at no pull request, so that another one is missed", () => {
    expect(brokenIn(promoting)).toEqual([expect.stringMatching(/^workflow: No workflow calls Assay/)]);
  });

  it("is the one that the documents show", () => {
    const documents = readFileSync(join(examples, "..", "docs", "workflows.md"), "utf8");
    expect(workflowsOf(documents).map(({ text }) => text)).toContain(
      promoteWorkflow({ commit: "0".repeat(40), comment: "a release's commit" }),
    );
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
