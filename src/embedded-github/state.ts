import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { createPost, type Post } from "./post.ts";
import type { Token, User } from "./records/accounts.ts";
import type { App, AppManifest, Installation } from "./records/apps.ts";
import type { CheckRun } from "./records/checks.ts";
import type { Deployment, DeploymentStatus, Gate } from "./records/deployments.ts";
import type { Issue, Label } from "./records/issues.ts";
import type { IssueComment, PullRequest, Review } from "./records/pull-requests.ts";
import type { Release, ReleaseAsset } from "./records/releases.ts";
import type { Repository } from "./records/repositories.ts";
import type { Artifact, Job, WorkflowRun } from "./records/runs.ts";
import type { WebhookAttempt } from "./records/webhooks.ts";

export type * from "./records/accounts.ts";
export type * from "./records/apps.ts";
export type * from "./records/checks.ts";
export type * from "./records/deployments.ts";
export * from "./records/issues.ts";
export * from "./records/pull-requests.ts";
export type * from "./records/releases.ts";
export type * from "./records/repositories.ts";
export type * from "./records/runs.ts";
export type * from "./records/webhooks.ts";

/** Everything that the server knows, besides what lies in the git repositories and in its blob folder. */
export interface State {
  readonly folder: string;
  readonly users: Map<string, User>;
  readonly repositories: Map<string, Repository>;
  readonly pullRequests: Map<number, PullRequest>;
  readonly issues: Map<number, Issue>;
  readonly labels: Map<number, Label>;
  readonly comments: Map<number, IssueComment>;
  readonly reviews: Map<number, Review>;
  readonly checkRuns: Map<number, CheckRun>;
  readonly releases: Map<number, Release>;
  readonly assets: Map<number, ReleaseAsset>;
  readonly deployments: Map<number, Deployment>;
  readonly deploymentStatuses: Map<number, DeploymentStatus>;
  readonly gates: Map<number, Gate>;
  readonly runs: Map<number, WorkflowRun>;
  readonly jobs: Map<number, Job>;
  readonly artifacts: Map<number, Artifact>;
  readonly tokens: Map<string, Token>;
  /** Commits that GitHub made itself and therefore signed. */
  readonly signedCommits: Set<string>;
  readonly apps: Map<number, App>;
  /** Apps that somebody agreed to, by the code that makes them. */
  readonly manifestCodes: Map<string, AppManifest>;
  readonly installations: Map<number, Installation>;
  /** Tries to deliver webhooks that are over, oldest first. */
  readonly webhookAttempts: WebhookAttempt[];
  readonly post: Post;
  readonly secret: string;
  /** API root, known once the server listens. */
  url: string;
  /** Root of the pages that people see. */
  serverUrl: string;
  /** By the clock of this GitHub, in milliseconds since 1970. */
  now(): number;
  nextId(): number;
  /** Pull requests and issues are numbered across all repositories, so that a number alone names one. */
  nextNumber(): number;
}

/** No two have the same, of whatever kind: Octokit's app authentication takes installations of one id for one, whatever server they are on. */
let newestId = 1000;

export function createState(folder: string, now: () => number = Date.now): State {
  let number = 0;
  const state: State = {
    folder,
    users: new Map(),
    repositories: new Map(),
    pullRequests: new Map(),
    issues: new Map(),
    labels: new Map(),
    comments: new Map(),
    reviews: new Map(),
    checkRuns: new Map(),
    releases: new Map(),
    assets: new Map(),
    deployments: new Map(),
    deploymentStatuses: new Map(),
    gates: new Map(),
    runs: new Map(),
    jobs: new Map(),
    artifacts: new Map(),
    tokens: new Map(),
    signedCommits: new Set(),
    apps: new Map(),
    manifestCodes: new Map(),
    installations: new Map(),
    webhookAttempts: [],
    post: createPost(),
    secret: randomBytes(16).toString("hex"),
    url: "",
    serverUrl: "",
    now,
    nextId: () => ++newestId,
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
