import { setTimeout as wait } from "node:timers/promises";
import type { RayJobs } from "./jobs-api.ts";

/** GitHub kills a cancelled step 10 s after SIGINT; the rest is for writing the record. */
const maxMs = 7_500;
const pollMs = 250;

/** Says whether the job has ended in time. A cluster that is not reached lets it go on, and the next run finds it. */
export async function stopJob(jobs: RayJobs, id: string): Promise<boolean> {
  const until = performance.now() + maxMs;
  return Promise.race([stopped().catch(() => false), wait(maxMs, false, { ref: false })]);

  async function stopped(): Promise<boolean> {
    await jobs.stop(id);
    while (performance.now() < until) {
      const found = await jobs.find(id);
      if (found?.status !== "PENDING" && found?.status !== "RUNNING") return true;
      await wait(pollMs);
    }
    return false;
  }
}
