import { resolve } from "node:path";
import { type AssayError, UsageError, UserCommandError } from "../../errors/errors.ts";
import type { Files } from "../../files/files.ts";
import { type PredictionsFile, readPredictionsFile } from "../../scoring/predictions-file.ts";
import type { PlainRequest } from "./request.ts";

/** One model: a file, or a file a training. */
export interface Side {
  /** For people. */
  name: string;
  trainings: readonly PredictionsFile[];
}

/**
 * Reads a model's file, or its files, written `seed1.csv,seed2.csv`.
 * @throws UsageError: no command of the user's ran here, so files that do not fit are wrong usage
 */
export async function readSide(given: string, request: PlainRequest, files: Files): Promise<Side> {
  const paths = await pathsOf(given, files);
  const text = [...request.slices, ...(request.group === undefined ? [] : [request.group])];
  const trainings: PredictionsFile[] = [];
  for (const path of paths) {
    const read = await asUsage(() => readPredictionsFile(resolve(path), { name: path, id: request.id, text, files }), path);
    trainings.push(withoutColumn(read, request.weight));
  }
  return { name: paths.join(", "), trainings };
}

async function pathsOf(given: string, files: Files): Promise<readonly string[]> {
  const paths = given.split(",").map((path) => path.trim());
  const named = paths.filter((path) => path !== "");
  if (named.length === 0)
    throw new UsageError(`${JSON.stringify(given)} names no file. Write the path of a file of predictions or scores.`);
  if (paths.length > 1 && (await files.exists(resolve(given)))) return [given];
  if (named.length < paths.length)
    throw new UsageError(
      `${JSON.stringify(given)}: the name of a file is missing at a comma. Write ${named.join(",")}; commas part the trainings of one model.`,
    );
  return paths.length === 1 ? [given] : paths;
}

function withoutColumn(file: PredictionsFile, weight: string | undefined): PredictionsFile {
  const { raw } = file;
  return { ...file, raw: { ...raw, columns: raw.columns?.filter(({ name }) => name !== weight) } };
}

/** @param hint what may help, added to what is wrong */
export async function asUsage<T>(
  work: () => T | Promise<T>,
  path: string,
  hint: (error: AssayError) => string = () => "",
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UserCommandError)) throw error;
    const about = error.message.includes(path) ? "" : `${path}: `;
    throw new UsageError(`${about}${error.message}${hint(error)}`, { cause: error });
  }
}
