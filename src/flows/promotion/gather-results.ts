import type { Digest } from "../../evidence/digest.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import type { VouchedEvidence } from "./read-proof.ts";
import type { Shown } from "./vouch.ts";

/** What an evaluation is to be of, by the tagged tree and the default branch's rules as they are now. */
export interface AskedEvaluation {
  /** Content id of the test set. */
  testSet: string | undefined;
  scoring: Digest;
  /** Digest of the terms. */
  measuredBy: Digest;
  metrics: readonly string[];
}

/** What came out once or several times, and where people were shown it. */
export interface Result {
  /** As it was uploaded first, so that shipping it later ships the same. */
  evidence: Evidence;
  resultDigest: Digest;
  /** The first that is known. */
  shown: Shown | undefined;
  /** All that have this result. */
  uploads: readonly VouchedEvidence[];
}

/** @param vouched the newest first @returns the results, the one that came out last first, and why evidence of others does not count */
export function gatherResults(
  vouched: readonly VouchedEvidence[],
  asked: AskedEvaluation,
): { results: readonly Result[]; passedOver: readonly string[] } {
  const passedOver = vouched.flatMap(({ evidence, runId }) => {
    const why = whyOther(evidence, asked);
    return why === undefined ? [] : [`The evaluation of run ${runId} does not count: ${why}.`];
  });
  const fit = vouched.filter(({ evidence }) => whyOther(evidence, asked) === undefined);
  const byDigest = Map.groupBy(fit, ({ evidence }) => digestOf(evidence));
  const results = [...byDigest].flatMap(([resultDigest, uploads]): Result[] => {
    const first = uploads.at(-1);
    if (!first) return [];
    const shown = uploads.findLast((upload) => upload.shown !== undefined)?.shown;
    return [{ evidence: first.evidence, resultDigest, shown, uploads }];
  });
  return { results, passedOver };
}

function digestOf({ seal, inputHash }: Evidence): Digest {
  return seal?.resultDigest ?? inputHash;
}

/** @returns why it is another evaluation than the one that is asked for, a clause */
function whyOther({ evaluations }: Evidence, asked: AskedEvaluation): string | undefined {
  const current = evaluations.find(({ role }) => role === "current");
  if (!current?.candidate) return current?.candidateMissing ?? "nothing was evaluated";
  if (asked.testSet === undefined || current.testSet.id !== asked.testSet)
    return current.testSet.id === undefined
      ? "it does not say which test set it is of"
      : asked.testSet?.startsWith("unpinned:")
        ? "the test set has no content id, so nobody can tell that it is the tagged tree's. Keep it in git, LFS or DVC"
        : "it is of another test set than the tagged tree's";
  if (current.candidate.scoring !== asked.scoring)
    return "it was scored in another way than the tagged tree does it: `evaluate` of assay.yml or the prediction code changed since";
  if (current.measuredBy !== asked.measuredBy)
    return "it was measured by other terms than assay.yml has now: task, columns, labels, directions, drift or data rules";
  const measured = current.candidate.metrics.map(({ metric }) => metric);
  const missing = asked.metrics.filter((metric) => !measured.includes(metric));
  return missing.length === 0 ? undefined : `it lacks ${missing.join(", ")}, which assay.yml asks for now`;
}
