import { spawn } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { parse } from "yaml";
import * as z from "zod/mini";
import type { EmbeddedGitHub } from "../embedded-github/embedded-github.ts";
import { dispatchInputs, titleOfDispatch } from "../plan/dispatch.ts";

/** The checkout of Assay whose built actions run. */
const assayFolder = join(import.meta.dirname, "..", "..");

const actionFile = z.object({
  inputs: z._default(z.record(z.string(), z.object({ default: z.optional(z.string()) })), {}),
  runs: z.object({ using: z.literal("node24"), main: z.string(), post: z.optional(z.string()) }),
});

export interface RunnerOptions {
  github: EmbeddedGitHub;
  /** `owner/name`. */
  repository: string;
  repositoryId: number;
  gitFolder: string;
  /** Empty folder for workspaces, events and outputs. */
  folder: string;
  /** What steps print. */
  log: (chunk: string) => void;
  /** Name of the workflow's file; default `models.yml`. */
  workflow?: string;
  /** Environment that the machine itself has, beside what the runner sets. */
  machine?: Readonly<Record<string, string>>;
}

export type RunnerEvent =
  | { name: "push"; sha: string; before: string; branch: string }
  /** Of a tag. */
  | { name: "push"; sha: string; tag: string }
  | { name: "pull_request"; pullRequest: RunnerPullRequest }
  /** A merge queue's; `headRef` is the branch that it made. */
  | { name: "merge_group"; headSha: string; baseSha: string; headRef: string }
  /** On the default branch, whose tip is `sha`. */
  | { name: "schedule"; sha: string; branch: string }
  /** On `branch` at `sha`; `checkout` is what the inputs make the workflow check out. `runId`: the run that GitHub has made of it already. */
  | { name: "workflow_dispatch"; branch: string; sha: string; inputs: Inputs; checkout: string; runId?: number };

type Inputs = Readonly<Record<string, string>>;

/** What an event's run is about: the commit that is checked out, and how GitHub names it. */
export function subjectOf(event: RunnerEvent) {
  if ("tag" in event) return { checkout: event.sha, ref: `refs/tags/${event.tag}`, headSha: event.sha, headBranch: event.tag };
  if (event.name === "push" || event.name === "schedule")
    return { checkout: event.sha, ref: `refs/heads/${event.branch}`, headSha: event.sha, headBranch: event.branch };
  if (event.name === "merge_group")
    return { checkout: event.headSha, ref: `refs/heads/${event.headRef}`, headSha: event.headSha, headBranch: event.headRef };
  if (event.name === "workflow_dispatch") {
    const { branch, sha, checkout, inputs } = event;
    const { [dispatchInputs.pullRequest]: number, [dispatchInputs.request]: request = "" } = inputs;
    const title = number === undefined ? undefined : titleOfDispatch({ pullRequest: Number(number), request });
    return { checkout, ref: `refs/heads/${branch}`, headSha: sha, headBranch: branch, title, inputs };
  }
  const { number, mergeSha, headSha, headRef } = event.pullRequest;
  return { checkout: mergeSha, ref: `refs/pull/${number}/merge`, headSha, headBranch: headRef, pullRequest: number };
}

export interface RunnerPullRequest {
  number: number;
  title: string;
  headRef: string;
  baseRef: string;
  headSha: string;
  baseSha: string;
  mergeSha: string;
  createdAt: string;
  /** When the head is in another repository. */
  headRepositoryId?: number;
  draft?: boolean;
  labels?: readonly string[];
}

export interface StepResult {
  exitCode: number;
  outputs: Readonly<Record<string, string>>;
  summary: string;
  log: string;
}

/**
 * What ends a step while it runs, once the log says `when`: the signal that the runner sends when the job is cancelled, or what a
 * machine without memory does.
 */
export interface Cancellation {
  when: string;
  signal: "SIGINT" | "SIGTERM" | "SIGKILL";
}

/** One job: a workspace of its own, as `actions/checkout` leaves it with `fetch-depth: 1`. */
export interface Job {
  step(action: string, inputs: Readonly<Record<string, string>>, cancelled?: Cancellation): Promise<StepResult>;
  /** Runs what steps left to be done after them, the last first, then ends the job on GitHub, as its steps went. */
  finish(): Promise<readonly StepResult[]>;
}

/**
 * Runs Assay's built actions as GitHub's runner does: a child process a step, `INPUT_*`, `GITHUB_*`, files for outputs.
 * @param rerun the run that is run again, and which attempt this is
 */
