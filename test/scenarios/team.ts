import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunnerEvent, type RunnerOptions, type RunnerPullRequest, startRun } from "../../src/demo/runner.ts";
import { createClone, openPullRequest } from "../../src/demo/team.ts";
import { runWorkflow, type WorkflowOptions, type WorkflowResult } from "../../src/demo/workflow.ts";
import { checkName } from "../../src/report/check.ts";
import { startCheckedGitHub } from "../openapi/checked-github.ts";

const fixture = join(import.meta.dirname, "..", "fixtures", "threshold");

/** Changes to the clone's files: text to write, or an edit of the text that is there. */
export type Edits = Readonly<Record<string, string | ((text: string) => string)>>;

/**
 * A team with a repository on a GitHub that runs here and is held to GitHub's own description; their workflow runs the built
 * actions. `close` fails when a request or an answer was not as GitHub describes it.
 */
export async function createTeam(overrides: { example?: string; machine?: Record<string, string> } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "assay-scenario-"));
  const github = await startCheckedGitHub();
  const repository = "acme/models";
  const { id, gitFolder } = await github.createRepository({ owner: "acme", name: "models", protectedBranches: ["main"] });
  const home = join(folder, "home");
  await mkdir(home);
  const runner: RunnerOptions = {
    ...{ github, repository, repositoryId: id, gitFolder, folder, log: () => undefined },
    machine: { HOME: home, ...overrides.machine },
  };
  const clone = createClone(overrides.example ?? fixture, join(folder, "clone"), gitFolder);
  let tip = "0".repeat(40);

  async function edit(edits: Edits): Promise<void> {
    for (const [name, change] of Object.entries(edits)) {
      const path = join(clone.folder, name);
      await writeFile(path, typeof change === "string" ? change : change(await readFile(path, "utf8")));
    }
  }

  async function pushMain(message: string, edits: Edits = {}): Promise<WorkflowResult> {
    await edit(edits);
    const before = tip;
    tip = clone.push("main", message);
    return runWorkflow(runner, { name: "push", sha: tip, before, branch: "main" });
  }

  async function open(
    title: string,
    edits: Edits,
    branch = title.toLowerCase().replaceAll(/\W+/g, "-"),
  ): Promise<RunnerPullRequest> {
    clone.startBranch(branch);
    await edit(edits);
    return openPullRequest(github, repository, clone, { title, branch, edit: () => undefined });
  }

  /** From a repository of somebody else's. */
  async function openFromFork(title: string, edits: Edits): Promise<RunnerPullRequest> {
    const headRef = title.toLowerCase().replaceAll(/\W+/g, "-");
    const fork = { owner: "stranger", name: `fork-${headRef}`, forkOf: repository };
    const { id: headRepositoryId, gitFolder: forksFolder } = await github.createRepository(fork);
    clone.startBranch(headRef);
    await edit(edits);
    clone.pushTo(forksFolder, headRef, title);
    const head = { headRepository: `${fork.owner}/${fork.name}`, headRef };
    const opened = await github.createPullRequest({ repository, title, ...head, baseRef: "main", author: fork.owner });
    return { ...opened, title, headRef, baseRef: "main", headRepositoryId };
  }

  /** A further commit of a pull request. */
  async function push(pullRequest: RunnerPullRequest, message: string, edits: Edits): Promise<RunnerPullRequest> {
    const { headRef, number } = pullRequest;
    execFileSync("git", ["-C", clone.folder, "checkout", "--quiet", headRef]);
    await edit(edits);
    clone.push(headRef, message);
    return { ...pullRequest, ...(await github.refreshPullRequest(number)) };
  }

  async function run(
    pullRequest: RunnerPullRequest,
    options: WorkflowOptions = {},
  ): Promise<WorkflowResult & ReturnType<typeof written>> {
    const result = await runWorkflow(runner, { name: "pull_request", pullRequest }, options);
    return { ...result, ...written(pullRequest) };
  }

  /** What GitHub now shows of the pull request. */
  function written({ number, headSha }: RunnerPullRequest) {
    const comments = github.comments(number).filter(({ body }) => body.startsWith("<!-- assay:report"));
    const checks = github.checks(headSha).filter(({ name }) => name === checkName);
    return { comments, comment: comments[0]?.body ?? "", checks, check: checks[0] };
  }

  /** A run whose jobs are started one by one, and its second attempt. */
  async function start(event: RunnerEvent) {
    const run = await startRun(runner, event);
    return { ...run, again: () => startRun(runner, event, { runId: run.runId, attempt: 2 }) };
  }

  return {
    github,
    runner,
    /** Of the account that runs jobs. */
    home,
    clone,
    repository,
    pushMain,
    open,
    openFromFork,
    push,
    run,
    written,
    /** The run of a push to main, for its jobs to be started one by one. */
    async startPush(message: string, edits: Edits = {}) {
      await edit(edits);
      const before = tip;
      tip = clone.push("main", message);
      return start({ name: "push", sha: tip, before, branch: "main" });
    },
    /** A scheduled run of main as it is. */
    startSchedule: () => start({ name: "schedule", sha: tip, branch: "main" }),
    startRun: (pullRequest: RunnerPullRequest) => start({ name: "pull_request", pullRequest }),
    openAndRun: async (title: string, edits: Edits) => run(await open(title, edits)),
    /** After the pull request was merged on GitHub: the workflow of the push that it made. */
    async pushMerged(sha: string): Promise<WorkflowResult> {
      const before = tip;
      tip = sha;
      return runWorkflow(runner, { name: "push", sha, before, branch: "main" });
    },
    async close() {
      await github.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type Team = Awaited<ReturnType<typeof createTeam>>;

export const setParam = (name: string, value: string | number) => ({
  "params.yaml": (text: string) => text.replace(new RegExp(`^${name}: .*$`, "m"), `${name}: ${value}`),
});
