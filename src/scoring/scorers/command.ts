import { basename, join } from "node:path";
import { UserCommandError } from "../../errors/errors.ts";
import type { Files } from "../../files/files.ts";
import type { Processes, ShellResult } from "../../processes/processes.ts";
import { quoteForShell } from "../../processes/quote-for-shell.ts";
import { describeMinutes } from "../../processes/time-limit.ts";
import { readPredictions } from "../predictions-file.ts";
import type { RawPredictions } from "../raw-predictions.ts";
import type { Scorer } from "../scorer.ts";

export interface CommandScorerRequest {
  /** A shell command line with `{model}`, `{data}` and `{out}`. */
  run: string;
  modelFolder: string;
  workingDirectory: string;
  env: Readonly<Record<string, string>>;
  timeoutMinutes: number;
  processes: Processes;
  files: Files;
  signal: AbortSignal;
  output: (chunk: string) => void;
}

/**
 * Scores with a command of the user's. `{model}` is the model's file, or its folder when it has several files; `{data}` the
 * test table; `{out}` a file ending in `.csv` that the command must write. All are absolute paths, quoted for the shell.
 */
export function createCommandScorer(request: CommandScorerRequest): Scorer {
  const { files, processes, workingDirectory, env, timeoutMinutes, signal, output } = request;
  return {
    async score(test) {
      const folder = await files.makeTemporaryFolder("assay-predictions-");
      try {
        const out = join(folder, "predictions.csv");
        const paths = { model: await modelPath(request.modelFolder, files), data: test.path, out };
        const command = request.run.replaceAll(/\{(model|data|out)\}/g, (_, name: keyof typeof paths) =>
          quoteForShell(paths[name], process.platform),
        );
        const result = await processes.shell(command, { cwd: workingDirectory, env, timeoutMinutes, signal, output });
        const failure = failureOf(result, timeoutMinutes);
        if (failure) throw new UserCommandError(`The predict command \`${request.run}\` ${failure}`);
        return await readOutput(out, request, test.idColumn);
      } finally {
        await files.remove(folder);
      }
    },
  };
}

/** A trained file stands for itself; what has several files is handed over as their folder. */
async function modelPath(modelFolder: string, files: Files): Promise<string> {
  const found = (await files.stat(modelFolder)) ? await files.list(modelFolder) : [];
  const [only] = found;
  if (only === undefined)
    throw new UserCommandError(
      `There is no model to score: ${modelFolder} holds no files. Let training write what outputs.model names.`,
    );
  return found.length === 1 ? join(modelFolder, only) : modelFolder;
}

function failureOf(result: ShellResult, timeoutMinutes: number): string | undefined {
  switch (result.outcome) {
    case "exited":
      return result.exitCode === 0 ? undefined : `ended with exit code ${result.exitCode}. See its output in the log.`;
    case "signalled":
      return `was ended by ${result.signal}${result.signal === "SIGKILL" ? ", which often means that memory ran out" : ""}.`;
    case "timed-out":
      return `ran past its limit of ${describeMinutes(timeoutMinutes)} and was stopped. Raise train.timeout, or make it faster.`;
    case "cancelled":
      return `was stopped because the job was cancelled (${result.signal}).`;
    case "not-started":
      return `could not be started: ${result.message}.`;
  }
}

async function readOutput(
  out: string,
  { run, files }: CommandScorerRequest,
  idColumn: string | undefined,
): Promise<RawPredictions> {
  const found = await files.stat(out);
  if (!found)
    throw new UserCommandError(
      `The predict command \`${run}\` ended well but wrote no predictions. ${
        run.includes("{out}")
          ? "It must write a CSV file to the path given as {out}."
          : "Its line has no {out}: pass the path and write there."
      }`,
    );
  if (found.isFolder)
    throw new UserCommandError(`The predict command \`${run}\` made a folder of {out}; a CSV file was expected.`);
  if (found.bytes === 0) throw new UserCommandError(`The predict command \`${run}\` wrote an empty file to {out}.`);
  const raw = await readPredictions(out, { name: basename(out), files });
  if (raw.ids === undefined && idColumn !== undefined)
    throw new UserCommandError(
      `The predict command \`${run}\` wrote predictions without a column "id". The rows of the test set are named by its column ${JSON.stringify(idColumn)}: write those values to {out} as a column that is called id, whatever it is called in the test set.`,
    );
  return raw;
}
