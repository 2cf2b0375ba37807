import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { workflowsOf } from "../../scripts/workflow-snippets.ts";
import { checkOut, payload, type RunnerEvent, type RunnerPullRequest, subjectOf } from "../../src/demo/runner.ts";
import { createClone, examplePath } from "../../src/demo/team.ts";
import type { Permissions } from "../../src/embedded-github/embedded-github.ts";
import { checkName } from "../../src/report/check.ts";
import { startCheckedGitHub } from "../openapi/checked-github.ts";
import { type ActResult, findAct, runAct } from "./act.ts";
import { checkoutAction, makeCheckout } from "./checkout.ts";
import { createMachine } from "./machine.ts";
import { makeRelease, type Release } from "./release.ts";

/** What the workflow's only job is granted; a fork's pull request gets no more than reading. */
const granted: Permissions = { contents: "write", "pull-requests": "write", checks: "write", actions: "read" };
const grantedToForks: Permissions = { contents: "read", "pull-requests": "read", checks: "read", actions: "read" };

const grantedWithApp: Permissions = { contents: "write", "pull-requests": "read", actions: "read" };

const workflowPath = ".github/workflows/models.yml";

/**
 * A team whose repository is the Python example with a second model, which names a GPU machine; nothing in it is Assay's but the
 * line that names its workflow; with the app it is the workflow that the documents show for that. Runs are act's, on a GitHub that is held to GitHub's own description.
 */
