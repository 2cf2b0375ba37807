import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { type OpenStore, openStore } from "../../bot/queue/open-store.ts";
import type { Store } from "../../bot/queue/store.ts";
import type { Context } from "../../bot/reconcile/context.ts";
import { createReconcile } from "../../bot/reconcile/reconcile.ts";
import type { InstalledRepository, Subject } from "../../bot/subject.ts";
import type { CreatedApp } from "../../src/embedded-github/apps.ts";
import type { EmbeddedGitHub } from "../../src/embedded-github/embedded-github.ts";
import type { PullRequestShas } from "../../src/embedded-github/pull-request-lifecycle.ts";
import { digestOf } from "../../src/evidence/digest.ts";
import type { Evaluation, Evidence } from "../../src/evidence/evidence.ts";
import { sealEvidence } from "../../src/evidence/seal.ts";
import { evidenceFileName, planFileName } from "../../src/flows/job-files.ts";
import { evidenceText } from "../../src/flows/keep-evidence.ts";
import { CommitCache } from "../../src/github/commit-cache.ts";
import type { GitHubApp } from "../../src/github/github-app.ts";
import type { Plan, PlannedModel } from "../../src/plan/plan.ts";
import { serializePlan } from "../../src/plan/serialize-plan.ts";
import { better } from "../flows/create-judgement.ts";
import { createEvidence, createPlannedModel } from "../report/create-report.ts";
import { createStoreFolder } from "./store-folder.ts";
import { createTestApp } from "./test-app.ts";

export const workflow = ".github/workflows/models.yml";

/** A spec whose one model has a gate that `better` passes and `worse` fails. */
export function assayYml({
  writer = "app",
  owners = '["@owner"]',
  gate = "{metric: accuracy, no-worse-than: 0.01}",
  more = "",
} = {}): string {
  return `version: 1
writer: ${writer}
models:
  fraud:
    task: binary
    owners: ${owners}
    train: {run: python train.py, outputs: {model: model.onnx}, inputs: {code: [train.py], data: [train.csv]}}
    evaluate: {data: test.csv, target: y, positive: "1", predict: {onnx: model.onnx}, metrics: [accuracy]}
    gates: [${gate}]
${more}`;
}

const models = `name: Models
run-name: "\${{ inputs.request && format('Assay #{0}: {1}', inputs.pull-request, inputs.request) || '' }}"
on:
  pull_request:
  workflow_dispatch:
    inputs:
      pull-request: { type: string }
      head-sha: { type: string }
      model: { type: string }
      seeds: { type: string }
      again: { type: string }
      request: { type: string }
jobs:
  plan: { runs-on: ubuntu-latest, steps: [{ run: "true" }] }
`;

/** What a commit changes: a file's content, or null where it is removed. */
type Files = Readonly<Record<string, string | null>>;

export interface PlaceOptions {
  github: EmbeddedGitHub;
  name?: string;
  /** Files of the base branch besides the usual ones. */
  files?: Readonly<Record<string, string>>;
  /** Default true: there is an `assay.yml`. */
  hasRules?: boolean;
}

/** A repository that uses the app, and what its people and its workflow do. */
export interface Place {
  github: EmbeddedGitHub;
  id: number;
  name: string;
  fullName: string;
  gitFolder: string;
  /** Pushes files to a branch. @returns the commit */
  push(branch: string, files: Files, options?: { from?: string; remote?: string }): string;
  open(files: Files, options?: { branch?: string; author?: string; fork?: string }): Promise<PullRequestShas>;
  /** A run on the pull request's head with plan and evidence, as its workflow leaves it. */
  run(pull: PullRequestShas, options?: RunOptions): Promise<number>;
  /** Ends a run that was dispatched, in the same way. */
  finishDispatched(pull: PullRequestShas, runId: number, options?: RunOptions): Promise<void>;
}

/** A place, and the app's reconciliation there. */
export interface World extends Place {
  repository: InstalledRepository;
  app: CreatedApp;
  context: Context;
  store: OpenStore;
  subject(number: number): Subject;
  reconcile(subject: Subject): Promise<void>;
  close(): Promise<void>;
}

export interface RunOptions {
  evaluation?: Evaluation;
  evidence?: Partial<Evidence>;
  plan?: Partial<Plan>;
  event?: string;
  /** What its inputs are; the same text, the same input hash. Default: the head. */
  inputs?: string;
  planned?: Partial<PlannedModel>;
  /** Instead of what a run leaves. */
  artifacts?: Readonly<Record<string, string | Uint8Array>>;
  conclusion?: "success" | "failure" | "cancelled";
  /** Default: the one that is Assay's. */
  workflowPath?: string;
  /** The job that uploads; default: the one that plans. */
  uploadedBy?: string;
}

