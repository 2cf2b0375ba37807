/** How a repository is set up on GitHub. What the token may not read is undefined: nothing is known of it, least of all that it is fine. */
export interface Settings {
  about(): Promise<RepositoryFacts>;
  /** Rules that hold for a branch, which need not be there yet: of rulesets and, where it is, of its own protection. */
  branchRules(branch: string): Promise<BranchRules | undefined>;
  /** Active rulesets for tags. */
  tagRules(): Promise<readonly TagRules[] | undefined>;
  /** What a workflow's token may do where the workflow does not say. */
  defaultTokenPermission(): Promise<"read" | "write" | undefined>;
  /** Runners of one's own: the repository's, and its organisation's where the token may read these. */
  runners(): Promise<KnownRunners | undefined>;
  /** Groups of the organisation's runners that the repository may use; empty where there is no organisation. */
  runnerGroups(): Promise<readonly RunnerGroup[] | undefined>;
  /** Whether workflows of forks wait for a person. */
  forkRuns(): Promise<ForkRuns | undefined>;
  /** Whether what is published as a release is fixed for ever. */
  immutableReleases(): Promise<boolean | undefined>;
}

export interface RepositoryFacts {
  defaultBranch: string;
  isPrivate: boolean;
  ownedByOrganisation: boolean;
}

export interface BranchRules {
  /** Names of checks that have to be green before a merge. */
  requiredChecks: readonly string[];
  /** Nobody deletes the branch. */
  keeps: boolean;
  /** Nobody rewrites it. */
  onlyGrows: boolean;
  /** Only pull requests change it; undefined where that is for who may restrict it to say: by its own protection, or by a rule. */
  byPullRequest: boolean | undefined;
}

export interface TagRules {
  name: string;
  /** Patterns of full names, `refs/tags/*@v*`, or `~ALL`. */
  include: readonly string[];
  exclude: readonly string[];
  /** Such as `update` and `deletion`. */
  forbids: readonly string[];
}

export interface KnownRunners {
  runners: readonly { name: string; labels: readonly string[]; online: boolean }[];
  /** Whether there may be others that the token does not see. */
  complete: boolean;
}

export interface RunnerGroup {
  name: string;
  /** The only workflows that may use it, each with its ref; undefined: any. */
  workflows: readonly string[] | undefined;
  runners: readonly { labels: readonly string[] }[];
}

export type ForkRuns =
  /** Public: who needs approval. */
  | { kind: "public"; approval: "all" | "first-time" | "new-to-github" }
  /** Private: what a fork's run gets. */
  | { kind: "private"; run: boolean; approval: boolean; secrets: boolean; writeToken: boolean };
