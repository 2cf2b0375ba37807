import type { Evaluation, MetricResult, Pictures } from "../evidence/evidence.ts";

/** What is known of one model on a test set. */
export interface MeasuredModel {
  metrics: readonly MetricResult[];
  pictures?: Pictures | undefined;
}

/** Both models on one test set: of evidence, or of plain files. */
export interface MeasuredPair
  extends Pick<Evaluation, "comparisons" | "flipped" | "slices" | "slicesMissing" | "group" | "weight"> {
  candidate?: MeasuredModel | undefined;
  baseline?: MeasuredModel | undefined;
}

/** What the two models are called: `Baseline` and `This PR`. */
export interface SideNames {
  before: string;
  now: string;
}
