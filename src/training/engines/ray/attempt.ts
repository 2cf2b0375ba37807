import { join } from "node:path";
import { canonicalJson, digestOf, shortDigest } from "../../../evidence/digest.ts";
import type { EngineOrigin } from "../../engine.ts";

/** One job of the cluster's for a training, and where its files are. */
export interface Attempt {
  /** By which the cluster knows it: equal for whoever asks for the same training. */
  id: string;
  /** The job's own, in the shared folder; the job empties it when it begins. */
  folder: string;
  /** Beside it, of all attempts. */
  checkpoints: string;
  /** A file: the job's failure has been told to somebody, and nothing can be had from it any more. */
  told: string;
}

/** @param number counts from 1 */
export function attemptOf(
  origin: EngineOrigin,
  { storage, seed, number }: { storage: string; seed: number; number: number },
): Attempt {
  const { repository, scope, model, inputHash } = origin;
  const name = model.replaceAll("/", "~");
  const training = join(storage, repository, scope, `${name}-${shortDigest(inputHash, 16)}-${seed}`);
  const same = digestOf(canonicalJson({ repository, scope, model, inputHash, seed, storage }));
  const folder = join(training, `attempt-${number}`);
  return {
    id: `assay-${name.slice(0, 40)}-${shortDigest(same, 16)}-${number}`,
    folder,
    checkpoints: join(training, "checkpoints"),
    told: `${folder}.told`,
  };
}
