import { digestOf } from "../../src/evidence/digest.ts";
import type { Comparison, Evaluation, Pictures, Slice, Waiver } from "../../src/evidence/evidence.ts";
import { claimsOf } from "../../src/gates/headline.ts";
import type { GateResult, ModelVerdict } from "../../src/gates/verdict.ts";
import type { ModelState, Report } from "../../src/report/report.ts";
import { nameOfGate } from "../../src/spec/gate-name.ts";
import type { Gate } from "../../src/spec/spec.ts";
import {
  averagePrecision,
  createComparison,
  createEvaluation,
  createEvidence,
  createModelReport,
  createReport,
  createVerdict,
  gateOn,
  judged,
  recall,
} from "./create-report.ts";

const position = { file: "assay.yml", line: 31, column: 9 };

const waiver = (gate: string, overrides: Partial<Waiver & { expired: boolean }> = {}) => ({
  gate,
  by: "@acme/risk-lead",
  reason: "Brazil moved to a new provider in October; its labels settle by December.",
  until: "2026-12-31",
  expired: false,
  ...overrides,
});

/** One country; `change` in recall. */
export function createSlice(value: string, rows: number, change: number, overrides: Partial<Slice> = {}): Slice {
  const half = 4.4 / Math.sqrt(rows);
  const baseline = 0.81 - change / 4;
  const numbers = { baseline, candidate: baseline + change, change, interval: { low: change - half, high: change + half }, rows };
  const flipped = { worse: Math.round(rows * Math.max(0.004, -change)), better: Math.round(rows * Math.max(0.003, change / 2)) };
  return {
    column: "country",
    value,
    rows,
    metrics: [
      { metric: "recall", value: numbers.candidate, interval: { low: numbers.candidate - half, high: numbers.candidate + half } },
    ],
    comparisons: [
      createComparison("recall", numbers),
      createComparison("average_precision", { ...numbers, change: 0.019, interval: { low: 0.019 - half, high: 0.019 + half } }),
    ],
    flipped,
    ...overrides,
  };
}

const countries: Slice[] = [
  createSlice("US", 21_400, -0.004),
  createSlice("DE", 9_120, 0.011),
  createSlice("FR", 6_004, -0.012),
  createSlice("IN", 5_310, 0.084),
  createSlice("MX", 2_917, -0.02),
  createSlice("", 1_411, 0.003),
  createSlice("BR", 1_204, -0.241),
  createSlice("NL", 610, 0.02),
  createSlice("LU", 41, -0.1, { tooSmall: true }),
  createSlice("MT", 19, 0.05, { tooSmall: true }),
];

function sliceGate(value: string | undefined, outcome: GateResult["outcome"], note: string, overrides: Partial<GateResult> = {}) {
  const gate: Gate = {
    position,
    metric: "recall",
    kind: "no-worse-than",
    margin: 0.03,
    slice: { column: "country", value, worst: true },
  };
  const slice = countries.find((each) => each.value === (value ?? "BR"));
  const comparison = slice?.comparisons[0];
  return {
    gate,
    name: nameOfGate(gate),
    outcome,
    note,
    role: "current" as const,
    comparison,
    slice: slice && { column: "country", value: slice.value, rows: slice.rows },
    ...overrides,
  };
}

const latency: Comparison = {
  metric: "latency_ms",
  greaterIsBetter: false,
  baseline: 18.2,
  candidate: 18.9,
  change: 0.7,
  interval: { low: -0.5, high: 1.9 },
  method: "declared noise",
  rows: 0,
  identical: false,
};

const reportedGate: GateResult = {
  gate: { position, metric: "latency_ms", kind: "no-worse-than", margin: 3, reported: { greaterIsBetter: false, noise: 1.2 } },
  name: "latency_ms.no-worse-than",
  outcome: "pass",
  note: "no worse",
  role: "current",
  comparison: latency,
};

const relativeGate: GateResult = {
  gate: { position, metric: "log_loss", kind: "no-worse-than", margin: 0.05, relative: true },
  name: "log_loss.no-worse-than",
  outcome: "inconclusive",
  note: "needs about 9,800 more test rows",
  role: "current",
  comparison: createComparison("log_loss", {
    greaterIsBetter: false,
    baseline: 0.1932,
    candidate: 0.1991,
    change: 0.0059,
    interval: { low: 0.0009, high: 0.0109 },
    relative: { change: 0.030_54, interval: { low: 0.0047, high: 0.0564 } },
  }),
};

const calibration = (bend: number): Pictures["calibration"] => [
  {
    label: "fraud",
    points: Array.from({ length: 10 }, (_, bin): [number, number] => [(bin + 0.5) / 10, ((bin + 0.5) / 10) ** bend]),
  },
];

