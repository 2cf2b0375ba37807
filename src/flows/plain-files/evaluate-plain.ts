import { UsageError } from "../../errors/errors.ts";
import { type EvaluatedModels, evaluateModels } from "../../evaluation/evaluate-models.ts";
import type { Task } from "../../spec/spec.ts";
import type { PlainFiles } from "./read-plain-files.ts";
import type { PlainRequest } from "./request.ts";

/** The first model's metrics alone, or of each other model the change from the first. */
export function evaluatePlain(
  { task, truth, design, metrics, sides, weight }: PlainFiles,
  { positive, lowerIsBetter }: PlainRequest,
): EvaluatedModels[] {
  const [first, ...others] = sides.map(({ predictions }) => predictions);
  const request = { task, truth, design, positive, metrics, lowerIsBetter: checkedScores(lowerIsBetter, task, metrics) };
  const pairs =
    others.length === 0
      ? [{ candidate: first, baseline: undefined }]
      : others.map((candidate) => ({ candidate, baseline: first }));
  return pairs.map((pair) => ({ ...evaluateModels({ ...request, ...pair }), ...(weight === undefined ? {} : { weight }) }));
}

function checkedScores(names: readonly string[], task: Task, metrics: readonly string[]): readonly string[] {
  if (names.length > 0 && task !== "scored")
    throw new UsageError(
      `--lower-is-better is for scored tasks; Assay knows it of the metrics of a ${task} task. Leave the option out.`,
    );
  const unknown = names.filter((name) => !metrics.includes(name));
  if (unknown.length > 0)
    throw new UsageError(
      `--lower-is-better: ${unknown.join(", ")} is none of the scores ${metrics.join(", ")}. Write one of them.`,
    );
  return names;
}
