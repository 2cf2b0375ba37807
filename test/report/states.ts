import { digestOf } from "../../src/evidence/digest.ts";
import type { Experiment, Experiments, Pictures } from "../../src/evidence/evidence.ts";
import type { PlannedModel, WaitsFor } from "../../src/plan/plan.ts";
import type { Report } from "../../src/report/report.ts";
import {
  averagePrecision,
  createComparison,
  createEvaluation,
  createEvidence,
  createModelReport,
  createPlannedModel,
  createReport,
  createVerdict,
  f1,
  gateOn,
  judged,
  mergeSha,
  mixedGates,
  passingGates,
  recall,
} from "./create-report.ts";
import { createDriftReport } from "./drift-states.ts";
import { createQualityReport } from "./quality-states.ts";
import { createScoredReport, createSeedsReport, createSlicesReport, createWaivedReport } from "./statistical-states.ts";

const job = { name: "Models / Train fraud", url: "https://github.com/acme/risk-models/actions/runs/17402/job/5" };
const identical = createComparison("accuracy", {
  baseline: 0.91,
  candidate: 0.91,
  change: 0,
  interval: undefined,
  identical: true,
  method: "identical predictions",
});
const tiny = createComparison("brier_score", {
  greaterIsBetter: false,
  baseline: 0.041_2,
  candidate: 0.041_200_1,
  change: 1e-7,
  interval: { low: -3e-7, high: 5e-7 },
});

const unchanged = createModelReport({ name: "churn", owners: [], state: { kind: "unchanged" } });

function changedTestSet(): Report["models"] {
  const old = createEvaluation({ role: "base", testSet: { path: "data/test.csv", digest: digestOf("old test"), rows: 47_900 } });
  const gates = [
    ...mixedGates(),
    gateOn(recall, { kind: "no-worse-than", margin: 0.03 }, "fail", "0.022 past the limit", { role: "base" }),
    gateOn(averagePrecision, { kind: "no-worse-than", margin: 0.005 }, "pass", "better", { role: "base" }),
  ];
  const current = createEvaluation();
  const baseline = current.baseline && { ...current.baseline, how: "rescored" as const };
  const state = judged("fraud", { gates, evidence: { evaluations: [{ ...current, baseline }, old] } });
  return [createModelReport({ plan: createPlannedModel("fraud", { testSetChanged: true }), state })];
}

/** A regression and a multiclass model trained by Assay itself, with their pictures. */
export function createPictureReport(): Report {
  const rmse = createComparison("root_mean_squared_error", {
    greaterIsBetter: false,
    baseline: 3_541.2,
    candidate: 3_402.7,
    change: -138.5,
    interval: { low: -171.3, high: -104.9 },
    method: "delta method",
  });
  const residuals = (spread: number): Pictures["residuals"] => {
    const edges = Array.from({ length: 41 }, (_, index) => (index - 20) * 500);
    const counts = edges.slice(0, -1).map((edge) => Math.round(900 * Math.exp(-(((edge + 250) / spread) ** 2))));
    return { edges, counts };
  };
  const curves = (power: number) =>
    ["Adelie", "Chinstrap", "Gentoo"].map((label, index) => ({
      label,
      points: Array.from({ length: 40 }, (_, step): [number, number] => [step / 39, (step / 39) ** (power / (index + 1))]),
    }));
  const species = (power: number, counts: number[][]): Pictures => ({
    confusion: { labels: ["Adelie", "Chinstrap", "Gentoo"], counts },
    roc: curves(power),
  });
  const accuracy = createComparison("accuracy", {
    baseline: 0.9412,
    candidate: 0.9853,
    change: 0.0441,
    interval: { low: -0.0094, high: 0.1161 },
  });
  const evaluation = createEvaluation({
    comparisons: [accuracy],
    testSet: { path: "data/penguins-test.csv", digest: digestOf("p"), rows: 68 },
    flipped: { better: 3, worse: 0 },
  });
  const withPictures = (baseline: Pictures, candidate: Pictures, base = evaluation) => ({
    ...base,
    baseline: base.baseline && { ...base.baseline, pictures: baseline },
    candidate: base.candidate && { ...base.candidate, pictures: candidate },
  });
  const losses = (scale: number) => Array.from({ length: 40 }, (_, epoch) => scale * Math.exp(-epoch / 9) + 0.05 + 0.01 * scale);
  const training = createEvidence().trainings.map((each) => ({
    ...each,
    trainer: "tfjs" as const,
    backend: { requested: "tensorflow", used: "wasm", version: "4.22.0", why: "tfjs-node is not installed" },
    durationSeconds: 7.31,
    reported: undefined,
    history: {
      loss: losses(1),
      val_loss: losses(1.15),
      acc: losses(-0.6).map((loss) => 0.97 + loss),
      val_acc: losses(-0.7).map((loss) => 0.99 + loss),
    },
  }));
  const confusionBefore = [
    [28, 1, 0],
    [2, 11, 0],
    [0, 1, 25],
  ];
  const confusionAfter = [
    [29, 0, 0],
    [1, 12, 0],
    [0, 0, 26],
  ];
  return createReport({
    verdict: "inconclusive",
    pullRequest: { number: 7, title: "Standardise the features", headRef: "standardise", baseRef: "main" },
    models: [
      createModelReport({
        name: "species",
        state: judged("species", {
          gates: [gateOn(accuracy, { kind: "better-than", margin: 0 }, "inconclusive", "needs about 120 more test rows")],
          evidence: {
            task: "multiclass",
            trainings: training,
            evaluations: [withPictures(species(0.3, confusionBefore), species(0.12, confusionAfter))],
          },
        }),
      }),
      createModelReport({
        name: "body-mass",
        state: judged("body-mass", {
          gates: [gateOn(rmse, { kind: "no-worse-than", margin: 50 }, "pass", "better")],
          evidence: {
            task: "regression",
            evaluations: [
              withPictures(
                { residuals: residuals(3_400) },
                { residuals: residuals(2_900) },
                { ...evaluation, comparisons: [rmse], flipped: undefined },
              ),
            ],
          },
        }),
      }),
    ],
  });
}

