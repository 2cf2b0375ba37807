import { join } from "node:path";
import { AssayError } from "../errors/errors.ts";
import type { Source, Training } from "../evidence/evidence.ts";
import type { PlannedRun, RunRef } from "../plan/plan.ts";
import { type Checkpoint, maxManifestBytes, readCheckpoint } from "../training/checkpoint.ts";
import { isInterrupted } from "../training/interruption.ts";
import type { Machine } from "./context.ts";
import { checkpointFilesNames } from "./job-files.ts";
import { forgetUnfinished, keepCheckpoint, manifestName, noteUnfinished } from "./unfinished-training.ts";

export interface CheckpointRequest {
  model: string;
  planned: PlannedRun;
  seed: number;
  /** Of the attempt that trains now. */
  source: Source;
  /** Absolute, empty: gets the manifest, and beside it `files/`. */
  folder: string;
}

/** The partial work of one training, from one attempt to the next. */
export interface Checkpoints {
  /** What the trainer reads and writes. */
  folder: string;
  /**
   * The training begins.
   * @param goOn fill the folder with the latest checkpoint of this very training; says which are refused, and why
   */
  open(goOn: boolean): Promise<void>;
  /** Keeps what is in the folder now, unless that was done a moment ago. */
  keepWhenDue(): Promise<void>;
  /** The training is over: keeps what the next attempt may go on from, or removes it when none is needed. */
  close(training: Training): Promise<void>;
}

/** What a trainer leaves that does not say when it has written something is looked at this often. */
const pollMs = 60_000;
/** Of the time of a training, keeping takes a tenth at most. */
const timesBetweenKeeps = 10;

export function createCheckpoints(request: CheckpointRequest, machine: Machine): Checkpoints {
  const { files, jobFiles, progress } = machine;
  const { model, planned, seed, source } = request;
  const names = checkpointFilesNames(model, planned.inputHash, seed);
  const folder = join(request.folder, "files");
  let number = 0;
  let due = performance.now() + jobFiles.unfinishedEvery * 1_000;
  let kept = "";
  /** There is one that a later attempt would find. */
  let isStored = false;
  let keeping = Promise.resolve();
  // Those of ours keep by themselves, between two steps.
  const timer = setInterval(() => void keepWhenDue(), pollMs);
  timer.unref();

  return {
    folder,
    async open(goOn) {
      await files.makeFolder(folder);
      if (goOn) await restore();
      await note();
    },
    keepWhenDue,
    async close(training) {
      clearInterval(timer);
      await keeping;
      if (isInterrupted(training)) await keepAfterOthers();
      else if (isStored) for (const name of names) await jobFiles.remove(name);
      await forgetUnfinished(machine);
    },
  };

  async function restore(): Promise<void> {
    const found = await fetchAll();
    const [latest] = found.sort((a, b) => b.checkpoint.number - a.checkpoint.number);
    if (latest) {
      for (const { path } of latest.checkpoint.files) await files.copy(join(latest.at, "files", path), join(folder, path));
      number = latest.checkpoint.number;
      kept = await fingerprint();
      progress(`${model} (seed ${seed}) goes on from checkpoint ${number} of ${latest.from}.`);
    }
    for (const { at } of found) await files.remove(at);
  }

  function note(): Promise<void> {
    return noteUnfinished({ inputHash: planned.inputHash, seed, number, folder: request.folder }, machine);
  }

  async function keepWhenDue(): Promise<void> {
    if (performance.now() >= due) await keepAfterOthers();
  }

  /** One after another: the trainer's word and the clock may come together. A checkpoint that cannot be kept ends no training. */
  function keepAfterOthers(): Promise<void> {
    keeping = keeping.then(timed).catch((error: unknown) => {
      progress(`The checkpoint of ${model} could not be kept: ${error instanceof Error ? error.message : String(error)}`);
    });
    return keeping;
  }

  async function timed(): Promise<void> {
    const started = performance.now();
    try {
      await keep();
    } finally {
      const ended = performance.now();
      due = ended + Math.max(jobFiles.unfinishedEvery * 1_000, timesBetweenKeeps * (ended - started));
    }
  }

  async function keep(): Promise<void> {
    const now = await fingerprint();
    if (now === "" || now === kept) return;
    number += 1;
    await note();
    // Never over the one before: while this one is being kept, that one is the only whole one.
    const name = names[number % 2 === 0 ? 0 : 1];
    const { inputHash } = planned;
    await keepCheckpoint({ folder: request.folder, name, model, inputHash, seed, number, source }, machine);
    [kept, isStored] = [now, true];
  }

  /** Changes whenever a file was written; empty when there is none. */
  async function fingerprint(): Promise<string> {
    const lines: string[] = [];
    for (const path of await files.list(folder)) {
      const stat = await files.stat(join(folder, path));
      lines.push(`${path} ${stat?.bytes} ${stat?.modifiedNs}`);
    }
    return lines.join("\n");
  }

  async function fetchAll(): Promise<{ checkpoint: Checkpoint; at: string; from: string }[]> {
    const found = [];
    // Nothing was kept before the first attempt of a workflow run; by hand nobody counts.
    if (source.run === undefined || source.run.attempt > 1)
      for (const name of names) {
        const from = source.run ? "an earlier attempt" : "an earlier training";
        const one = await fetchOne((at) => jobFiles.fetch(name, at), from, undefined);
        isStored ||= one !== undefined;
        found.push(one);
      }
    for (const { run, refused } of planned.checkpoints ?? []) {
      // An earlier attempt's, which has been looked at.
      if (run.runId === source.run?.id && source.run) continue;
      if (refused !== undefined) refuse(run.origin, refused);
      else found.push(await fetchOne((at) => jobFiles.fetchFrom(run, at), run.origin, run));
    }
    return found.filter((one) => one !== undefined);
  }

  async function fetchOne(fetch: (at: string) => Promise<boolean>, from: string, run: RunRef | undefined) {
    const at = await files.makeTemporaryFolder("assay-checkpoint-");
    const checkpoint = await fetched().catch((error: unknown) => {
      if (error instanceof AssayError) return refuse(from, error.message);
      throw error;
    });
    if (checkpoint) return { checkpoint, at, from };
    await files.remove(at);
    return undefined;

    async function fetched(): Promise<Checkpoint | undefined> {
      if (!(await fetch(at))) return undefined;
      const text = await files.readText(join(at, manifestName), maxManifestBytes);
      const wanted = { model, inputHash: planned.inputHash, seed, repository: source.repository, fromRun: run?.runId };
      const read = readCheckpoint(text, wanted);
      if ("refused" in read) return refuse(from, read.refused);
      for (const { path, digest } of read.checkpoint.files) {
        const file = join(at, "files", path);
        const there = (await files.exists(file)) ? (await files.digest(file)).digest : "nothing";
        if (there !== digest) return refuse(from, `${path} should be ${digest} by its manifest, but ${there} was found`);
      }
      return read.checkpoint;
    }
  }

  function refuse(from: string, why: string): undefined {
    progress(`A checkpoint of ${from} is not used: ${why}.`);
  }
}
