import { createHmac, randomBytes, randomUUID } from "node:crypto";
import type { GitRepository } from "./git-repository.ts";

export interface User {
  id: number;
  login: string;
  type: "User" | "Bot" | "Organization";
}

/** Names as in a workflow's `permissions`. Reading a repository's metadata is always allowed. */
export type PermissionName =
  | "actions"
  | "administration"
  | "checks"
  | "contents"
  | "issues"
  | "organization_self_hosted_runners"
  | "pull-requests";
export type Permissions = Readonly<Partial<Record<PermissionName, "read" | "write">>>;

export interface Token {
  repository: string;
  permissions: Permissions;
  kind: "workflow" | "user";
  login: string;
}

export type CollaboratorPermission = "admin" | "maintain" | "write" | "triage" | "read" | "none";

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

/** Runners that an organisation has, as far as one repository may use them. */
export interface Organisation {
  groups: readonly {
    id: number;
    name: string;
    /** The only workflows that may use it, with their ref; undefined: any. */
    workflows?: readonly string[];
    runners: readonly Runner[];
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
}

export interface Repository {
  id: number;
  owner: string;
  name: string;
  fullName: string;
  defaultBranch: string;
  protectedBranches: ReadonlySet<string>;
  collaborators: Map<string, CollaboratorPermission>;
  /** Full name of the repository that this one was forked from. */
  forkOf: string | undefined;
  createdAt: string;
  settings: RepositorySettings;
  git: GitRepository;
}

export interface PullRequest {
  id: number;
  number: number;
  repository: Repository;
  headRepository: Repository;
  title: string;
  body: string | null;
  author: string;
  draft: boolean;
  headRef: string;
  headSha: string;
  baseRef: string;
  baseSha: string;
  /** The test merge while open (`refs/pull/N/merge`), the commit on the base branch once merged. */
  mergeCommitSha: string;
  /** Commits that the pull request brought, known once it is merged. */
  mergedCommits: readonly string[];
  mergedAt: string | null;
  mergedBy: string | null;
  closedAt: string | null;
  createdAt: string;
  updatedAt: string;
}

export interface IssueComment {
  id: number;
  number: number;
  repository: Repository;
  body: string;
  author: string;
  createdAt: string;
  updatedAt: string;
}

export interface Annotation {
  path: string;
  start_line: number;
  end_line: number;
  start_column?: number | undefined;
  end_column?: number | undefined;
  annotation_level: "notice" | "warning" | "failure";
  message: string;
  title?: string | undefined;
  raw_details?: string | undefined;
}

export type RunStatus = "queued" | "in_progress" | "completed" | "waiting" | "requested" | "pending";

export interface CheckRun {
  id: number;
  repository: Repository;
  name: string;
  headSha: string;
  appSlug: string;
  externalId: string | null;
  detailsUrl: string | null;
  status: RunStatus;
  conclusion: string | null;
  startedAt: string | null;
  completedAt: string | null;
  title: string | null;
  summary: string | null;
  text: string | null;
  annotations: Annotation[];
}

export interface ReleaseAsset {
  id: number;
  releaseId: number;
  repository: Repository;
  name: string;
  label: string | null;
  contentType: string;
  bytes: number;
  digest: string;
  file: string;
  uploader: string;
  createdAt: string;
}

export interface Release {
  id: number;
  repository: Repository;
  tag: string;
  target: string;
  name: string | null;
  body: string | null;
  draft: boolean;
  prerelease: boolean;
  author: string;
  createdAt: string;
  publishedAt: string | null;
}

export interface WorkflowRun {
  id: number;
  repository: Repository;
  headRepository: Repository;
  runNumber: number;
  event: string;
  workflowPath: string;
  workflowId: number;
  headSha: string;
  headBranch: string;
  pullRequest: PullRequest | undefined;
  actor: string;
  createdAt: string;
  /** Id of the run in the artifact results service; it knows no other. */
  backendId: string;
}

export interface Job {
  id: number;
  run: WorkflowRun;
  name: string;
  status: RunStatus;
  conclusion: string | null;
  /** What it asks of a runner. */
  labels: readonly string[];
  createdAt: string;
  startedAt: string;
  completedAt: string | null;
  backendId: string;
}

export interface Artifact {
  id: number;
  run: WorkflowRun;
  name: string;
  mimeType: string;
  /** Undefined until the upload is finalised. */
  bytes: number | undefined;
  digest: string | undefined;
  file: string;
  expired: boolean;
  createdAt: string;
  expiresAt: string;
}

/** Everything that the server knows, besides what lies in the git repositories and in its blob folder. */
export interface State {
  readonly folder: string;
  readonly users: Map<string, User>;
  readonly repositories: Map<string, Repository>;
  readonly pullRequests: Map<number, PullRequest>;
  readonly comments: Map<number, IssueComment>;
  readonly checkRuns: Map<number, CheckRun>;
  readonly releases: Map<number, Release>;
  readonly assets: Map<number, ReleaseAsset>;
  readonly runs: Map<number, WorkflowRun>;
  readonly jobs: Map<number, Job>;
  readonly artifacts: Map<number, Artifact>;
  readonly tokens: Map<string, Token>;
  readonly secret: string;
  /** API root, known once the server listens. */
  url: string;
  /** Root of the pages that people see. */
  serverUrl: string;
  nextId(): number;
  /** Pull requests are numbered across all repositories, so that a number alone names one. */
  nextNumber(): number;
}

export function createState(folder: string): State {
  let id = 1000;
  let number = 0;
  const state: State = {
    folder,
    users: new Map(),
    repositories: new Map(),
    pullRequests: new Map(),
    comments: new Map(),
    checkRuns: new Map(),
    releases: new Map(),
    assets: new Map(),
    runs: new Map(),
    jobs: new Map(),
    artifacts: new Map(),
    tokens: new Map(),
    secret: randomBytes(16).toString("hex"),
    url: "",
    serverUrl: "",
    nextId: () => ++id,
    nextNumber: () => ++number,
  };
  state.users.set(actionsBot, { id: 41898282, login: actionsBot, type: "Bot" });
  return state;
}

/** The account that a workflow's token writes as, with its real id. */
export const actionsBot = "github-actions[bot]";

/** The account of that login; the first mention makes it. */
export function userOf(state: State, login: string): User {
  const known = state.users.get(login);
  if (known) return known;
  const user: User = { id: state.nextId(), login, type: login.endsWith("[bot]") ? "Bot" : "User" };
  state.users.set(login, user);
  return user;
}

export function findRepository(state: State, fullName: string): Repository | undefined {
  return state.repositories.get(fullName.toLowerCase());
}

/** Now, to the second, as GitHub writes times. */
export function timestamp(offsetMs = 0): string {
  return new Date(Date.now() + offsetMs).toISOString().replace(/\.\d+Z$/, "Z");
}

export function newBackendId(): string {
  return randomUUID();
}

/** Signature of a storage URL, as the `sig` parameter of a pre-signed one. */
export function sign(state: State, text: string): string {
  return createHmac("sha256", state.secret).update(text).digest("base64url");
}