export async function startRun(options: RunnerOptions, event: RunnerEvent, rerun?: { runId: number; attempt: number }) {
  const { github, repository, folder } = options;
  const { checkout, ref, ...head } = subjectOf(event);
  const sha = event.name === "workflow_dispatch" ? event.sha : checkout;
  const workflowPath = `.github/workflows/${options.workflow ?? "models.yml"}`;
  const created = { repository, event: event.name, workflowPath, ...head };
  const known = event.name === "workflow_dispatch" ? event.runId : undefined;
  const made = rerun ?? (known === undefined ? await github.createRun(created) : { runId: known });
  const { runId, attempt } = { attempt: 1, ...made };
  const eventPath = join(folder, `event-${runId}.json`);
  await writeFile(eventPath, JSON.stringify(payload(options, event)));

  return {
    runId,
    /** @param withHistory the default branch is checked out, with all branches and tags */
    async startJob(
      name: string,
      permissions: Readonly<Record<string, "read" | "write">>,
      { withHistory = false }: { withHistory?: boolean } = {},
    ): Promise<Job> {
      if (!rerun) await github.createJob(runId, { name });
      const home = join(folder, `run-${runId}-${attempt}`, name.replaceAll(/[^\w.-]/g, "-"));
      const workspace = join(home, "workspace");
      await mkdir(join(home, "temp"), { recursive: true });
      if (withHistory) await checkOutHistory(options.gitFolder, workspace);
      else await checkOut(options.gitFolder, ref, checkout, workspace);
      const token = github.tokenFor({ repository, permissions, kind: "workflow" });
      let succeeded = true;
      let steps = 0;
      const posts: (() => Promise<StepResult>)[] = [];
      return {
        async step(action, inputs, cancelled) {
          steps += 1;
          const file = (name: string) => join(home, `${name}-${steps}`);
          const files = { output: file("output"), summary: file("summary"), state: file("state") };
          await Promise.all(Object.values(files).map((path) => writeFile(path, "")));
          const { main, post, defaults } = await readAction(action);
          const env = {
            ...machineEnvironment(),
            ...options.machine,
            ...inputEnvironment({ ...defaults, ...inputs }, token),
            CI: "true",
            GITHUB_ACTIONS: "true",
            GITHUB_API_URL: github.url,
            GITHUB_GRAPHQL_URL: `${github.url}/graphql`,
            GITHUB_SERVER_URL: github.serverUrl,
            GITHUB_REPOSITORY: repository,
            GITHUB_REPOSITORY_OWNER: repository.split("/")[0] ?? "",
            GITHUB_RUN_ID: String(runId),
            GITHUB_RUN_ATTEMPT: String(attempt),
            GITHUB_RUN_NUMBER: "1",
            GITHUB_WORKFLOW: "Models",
            GITHUB_WORKFLOW_REF: `${repository}/${workflowPath}@${ref}`,
            GITHUB_JOB: name,
            GITHUB_EVENT_NAME: event.name,
            GITHUB_EVENT_PATH: eventPath,
            GITHUB_SHA: sha,
            GITHUB_REF: ref,
            GITHUB_WORKSPACE: workspace,
            GITHUB_OUTPUT: files.output,
            GITHUB_STEP_SUMMARY: files.summary,
            GITHUB_STATE: files.state,
            RUNNER_TEMP: join(home, "temp"),
            RUNNER_OS: "Linux",
            ACTIONS_RESULTS_URL: github.resultsUrl,
            ACTIONS_RUNTIME_TOKEN: github.runtimeToken(runId, name),
          };
          const run = async (program: string, state: Readonly<Record<string, string>>, ended?: Cancellation) => {
            const where = { cwd: workspace, env: { ...env, ...state } };
            const { exitCode, log } = await runStep(program, where, options.log, ended);
            succeeded &&= exitCode === 0;
            const outputs = parseOutputs(await readFile(files.output, "utf8"));
            return { exitCode, log, outputs, summary: await readFile(files.summary, "utf8") };
          };
          if (post !== undefined) posts.unshift(async () => run(post, stateEnvironment(await readFile(files.state, "utf8"))));
          return run(main, {}, cancelled);
        },
        async finish() {
          const done: StepResult[] = [];
          for (const post of posts) done.push(await post());
          await github.finishJob(runId, name, succeeded ? "success" : "failure");
          await rm(workspace, { recursive: true, force: true });
          return done;
        },
      };
    },
  };
}

/** What a step wrote to `GITHUB_STATE`, as its post step finds it. */
function stateEnvironment(content: string): Record<string, string> {
  return Object.fromEntries(Object.entries(parseOutputs(content)).map(([name, value]) => [`STATE_${name}`, value]));
}

interface Action {
  main: string;
  post: string | undefined;
  defaults: Record<string, string>;
}

async function readAction(action: string): Promise<Action> {
  const folder = action === "." ? assayFolder : join(assayFolder, "actions", action);
  const { inputs, runs } = actionFile.parse(parse(await readFile(join(folder, "action.yml"), "utf8")));
  const defaults = Object.entries(inputs).flatMap(([name, input]) =>
    input.default === undefined ? [] : [[name, input.default]],
  );
  const post = runs.post === undefined ? undefined : join(folder, runs.post);
  return { main: join(folder, runs.main), post, defaults: Object.fromEntries(defaults) };
}

