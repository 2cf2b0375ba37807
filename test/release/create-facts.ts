import { digestOf } from "../../src/evidence/digest.ts";
import type { Evidence, Training } from "../../src/evidence/evidence.ts";
import { parseStatements } from "../../src/release/card/statements.ts";
import type { ReleaseFacts } from "../../src/release/release-facts.ts";
import { createEvaluation, createEvidence, createVerdict, headSha, passingGates } from "../report/create-report.ts";
import { driftedColumns } from "../report/drift-states.ts";
import { createSlice } from "../report/statistical-states.ts";

export const teamsCard = `---
license: apache-2.0
language: [en, pt]
library_name: onnx
pipeline_tag: tabular-classification
tags:
  - fraud
---
# Fraud

Scores card payments before they are settled.

## Uses

Ranks payments for review by people.

### Out-of-Scope Use

Declining a payment without a person.

## Bias, Risks, and Limitations
- Knows no merchant younger than a week.

#### Countries
Few payments from Brazil.

## Risks
[More Information Needed]

## Human oversight
<!-- who -->

## Rollout
In 5% of payments first.
`;

const gpus: Training["gpus"] = {
  name: "NVIDIA H200",
  count: 2,
  hours: 2.61,
  utilization: { mean: 91.6, max: 100 },
  peakMemory: 31_744,
  power: 812,
  samples: [{ seconds: 0, utilization: 90, memory: 31_000 }],
};

const training: Training = {
  trainer: "command",
  startedAt: "2026-11-02T09:12:44Z",
  durationSeconds: 4_705,
  outcome: "completed",
  gpus,
};

/** Of a model with all that a release can have. */
export function createFacts(overrides: Partial<ReleaseFacts> = {}, evidence: Partial<Evidence> = {}): ReleaseFacts {
  const model = (seed: number) => {
    const digest = digestOf(`fraud model ${seed}`);
    return { digest, format: "onnx", files: [{ path: "model.onnx", digest, bytes: 1_382_400 }] };
  };
  const evaluation = createEvaluation({
    slices: [createSlice("US", 21_400, -0.004), createSlice("", 1_411, 0.003), createSlice("LI", 12, 0.1, { tooSmall: true })],
    group: { column: "customer", groups: 9_120 },
  });
  if (evaluation.candidate)
    evaluation.candidate = {
      ...evaluation.candidate,
      metrics: evaluation.candidate.metrics.map((metric, index) =>
        index === 0
          ? { ...metric, interval: { low: 0.4188, high: 0.4429 }, method: "bootstrap" }
          : { ...metric, noIntervalBecause: "9 positive rows, 10 are needed" },
      ),
      reported: { latency_ms: [18.9, 19.2] },
    };
  return {
    serverUrl: "https://github.com",
    repository: "acme/risk-models",
    version: "v1.5.0",
    commit: "c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00",
    stage: "staging",
    evidence: createEvidence("fraud", {
      trainings: [7, 8].map((seed) => ({ ...training, seed, model: model(seed) })),
      evaluations: [evaluation],
      data: {
        tables: [{ path: "data/train.csv", rows: 1_310_000, columns: 11, profile: digestOf("profile") }],
        drift: [
          {
            ...{ table: "data/train.csv", preset: "assay", columns: [...driftedColumns] },
            ...{ rows: { reference: 1_200_000, current: 1_310_000 }, drifted: 4, smallestShift: 0.004 },
          },
        ],
        quality: [{ table: "data/train.csv", rows: 1_310_000, columns: 11, faults: [], leftOut: 0, passed: 21 }],
      },
      ...evidence,
    }),
    verdict: createVerdict("fraud", passingGates()),
    trust: "pull-request",
    approvals: [{ by: "risk-lead", headSha, at: "2026-11-02T12:00:00Z", via: "review", pullRequest: 214 }],
    predecessor: { version: "v1.4.2" },
    statements: parseStatements(teamsCard),
    ...overrides,
  };
}
