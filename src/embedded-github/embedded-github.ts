import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Activity, createActivity } from "./activity.ts";
import { type Apps, createApps } from "./apps.ts";
import { type Fault, pending } from "./faults.ts";
import { createGitRepository } from "./git/repository.ts";
import { knownRepository } from "./pull-request-lifecycle.ts";
import { createRateLimiter, type RateLimits } from "./rate-limits.ts";
import { addArtifact } from "./results-service.ts";
import { completeJob, endRun, type JobRequest, type RunRequest, startJob, startRun } from "./run-lifecycle.ts";
import { statusOf } from "./run-status.ts";
import { createHttpServer } from "./server.ts";
import {
  type Artifact,
  type CheckRun,
  type CollaboratorPermission,
  type CustomRole,
  createState,
  type Deployment,
  type DeploymentStatus,
  type Gate,
  type Issue,
  type IssueComment,
  type Job,
  type Release,
  type ReleaseAsset,
  type Repository,
  type RepositorySettings,
  type State,
  timestamp,
  userOf,
  type WorkflowRun,
} from "./state.ts";
import { issueRuntimeToken, issueToken, type TokenRequest } from "./tokens.ts";
import type { Exchange, RecordedRequest, Traffic } from "./traffic.ts";
import { statusesOf } from "./views/deployments.ts";
import { assetsOf } from "./views/releases.ts";
import { createWebhookControls, type WebhookControls } from "./webhooks.ts";

export type { CreatedApp } from "./apps.ts";
export type { Fault } from "./faults.ts";
export type { RunRequest } from "./run-lifecycle.ts";
export type { CheckRun, Issue, IssueComment, Permissions, Release, ReleaseAsset, RepositorySettings } from "./state.ts";
export type { TokenRequest } from "./tokens.ts";
export type { Exchange, RecordedRequest } from "./traffic.ts";

export interface EmbeddedGitHubOptions {
  /** Where git repositories and blobs live; default a temporary folder that `close` removes. */
  folder?: string | undefined;
  /** Called with every request and its answer. */
  onExchange?: ((exchange: Exchange) => void) | undefined;
  /** Its clock, in milliseconds since 1970: tokens run out by it. Default the machine's. */
  now?: (() => number) | undefined;
  /** Limits that it keeps to; default none. */
  rateLimits?: RateLimits | undefined;
}

export interface RepositoryRequest {
  owner: string;
  name: string;
  /** Default `main`. */
  defaultBranch?: string | undefined;
  /** Branches that only a merged pull request, or a push by path, can change. */
  protectedBranches?: readonly string[] | undefined;
  /** Permission by login. The owner is an admin. */
  collaborators?: Readonly<Record<string, CollaboratorPermission | CustomRole>> | undefined;
  /** `owner/name` of the repository whose branches it starts with. */
  forkOf?: string | undefined;
  /** Default: private, no rulesets, no runners, tokens that read, and no workflows of forks. */
  settings?: Partial<RepositorySettings> | undefined;
}

export interface DispatchedRun {
  runId: number;
  repository: string;
  workflowPath: string;
  headSha: string;
  headBranch: string;
  actor: string;
  inputs: Readonly<Record<string, string>>;
  status: "queued" | "in_progress" | "waiting" | "completed";
  conclusion: string | null;
}

/**
 * A GitHub on loopback, for tests and the demonstration: the REST operations that Assay uses over real git repositories,
 * workflow runs with the artifact service that `@actions/artifact` speaks, tokens with permissions, GitHub's own limits.
 * It is strict: what it does not know is answered 404 and recorded.
 */
