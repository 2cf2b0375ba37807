import type { GitRepository } from "../git/repository.ts";

export type CollaboratorPermission = "admin" | "maintain" | "write" | "triage" | "read" | "none";

/** A role that an organisation made up from one of GitHub's. */
export interface CustomRole {
  role: string;
  base: Exclude<CollaboratorPermission, "none">;
}

export interface Ruleset {
  id: number;
  name: string;
  target: "branch" | "tag";
  enforcement: "active" | "evaluate" | "disabled";
  /** Patterns of full names; `~ALL`, `~DEFAULT_BRANCH`. */
  include: readonly string[];
  rules: readonly { type: string; parameters?: Readonly<Record<string, unknown>> }[];
}

export interface Runner {
  id: number;
  name: string;
  labels: readonly string[];
  online: boolean;
}

/** Runners that an organisation has, as far as one repository may use them, and its teams. */
export interface Organisation {
  groups: readonly {
    id: number;
    name: string;
    /** The only workflows that may use it, with their ref; undefined: any. */
    workflows?: readonly string[];
    runners: readonly Runner[];
  }[];
  teams?: readonly {
    slug: string;
    members: readonly string[];
    /** Invited, and not yet members. */
    invited?: readonly string[];
  }[];
}

/** What an administrator sets. */
export interface RepositorySettings {
  isPublic: boolean;
  rulesets: readonly Ruleset[];
  defaultWorkflowPermissions: "read" | "write";
  runners: readonly Runner[];
  /** Makes the owner one. */
  organisation?: Organisation | undefined;
  /** Public repositories: whose first workflows wait for a person. */
  forkApproval: "first_time_contributors_new_to_github" | "first_time_contributors" | "all_external_contributors";
  /** Private ones: whether forks run workflows at all. */
  forksRun: boolean;
  /** From now on what is published cannot be changed any more. */
  immutableReleases: boolean;
}

export interface Repository {
  id: number;
  owner: string;
  name: string;
  fullName: string;
  defaultBranch: string;
  protectedBranches: ReadonlySet<string>;
  collaborators: Map<string, CollaboratorPermission | CustomRole>;
  /** Full name of the repository that this one was forked from. */
  forkOf: string | undefined;
  createdAt: string;
  settings: RepositorySettings;
  /** Names of tags that immutable releases had: nobody gets them again, even where the release was deleted. */
  burnedTags: Set<string>;
  /** Id of the release that was made the latest. */
  latestRelease: number | undefined;
  git: GitRepository;
}
