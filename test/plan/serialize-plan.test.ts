import { expect, it } from "vitest";
import { digestOf } from "../../src/evidence/digest.ts";
import { parsePlan } from "../../src/plan/parse-plan.ts";
import type { Plan, PlannedModel, PlannedTraining } from "../../src/plan/plan.ts";
import { serializePlan } from "../../src/plan/serialize-plan.ts";

const inputHash = digestOf("inputs");
const origin = `#7 (run ${10 ** 10})`;
const checkpoint = (index: number) => ({
  run: {
    kind: "artifact" as const,
    inputHash,
    runId: 10 ** 10,
    artifactId: 10 ** 9 + index,
    artifactName: `assay-checkpoint-${"fraud".repeat(10)}-0123456789abcdef-${index}a`,
    origin,
  },
});
const point: PlannedTraining = {
  inputHash,
  decision: "train",
  because: ["param changed: rate 1 → 2"],
  checkpoints: [0, 1, 2, 3].map(checkpoint),
};

function planOf(models: number): Plan {
  const model = (index: number): PlannedModel => ({
    model: `fraud-${index}`,
    candidate: {
      ...point,
      commit: "1".repeat(40),
      inputs: [],
      scoring: inputHash,
      points: Array.from({ length: 20 }, () => point),
    },
    baseline: undefined,
    evaluate: true,
    evaluateBecause: [],
    testSetChanged: false,
    runner: ["ubuntu-latest"],
    timeoutMinutes: 60,
  });
  return {
    schema: "assay.plan/v1",
    commit: "1".repeat(40),
    base: null,
    event: "pull_request",
    models: Array.from({ length: models }, (_, index) => model(index)),
  };
}

const checkpointsOf = (plan: Plan) =>
  plan.models.flatMap(({ candidate }) => candidate.points ?? []).map(({ checkpoints = [] }) => checkpoints.length);

it("hands on every checkpoint of a grid where there is room, and else of each training the first", () => {
  expect(new Set(checkpointsOf(parsePlan(serializePlan(planOf(1)), "the plan")))).toEqual(new Set([4]));
  const many = checkpointsOf(parsePlan(serializePlan(planOf(8)), "the plan"));
  expect(many).toHaveLength(160);
  expect(new Set(many)).toEqual(new Set([1]));
});
