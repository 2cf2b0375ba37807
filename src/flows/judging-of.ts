import type { Evidence } from "../evidence/evidence.ts";
import type { JudgeModelRequest } from "../gates/judge-model.ts";
import { trainingsOf } from "../spec/law.ts";
import type { Model } from "../spec/spec.ts";

type Judging = Pick<JudgeModelRequest, "slices" | "primary" | "trainings" | "evaluations" | "run" | "data">;

/**
 * A model's evidence as its gates are judged on it.
 * @param reused nothing was trained for it
 */
export function judgingOf(rules: Model | undefined, evidence: Evidence, { reused }: { reused: boolean }): Judging {
  const { trainings, experiments, evaluations, data } = evidence;
  const others = experiments?.points.filter((_, place) => place !== experiments.chosen).flatMap(({ seeds }) => seeds);
  return {
    slices: rules?.evaluate.slices ?? [],
    primary: rules?.evaluate.primary,
    trainings: rules && trainingsOf(rules),
    evaluations,
    run: { trainings, others: others ?? [], reused },
    data,
  };
}