export interface EmbeddedGitHub extends Activity, Apps, WebhookControls {
  /** API root, for `GITHUB_API_URL`. */
  readonly url: string;
  /** For `ACTIONS_RESULTS_URL`. */
  readonly resultsUrl: string;
  /** For `GITHUB_SERVER_URL`: a name below `localhost`, which the artifact client takes for github.com's kind. Serves no pages. */
  readonly serverUrl: string;
  readonly requests: readonly RecordedRequest[];
  /** `GET /path` of requests that no route knows. */
  readonly unknownRequests: readonly string[];
  /** Bugs of the server itself, each with the request that met it. */
  readonly failures: readonly string[];
  /** @returns the bare repository's folder: push to it, clone from it, by path */
  createRepository(request: RepositoryRequest): Promise<{ id: number; gitFolder: string }>;
  /** `none`: no collaborator any more. */
  setPermission(request: { repository: string; login: string; permission: CollaboratorPermission | "none" }): Promise<void>;
  createRun(request: RunRequest): Promise<{ runId: number }>;
  /** Runs that somebody dispatched, oldest first: a runner takes those that are queued. */
  dispatches(): readonly DispatchedRun[];
  /** Starts a job; it also is a check run of its commit. */
  createJob(runId: number, job: JobRequest): Promise<{ jobId: number }>;
  finishJob(
    runId: number,
    name: string,
    conclusion: "success" | "failure" | "cancelled" | "skipped" | "timed_out",
  ): Promise<void>;
  /** Ends a run, which may have had no job; with what its jobs ended with unless something else is said. */
  finishRun(runId: number, conclusion?: "success" | "failure" | "cancelled" | "timed_out" | "startup_failure"): Promise<void>;
  /** As a job of the run uploads it; an archive unless another type is said. */
  addArtifact(request: { runId: number; name: string; bytes: Uint8Array; mimeType?: string }): Promise<{ id: number }>;
  tokenFor(request: TokenRequest): string;
  /** For `ACTIONS_RUNTIME_TOKEN`; opens the artifacts of this run only. Starts the job when there is none of that name. */
  runtimeToken(runId: number, job: string): string;
  expireArtifact(id: number): Promise<void>;
  /** A pushed commit has the signature of whoever committed it. */
  signPushed(sha: string): void;
  /** Makes the next matching requests fail. */
  failNext(fault: Fault): void;
  /** Nothing fails any more. @returns how many of the faults were met */
  endFaults(): number;
  comments(number: number): readonly IssueComment[];
  /** Oldest first, closed ones among them. */
  issues(): readonly Issue[];
  /** Check runs of the commit, oldest first; jobs are among them. */
  checks(sha: string): readonly CheckRun[];
  releases(): readonly (Release & { assets: readonly ReleaseAsset[] })[];
  /** Oldest first, each with its statuses, oldest first. */
  deployments(): readonly (Deployment & { statuses: readonly DeploymentStatus[] })[];
  /** Oldest first. */
  gates(): readonly Gate[];
  artifacts(runId: number): readonly Artifact[];
  close(): Promise<void>;
}