export async function createUserTeam({ withApp = false } = {}) {
  const act = findAct();
  if (!act) throw new Error("There is no act. Install it with `bash .ci/tools.sh`.");
  const folder = mkdtempSync(join(tmpdir(), "assay-e2e-"));
  for (const name of ["release", "machine", "actions"]) mkdirSync(join(folder, name));
  const release = makeRelease(join(folder, "release"));
  const machine = createMachine(join(folder, "machine"));
  const github = await startCheckedGitHub();
  const repository = "tumour-lab/models";
  const [owner = "", name = ""] = repository.split("/");
  const { id: repositoryId, gitFolder } = await github.createRepository({ owner, name, protectedBranches: ["main"] });
  const clone = createClone(examplePath("breast-cancer-python"), join(folder, "clone"), gitFolder);
  const edit = (path: string, change: (text: string) => string) =>
    writeFileSync(join(clone.folder, path), change(readFileSync(join(clone.folder, path), "utf8")));
  makeCheckout(join(folder, "checkout"), gitFolder);
  edit(workflowPath, (text) => namingRelease(withApp ? documentedForApp() : text, release));
  edit("assay.yml", withSecondModel);
  if (withApp) edit("assay.yml", (text) => text.replace("version: 1", "version: 1\nwriter: app"));
  writeFileSync(join(clone.folder, "boosted.yaml"), readFileSync(join(clone.folder, "params.yaml")));

  async function run(
    event: RunnerEvent,
    labels: readonly string[],
    secrets: Readonly<Record<string, string>> = {},
  ): Promise<ActResult & { runId: number }> {
    const { checkout: subject, ref, ...head } = subjectOf(event);
    const sha = event.name === "workflow_dispatch" ? event.sha : subject;
    const { runId } = await github.createRun({ repository, event: event.name, workflowPath, ...head });
    const checkout = join(folder, `checkout-${runId}`);
    await checkOut(gitFolder, ref, sha, checkout);
    const eventPath = join(folder, `event-${runId}.json`);
    writeFileSync(eventPath, JSON.stringify(payload({ repository, repositoryId }, event)));
    const isFork = event.name === "pull_request" && event.pullRequest.headRepositoryId !== undefined;
    const result = await runAct(act ?? "", {
      ...{ event: event.name, eventPath, folder: checkout, labels },
      repositories: {
        ...Object.fromEntries(
          [release.actions, release.workflow].map((commit) => [`assay-ml/assay@${commit.sha}`, commit.folder]),
        ),
        [checkoutAction]: join(folder, "checkout"),
      },
      secrets: {
        ...secrets,
        GITHUB_TOKEN: github.tokenFor({
          repository,
          permissions: isFork ? grantedToForks : withApp ? grantedWithApp : granted,
          kind: "workflow",
        }),
      },
      env: {
        GITHUB_API_URL: github.url,
        GITHUB_GRAPHQL_URL: `${github.url}/graphql`,
        GITHUB_SERVER_URL: github.serverUrl,
        GITHUB_REPOSITORY: repository,
        GITHUB_REF: ref,
        GITHUB_RUN_ID: String(runId),
        GITHUB_WORKFLOW_REF: `${repository}/${workflowPath}@${ref}`,
        ACTIONS_RESULTS_URL: github.resultsUrl,
        ACTIONS_RUNTIME_TOKEN: github.runtimeToken(runId, "Models / Plan"),
      },
      machine: { ...machine, XDG_CACHE_HOME: join(folder, "actions") },
      // The token above has started the first.
      jobStarts: async (job) => void (job === "Models / Plan" || (await github.createJob(runId, { name: job }))),
      jobEnds: (job, conclusion) => github.finishJob(runId, job, conclusion),
    });
    rmSync(checkout, { recursive: true, force: true });
    return { ...result, runId };
  }

  return {
    github,
    clone,
    edit,
    run,
    /** Of the machine: what its jobs share. */
    toolCache: join(folder, "actions", "act", "tool_cache"),
    /** Opens a pull request with what was edited since `startBranch`, from the team's repository or a stranger's fork of it. */
    async open(title: string, { fromFork = false } = {}): Promise<RunnerPullRequest> {
      const headRef = title.toLowerCase().replaceAll(/\W+/g, "-");
      if (!fromFork) {
        clone.push(headRef, title);
        const opened = await github.createPullRequest({ repository, title, headRef, baseRef: "main", author: "contributor" });
        return { ...opened, title, headRef, baseRef: "main" };
      }
      const fork = { owner: "stranger", name, forkOf: repository };
      const { id: headRepositoryId, gitFolder: forksFolder } = await github.createRepository(fork);
      clone.pushTo(forksFolder, headRef, title);
      const head = { headRepository: `${fork.owner}/${name}`, headRef };
      const opened = await github.createPullRequest({ repository, title, ...head, baseRef: "main", author: fork.owner });
      return { ...opened, title, headRef, baseRef: "main", headRepositoryId };
    },
    /** What GitHub now shows of the pull request. */
    written({ number, headSha }: RunnerPullRequest) {
      const checks = github.checks(headSha).filter((check) => check.name === checkName);
      return { comments: github.comments(number).map(({ body }) => body), checks };
    },
    async close() {
      await github.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type UserTeam = Awaited<ReturnType<typeof createUserTeam>>;

/** The example's own workflow, with the release's commit. @throws Error when it holds more of ours than that line */
function namingRelease(text: string, { workflow }: Release): string {
  const line = /(uses: assay-ml\/assay\/\.github\/workflows\/model-ci(?:-app)?\.yml)@[0-9a-f]{40} #.*/g;
  if (text.match(line)?.length !== 1 || text.match(/uses:/g)?.length !== 1)
    throw new Error("The example's workflow is not one line.");
  return text.replace(line, `$1@${workflow.sha} # v99.0.0`);
}

/** What the documents show to teams with the app. */
function documentedForApp(): string {
  const documents = readFileSync(join(import.meta.dirname, "..", "..", "docs", "workflows.md"), "utf8");
  const [found] = workflowsOf(documents).filter(({ text }) => text.includes("model-ci-app.yml"));
  if (!found) throw new Error("docs/workflows.md shows no workflow for the app.");
  return found.text;
}

/** Packages are installed on this machine already; the second model is another of the same kind, on machines of the team's own. */
function withSecondModel(text: string): string {
  const { models, ...rest } = parse(text);
  const { setup: _, ...train } = models.tumour.train;
  const params = [{ "boosted.yaml": ["train"] }];
  const boosted = { ...models.tumour, train: { ...train, runner: ["self-hosted", "gpu"], inputs: { ...train.inputs, params } } };
  return stringify({ ...rest, models: { tumour: { ...models.tumour, train }, boosted } });
}
