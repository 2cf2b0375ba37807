import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { startEmbeddedGitHub } from "../embedded-github/embedded-github.ts";
import { UserCommandError } from "../errors/errors.ts";
import { startApp } from "./app.ts";
import { commentText } from "./comment-text.ts";
import { type DemoPullRequest, type Happening, openScene } from "./demonstrated-pull-request.ts";
import type { RunnerOptions } from "./runner.ts";
import { stepErrors } from "./step-errors.ts";
import { contributor, owner, type Scene, story } from "./story.ts";
import { createClone, examplePath } from "./team.ts";
import { useApp } from "./with-app.ts";
import { withoutLinks, withoutMarkdownLinks } from "./without-links.ts";
import { runWorkflow, type WorkflowResult } from "./workflow.ts";

export interface DemoOptions {
  json: boolean;
  /** Where to write the page; default: beside the demonstration's temporary folder. */
  out?: string | undefined;
  /** Repository to demonstrate; default: the penguins example. */
  example?: string | undefined;
  scenes?: readonly Scene[] | undefined;
}

/**
 * A repository made from an example, on a GitHub that runs here, with Assay's app installed: main's baseline is trained and
 * recorded, then pull requests are planned, trained and evaluated by the built actions, judged by the app, which hears of everything
 * by signed webhooks, and decided about by people. Nothing in it is prepared.
 */
export async function demo(options: DemoOptions): Promise<void> {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const { pullRequests, webhooks, page, servers } = await demonstrate(options, say);
  if (options.json) {
    const shown = pullRequests.map(({ report: _, ...pullRequest }) => pullRequest);
    process.stdout.write(`${JSON.stringify({ schema: "assay.demo/v1", pullRequests: shown, webhooks, page }, null, 2)}\n`);
    return;
  }
  const width = Math.min(process.stdout.columns ?? 100, 100);
  for (const { number, title, comment, check } of pullRequests) {
    const head = `─── #${number} ${title} · check ${check.name}: ${check.conclusion} `;
    const text = commentText(withoutMarkdownLinks(comment.body, servers), width);
    process.stdout.write(`\n${head.padEnd(width, "─")}\n${text}\n`);
  }
  process.stdout.write(`\n${"─".repeat(width)}\nAll of it, as a reviewer sees it, is in one page: ${page}\n`);
}

/** The demonstration's work; `say` hears what goes on. */
export async function demonstrate(options: DemoOptions, say: (line: string) => void) {
  const folder = await mkdtemp(join(tmpdir(), "assay-demo-"));
  const github = await startEmbeddedGitHub();
  try {
    const repository = "penguin-lab/species";
    const { id, gitFolder } = await github.createRepository({
      ...{ owner: "penguin-lab", name: "species", protectedBranches: ["main"] },
      collaborators: { [owner]: "maintain", [contributor]: "write" },
    });
    const runner: RunnerOptions = { github, repository, repositoryId: id, gitFolder, folder, log: () => undefined };
    const starting = startApp(github, repository, folder);
    try {
      const clone = createClone(options.example ?? examplePath("penguins"), join(folder, "clone"), gitFolder);
      useApp(clone.folder, owner);
      say("main: training the first model and recording it as the baseline …");
      const runId = await recordBaseline(runner, clone.push("main", "First model"));
      const app = await starting;
      say(`main: baseline recorded (run ${runId}); Assay's app is installed`);

      const hear = (number: number, happening: Happening) => say(`#${number} ${inWords(happening)}`);
      const plays: (() => Promise<DemoPullRequest>)[] = [];
      for (const scene of options.scenes ?? story) plays.push(await openScene({ runner, app, clone, hear }, scene));
      const pullRequests = await together(plays);
      const webhooks = countWebhooks(github.webhookAttempts);
      say(`The app heard of all this by signed webhooks: ${inList(webhooks)}`);
      const page = await writePage(
        pullRequests,
        [github.serverUrl, github.url],
        resolve(options.out ?? join(tmpdir(), "assay-demo", "index.html")),
      );
      return { pullRequests, webhooks, page, servers: [github.serverUrl, github.url] };
    } finally {
      await (await starting).stop();
    }
  } finally {
    await github.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function recordBaseline(runner: RunnerOptions, sha: string): Promise<number> {
  const push = { name: "push", sha, before: "0".repeat(40), branch: "main" } as const;
  const first = await runWorkflow(runner, push, { writer: "app" });
  await runner.github.finishRun(first.runId);
  if (first.report.exitCode !== 0)
    throw new UserCommandError(`The first model of ${runner.repository} was not recorded:\n${errorsOf(first)}`);
  return first.runId;
}

/** Side by side, each to its end, also where one fails. */
async function together<T>(plays: readonly (() => Promise<T>)[]): Promise<T[]> {
  const ended = await Promise.allSettled(plays.map((play) => play()));
  return ended.map((end) => {
    if (end.status === "rejected") throw end.reason;
    return end.value;
  });
}

/** Of the jobs that came before the report, which repeats what they say; else of the report. */
function errorsOf({ train, evaluate, report }: WorkflowResult): string {
  const failed = [...train.values(), ...evaluate.values()].filter(({ exitCode }) => exitCode !== 0);
  return stepErrors((failed.length > 0 ? failed : [report]).map(({ log }) => log));
}

const icons: Readonly<Record<string, string>> = { success: "✅", failure: "❌", action_required: "❔", neutral: "❔" };

function inWords(happening: Happening): string {
  const { by, did, reaction } = happening;
  return `${by}: ${did}\n   → ${reaction === null ? "" : `${reaction} `}${checkInWords(happening)}`;
}

function checkInWords({ check }: Happening): string {
  return `check ${icons[check.conclusion ?? ""] ?? "⏳"} ${check.title ?? ""}`;
}

function countWebhooks(attempts: readonly { webhook: { event: string } }[]): Record<string, number> {
  const byEvent = Map.groupBy(attempts, ({ webhook }) => webhook.event);
  return Object.fromEntries([...byEvent].map(([event, { length }]) => [event, length]));
}

function inList(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(", ");
}

/** What it links to ends with the demonstration. */
async function writePage(pullRequests: readonly DemoPullRequest[], servers: readonly string[], path: string): Promise<string> {
  const { renderIndexPage } = await import("../report/page.ts");
  const entries = pullRequests.map(({ number, title, verdict, report, comment, check, happened }) => ({
    title: `#${number} ${title}`,
    verdict: { status: verdict, title: check.title ?? "" },
    comment: comment.body,
    happened: happened.map((happening) => ({ ...happening, check: checkInWords(happening) })),
    report,
  }));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, withoutLinks(await renderIndexPage(entries), servers));
  return path;
}