export async function startEmbeddedGitHub(options: EmbeddedGitHubOptions = {}): Promise<EmbeddedGitHub> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), "assay-embedded-github-")));
  await mkdir(join(folder, "blobs"), { recursive: true });
  const state = createState(folder, options.now);
  const traffic: Traffic = {
    requests: [],
    unknownRequests: [],
    failures: [],
    faults: [],
    rateLimiter: options.rateLimits && createRateLimiter(state, options.rateLimits),
    onExchange: options.onExchange,
  };
  const server = createHttpServer(state, traffic);
  const port = await listen(server);
  state.url = `http://127.0.0.1:${port}`;
  state.serverUrl = `http://github.localhost:${port}`;
  return {
    url: state.url,
    resultsUrl: `${state.url}/`,
    serverUrl: state.serverUrl,
    requests: traffic.requests,
    unknownRequests: traffic.unknownRequests,
    failures: traffic.failures,
    ...createActivity(state),
    ...createApps(state),
    ...createWebhookControls(state),
    createRepository: (request) => createRepository(state, request),
    setPermission: async ({ repository, login, permission }) => {
      const { collaborators } = knownRepository(state, repository);
      userOf(state, login);
      if (permission === "none") collaborators.delete(login);
      else collaborators.set(login, permission);
    },
    createRun: async (request) => ({ runId: (await startRun(state, request)).id }),
    dispatches: () =>
      [...state.runs.values()]
        .filter(({ event }) => event === "workflow_dispatch")
        .map((run) => ({ ...run, runId: run.id, repository: run.repository.fullName, ...statusOf(state, run) })),
    createJob: async (runId, job) => ({ jobId: startJob(state, runOf(state, runId), job).id }),
    finishJob: async (runId, name, conclusion) => completeJob(state, jobOf(state, runId, name), conclusion),
    finishRun: async (runId, conclusion) => endRun(state, runOf(state, runId), conclusion),
    addArtifact: async ({ runId, ...artifact }) => ({ id: (await addArtifact(state, runOf(state, runId), artifact)).id }),
    tokenFor: (request) => issueToken(state, request),
    runtimeToken: (runId, name) => {
      const run = runOf(state, runId);
      const job = findJob(state, run, name) ?? startJob(state, run, { name });
      return issueRuntimeToken(state, run.backendId, job.backendId);
    },
    expireArtifact: async (id) => {
      const artifact = state.artifacts.get(id);
      if (!artifact) throw new Error(`There is no artifact ${id}.`);
      artifact.expired = true;
      await rm(artifact.file, { force: true });
    },
    signPushed: (sha) => void state.signedCommits.add(sha),
    failNext: (fault) => void traffic.faults.push(pending(fault)),
    endFaults: () => traffic.faults.splice(0).filter(({ left }) => left === 0).length,
    comments: (number) => [...state.comments.values()].filter((comment) => comment.number === number),
    issues: () => [...state.issues.values()],
    checks: (sha) => [...state.checkRuns.values()].filter((run) => run.headSha === sha),
    releases: () => [...state.releases.values()].map((release) => ({ ...release, assets: assetsOf(state, release) })),
    deployments: () =>
      [...state.deployments.values()].map((deployment) => ({ ...deployment, statuses: statusesOf(state, deployment) })),
    gates: () => [...state.gates.values()],
    artifacts: (runId) => [...state.artifacts.values()].filter((artifact) => artifact.run.id === runId),
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

async function listen(server: ReturnType<typeof createHttpServer>): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return address.port;
}

const usualSettings: RepositorySettings = {
  isPublic: false,
  rulesets: [],
  defaultWorkflowPermissions: "read",
  runners: [],
  forkApproval: "first_time_contributors",
  forksRun: false,
  immutableReleases: false,
};

async function createRepository(state: State, request: RepositoryRequest): Promise<{ id: number; gitFolder: string }> {
  const { owner, name, defaultBranch = "main" } = request;
  const fullName = `${owner}/${name}`;
  if (!/^[\w.-]+\/[\w.-]+$/.test(fullName)) throw new Error(`${fullName} is not a repository's name.`);
  if (state.repositories.has(fullName.toLowerCase())) throw new Error(`There is a repository ${fullName} already.`);
  const git = await createGitRepository(join(state.folder, "git", owner, `${name}.git`), defaultBranch);
  if (request.forkOf !== undefined) {
    await git.run(["fetch", "--quiet", knownRepository(state, request.forkOf).git.folder, "+refs/heads/*:refs/heads/*"]);
  }
  const repository: Repository = {
    id: state.nextId(),
    owner,
    name,
    fullName,
    defaultBranch,
    protectedBranches: new Set(request.protectedBranches),
    collaborators: new Map(Object.entries(request.collaborators ?? {})),
    forkOf: request.forkOf,
    createdAt: timestamp(),
    settings: { ...usualSettings, ...request.settings },
    burnedTags: new Set(),
    latestRelease: undefined,
    git,
  };
  if (request.settings?.organisation) userOf(state, owner).type = "Organization";
  for (const login of [owner, ...repository.collaborators.keys()]) userOf(state, login);
  state.repositories.set(fullName.toLowerCase(), repository);
  return { id: repository.id, gitFolder: git.folder };
}

function runOf(state: State, runId: number): WorkflowRun {
  const run = state.runs.get(runId);
  if (!run) throw new Error(`There is no workflow run ${runId} on the embedded GitHub.`);
  return run;
}

function findJob(state: State, run: WorkflowRun, name: string): Job | undefined {
  return [...state.jobs.values()].find((job) => job.run === run && job.name === name);
}

function jobOf(state: State, runId: number, name: string): Job {
  const job = findJob(state, runOf(state, runId), name);
  if (!job) throw new Error(`Run ${runId} has no job ${name}.`);
  return job;
}
