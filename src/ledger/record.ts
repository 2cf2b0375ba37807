import { AssayError, MissingDataError, UsageError } from "../errors/errors.ts";
import { digestPattern, shortDigest } from "../evidence/digest.ts";
import type { Evidence } from "../evidence/evidence.ts";
import { maxEvidenceBytes, parseEvidence } from "../evidence/parse-evidence.ts";
import { verifySeal } from "../evidence/seal.ts";

/**
 * How often one run can be recorded with different results. A model that expired is trained again, and not every training
 * repeats itself to the bit; as nothing is ever overwritten, the later record gets the next number.
 */
const maxRecordsOfRun = 50;

/**
 * Path of a record: `evidence/<model>/<input hash>.json`, and `…-2.json` and so on for later results of the same inputs.
 * @throws UsageError when the model's name or the hash cannot be a path of ours
 */
export function recordPath(model: string, inputHash: string, number = 1): string {
  const isSafe = model.split("/").every((part) => /^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(part) && !part.endsWith(".lock"));
  if (!isSafe || model.length > 200) {
    throw new UsageError(
      `${JSON.stringify(model)} cannot be a model's name in the ledger. Use letters, digits, "-", "_", "." and "/".`,
    );
  }
  if (!digestPattern.test(inputHash))
    throw new UsageError(`${JSON.stringify(inputHash)} is not an input hash: sha256:<64 hex digits>.`);
  return `evidence/${model}/${inputHash.slice("sha256:".length)}${number === 1 ? "" : `-${number}`}.json`;
}

/** One record as a file: JSON that people can read and `git diff` can show. */
export function formatRecord(evidence: Evidence): string {
  verifySeal(evidence);
  const text = `${JSON.stringify(evidence, null, 1)}\n`;
  if (Buffer.byteLength(text) > maxEvidenceBytes) {
    throw new UsageError(
      `The evidence of model ${evidence.model} is larger than the ${maxEvidenceBytes} bytes that can be recorded.`,
    );
  }
  return text;
}

export function recordMessage(evidence: Evidence): string {
  return `Record ${evidence.model} ${shortDigest(evidence.inputHash)}`;
}

/** The model that a message of `recordMessage` names. */
export function recordedModel(message: string): string | undefined {
  return /^Record (\S+) [0-9a-f]+(?:\n|$)/.exec(message)?.[1];
}

export interface LatestRecord {
  evidence: Evidence | undefined;
  /** Path of the next record of the run; undefined: there are too many. */
  nextPath: string | undefined;
}

/**
 * The newest record of a run. What is no sealed evidence of it is passed over: anybody who can push can put a file there.
 * @param read the file at that path of the ledger
 */
export async function findLatest(
  model: string,
  inputHash: string,
  read: (path: string) => Promise<Buffer | undefined>,
): Promise<LatestRecord> {
  let evidence: Evidence | undefined;
  for (let number = 1; number <= maxRecordsOfRun; number++) {
    const path = recordPath(model, inputHash, number);
    const bytes = await read(path);
    if (bytes === undefined) return { evidence, nextPath: path };
    evidence = recordIn(bytes, path, model, inputHash) ?? evidence;
  }
  return { evidence, nextPath: undefined };
}

/** Where the next record goes. @throws MissingDataError when there are too many */
export function placeOf({ model, inputHash }: Pick<Evidence, "model" | "inputHash">, { nextPath }: LatestRecord): string {
  if (nextPath !== undefined) return nextPath;
  throw new MissingDataError(
    `Model ${model} has ${maxRecordsOfRun} files for inputs ${shortDigest(inputHash)} in the ledger, and no more are kept. Look what they are.`,
  );
}

function recordIn(bytes: Buffer, path: string, model: string, inputHash: string): Evidence | undefined {
  try {
    const evidence = parseEvidence(bytes.toString(), `ledger ${path}`);
    verifySeal(evidence);
    return evidence.model === model && evidence.inputHash === inputHash ? evidence : undefined;
  } catch (error) {
    if (error instanceof AssayError) return undefined;
    throw error;
  }
}

/** Whether the ledger has that result already. */
export function isSameRecord(stored: Evidence | undefined, evidence: Evidence): boolean {
  return stored?.seal !== undefined && stored.seal.resultDigest === evidence.seal?.resultDigest;
}
