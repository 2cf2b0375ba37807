import { digestOf } from "../../src/evidence/digest.ts";
import type { Evaluation, Evidence } from "../../src/evidence/evidence.ts";
import { type JudgedJob, type JudgeRequest, judge } from "../../src/flows/judge.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { parseSpec } from "../../src/spec/parse-spec.ts";
import type { Law, Spec } from "../../src/spec/spec.ts";
import { createEvidence, createPlannedModel, headSha, mergeSha } from "../report/create-report.ts";

export const baseSha = "b".repeat(40);

/** A spec whose models have these gates; `before` are lines ahead of the models, `evaluate` further keys of it. */
export function createSpec(
  models: Readonly<Record<string, string>>,
  before = "",
  more: { waivers?: string; evaluate?: string; train?: string; drift?: string } = {},
): Spec {
  const entries = Object.entries(models).map(
    ([name, gates]) => `  ${name}:
    task: binary
    owners: ["@acme/risk"]
    train: {run: python train.py, working-directory: ${name}, outputs: {model: model.onnx}${more.train ?? ""}}
    evaluate: {data: test.csv, target: y, positive: "1", predict: {onnx: model.onnx}, metrics: [accuracy]${more.evaluate ?? ""}}
    gates: ${gates}
    waivers: ${more.waivers ?? "[]"}${more.drift === undefined ? "" : `\n    drift: ${more.drift}`}`,
  );
  return parseSpec(`version: 1\n${before}models:\n${entries.join("\n")}\n`, "assay.yml");
}

export const strict = "[{metric: accuracy, no-worse-than: 0.01}]";
export const lawOf = (spec: Spec): Law => ({ commit: baseSha, spec });

/** Both models on one test set, with this change of accuracy, known to within 0.005. */
export function createEvaluation(change: number, overrides: Partial<Evaluation> = {}): Evaluation {
  const scored = (value: number) => ({
    inputHash: digestOf(`inputs ${value}`),
    commit: mergeSha,
    predictions: [digestOf(`predictions ${value}`)],
    scoring: digestOf("scoring"),
    metrics: [{ metric: "accuracy", value, interval: { low: value - 0.01, high: value + 0.01 } }],
  });
  const values = { baseline: 0.9, candidate: 0.9 + change };
  return {
    role: "current",
    testSet: { path: "test.csv", digest: digestOf("test"), rows: 1_000 },
    candidate: scored(values.candidate),
    baseline: { ...scored(values.baseline), how: "kept" },
    comparisons: [
      {
        metric: "accuracy",
        greaterIsBetter: true,
        ...values,
        change,
        interval: { low: change - 0.005, high: change + 0.005 },
        method: "Tango",
        rows: 1_000,
        identical: false,
      },
    ],
    ...overrides,
  };
}

export const better = createEvaluation(0.02);
export const worse = createEvaluation(-0.1);
export const unclear = createEvaluation(-0.01);
export function evidenceOf(model: string, evaluations: Evaluation[], overrides: Partial<Evidence> = {}) {
  return [model, { evidence: createEvidence(model, { evaluations, ...overrides }), trust: "pull-request" as const }] as const;
}

export function createPlan(overrides: Partial<Plan> = {}): Plan {
  const models = [createPlannedModel("fraud")];
  return { schema: "assay.plan/v1", commit: mergeSha, base: baseSha, event: "pull_request", headSha, models, ...overrides };
}

export const job = (name: string, finished: boolean): JudgedJob => ({
  name,
  finished,
  url: `https://github.com/jobs/${name.length}`,
});

/** A pull request that changes `fraud`, which passes. */
export function decide(overrides: Partial<JudgeRequest> = {}) {
  const spec = createSpec({ fraud: strict });
  return judge({
    repository: "acme/models",
    serverUrl: "https://github.com",
    plan: createPlan(),
    law: lawOf(spec),
    headSpec: spec,
    evidence: new Map([evidenceOf("fraud", [better])]),
    refused: new Map(),
    jobs: [job("Train fraud", true)],
    links: { run: "https://github.com/acme/models/actions/runs/1" },
    today: "2026-11-02",
    ...overrides,
  });
}
