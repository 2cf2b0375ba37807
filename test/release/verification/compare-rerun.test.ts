import { expect, it } from "vitest";
import { digestOf } from "../../../src/evidence/digest.ts";
import type { Evidence } from "../../../src/evidence/evidence.ts";
import { compareRerun } from "../../../src/release/verification/compare-rerun.ts";
import { createFacts } from "../create-facts.ts";

const { evidence } = createFacts();

function otherModel(made: Evidence): Evidence {
  const trainings = made.trainings.map((training) => ({
    ...training,
    model: training.model && { ...training.model, digest: digestOf("other") },
  }));
  return { ...made, trainings };
}

/** With other predictions, and so much more in every metric. */
function shifted(made: Evidence, by: number): Evidence {
  const evaluations = made.evaluations.map((evaluation) => ({
    ...evaluation,
    candidate: evaluation.candidate && {
      ...evaluation.candidate,
      predictions: evaluation.candidate.predictions.map(() => digestOf("others")),
      metrics: evaluation.candidate.metrics.map((metric) => ({ ...metric, value: (metric.value ?? 0) + by })),
    },
  }));
  return { ...made, evaluations };
}

it("the same bytes and predictions are the same to the bit", () => {
  expect(compareRerun(evidence, evidence, undefined)).toEqual({ outcome: "bit-identical", differences: [] });
});

it("other bytes that predict the same are said to", () => {
  const { outcome, differences } = compareRerun(evidence, otherModel(evidence), undefined);
  expect(outcome).toBe("identical-predictions");
  expect(differences[0]).toMatch(/^the model of seed 7: sha256:[0-9a-f]{12}… is recorded, sha256:[0-9a-f]{12}… now$/);
});

it("other predictions are within a tolerance only where one is given, and only as far as it goes", () => {
  const again = shifted(otherModel(evidence), 0.004);
  expect(compareRerun(evidence, again, 0.005).outcome).toBe("within-tolerance");
  expect(compareRerun(evidence, again, 0.003).outcome).toBe("diverged");
  const { outcome, differences } = compareRerun(evidence, again, undefined);
  expect(outcome).toBe("diverged");
  expect(differences.at(-1)).toMatch(/^metric \w+: [\d.]+ is recorded, [\d.]+ now$/);
});

it("other inputs, another test set, and nothing to compare have diverged whatever came out", () => {
  const inputs = evidence.inputs.map((input) => (input.kind === "data" ? { ...input, id: `git:${"a".repeat(40)}` } : input));
  const { outcome, differences } = compareRerun(evidence, { ...evidence, inputs }, 1);
  expect(outcome).toBe("diverged");
  expect(differences[0]).toMatch(/^input data \S+: \S+ is recorded, git:a{12}… now$/);
  const evaluations = evidence.evaluations.map((made) => ({ ...made, testSet: { ...made.testSet, digest: digestOf("rows") } }));
  expect(compareRerun(evidence, { ...evidence, evaluations }, 1).outcome).toBe("diverged");
  expect(compareRerun({ ...evidence, evaluations: [] }, { ...evidence, evaluations: [] }, 1).outcome).toBe("diverged");
});
