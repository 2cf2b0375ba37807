import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { AssayError } from "../../../errors/errors.ts";
import type { Files } from "../../../files/files.ts";
import type { RayEngine } from "../../../spec/spec.ts";
import type { Engine, EngineJob, EngineOrigin, EngineResult, EngineWork } from "../../engine.ts";
import { type RayVariables, readRayAddress } from "./address.ts";
import { type Attempt, attemptOf } from "./attempt.ts";
import { checkRay } from "./check-ray.ts";
import { type FollowedLog, followLog } from "./follow-log.ts";
import { createRayJobs, type RayJob, type RayJobs, RayUnreachableError } from "./jobs-api.ts";
import { entrypoint, makePackage } from "./package.ts";
import { copyOutputs, readResult } from "./result.ts";
import { stopJob } from "./stop-job.ts";

export interface RaySetting {
  engine: RayEngine;
  gpus: number | undefined;
  origin: EngineOrigin;
  variables: RayVariables;
  files: Files;
}

const pollMs = 1_000;
/** A job outlives a head that is upgraded, or a network that is mended. */
const maxSilenceMs = 10 * 60_000;
/** A cluster that was started a moment ago takes no jobs yet. */
const maxRefusalMs = 60_000;
/** A network file system shows other machines' files only after a while. */
const maxStalenessMs = 60_000;
const maxAttempts = 1_000;

/**
 * Trainings as jobs of a Ray cluster. A job's name follows from what it trains and for whom, so that whoever asks for the same
 * finds it: one that runs is followed, one that ended well is collected, and only after one that was stopped, or whose failure
 * somebody has been told, another attempt is made. Ray says how a job ended; the shared folder only carries what it made.
 */
