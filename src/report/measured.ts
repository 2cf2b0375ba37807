import type { Evaluation, MetricResult, Pictures, ScoredModel } from "../evidence/evidence.ts";
import type { ModelVerdict } from "../gates/verdict.ts";

/** What is known of one model on a test set. */
export interface MeasuredModel {
  metrics: readonly MetricResult[];
  pictures?: Pictures | undefined;
  otherLabels?: ScoredModel["otherLabels"];
}

/** Both models on one test set: of evidence, or of plain files. */
export interface MeasuredPair
  extends Pick<Evaluation, "comparisons" | "flipped" | "slices" | "slicesMissing" | "group" | "seedsEqual" | "weight"> {
  candidate?: MeasuredModel | undefined;
  baseline?: MeasuredModel | undefined;
}

/** What the two models are called: `Baseline` and `This PR`. */
export interface SideNames {
  before: string;
  now: string;
}

/** What may be said of a change, as the gates decided it. */
export type Claims = Pick<ModelVerdict, "headline" | "worseSlices" | "betterSlices">;
