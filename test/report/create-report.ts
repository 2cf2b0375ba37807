import { type Digest, digestOf } from "../../src/evidence/digest.ts";
import type { Comparison, Evaluation, Evidence, Input, MetricResult, Pictures } from "../../src/evidence/evidence.ts";
import type { GateOutcome, GateResult, ModelVerdict } from "../../src/gates/verdict.ts";
import type { PlannedModel } from "../../src/plan/plan.ts";
import type { ModelReport, ModelState, Report } from "../../src/report/report.ts";
import type { Gate } from "../../src/spec/spec.ts";

export const headSha = "9f3c1a2b4d5e6f708192a3b4c5d6e7f809a1b2c3";
export const mergeSha = "4be01d77c2a9f3e85160b7d4928c3fa6e5d0b194";
const baseSha = "b02d7c1e9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c";
const serverUrl = "https://github.com";
const runUrl = `${serverUrl}/acme/risk-models/actions/runs/17402`;

export function createReport(overrides: Partial<Report> = {}): Report {
  return {
    repository: "acme/risk-models",
    serverUrl,
    event: "pull_request",
    pullRequest: { number: 214, title: "Train on October and allow deeper trees", headRef: "tune-leaves", baseRef: "main" },
    headSha,
    baseSha,
    models: [createModelReport()],
    verdict: "pass",
    writer: "action",
    onInconclusive: "block",
    law: { commit: baseSha, path: "assay.yml" },
    lawChanges: [],
    jobs: { done: 3, total: 3 },
    links: { run: runUrl, page: `${runUrl}/artifacts/991` },
    ...overrides,
  };
}

export function createModelReport(overrides: Partial<ModelReport> = {}): ModelReport {
  const name = overrides.name ?? "fraud";
  return { name, owners: ["@acme/risk"], plan: createPlannedModel(name), state: judged(name), ...overrides };
}

export function createPlannedModel(model = "fraud", overrides: Partial<PlannedModel> = {}): PlannedModel {
  return {
    model,
    candidate: {
      commit: mergeSha,
      inputHash: digestOf(`${model} candidate`),
      inputs: candidateInputs,
      scoring: digestOf("scoring"),
      decision: "train",
      because: ["data changed: data/train.csv", "param changed: params.yaml:train.num_leaves"],
    },
    baseline: {
      commit: baseSha,
      inputHash: digestOf(`${model} baseline`),
      inputs: baselineInputs,
      scoring: digestOf("scoring"),
      decision: "reuse",
      because: [],
      run: { kind: "store", inputHash: digestOf(`${model} baseline`), origin: "main" },
    },
    evaluate: true,
    evaluateBecause: [],
    testSetChanged: false,
    runner: ["self-hosted", "gpu"],
    timeoutMinutes: 60,
    ...overrides,
  };
}

const baselineInputs: readonly Input[] = [
  { kind: "code", name: "train.py", id: "git:5d1c1b8b2f0f4c7f6a9f3a7f6f1f2a3b4c5d6e7f" },
  { kind: "data", name: "data/train.csv", id: "dvc:md5:77ab0c2d1e3f4a5b6c7d8e9f0a1b2c3d" },
  { kind: "param", name: "params.yaml:train.num_leaves", id: "63" },
  { kind: "environment", name: "requirements.lock", id: "git:0a1b2c3d4e5f60718293a4b5c6d7e8f901a2b3c4" },
  { kind: "seed", name: "", id: "7" },
];

const candidateInputs: readonly Input[] = [
  { kind: "code", name: "train.py", id: "git:5d1c1b8b2f0f4c7f6a9f3a7f6f1f2a3b4c5d6e7f" },
  { kind: "data", name: "data/train.csv", id: "dvc:md5:c0de5a1f2b3c4d5e6f708192a3b4c5d6" },
  { kind: "param", name: "params.yaml:train.num_leaves", id: "127" },
  { kind: "param", name: "params.yaml:train.min_child", id: "20" },
  { kind: "environment", name: "requirements.lock", id: "git:0a1b2c3d4e5f60718293a4b5c6d7e8f901a2b3c4" },
  { kind: "seed", name: "", id: "7" },
];

export function judged(
  model: string,
  overrides: { gates?: readonly GateResult[]; evidence?: Partial<Evidence>; reasons?: string[] } = {},
): ModelState {
  const verdict = createVerdict(model, overrides.gates ?? passingGates(), overrides.reasons);
  return { kind: "judged", verdict, evidence: createEvidence(model, overrides.evidence), trust: "pull-request" };
}

export function createVerdict(model: string, gates: readonly GateResult[], reasons: string[] = []): ModelVerdict {
  const outcomes = gates.map(({ outcome }) => outcome);
  const outcome =
    (["fail", "inconclusive"] as const).find((candidate) => outcomes.includes(candidate)) ??
    (reasons.length > 0 ? "inconclusive" : "pass");
  return { model, outcome, gates, reasons };
}

export function createComparison(metric: string, overrides: Partial<Comparison> = {}): Comparison {
  return {
    metric,
    greaterIsBetter: true,
    baseline: 0.412,
    candidate: 0.431,
    change: 0.019,
    interval: { low: 0.006, high: 0.032 },
    method: "paired bootstrap",
    rows: 48_210,
    identical: false,
    ...overrides,
  };
}