function evaluationWithSlices(overrides: Partial<Evaluation> = {}): Evaluation {
  const { candidate, baseline, ...rest } = createEvaluation();
  return {
    ...rest,
    candidate: candidate && { ...candidate, pictures: { ...candidate.pictures, calibration: calibration(1.3) } },
    baseline: baseline && { ...baseline, pictures: { ...baseline.pictures, calibration: calibration(1.05) } },
    slices: countries,
    slicesMissing: ["merchant: 8,062 values with the fewest rows, of 8,112"],
    group: { column: "customer_id", groups: 812 },
    weight: "sampling_weight",
    flipped: {
      better: countries.reduce((sum, { flipped }) => sum + (flipped?.better ?? 0), 0),
      worse: countries.reduce((sum, { flipped }) => sum + (flipped?.worse ?? 0), 0),
      worseIds: Array.from({ length: 20 }, (_, index) => `tx-${4_410 + 7 * index}`),
      betterIds: ["tx-17", "tx-1029", "tx-20041"],
    },
    ...overrides,
  };
}

function withClaims(state: ModelState): ModelState {
  if (state.kind !== "judged") return state;
  const [evaluation] = state.evidence.evaluations;
  return { ...state, verdict: { ...state.verdict, ...(evaluation && claimsOf(evaluation)) } };
}

function withHeadline(state: ModelState, headline: ModelVerdict["headline"], outcome?: ModelVerdict["outcome"]): ModelState {
  if (state.kind !== "judged") return state;
  const [evaluation] = state.evidence.evaluations;
  const claims = evaluation && claimsOf(evaluation, headline?.metric);
  return { ...state, verdict: { ...state.verdict, ...claims, headline, ...(outcome && { outcome }) } };
}

const recallAtFpr = createComparison("recall_at_fpr=0.01", {
  baseline: 0.684,
  candidate: 0.688,
  change: 0.004,
  interval: { low: -0.011, high: 0.019 },
});

/** Rules on slices, on shares and on what the trainer reports, none waived. */
export function createSlicesReport(): Report {
  const gates = [
    sliceGate(undefined, "fail", "0.21 past the limit; worst of 8 slices"),
    relativeGate,
    gateOn(recallAtFpr, { kind: "no-worse-than", margin: 0.02 }, "pass", "no worse"),
    reportedGate,
    gateOn(averagePrecision, { kind: "no-worse-than", margin: 0.005 }, "pass", "better"),
  ];
  const state = judged("fraud", { gates, evidence: { evaluations: [evaluationWithSlices()] } });
  const headline = { basis: "holm" as const, better: ["average_precision"], worse: ["recall"] };
  return createReport({ verdict: "fail", models: [createModelReport({ state: withHeadline(state, headline) })] });
}

/** A waiver that counts, one that ended and one that is not needed. */
export function createWaivedReport(expired = false): Report {
  const sliceWaiver = waiver("recall[country].no-worse-than", { expired, ...(expired ? { until: "2026-09-30" } : {}) });
  const gates = [
    sliceGate(undefined, "fail", "0.21 past the limit; worst of 8 slices", { waiver: sliceWaiver }),
    {
      ...relativeGate,
      waiver: waiver("log_loss.no-worse-than", { by: "@acme/ml", reason: "A new test set comes in November." }),
    },
    gateOn(averagePrecision, { kind: "no-worse-than", margin: 0.005 }, "pass", "better", {
      waiver: waiver("average_precision.no-worse-than", { by: "@acme/ml", reason: "Was needed in spring." }),
    }),
  ];
  const outcome = expired ? "fail" : "pass";
  const state = judged("fraud", { gates, evidence: { evaluations: [evaluationWithSlices()] } });
  const headline = { basis: "primary" as const, metric: "average_precision", better: ["average_precision"], worse: [] };
  return createReport({ verdict: outcome, models: [createModelReport({ state: withHeadline(state, headline, outcome) })] });
}

/** Three trainings a side. */
export function createSeedsReport(): Report {
  const seeds = { f1: [0.6801, 0.6894, 0.6951], recall: [0.802, 0.8131, 0.8189], average_precision: [0.427, 0.4301, 0.4359] };
  const of = (metric: keyof typeof seeds, shift: number) => {
    const values = seeds[metric].map((value) => value + shift);
    return { metric, value: values.reduce((sum, value) => sum + value, 0) / values.length, seeds: values };
  };
  const metrics = (shift: number) => (Object.keys(seeds) as (keyof typeof seeds)[]).map((metric) => of(metric, shift));
  const comparisons = metrics(0).map(({ metric, value }) =>
    createComparison(metric, {
      baseline: value - 0.006,
      candidate: value,
      change: 0.006,
      interval: { low: -0.0139, high: 0.0259 },
      degreesOfFreedom: 5.4,
      seedVariance: true,
      method: "three trainings a side",
    }),
  );
  const base = createEvaluation();
  const predictions = (side: string) => [1, 2, 3].map((seed) => digestOf(`${side} ${seed}`));
  const evaluation = createEvaluation({
    comparisons,
    candidate: base.candidate && { ...base.candidate, metrics: metrics(0), predictions: predictions("candidate") },
    baseline: base.baseline && { ...base.baseline, metrics: metrics(-0.006), predictions: predictions("baseline") },
  });
  const [training] = createEvidence().trainings;
  const trainings = training ? [7, 8, 9].map((seed) => ({ ...training, seed, durationSeconds: 4_600 + 11 * seed })) : [];
  const gates = comparisons.map((comparison) =>
    gateOn(
      comparison,
      { kind: "no-worse-than", margin: 0.01 },
      "inconclusive",
      "needs about 3 more seeds a side, or 30,000 more test rows",
    ),
  );
  const state = judged("fraud", { gates, evidence: { evaluations: [evaluation], trainings } });
  const headline = { basis: "holm" as const, better: [], worse: [] };
  return createReport({ verdict: "inconclusive", models: [createModelReport({ state: withHeadline(state, headline) })] });
}

