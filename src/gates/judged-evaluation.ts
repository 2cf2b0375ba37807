import type { Evaluation, ScoredModel } from "../evidence/evidence.ts";

/** A side of an evaluation, as far as gates read it. */
export type JudgedSide = Pick<ScoredModel, "predictions" | "metrics" | "reported">;

/** What gates read of an evaluation: of evidence, or of plain files. */
export interface JudgedEvaluation
  extends Pick<
    Evaluation,
    "role" | "comparisons" | "slices" | "slicesLeftOut" | "group" | "candidateMissing" | "baselineMissing" | "seedsEqual"
  > {
  testSet: Pick<Evaluation["testSet"], "rows">;
  candidate?: JudgedSide | undefined;
  baseline?: JudgedSide | undefined;
}
