import { type Digest, digestOf } from "../../src/evidence/digest.ts";
import type { Evidence } from "../../src/evidence/evidence.ts";
import { sealEvidence } from "../../src/evidence/seal.ts";

/** Unsealed evidence of a run that was evaluated beside its baseline. */
export function sampleEvidence(overrides: Partial<Evidence> = {}): Evidence {
  const scored = (name: string, value: number) => ({
    inputHash: digestOf(`inputs of ${name}`),
    commit: "1".repeat(40),
    predictions: [digestOf(`predictions of ${name}`)],
    scoring: digestOf("scoring"),
    metrics: [{ metric: "accuracy", value, interval: { low: value - 0.02, high: value + 0.02 }, method: "wilson" }],
  });
  return {
    schema: "assay.evidence/v1",
    model: "penguins",
    task: "multiclass",
    inputHash: digestOf("inputs of candidate"),
    inputs: [{ kind: "data", name: "data/train.csv", id: `git:${"a".repeat(40)}` }],
    source: {
      repository: "acme/models",
      commit: "1".repeat(40),
      run: { id: 17, attempt: 1, event: "push", workflow: ".github/workflows/models.yml" },
    },
    trainings: [
      {
        seed: 7,
        trainer: "tfjs",
        startedAt: "2026-01-02T03:04:05Z",
        durationSeconds: 12.5,
        outcome: "completed",
        model: { digest: digestOf("model"), format: "tfjs", files: [] },
      },
    ],
    evaluations: [
      {
        role: "current",
        testSet: { path: "data/test.csv", digest: digestOf("test set"), rows: 100 },
        candidate: scored("candidate", 0.97),
        baseline: { ...scored("baseline", 0.94), how: "kept" },
        comparisons: [
          {
            metric: "accuracy",
            greaterIsBetter: true,
            baseline: 0.94,
            candidate: 0.97,
            change: 0.03,
            interval: { low: 0.01, high: 0.05 },
            method: "tango",
            rows: 100,
            identical: false,
          },
        ],
      },
    ],
    waivers: [],
    ...overrides,
  };
}

export const sealedAt = new Date("2026-01-02T03:05:00Z");

/** Sealed evidence; another `result` is another model file. */
export function sealedEvidence(
  model = "penguins",
  inputHash: Digest = digestOf("inputs of candidate"),
  result = "model",
): Evidence {
  const evidence = sampleEvidence({ model, inputHash });
  const trainings = evidence.trainings.map((training) => ({
    ...training,
    model: { digest: digestOf(result), format: "tfjs", files: [] },
  }));
  return sealEvidence({ ...evidence, trainings }, sealedAt);
}
