import type { Report } from "../../src/report/report.ts";
import {
  binaryPictures,
  createComparison,
  createEvaluation,
  createModelReport,
  createPlannedModel,
  createReport,
  gateOn,
  judged,
} from "./create-report.ts";
import { hostileText as text } from "./hostile.ts";

/** Every text that is not ours is hostile. */
export function createHostileReport(): Report {
  const comparison = createComparison(text, { noIntervalBecause: text, interval: undefined });
  const gates = [
    { ...gateOn(comparison, { kind: "no-worse-than", margin: 0.01 }, "fail", text), name: text },
    gateOn(comparison, { kind: "at-least", limit: 0.5 }, "inconclusive", text, {
      role: "base",
      value: { metric: text, value: null, undefinedBecause: text },
    }),
  ];
  const evaluation = createEvaluation({
    testSet: { path: text, digest: createEvaluation().testSet.digest, rows: 10 },
    comparisons: [comparison],
    candidateMissing: text,
    baselineMissing: text,
  });
  const labelled = {
    ...binaryPictures(0.4, [
      [1, 2],
      [3, 4],
    ]),
    confusion: {
      labels: [text, "b"],
      counts: [
        [1, 2],
        [3, 4],
      ],
    },
  };
  const curves = [
    {
      label: text,
      points: [
        [0, 0],
        [1, 1],
      ] as [number, number][],
    },
  ];
  const candidate = evaluation.candidate && {
    ...evaluation.candidate,
    metrics: [{ metric: text, value: null, undefinedBecause: text }],
    otherLabels: { predictions: 2, different: 1, labels: [text.slice(0, 200)] },
    pictures: { ...labelled, roc: curves, precisionRecall: curves },
  };
  const old = { ...evaluation, role: "base" as const, candidate: undefined, baseline: undefined };
  const plan = createPlannedModel(text, { testSetChanged: true });
  const inputs = [{ kind: "param" as const, name: text, id: text }];
  const training = {
    trainer: "tfjs" as const,
    backend: { requested: text, used: text, version: text, why: text },
    startedAt: "2026-11-02T09:12:44Z",
    durationSeconds: 3,
    outcome: "completed" as const,
    reported: { [text]: 1 },
    history: { [text]: [1, 0.5] },
    model: { digest: evaluation.testSet.digest, format: text, files: [] },
  };
  const point = { values: { [text]: text }, inputHash: evaluation.testSet.digest };
  const experiments = {
    select: { reported: text, better: "lower" as const },
    chosen: 0,
    points: [
      { ...point, outcome: "completed" as const, seeds: [{ seed: 1, value: 1 }] },
      { ...point, outcome: "failed" as const, seeds: [], message: text },
    ],
  };
  const fault = {
    check: text,
    columns: [text],
    severity: "error" as const,
    examples: [1, 2],
    message: text,
    place: { file: text, line: 2 },
  };
  const data = {
    tables: [],
    quality: [{ table: text, rows: 3, columns: 1, faults: [fault], leftOut: 1, passed: 2 }],
    qualityMissing: text,
  };
  const state = judged(text, {
    gates,
    reasons: [text],
    evidence: { evaluations: [{ ...evaluation, candidate }, old], trainings: [training], experiments, data },
  });
  const job = { name: text, url: "https://github.com/acme/risk-models/actions/runs/1/job/2?x=)](<b>" };
  return createReport({
    repository: "acme/risk-models",
    verdict: "fail",
    pullRequest: { number: 214, title: text, headRef: text, baseRef: text },
    law: { commit: "b02d7c1e9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c", path: text },
    lawChanges: [{ model: text, what: text, wouldBe: "pass" }],
    models: [
      createModelReport({
        name: text,
        owners: [text, "@acme/owners"],
        plan: { ...plan, candidate: { ...plan.candidate, inputs, because: [text] } },
        state,
      }),
      createModelReport({ name: `${text} 2`, state: { kind: "failed", message: text, job } }),
      createModelReport({ name: `${text} 3`, state: { kind: "lost", message: text, job } }),
      createModelReport({ name: `${text} 4` }),
    ],
  });
}
