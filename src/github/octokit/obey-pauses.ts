import type { Octokit } from "octokit";
import { GitHubError } from "../../errors/errors.ts";
import { pauseOf } from "./request-error.ts";

/**
 * Has an Octokit send nothing more while GitHub asks for a pause: the limit is that of whoever it signs in as, whatever is asked for.
 * What would be asked then rejects with a `GitHubError` that has the pause's end.
 */
export function obeyPauses({ hook }: Pick<Octokit, "hook">): void {
  let end = new Date(0);
  hook.error("request", (error) => {
    const asked = pauseOf(error);
    if (asked && asked > end) end = asked;
    throw error;
  });
  hook.before("request", () => {
    if (end.getTime() > Date.now())
      throw new GitHubError(`GitHub asks for a pause until ${end.toISOString()}: nothing is asked of it before.`, {
        status: 429,
        retryAt: end,
      });
  });
}
