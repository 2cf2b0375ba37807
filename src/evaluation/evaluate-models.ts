import type { Evaluation, MetricResult, Pictures } from "../evidence/evidence.ts";
import type { Predictions, RowDesign, Truth } from "../scoring/predictions.ts";
import type { Task } from "../spec/spec.ts";
import { compareModels } from "./compare-models.ts";
import { evaluateModel } from "./evaluate-model.ts";

export interface EvaluateModelsRequest {
  task: Task;
  truth: Truth;
  design: RowDesign;
  /** Binary tasks: the label that counts as positive. Undefined: known only where the labels are 0/1, −1/1 or false/true. */
  positive: string | undefined;
  /** Names with their arguments; of `scored` tasks names of scores. */
  metrics: readonly string[];
  /** `scored` tasks: scores of which less is better. */
  lowerIsBetter: readonly string[];
  /** One a training, on the rows of the truth; undefined: there is no such side. */
  candidate: readonly Predictions[] | undefined;
  baseline: readonly Predictions[] | undefined;
}

export interface ModelResult {
  metrics: MetricResult[];
  /** Of the first training. */
  pictures: Pictures;
}

/** What evidence says of the two sides on one test set. */
export interface EvaluatedModels
  extends Pick<Evaluation, "comparisons" | "flipped" | "slices" | "slicesMissing" | "group" | "weight"> {
  candidate: ModelResult | undefined;
  baseline: ModelResult | undefined;
}

/**
 * The metrics of candidate and baseline on the same rows, the change of each with its paired 95% interval, the same on declared
 * slices, and which rows flipped.
 * @throws MissingDataError when predictions are of another kind or of other rows than the truth
 */
export function evaluateModels({ candidate, baseline, ...request }: EvaluateModelsRequest): EvaluatedModels {
  const side = (predictions: readonly Predictions[] | undefined) => {
    const [first] = predictions ?? [];
    return first && evaluateModel({ ...request, predictions: first });
  };
  const [ours, theirs] = [candidate?.[0], baseline?.[0]];
  return {
    candidate: side(candidate),
    baseline: side(baseline),
    ...(ours && theirs ? compareModels({ ...request, candidate: ours, baseline: theirs }) : { comparisons: [] }),
  };
}