export const averagePrecision = createComparison("average_precision");
export const recall = createComparison("recall", {
  baseline: 0.8104,
  candidate: 0.7197,
  change: -0.0907,
  interval: { low: -0.1298, high: -0.0516 },
  method: "paired bootstrap",
});
export const f1 = createComparison("f1", {
  baseline: 0.6841,
  candidate: 0.6882,
  change: 0.0041,
  interval: { low: -0.0108, high: 0.019 },
  method: "delta method",
});
const logLoss = createComparison("log_loss", {
  greaterIsBetter: false,
  baseline: 0.1932,
  candidate: 0.1891,
  change: -0.0041,
  interval: { low: -0.0092, high: 0.001 },
});
const rocAuc = createComparison("roc_auc", {
  baseline: 0.879_02,
  candidate: 0.883_11,
  change: 0.004_09,
  interval: { low: 0.0012, high: 0.0069 },
  method: "DeLong",
});

const position = (line: number) => ({ file: "assay.yml", line, column: 9 });

type GateRule = { kind: "no-worse-than" | "better-than"; margin: number } | { kind: "at-least" | "at-most"; limit: number };

export function gateOn(
  comparison: Comparison,
  rule: GateRule,
  outcome: GateOutcome,
  note: string,
  overrides: Partial<GateResult> & { line?: number } = {},
): GateResult {
  const { line = 20, ...rest } = overrides;
  const gate: Gate = { position: position(line), metric: comparison.metric, ...rule };
  return { gate, name: `${comparison.metric}.${rule.kind}`, outcome, note, role: "current", comparison, ...rest };
}

const rocAucValue: MetricResult = { metric: "roc_auc", value: 0.883_11, interval: { low: 0.874, high: 0.892 }, method: "DeLong" };

export function passingGates(): GateResult[] {
  return [
    gateOn(averagePrecision, { kind: "no-worse-than", margin: 0.005 }, "pass", "better"),
    gateOn(logLoss, { kind: "no-worse-than", margin: 0.005 }, "pass", "no worse", { line: 21 }),
    gateOn(rocAuc, { kind: "at-least", limit: 0.8 }, "pass", "above the limit", { line: 22, value: rocAucValue }),
  ];
}

export function mixedGates(): GateResult[] {
  return [
    gateOn(averagePrecision, { kind: "no-worse-than", margin: 0.005 }, "pass", "better"),
    gateOn(f1, { kind: "no-worse-than", margin: 0.01 }, "inconclusive", "needs about 4,100 more test rows", { line: 21 }),
    gateOn(logLoss, { kind: "no-worse-than", margin: 0.005 }, "pass", "no worse", { line: 22 }),
    gateOn(recall, { kind: "no-worse-than", margin: 0.03 }, "fail", "0.022 past the limit", { line: 23 }),
    gateOn(rocAuc, { kind: "at-least", limit: 0.8 }, "pass", "above the limit", { line: 24, value: rocAucValue }),
  ];
}

export function createEvaluation(overrides: Partial<Evaluation> = {}): Evaluation {
  const comparisons = [averagePrecision, recall, f1, logLoss, rocAuc];
  const metrics = (side: "baseline" | "candidate") =>
    comparisons.map((comparison) => ({ metric: comparison.metric, value: comparison[side] }));
  return {
    role: "current",
    testSet: { path: "data/test.csv", digest: digestOf("test"), rows: 48_210 },
    candidate: {
      inputHash: digestOf("fraud candidate"),
      commit: mergeSha,
      predictions: [digestOf("candidate predictions")],
      scoring: digestOf("scoring"),
      metrics: metrics("candidate"),
      pictures: binaryPictures(0.36, [
        [41_905, 1_320],
        [1_398, 3_587],
      ]),
    },
    baseline: {
      how: "kept",
      inputHash: digestOf("fraud baseline"),
      commit: baseSha,
      predictions: [digestOf("baseline predictions")],
      scoring: digestOf("scoring"),
      metrics: metrics("baseline"),
      pictures: binaryPictures(0.42, [
        [41_630, 1_595],
        [945, 4_040],
      ]),
    },
    comparisons,
    flipped: { better: 1_060, worse: 1_238 },
    ...overrides,
  };
}

/** Curves of the form y = x^p, smooth enough to look like a model's. */
export function binaryPictures(power: number, counts: number[][]): Pictures {
  const steps = Array.from({ length: 60 }, (_, index) => index / 59);
  return {
    confusion: { labels: ["legitimate", "fraud"], counts },
    roc: [{ label: "fraud", points: steps.map((x): [number, number] => [x, x ** power]) }],
    precisionRecall: [{ label: "fraud", points: steps.map((x): [number, number] => [x, 1 - 0.9 * x ** (1 / power)]) }],
  };
}

export function createEvidence(model = "fraud", overrides: Partial<Evidence> = {}): Evidence {
  const digest: Digest = digestOf(`${model} model`);
  return {
    schema: "assay.evidence/v1",
    model,
    task: "binary",
    inputHash: digestOf(`${model} candidate`),
    inputs: [...candidateInputs],
    source: {
      repository: "acme/risk-models",
      commit: mergeSha,
      headSha,
      pullRequest: 214,
      run: { id: 17_402, attempt: 1, event: "pull_request", workflow: ".github/workflows/assay.yml" },
    },
    trainings: [
      {
        seed: 7,
        trainer: "command",
        startedAt: "2026-11-02T09:12:44Z",
        durationSeconds: 4_705,
        outcome: "completed",
        exitCode: 0,
        model: { digest, format: "onnx", files: [{ path: "model.onnx", digest, bytes: 1_382_400 }] },
        reported: { latency_ms: 18.9, train_auc: 0.9012 },
      },
    ],
    evaluations: [createEvaluation()],
    waivers: [],
    seal: { resultDigest: digestOf(`${model} result`), sealedAt: "2026-11-02T10:31:09Z" },
    ...overrides,
  };
}
