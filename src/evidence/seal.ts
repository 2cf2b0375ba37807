import { MissingDataError } from "../errors/errors.ts";
import { canonicalJson, type Digest, digestOf, shortDigest } from "./digest.ts";
import type { Evaluation, Evidence, ScoredModel } from "./evidence.ts";

/** The evidence with its seal: what `evaluate` does last. A seal that is there already is replaced. */
export function sealEvidence(evidence: Evidence, now: Date): Evidence {
  return { ...evidence, seal: { resultDigest: resultDigest(evidence), sealedAt: now.toISOString() } };
}

/**
 * What came out of a run: SHA-256 of the canonical JSON of the models' digests and, for each test set, of both models'
 * predictions, metrics, reported numbers and their comparison, of slices too, and what was found in the training data. Commits, run ids, times, pictures and the seal itself do not count, so two runs
 * with the same outcome have the same digest.
 */
export function resultDigest(evidence: Evidence): Digest {
  return digestOf(
    canonicalJson({
      contract: "assay.result/v1",
      model: evidence.model,
      trainings: evidence.trainings.map((training) => ({
        seed: training.seed,
        outcome: training.outcome,
        model: training.model?.digest,
      })),
      evaluations: evidence.evaluations.map(resultOfEvaluation),
      data: evidence.data,
    }),
  );
}

/**
 * Checks that the results are still those that were sealed.
 * @throws MissingDataError when there is no seal, or when it does not match
 */
export function verifySeal(evidence: Evidence): void {
  const run = `The evidence of model ${evidence.model}, input hash ${shortDigest(evidence.inputHash)},`;
  if (evidence.seal === undefined) {
    throw new MissingDataError(`${run} is not sealed: it was not evaluated to the end. Evaluate it again.`);
  }
  const now = resultDigest(evidence);
  if (evidence.seal.resultDigest !== now) {
    throw new MissingDataError(
      `${run} was changed after it was sealed: its seal says ${shortDigest(evidence.seal.resultDigest)}, its results are ${shortDigest(now)}. Evaluate it again.`,
    );
  }
}

function resultOfEvaluation(evaluation: Evaluation) {
  return {
    role: evaluation.role,
    testSet: evaluation.testSet.digest,
    candidate: resultOfModel(evaluation.candidate),
    baseline: resultOfModel(evaluation.baseline),
    comparisons: evaluation.comparisons,
    slices: evaluation.slices,
    slicesLeftOut: evaluation.slicesLeftOut,
  };
}

function resultOfModel(model: ScoredModel | undefined) {
  return (
    model && { inputHash: model.inputHash, predictions: model.predictions, metrics: model.metrics, reported: model.reported }
  );
}
