import { describe, expect, it } from "vitest";
import { digestOf } from "../../src/evidence/digest.ts";
import type { Input } from "../../src/evidence/evidence.ts";
import { type DecisionRequest, type DescribedModel, decide, type Lookups } from "../../src/plan/decide.ts";
import { planMatrix } from "../../src/plan/matrix.ts";
import { parsePlan } from "../../src/plan/parse-plan.ts";
import type { Plan, RunRef } from "../../src/plan/plan.ts";
import { renderPlan } from "../../src/plan/render-plan.ts";
import { parseSpec } from "../../src/spec/parse-spec.ts";

const model = parseSpec(
  "version: 1\nmodels:\n  m:\n    task: regression\n    train: {run: ./t, runner: [self-hosted, gpu], timeout: 90m, outputs: {model: m.onnx}}\n" +
    "    evaluate: {data: test.csv, target: y, predict: {onnx: m.onnx}, metrics: [r2]}\n",
  "assay.yml",
).models.get("m");

function described(commit: string, { data = "1", test = "1", unpinned = new Map<string, string>() } = {}): DescribedModel {
  if (!model) throw new Error("the model is missing");
  const inputs: Input[] = [{ kind: "data", name: "data.csv", id: `git:${data}` }];
  return {
    commit: commit.repeat(40),
    model,
    run: { inputHash: digestOf(data), inputs, unpinned, code: Buffer.alloc(0), points: [] },
    evaluation: {
      digest: digestOf(test),
      testPath: "test.csv",
      testSet: test,
      scoring: digestOf("scoring"),
      unpinned: undefined,
      parts: new Map([["test set", test]]),
    },
  };
}

const run: RunRef = { kind: "artifact", inputHash: digestOf("2"), runId: 7, origin: "run 7 of #3" };
const nothing: Lookups = { run: undefined, recorded: undefined, baseline: undefined, points: [], basePoints: [] };
const none = { kind: "none" } as const;

function decided(overrides: Partial<DecisionRequest> = {}) {
  return decide({
    event: "pull_request",
    head: described("a", { data: "2" }),
    base: described("b"),
    baseMissing: "no baseline yet",
    lookups: { ...nothing, baseline: none },
    ...overrides,
  });
}

describe("a changed model", () => {
  it("is trained, and its baseline too when none is recorded", () => {
    expect(decided()).toMatchObject({
      candidate: { decision: "train", because: ["data changed: data.csv"] },
      baseline: { decision: "train", because: ["no run of the base's inputs is recorded"] },
      evaluate: true,
    });
  });

  it("reuses a run that may be trusted, and says why it does not use another", () => {
    expect(decided({ lookups: { ...nothing, run: { run, mayReuse: true }, baseline: none } }).candidate).toMatchObject({
      decision: "reuse",
      run,
      because: ["run 7 of #3 had the same inputs"],
    });
    expect(
      decided({ lookups: { ...nothing, run: { run, mayReuse: false, why: "it ran in a fork" }, baseline: none } }).candidate,
    ).toMatchObject({
      decision: "train",
      because: ["data changed: data.csv", "run 7 of #3 had the same inputs, but it ran in a fork"],
    });
  });

  it("takes its baseline from the store, or trains it because it expired", () => {
    expect(decided({ lookups: { ...nothing, baseline: { kind: "recorded", run } } }).baseline).toMatchObject({
      decision: "reuse",
      run,
    });
    expect(decided({ lookups: { ...nothing, baseline: { kind: "expired", what: "model" } } }).baseline).toMatchObject({
      decision: "train",
      because: ["its model expired"],
    });
  });

  it("has no baseline when the base does not know it", () => {
    const planned = decided({ base: undefined, baseMissing: "the base does not have this model" });
    expect(planned.baseline).toBeUndefined();
    expect(planned).toMatchObject({
      evaluate: true,
      candidate: { decision: "train", because: ["the base does not have this model"] },
    });
  });
});

