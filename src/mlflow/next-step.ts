import type { RegisteredVersion, Run } from "./mlflow.ts";

/** What an MLflow server has of a version that is to be shown there. */
export interface Shown {
  /** Undefined: there is no such registered model. */
  aliases: ReadonlyMap<string, string> | undefined;
  /** With the version's key, by number. */
  versions: readonly RegisteredVersion[];
  /** With the version's key, oldest first. */
  runs: readonly Run[];
}

export type Step =
  | { step: "create-registered-model" }
  | { step: "create-run" }
  /** Uploads what is not there with those very bytes, and reads all of it back. */
  | { step: "put-files"; source: string }
  | { step: "create-version"; source: string; runId: string }
  | { step: "delete-version"; number: string }
  | { step: "delete-run"; runId: string }
  | { step: "finish-run"; runId: string }
  | { step: "set-alias"; number: string }
  | { step: "done"; number: string };

/**
 * What is to be done next, by what is there: whoever was interrupted goes on where it ended. MLflow lets anybody make a second one of
 * anything; the version with the lowest number stays, and the run that it is of.
 * @param alias that is to point at the version
 * @param put sources whose files were read back since
 */
export function nextStep({ aliases, versions, runs }: Shown, alias: string, put: ReadonlySet<string>): Step {
  if (aliases === undefined) return { step: "create-registered-model" };
  const [version, another] = versions;
  if (version === undefined) {
    const [run] = runs;
    if (run === undefined) return { step: "create-run" };
    const source = `${run.artifacts}/model`;
    return put.has(source) ? { step: "create-version", source, runId: run.id } : { step: "put-files", source };
  }
  if (another !== undefined) return { step: "delete-version", number: another.number };
  for (const { id, isFinished } of runs) {
    if (id !== version.runId) return { step: "delete-run", runId: id };
    if (!isFinished) return { step: "finish-run", runId: id };
  }
  const { number, source } = version;
  if (aliases.get(alias) === number) return { step: "done", number };
  // Of what was registered earlier: nothing is pointed at that is not the proven model.
  return put.has(source) ? { step: "set-alias", number } : { step: "put-files", source };
}