/** The one expression that our actions use as a default. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub's, not of JavaScript's
const tokenExpression = "${{ github.token }}";

function inputEnvironment(inputs: Readonly<Record<string, string>>, token: string): Record<string, string> {
  const entries = Object.entries(inputs).map(([name, value]) => [
    `INPUT_${name.replaceAll(" ", "_").toUpperCase()}`,
    value.replace(tokenExpression, token),
  ]);
  return Object.fromEntries(entries);
}

/** What a runner's machine gives to every program; never this process's own secrets. */
function machineEnvironment(): Record<string, string> {
  const names = ["PATH", "HOME", "LANG", "TMPDIR", "SystemRoot", "TEMP"];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
}

/** Leaves a workspace as `actions/checkout` does by itself: the one commit, without history. */
export async function checkOut(gitFolder: string, ref: string, sha: string, workspace: string): Promise<void> {
  await git(["init", "-q", workspace]);
  const here = ["-C", workspace];
  await git([...here, "remote", "add", "origin", `file://${gitFolder}`]);
  await git([...here, "fetch", "-q", "--depth=1", "origin", `+${sha}:refs/remotes/origin/checkout`]);
  await git([...here, "-c", "advice.detachedHead=false", "checkout", "-q", "--force", sha]);
  await git([...here, "update-ref", ref, sha]);
}

/** As `actions/checkout` does with the default branch as `ref`, `fetch-depth: 0` and `fetch-tags: true`. */
async function checkOutHistory(gitFolder: string, workspace: string): Promise<void> {
  await git(["init", "-q", workspace]);
  const here = ["-C", workspace];
  await git([...here, "remote", "add", "origin", `file://${gitFolder}`]);
  await git([...here, "fetch", "-q", "origin", "+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*"]);
  await git([...here, "checkout", "-q", "--force", "-B", "main", "refs/remotes/origin/main"]);
}

async function git(args: readonly string[]): Promise<void> {
  const child = spawn("git", args, { stdio: ["ignore", "ignore", "pipe"] });
  const exited = new Promise<number | null>((resolve, reject) => child.on("close", resolve).on("error", reject));
  const message = await text(child.stderr);
  const code = await exited;
  if (code !== 0) throw new Error(`git ${args.join(" ")} ended with ${code}: ${message}`);
}

async function runStep(
  main: string,
  where: { cwd: string; env: NodeJS.ProcessEnv },
  log: (chunk: string) => void,
  cancelled: Cancellation | undefined,
) {
  const child = spawn(process.execPath, [main], { ...where, stdio: ["ignore", "pipe", "pipe"] });
  let all = "";
  let waiting = cancelled;
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      all += chunk;
      log(chunk);
      if (!waiting || !all.includes(waiting.when)) return;
      child.kill(waiting.signal);
      waiting = undefined;
    });
  const exitCode = await new Promise<number>((resolve, reject) =>
    child.on("close", (code) => resolve(code ?? 1)).on("error", reject),
  );
  return { exitCode, log: all };
}

/** `name<<delimiter`, the value's lines, the delimiter: what the toolkit writes. */
function parseOutputs(content: string): Record<string, string> {
  const found = content.matchAll(/^(?<name>[^\n]+?)<<(?<delimiter>\S+)\r?\n(?<value>[\s\S]*?)\r?\n\k<delimiter>$/gm);
  return Object.fromEntries([...found].map(({ groups }) => [groups?.["name"] ?? "", groups?.["value"] ?? ""]));
}

/** The event's payload, as far as it is read. */
export function payload(
  { repository, repositoryId }: Pick<RunnerOptions, "repository" | "repositoryId">,
  event: RunnerEvent,
): unknown {
  const [owner, name] = repository.split("/");
  const repo = { id: repositoryId, name, full_name: repository, owner: { login: owner }, default_branch: "main" };
  if ("tag" in event) return { ref: `refs/tags/${event.tag}`, before: "0".repeat(40), after: event.sha, repository: repo };
  if (event.name === "push")
    return { ref: `refs/heads/${event.branch}`, before: event.before, after: event.sha, repository: repo };
  if (event.name === "schedule") return { schedule: "17 5 * * *", repository: repo };
  if (event.name === "merge_group") {
    const { headSha, baseSha, headRef } = event;
    const group = { head_sha: headSha, base_sha: baseSha, head_ref: `refs/heads/${headRef}`, base_ref: "refs/heads/main" };
    return { action: "checks_requested", merge_group: group, repository: repo };
  }
  if (event.name === "workflow_dispatch") return { ref: `refs/heads/${event.branch}`, inputs: event.inputs, repository: repo };
  const { number, title, headRef, headSha, baseRef, baseSha, headRepositoryId = repositoryId } = event.pullRequest;
  const { draft = false, labels = [], createdAt } = event.pullRequest;
  return {
    action: "opened",
    number,
    pull_request: {
      number,
      title,
      draft,
      created_at: createdAt,
      labels: labels.map((label) => ({ name: label })),
      head: { ref: headRef, sha: headSha, repo: { ...repo, id: headRepositoryId } },
      base: { ref: baseRef, sha: baseSha, repo },
    },
    repository: repo,
  };
}
