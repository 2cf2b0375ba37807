import { setTimeout as wait } from "node:timers/promises";
import { type RayJobs, RayUnreachableError } from "./jobs-api.ts";

const reconnectMs = 2_000;
/** A cluster ends the log of a job that has ended after a few seconds. */
const drainMs = 15_000;

export interface FollowedLog {
  /** Of a job that has ended: waits until all of its log has been passed on. */
  finish(): Promise<void>;
  stop(): void;
}

/** Passes a job's log on from its beginning. A connection that breaks is made again, and what came before is not repeated. */
export function followLog(jobs: RayJobs, id: string, output: (text: string) => void): FollowedLog {
  const controller = new AbortController();
  const { signal } = controller;
  let hasEnded = false;
  let passedOn = 0;
  const following = follow();
  return {
    async finish() {
      hasEnded = true;
      const whole = await jobs.log(id).catch((error: unknown) => {
        // Such as one that is too long to be had at once.
        if (error instanceof RayUnreachableError) return undefined;
        throw error;
      });
      if (whole === undefined) await Promise.race([following, wait(drainMs, undefined, { ref: false })]);
      controller.abort();
      if (whole !== undefined && whole.length > passedOn) output(whole.slice(passedOn));
    },
    stop: () => controller.abort(),
  };

  async function follow(): Promise<void> {
    while (!signal.aborted) {
      let seen = 0;
      const isLast = hasEnded;
      const pass = (text: string) => {
        const fresh = text.slice(Math.max(passedOn - seen, 0));
        seen += text.length;
        if (fresh === "" || signal.aborted) return;
        passedOn = seen;
        output(fresh);
      };
      await jobs.followLog(id, pass, signal);
      if (isLast) return;
      await wait(hasEnded ? 0 : reconnectMs, undefined, { ref: false });
    }
  }
}