/** A model that is judged by scores a row, and one that gives any number of labels a row; neither has pictures. */
export function createScoredReport(): Report {
  const exact = createComparison("exact_match", {
    baseline: 0.655,
    candidate: 0.616,
    change: -0.0395,
    interval: { low: -0.0494, high: -0.0297 },
    rows: 2_000,
  });
  const grade = createComparison("judge|grade", {
    baseline: 3.91,
    candidate: 3.9,
    change: -0.0102,
    interval: { low: -0.041, high: 0.0206 },
    rows: 2_000,
  });
  const slices = ["algebra", "biology", "history", "law"].map((value, index) =>
    createSlice(value, 500, index === 0 ? -0.31 : 0.01, {
      column: "category",
      metrics: [{ metric: "exact_match", value: 0.6 }],
      comparisons: [
        createComparison("exact_match", {
          ...exact,
          rows: 500,
          change: index === 0 ? -0.158 : 0,
          interval: index === 0 ? { low: -0.19, high: -0.126 } : { low: -0.009, high: 0.009 },
        }),
      ],
      flipped: index === 0 ? { worse: 81, better: 2 } : { worse: 11, better: 10 },
    }),
  );
  const side = (value: number) => ({ metrics: [{ metric: "exact_match", value }], pictures: undefined });
  const base = createEvaluation({ testSet: { path: "data/questions.jsonl", digest: digestOf("questions"), rows: 2_000 } });
  const evaluation: Evaluation = {
    ...base,
    candidate: base.candidate && { ...base.candidate, ...side(0.616) },
    baseline: base.baseline && { ...base.baseline, ...side(0.655) },
    comparisons: [exact, grade],
    slices,
    flipped: { worse: 113, better: 34, worseIds: ["algebra/12", "algebra/31", "law/7"], betterIds: ["history/3"] },
  };
  const answers = judged("answers", {
    gates: [
      gateOn(exact, { kind: "no-worse-than", margin: 0.02 }, "fail", "0.02 past the limit"),
      gateOn(grade, { kind: "no-worse-than", margin: 0.05 }, "pass", "no worse"),
    ],
    evidence: { task: "scored", evaluations: [evaluation] },
  });
  const hamming = createComparison("hamming_loss", {
    greaterIsBetter: false,
    baseline: 0.081,
    candidate: 0.0779,
    change: -0.0031,
    interval: { low: -0.0052, high: -0.001 },
    rows: 3_000,
  });
  const labels: Evaluation = {
    ...base,
    testSet: { path: "data/topics.csv", digest: digestOf("topics"), rows: 3_000 },
    candidate: base.candidate && { ...base.candidate, metrics: [{ metric: "hamming_loss", value: 0.0779 }], pictures: undefined },
    baseline: base.baseline && { ...base.baseline, metrics: [{ metric: "hamming_loss", value: 0.081 }], pictures: undefined },
    comparisons: [hamming],
    flipped: { worse: 51, better: 88 },
  };
  const topics = judged("topics", {
    gates: [gateOn(hamming, { kind: "no-worse-than", margin: 0.002 }, "pass", "better")],
    evidence: { task: "multilabel", evaluations: [labels] },
  });
  return createReport({
    verdict: "fail",
    models: [
      createModelReport({ name: "answers", state: withClaims(answers) }),
      createModelReport({ name: "topics", state: withClaims(topics) }),
    ],
  });
}

/** More rules, waivers and slices than a comment has room for. */
export function createLargeReport(): Report {
  const slices = Array.from({ length: 200 }, (_, index) =>
    createSlice(`country-${index}`, 240 - index, (index % 9) * 0.01 - 0.05),
  );
  const of = (index: number, outcome: GateResult["outcome"], overrides: Partial<GateResult> = {}) =>
    gateOn(
      { ...recall, metric: `score_${index}` },
      { kind: "no-worse-than", margin: 0.03 },
      outcome,
      `a note that explains gate ${index} ${"at length ".repeat(8)}`,
      overrides,
    );
  const gates = [
    ...Array.from({ length: 40 }, (_, index) => of(index, "fail")),
    ...Array.from({ length: 10 }, (_, index) => {
      const result = of(100 + index, "fail");
      return { ...result, waiver: waiver(result.name, { reason: "because ".repeat(200) }) };
    }),
    ...Array.from({ length: 250 }, (_, index) => of(200 + index, "pass")),
  ];
  const verdict = createVerdict("fraud", gates);
  const evidence = createEvidence("fraud", { evaluations: [evaluationWithSlices({ slices })] });
  return createReport({
    verdict: "fail",
    models: [createModelReport({ state: { kind: "judged", verdict, evidence, trust: "pull-request" } })],
  });
}
