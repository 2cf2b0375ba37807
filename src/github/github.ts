import type { Checks } from "./checks.ts";
import type { Collaborators } from "./collaborators.ts";
import type { Comments } from "./comments.ts";
import type { Contents } from "./contents.ts";
import type { Deployments } from "./deployments.ts";
import type { Issues } from "./issues.ts";
import type { PullRequests } from "./pull-requests.ts";
import type { Releases } from "./releases.ts";
import type { Artifacts, Runs } from "./runs.ts";
import type { Settings } from "./settings.ts";
import type { Tags } from "./tags.ts";

/** One repository on GitHub, in our vocabulary and by role. Octokit implements it in `octokit/`; every list is read to its end, unless how much is asked for. */
export interface GitHub {
  readonly repository: Repository;
  readonly checks: Checks;
  readonly collaborators: Collaborators;
  readonly comments: Comments;
  readonly contents: Contents;
  readonly deployments: Deployments;
  readonly issues: Issues;
  readonly pullRequests: PullRequests;
  readonly releases: Releases;
  readonly runs: Runs;
  readonly artifacts: Artifacts;
  readonly settings: Settings;
  readonly tags: Tags;
}

export interface Repository {
  owner: string;
  name: string;
}