describe("an unchanged model", () => {
  const head = described("a");
  it("is skipped", () => {
    expect(decided({ head })).toMatchObject({ evaluate: false, candidate: { decision: "skip" }, baseline: { decision: "skip" } });
  });

  it("is trained every time when its data has no content id", () => {
    const why = "data.csv has no content id: it is not tracked";
    const unpinned = described("a", { unpinned: new Map([["data.csv", why]]) });
    expect(decided({ head: unpinned, lookups: { ...nothing, run: { run, mayReuse: true }, baseline: none } })).toMatchObject({
      evaluate: true,
      candidate: { decision: "train", because: [why] },
    });
  });

  it("is evaluated again on another test set, with the recorded model if there is one", () => {
    const other = described("a", { test: "2" });
    expect(decided({ head: other, lookups: { ...nothing, recorded: { kind: "recorded", run } } })).toMatchObject({
      evaluate: true,
      testSetChanged: true,
      candidate: { decision: "reuse", run },
      baseline: { decision: "skip" },
    });
    expect(decided({ head: other, lookups: { ...nothing, recorded: none } }).candidate).toMatchObject({
      decision: "train",
      because: ["no run with these inputs is recorded"],
    });
  });
});

describe("a push", () => {
  it("skips what is recorded already", () => {
    expect(decided({ event: "push", lookups: { ...nothing, recorded: { kind: "recorded", run } } })).toMatchObject({
      evaluate: false,
      candidate: { decision: "skip", because: ["already recorded"] },
    });
  });

  it("reuses the run of the merged pull request, or trains; it never trains a baseline", () => {
    expect(
      decided({ event: "push", lookups: { ...nothing, run: { run, mayReuse: true }, recorded: none, baseline: none } }),
    ).toMatchObject({
      evaluate: true,
      candidate: { decision: "reuse", run },
    });
    const trained = decided({
      event: "push",
      lookups: { ...nothing, recorded: { kind: "expired", what: "model" }, baseline: none },
    });
    expect(trained.candidate).toMatchObject({ decision: "train", because: ["its model expired", "data changed: data.csv"] });
    expect(trained.baseline).toBeUndefined();
  });

  it("trains an unchanged model of which nothing is recorded", () => {
    expect(decided({ event: "push", head: described("a"), lookups: { ...nothing, recorded: none } }).candidate).toMatchObject({
      decision: "train",
      because: ["no run with these inputs is recorded"],
    });
  });
});

describe("a plan", () => {
  const plan = (models: Plan["models"]): Plan => ({
    schema: "assay.plan/v1",
    commit: "a".repeat(40),
    base: "b".repeat(40),
    event: "pull_request",
    pullRequest: 3,
    models,
  });

  it("is read back as it was written, and nothing else is", () => {
    const written = JSON.stringify(plan([decided()]));
    expect(JSON.stringify(parsePlan(written, "input"))).toBe(written);
    for (const [text, what] of [
      ["", "it is empty"],
      ["{", "it is not JSON"],
      [written.replace('"evaluate":true', '"evaluate":1'), "models.0.evaluate"],
      [written.replace('"train"', '"reuse"'), "names no run"],
      [written.replace('"models"', '"extra":1,"models"'), "extra"],
    ] as const)
      expect(() => parsePlan(text, "input `plan`")).toThrow(what);
  });

  it("asks for a job for what is trained or evaluated, on the declared runner and with time for both trainings", () => {
    expect(planMatrix(plan([decided(), decided({ head: described("a") })]))).toEqual([
      { model: "m", runner: ["self-hosted", "gpu"], "timeout-minutes": 240 },
    ]);
    expect(() => planMatrix(plan(Array.from({ length: 257 }, () => decided())))).toThrow("257 jobs would train");
  });

  it("is shown a line a model", () => {
    expect(renderPlan(plan([]))).toBe("assay.yml declares no models.");
    expect(renderPlan(plan([decided({ head: described("a") })]))).toBe("skip   m  nothing that determines it changed");
  });
});