/** @param options.store one that others use too; default: its own */
export async function createWorld(options: PlaceOptions & { store?: OpenStore }): Promise<World> {
  const { github, store: shared } = options;
  const place = await createPlace(options);
  const { app, created, installation } = await createTestApp(github, place.fullName);
  const folder = await createStoreFolder();
  const store = shared ?? (await openStore({ folder }));
  const repository = { id: place.id, installation, owner: "acme", name: place.name };
  const context = createContext(github, app, store);
  const reconcile = createReconcile(context);
  return {
    ...place,
    repository,
    app: created,
    context,
    store,
    subject: (number) => ({ kind: "pull-request", repository, number }),
    reconcile: (subject) => reconcile(subject, new AbortController().signal),
    async close() {
      if (!shared) await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function createContext(github: EmbeddedGitHub, app: GitHubApp, store: Store): Context {
  return {
    store,
    app,
    serverUrl: github.serverUrl,
    deadlines: { run: 15, end: 60 * 48 },
    commits: new CommitCache(),
    looked: new Set(),
    now: () => new Date(),
    log: () => undefined,
    effect: () => undefined,
  };
}

export async function createPlace({ github, name = "models", files = {}, hasRules = true }: PlaceOptions): Promise<Place> {
  const fullName = `acme/${name}`;
  const { id, gitFolder } = await github.createRepository({
    owner: "acme",
    name,
    protectedBranches: ["main"],
    collaborators: { owner: "write", contributor: "write", maintainer: "maintain", reader: "read" },
  });
  let commits = 0;
  /** One commit with one call of git: starting it is what takes the time. */
  const commit = (to: string, branch: string, from: string | undefined, changed: Files): string => {
    commits += 1;
    const message = `Change ${commits}`;
    const stream = [
      `commit refs/heads/${branch}\nmark :1`,
      `committer contributor <contributor@users.noreply.github.com> ${Math.floor(Date.now() / 1_000)} +0000`,
      `data ${message.length}\n${message}`,
      ...(from === undefined ? [] : [`from refs/heads/${from}^0`]),
      ...Object.entries(changed).map(([path, content]) =>
        content === null ? `D ${path}` : `M 100644 inline ${path}\ndata ${Buffer.byteLength(content)}\n${content}`,
      ),
      "get-mark :1\n",
    ];
    const git = ["-C", to, "fast-import", "--quiet", "--force"];
    return execFileSync("git", git, { input: stream.join("\n"), encoding: "utf8" }).trim();
  };
  commit(gitFolder, "main", undefined, {
    ...(hasRules && { "assay.yml": assayYml() }),
    [workflow]: models,
    "train.py": "1",
    "train.csv": "x,y\n1,1\n",
    "test.csv": "x,y\n1,1\n",
    ...files,
  });

  async function leave(pull: PullRequestShas, runId: number, base: string, options: RunOptions): Promise<void> {
    const { evaluation = better, conclusion = "success", event = "pull_request", uploadedBy = "Plan" } = options;
    const number = event === "merge_group" ? undefined : pull.number;
    const model = createPlannedModel("fraud");
    const inputHash = digestOf(`inputs of ${options.inputs ?? pull.headSha}`);
    const plan: Plan = {
      schema: "assay.plan/v1",
      commit: pull.mergeSha,
      base,
      event: "pull_request",
      pullRequest: number,
      headSha: pull.headSha,
      models: [{ ...model, candidate: { ...model.candidate, inputHash }, ...options.planned }],
      ...options.plan,
    };
    const evidence = createEvidence("fraud", {
      inputHash,
      evaluations: [evaluation],
      source: {
        repository: fullName,
        commit: pull.mergeSha,
        headSha: pull.headSha,
        pullRequest: number,
        run: { id: runId, attempt: 1, event, workflow },
      },
      ...options.evidence,
    });
    const artifacts = options.artifacts ?? {
      [planFileName]: serializePlan(plan),
      [evidenceFileName("fraud", inputHash)]: evidenceText(sealEvidence(evidence, new Date(0))),
    };
    await github.createJob(runId, { name: uploadedBy });
    for (const [artifact, content] of Object.entries(artifacts))
      await github.addArtifact({ runId, name: artifact, bytes: Buffer.from(content), mimeType: "application/json" });
    await github.finishJob(runId, uploadedBy, "success");
    await github.createJob(runId, { name: "Train fraud" });
    await github.finishJob(runId, "Train fraud", "success");
    await github.finishRun(runId, conclusion);
  }

  const place: Place = {
    github,
    id,
    name,
    fullName,
    gitFolder,
    push: (branch, changed, { from = "main", remote = gitFolder } = {}) => commit(remote, branch, from, changed),
    async open(changed, { branch = "change", author = "contributor", fork } = {}) {
      const remote = fork && (await github.createRepository({ owner: fork, name, forkOf: fullName })).gitFolder;
      place.push(branch, changed, remote === undefined ? {} : { remote });
      return github.createPullRequest({
        repository: fullName,
        title: "Change",
        headRef: branch,
        baseRef: "main",
        author,
        ...(fork && { headRepository: `${fork}/${name}` }),
      });
    },
    async run(pull, options = {}) {
      const { runId } = await github.createRun({
        repository: fullName,
        event: options.event ?? "pull_request",
        workflowPath: options.workflowPath ?? workflow,
        headSha: pull.headSha,
        headBranch: pull.headRef,
        pullRequest: options.event === "merge_group" ? undefined : pull.number,
      });
      await leave(pull, runId, pull.baseSha, options);
      return runId;
    },
    finishDispatched: (pull, runId, options = {}) => leave(pull, runId, pull.baseSha, options),
  };
  return place;
}