/** Four experiments with three seeds: one chosen, one reused, one that failed and one that lacks a number. */
function createExperiments(): Experiments {
  const point = (rate: number, values: readonly (number | null)[], more: Partial<Experiment> = {}): Experiment => ({
    values: { "optimizer.adam": rate, "layers.0.activation": "relu" },
    inputHash: digestOf(`rate ${rate}`),
    outcome: "completed",
    seeds: values.map((value, index) => ({ seed: index + 7, value, model: digestOf(`model ${rate} ${index}`) })),
    ...more,
  });
  const run = { id: 17_388, attempt: 1, event: "pull_request", workflow: "Models" };
  const reusedFrom = { repository: "acme/risk-models", commit: mergeSha, pullRequest: 212, run };
  return {
    select: { reported: "val_loss", better: "lower" },
    chosen: 1,
    points: [
      point(0.003, [0.4125, 0.3981, 0.4204], { reusedFrom }),
      point(0.01, [0.3377, 0.3214, 0.3302]),
      point(0.03, [0.3391, null, 0.3187], { message: "With seed 8 it reported no val_loss." }),
      point(10, [null], { outcome: "invalid-output", message: "With seed 7 (1 of 3): The loss was no number in epoch 2." }),
    ],
  };
}

/** Every state that a report can be in, by the name of its golden. */
export const states: Readonly<Record<string, () => Report>> = {
  pass: () => createReport({ models: [createModelReport(), unchanged] }),
  experiments: () =>
    createReport({ models: [createModelReport({ state: judged("fraud", { evidence: { experiments: createExperiments() } }) })] }),
  "no-experiment": () => {
    const { chosen: _, ...tried } = createExperiments();
    const points = tried.points.slice(2);
    const evidence = createEvidence("fraud", { trainings: [], evaluations: [], experiments: { ...tried, points } });
    const message = "None of the 2 experiments can be chosen.";
    return createReport({ verdict: "fail", models: [createModelReport({ state: { kind: "failed", message, job, evidence } })] });
  },
  "blocked-by-a-gate": () =>
    createReport({
      verdict: "fail",
      models: [createModelReport({ name: "churn" }), createModelReport({ state: judged("fraud", { gates: mixedGates() }) })],
    }),
  "inconclusive-and-blocked": () => {
    const gates = [gateOn(f1, { kind: "no-worse-than", margin: 0.01 }, "inconclusive", "needs about 4,100 more test rows")];
    return createReport({ verdict: "inconclusive", models: [createModelReport({ state: judged("fraud", { gates }) })] });
  },
  "inconclusive-and-allowed": () => {
    const noInterval = createComparison("f1", { interval: undefined, noIntervalBecause: "6 of the 10 true positives needed" });
    const gates = [gateOn(noInterval, { kind: "no-worse-than", margin: 0.01 }, "inconclusive", "needs 4 more true positives")];
    const models = [createModelReport({ state: judged("fraud", { gates }) })];
    return createReport({ verdict: "inconclusive", onInconclusive: "allow", models });
  },
  "identical-predictions": () => {
    const gates = [
      gateOn(identical, { kind: "no-worse-than", margin: 0 }, "pass", "identical predictions"),
      gateOn(identical, { kind: "better-than", margin: 0 }, "fail", "identical predictions"),
      gateOn(tiny, { kind: "no-worse-than", margin: 0.001 }, "pass", "no worse"),
    ];
    return createReport({ verdict: "fail", models: [createModelReport({ state: judged("fraud", { gates }) })] });
  },
  "test-set-changed": () => createReport({ verdict: "fail", models: changedTestSet() }),
  "rules-changed": () =>
    createReport({
      verdict: "fail",
      models: [createModelReport({ state: judged("fraud", { gates: mixedGates() }) })],
      lawChanges: [
        { model: "fraud", what: "gate recall.no-worse-than: 0.03 → 0.15", wouldBe: "pass" },
        { model: "fraud", what: "gate f1.no-worse-than is removed" },
      ],
    }),
  pending: () =>
    createReport({
      verdict: "pending",
      jobs: { done: 2, total: 3 },
      links: { run: "https://github.com/acme/risk-models/actions/runs/17402" },
      models: [
        createModelReport({ state: { kind: "pending", job } }),
        createModelReport({ name: "churn" }),
        createModelReport({ name: "limits", state: judged("limits", { gates: mixedGates() }) }),
      ],
    }),
  "no-baseline": () => {
    const gates = passingGates()
      .slice(2)
      .map((gate) => ({ ...gate, comparison: undefined }));
    const evaluation = createEvaluation({
      baseline: undefined,
      baselineMissing: "main does not know this model yet",
      comparisons: [],
      flipped: undefined,
    });
    const state = {
      kind: "recorded" as const,
      verdict: createVerdict("fraud", gates),
      evidence: createEvidence("fraud", { evaluations: [evaluation] }),
      trust: "pull-request" as const,
    };
    return createReport({ models: [createModelReport({ plan: createPlannedModel("fraud", { baseline: undefined }), state })] });
  },
  "no-rules-yet": () => {
    const reasons = ["The base branch has no assay.yml yet: a model owner decides."];
    const evaluation = createEvaluation({
      baseline: undefined,
      baselineMissing: "main does not know this model yet",
      comparisons: [],
      flipped: undefined,
    });
    const state = {
      kind: "recorded" as const,
      verdict: { ...createVerdict("fraud", [], reasons), outcome: "inconclusive" as const },
      evidence: createEvidence("fraud", { evaluations: [evaluation] }),
      trust: "pull-request" as const,
    };
    const models = [createModelReport({ plan: createPlannedModel("fraud", { baseline: undefined }), state })];
    return createReport({ verdict: "inconclusive", law: null, models });
  },
  "baseline-recorded-on-main": () => {
    const evaluation = createEvaluation({ baseline: undefined, comparisons: [], flipped: undefined });
    const evidence = createEvidence("fraud", { evaluations: [evaluation] });
    const state = { kind: "recorded" as const, verdict: createVerdict("fraud", []), evidence, trust: "protected" as const };
    return createReport({
      event: "push",
      pullRequest: undefined,
      baseSha: null,
      headSha: mergeSha,
      models: [createModelReport({ state })],
    });
  },
  "job-failed": () =>
    createReport({
      verdict: "fail",
      models: [
        createModelReport({ state: { kind: "failed", message: "The training command ended with exit code 1.", job } }),
        createModelReport({ name: "churn" }),
      ],
    }),
  "waiting-for-a-label": () => {
    const waiting = (name: string, waitsFor: WaitsFor) =>
      createModelReport({ name, plan: { ...createPlannedModel(name), waitsFor }, state: { kind: "waiting", waitsFor } });
    const models = [waiting("fraud", { label: "train <b>" }), waiting("churn", "ready"), createModelReport({ name: "ranking" })];
    return createReport({ verdict: "waiting", onInconclusive: "allow", models, jobs: { done: 1, total: 1 } });
  },
  "waiting-draft": () => {
    const plan: PlannedModel = { ...createPlannedModel("fraud"), waitsFor: "ready" };
    const models = [createModelReport({ plan, state: { kind: "waiting", waitsFor: "ready" } })];
    return createReport({ verdict: "waiting", models, jobs: { done: 0, total: 0 }, budget: { gpuHours: 8, spent: 5.25 } });
  },
  "job-lost": () =>
    createReport({
      verdict: "fail",
      models: [
        createModelReport({
          state: {
            kind: "lost",
            message: "Its job ended without evidence: it was cancelled, its machine was lost, or it failed early.",
            job,
          },
        }),
      ],
    }),
  "nothing-to-train": () =>
    createReport({
      jobs: { done: 0, total: 0 },
      links: {},
      models: [unchanged, createModelReport({ state: { kind: "unchanged" } })],
    }),
  fork: () => {
    const state = judged("fraud");
    return createReport({
      models: [createModelReport({ state: state.kind === "judged" ? { ...state, trust: "fork" } : state })],
    });
  },
  "reused-run": () => {
    const plan = createPlannedModel("fraud");
    const run = { kind: "artifact" as const, inputHash: plan.candidate.inputHash, runId: 17_300, origin: "pull request 209" };
    const candidate = { ...plan.candidate, decision: "reuse" as const, because: ["its inputs are those of that run"], run };
    return createReport({ models: [createModelReport({ plan: { ...plan, candidate } })] });
  },
  pictures: createPictureReport,
  "data-drifted": () => createDriftReport(),
  "data-stable": () => createDriftReport([]),
  "data-faults": () => createQualityReport(),
  "data-without-faults": () => createQualityReport([], "data/more.csv: line 12 has 3 values, and the header 4."),
  slices: createSlicesReport,
  waived: () => createWaivedReport(),
  "waiver-expired": () => createWaivedReport(true),
  "several-trainings": createSeedsReport,
  "scores-and-many-labels": createScoredReport,
};