export function createRayEngine({ engine, gpus, origin, variables, files }: RaySetting): Engine {
  const address = readRayAddress(variables);

  return {
    async check() {
      if ("problem" in address) return { problems: [address.problem], warnings: [] };
      return { problems: await checkRay(createRayJobs(address), engine.storage, files), warnings: [] };
    },
    async run(job) {
      if ("problem" in address) return lost(undefined, address.problem);
      const jobs = createRayJobs(address);
      try {
        return await trainOn(jobs, job);
      } catch (error) {
        if (error instanceof RayUnreachableError) {
          if (job.signal.aborted) return { job: undefined, end: cancelledBy(job.signal) };
          const after = "A job that it has goes on, and the next run finds it.";
          return lost(undefined, `The Ray cluster did not do what was asked: ${error.message}. ${after}`);
        }
        if (error instanceof AssayError)
          return { job: undefined, end: { outcome: "not-started", message: withoutStop(error.message) } };
        throw error;
      }
    },
  };

  async function trainOn(jobs: RayJobs, job: EngineJob): Promise<EngineResult> {
    let deadline = performance.now() + job.timeoutMinutes * 60_000;
    for (let number = 1; number <= maxAttempts; number += 1) {
      if (job.signal.aborted) return { job: undefined, end: cancelledBy(job.signal) };
      const attempt = attemptOf(origin, { storage: engine.storage, seed: job.seed, number });
      const found = await jobs.find(attempt.id);
      if (found && (await isOver(found, attempt))) continue;
      if (found)
        job.progress(
          `Ray job ${attempt.id} has this training already (${found.status.toLowerCase()}); its log from the beginning:`,
        );
      let isOurs = false;
      if (!found) {
        const preparedFrom = performance.now();
        const work = await job.work();
        if ("failure" in work) return { job: undefined, end: { outcome: "unprepared", ...work } };
        deadline += performance.now() - preparedFrom;
        isOurs = await submit(jobs, job, { work, attempt });
      }
      const result = await follow(jobs, job, { attempt, deadline });
      // Whoever began it was cancelled, such as the run of an earlier push.
      if (result !== "stopped") return result;
      if (isOurs) return lost(attempt.id, `Ray job ${attempt.id} was stopped on the cluster before training was done.`);
      job.progress(`Ray job ${attempt.id} was stopped by whoever began it; the training is begun again.`);
    }
    throw new RayUnreachableError(`after ${maxAttempts} jobs for the same training no other is begun`);
  }

  /** Nothing can be had from it any more. */
  async function isOver({ status }: RayJob, { told }: Attempt): Promise<boolean> {
    if (status === "STOPPED") return true;
    return (status === "FAILED" || status === "SUCCEEDED") && (await files.exists(told));
  }

  /** Says whether the job is ours: two that ask at the same time get one. */
  async function submit(
    jobs: RayJobs,
    job: EngineJob,
    { work, attempt }: { work: EngineWork; attempt: Attempt },
  ): Promise<boolean> {
    const { id, folder, checkpoints } = attempt;
    const content = await makePackage(work, files);
    if (!(await jobs.hasPackage(content.name))) await jobs.putPackage(content.name, content.content());
    const timeoutSeconds = Math.ceil(job.timeoutMinutes * 60);
    const submission = {
      submission_id: id,
      entrypoint,
      runtime_env: {
        working_dir: `gcs://${content.name}`,
        env_vars: {
          ...job.env,
          ASSAY_OUTPUT_DIR: join(folder, "output"),
          ASSAY_CHECKPOINT_DIR: checkpoints,
          ASSAY_JOB: JSON.stringify({ id, folder, timeoutSeconds }),
        },
      },
      metadata: {
        repository: origin.repository,
        scope: origin.scope,
        model: origin.model,
        input_hash: origin.inputHash,
        seed: String(job.seed),
      },
      entrypoint_num_cpus: engine.cpus,
      entrypoint_num_gpus: gpus,
    };
    for (const until = performance.now() + maxRefusalMs; ; await pause(job.signal)) {
      const refusal = await jobs.submit(submission).catch(unreachable);
      if (!refusal) {
        job.progress(`Submitted as Ray job ${id}.`);
        return true;
      }
      if (await jobs.find(id)) {
        job.progress(`Ray job ${id} is there already; this run goes on with it.`);
        return false;
      }
      if (!refusal.mayPass || performance.now() > until || job.signal.aborted) throw refusal;
    }
  }

  /** Until the job has ended, or is to end. */
  async function follow(
    jobs: RayJobs,
    job: EngineJob,
    { attempt, deadline }: { attempt: Attempt; deadline: number },
  ): Promise<EngineResult | "stopped"> {
    const { id } = attempt;
    let log: FollowedLog | undefined;
    let heardAt = performance.now();
    try {
      for (;;) {
        if (job.signal.aborted || performance.now() > deadline) {
          const isStopped = await stopJob(jobs, id);
          job.progress(`Ray job ${id} ${isStopped ? "was stopped" : "could not be stopped in time; the next run finds it"}.`);
          return { job: id, end: job.signal.aborted ? cancelledBy(job.signal) : { outcome: "timed-out" } };
        }
        const found = await findOrWait();
        if (found === "silent") {
          await pause(job.signal);
          continue;
        }
        if (!found)
          return lost(id, `The Ray cluster no longer knows the job ${id}: it was restarted. Run the job again to train.`);
        const isWaiting = found.status === "PENDING" || found.status === "RUNNING";
        if (isWaiting && engine.handOff) return { job: id, end: { outcome: "handed-off" } };
        if (found.status !== "PENDING") log ??= followLog(jobs, id, job.output);
        if (!isWaiting) {
          await log?.finish();
          return found.status === "STOPPED" ? "stopped" : await collect(found, attempt, job);
        }
        await pause(job.signal);
      }
    } finally {
      log?.stop();
    }

    async function findOrWait(): Promise<RayJob | undefined | "silent"> {
      try {
        const found = await jobs.find(id);
        heardAt = performance.now();
        return found;
      } catch (error) {
        if (unreachable(error).mayPass && performance.now() - heardAt < maxSilenceMs) return "silent";
        throw error;
      }
    }
  }

  async function collect({ status, driver_exit_code }: RayJob, attempt: Attempt, job: EngineJob): Promise<EngineResult> {
    const { id, folder, checkpoints, told } = attempt;
    // From then on the failure is known, and the next request is for another attempt.
    const tell = () =>
      files.write(told, "").catch((error: unknown) => {
        job.progress(`Warning: ${told} cannot be written (${String(error)}), so the next run tells the same of job ${id}.`);
      });
    let result = await readResult(files, folder, id);
    const until = performance.now() + maxStalenessMs;
    while (!result && status === "SUCCEEDED" && performance.now() < until && !job.signal.aborted) {
      await pause(job.signal);
      result = await readResult(files, folder, id);
    }
    if (!result && job.signal.aborted) return { job: id, end: cancelledBy(job.signal) };
    const { startedAt, seconds, setupCommand } = result ?? {};
    const facts = { job: id, startedAt, seconds, setupCommand };
    if (status === "SUCCEEDED" && result?.outcome === "exited" && result.exitCode === 0) {
      const missing = await copyOutputs(files, { from: join(folder, "output"), to: job.outputFolder, records: result.files });
      if (missing === undefined) {
        const written = result.files.map(({ path }) => path);
        // One that wrote no model would be collected for ever.
        if (!job.outputs.every((output) => written.some((path) => path === output || path.startsWith(`${output}/`))))
          await tell();
        await files.remove(checkpoints).catch(() => {});
        return { ...facts, end: { outcome: "exited", exitCode: 0 } };
      }
      await tell();
      return lost(id, `What the Ray job ${id} left in ${folder} is not what it wrote: ${missing}. Run the job again to train.`);
    }
    await tell();
    if (status === "SUCCEEDED")
      return lost(
        id,
        `The Ray job ${id} ended well and left nothing in ${folder}. Mount train.engine.ray.storage on the runner and on every machine of the cluster under the same path.`,
      );
    if (result?.outcome === "timed-out") return { ...facts, end: { outcome: "timed-out" } };
    const exitCode = result?.exitCode ?? driver_exit_code ?? undefined;
    if (exitCode !== undefined && exitCode > 0) return { ...facts, end: { outcome: "exited", exitCode } };
    if (exitCode !== undefined && exitCode < 0) return { ...facts, end: { outcome: "exited", exitCode: 128 - exitCode } };
    return lost(
      id,
      `The Ray job ${id} failed before its command ended: its files could not be set up, or its machine was lost. See the cluster's dashboard.`,
    );
  }
}

/** Anything else is a bug. */
function unreachable(error: unknown): RayUnreachableError {
  if (error instanceof RayUnreachableError) return error;
  throw error;
}

function lost(job: string | undefined, message: string): EngineResult {
  return { job, end: { outcome: "lost", message } };
}

function cancelledBy(signal: AbortSignal) {
  return { outcome: "cancelled", signal: signal.reason === "SIGINT" ? "SIGINT" : "SIGTERM" } as const;
}

async function pause(signal: AbortSignal): Promise<void> {
  await wait(pollMs, undefined, { signal }).catch(() => {});
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, "");
}
