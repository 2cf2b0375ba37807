import { join } from "node:path";
import * as z from "zod/mini";
import { digestPattern } from "../evidence/digest.ts";
import type { PlannedModel } from "../plan/plan.ts";
import { type Checkpoint, formatCheckpoint } from "../training/checkpoint.ts";
import type { Machine, RunIdentity } from "./context.ts";
import { checkpointFilesNames } from "./job-files.ts";

export const manifestName = "manifest.json";
const maxBytes = 64 * 1_024;

/** A training that is not over, and where its partial work lies. */
const unfinishedSchema = z.strictObject({
  inputHash: z.string().check(z.regex(digestPattern)),
  seed: z.int(),
  /** Of the last checkpoint that was, or was to be, kept. */
  number: z.int().check(z.gte(0)),
  /** Absolute: the checkpoint's own, with its files in `files/`. */
  folder: z.string(),
});
type Unfinished = z.infer<typeof unfinishedSchema>;

type NotingMachine = Pick<Machine, "files" | "unfinishedFile">;

/** Says for who comes after this process was killed that this training is not over. */
export async function noteUnfinished(training: Unfinished, { files, unfinishedFile }: NotingMachine): Promise<void> {
  if (unfinishedFile !== undefined) await files.write(unfinishedFile, JSON.stringify(training));
}

export async function forgetUnfinished({ files, unfinishedFile }: NotingMachine): Promise<void> {
  if (unfinishedFile !== undefined) await files.remove(unfinishedFile);
}

/** Writes the manifest of the files in the folder's `files/`, and keeps both under the name. */
export async function keepCheckpoint(
  { folder, name, ...checkpoint }: Omit<Checkpoint, "schema" | "files"> & { folder: string; name: string },
  { files, jobFiles }: Pick<Machine, "files" | "jobFiles">,
): Promise<void> {
  const records: Checkpoint["files"] = [];
  for (const path of await files.list(join(folder, "files")))
    records.push({ path, ...(await files.digest(join(folder, "files", path))) });
  await files.write(join(folder, manifestName), formatCheckpoint({ ...checkpoint, files: records }));
  await jobFiles.keep(name, folder);
}

export interface KeepUnfinishedRequest {
  /** What the process that was killed had to do. */
  planned: PlannedModel;
  identity: RunIdentity;
  /** By which to know the processes that it started. */
  mark: string | undefined;
}

/**
 * After a process that trained was killed: ends what it left running, then keeps what its training had written, for the next
 * attempt. Does nothing when it ended by itself.
 */
export async function keepUnfinished(
  { planned, identity, mark }: KeepUnfinishedRequest,
  machine: Pick<Machine, "files" | "jobFiles" | "processes" | "unfinishedFile" | "progress">,
): Promise<void> {
  const { files, processes, unfinishedFile, progress } = machine;
  const text = unfinishedFile && (await files.readText(unfinishedFile, maxBytes));
  if (!text) return;
  const { model } = planned;
  progress(`The step ended before its training of ${model} did.`);
  const ended = mark === undefined ? 0 : await processes.endLeftovers(mark);
  if (ended > 0) progress(`Ended ${ended} ${ended === 1 ? "process" : "processes"} that it had left running.`);

  const training = unfinishedSchema.safeParse(json(text)).data;
  const run = [planned.candidate, planned.baseline].find((one) =>
    [one, ...(one?.points ?? [])].some((each) => each?.inputHash === training?.inputHash),
  );
  if (!training || !run) return progress("What it had written is not kept: nothing says of which planned training it is.");
  const { inputHash, seed, folder } = training;
  const written = join(folder, "files");
  if (!(await files.exists(written)) || (await files.list(written)).length === 0)
    return progress("It had not written a checkpoint yet.");
  const [, , name] = checkpointFilesNames(model, inputHash, seed);
  const source = { ...identity, commit: run.commit };
  await keepCheckpoint({ folder, name, model, inputHash, seed, number: training.number + 1, source }, machine);
  progress("Kept its checkpoint, which the next attempt of the same inputs goes on from.");
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
