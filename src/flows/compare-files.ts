import type { ExitCode } from "../errors/errors.ts";
import type { EvaluatedModels } from "../evaluation/evaluate-models.ts";
import type { Files } from "../files/files.ts";
import { evaluatePlain } from "./plain-files/evaluate-plain.ts";
import { checkLimit, exitCodeOfPlain, judgePlain, type Limit, type PlainJudgement } from "./plain-files/judge-plain.ts";
import { type JoinedSide, type PlainFiles, readPlainFiles } from "./plain-files/read-plain-files.ts";
import type { PlainRequest } from "./plain-files/request.ts";

export interface CompareFilesRequest extends PlainRequest {
  /** Baseline first. Of each model its file, or its files, one a training, written `seed1.csv,seed2.csv`. */
  given: readonly string[];
  /** How much worse is accepted, on all rows and on each slice; undefined: what is shown to be worse fails. */
  limit: Limit | undefined;
  /** The metric that decides; undefined: all, corrected for their number. */
  primary: string | undefined;
}

/** A model with its change from the baseline. */
export interface ComparedCandidate {
  side: JoinedSide;
  evaluated: EvaluatedModels;
  judgement: PlainJudgement;
}

/** Models on the same rows. */
export interface ComparedFiles {
  files: PlainFiles;
  baseline: JoinedSide;
  candidates: readonly ComparedCandidate[];
  exitCode: ExitCode;
}

/**
 * Compares files of predictions or scores with the first of them: no `assay.yml`, no repository.
 * @throws UsageError when something does not fit: which file, what, and what to do
 */
export async function compareFiles(request: CompareFilesRequest, files: Files): Promise<ComparedFiles> {
  const plain = await readPlainFiles(request.given, request, files, request.primary);
  const primary = request.primary === undefined ? undefined : plain.metrics[0];
  if (request.limit && plain.task !== "scored") checkLimit(request.limit, primary === undefined ? plain.metrics : [primary]);
  const [baseline, ...others] = plain.sides;
  if (baseline === undefined) throw new Error("There is no file to compare with.");
  const results = evaluatePlain(plain, request);
  const candidates = others.flatMap((side, at): ComparedCandidate[] => {
    const evaluated = results[at];
    if (evaluated === undefined) return [];
    return [{ side, evaluated, judgement: judgePlain({ ...request, primary, files: plain, candidate: side, evaluated }) }];
  });
  return { files: plain, baseline, candidates, exitCode: exitCodeOfPlain(candidates.map(({ judgement }) => judgement)) };
}

/** A model by itself. */
export interface EvaluatedFile {
  files: PlainFiles;
  side: JoinedSide;
  evaluated: EvaluatedModels;
}

/**
 * The metrics of one file of predictions or scores.
 * @throws UsageError as `compareFiles`
 */
export async function evaluateFile(given: string, request: PlainRequest, files: Files): Promise<EvaluatedFile> {
  const plain = await readPlainFiles([given], request, files);
  const [side] = plain.sides;
  const [evaluated] = evaluatePlain(plain, request);
  if (side === undefined || evaluated === undefined) throw new Error("One file was evaluated and nothing came back.");
  return { files: plain, side, evaluated };
}
