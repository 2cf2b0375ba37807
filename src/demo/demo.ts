import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { startEmbeddedGitHub } from "../embedded-github/embedded-github.ts";
import { UserCommandError } from "../errors/errors.ts";
import { startApp } from "./app.ts";
import { commentText } from "./comment-text.ts";
import { type DemoPullRequest, type Happening, openScene } from "./demonstrated-pull-request.ts";
import { playRelease, type ReleaseChapter, type ReleaseStep } from "./release-chapter.ts";
import type { RunnerOptions } from "./runner.ts";
import { stepErrors } from "./step-errors.ts";
import { contributor, owner, type Scene, secondOwner, story } from "./story.ts";
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
  /** Default: the whole story, which ends with a release. */
  scenes?: readonly Scene[] | undefined;
}

/**
 * A repository made from an example, on a GitHub that runs here, with Assay's app installed: main's baseline is trained and
 * recorded, then pull requests are planned, trained and evaluated by the built actions, judged by the app, which hears of everything
 * by signed webhooks, and decided about by people; what is merged is released, promoted and rolled back. Nothing in it is prepared.
 */
export async function demo(options: DemoOptions): Promise<void> {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const { pullRequests, release, webhooks, page, registry, servers } = await demonstrate(options, say);
  if (options.json) {
    const shown = pullRequests.map(({ report: _, ...pullRequest }) => pullRequest);
    const document = { schema: "assay.demo/v1", pullRequests: shown, release, webhooks, page, registry };
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    return;
  }
  const width = Math.min(process.stdout.columns ?? 100, 100);
  for (const { number, title, comment, check } of pullRequests) {
    const head = `─── #${number} ${title} · check ${check.name}: ${check.conclusion} `;
    const text = commentText(withoutMarkdownLinks(comment.body, servers), width);
    process.stdout.write(`\n${head.padEnd(width, "─")}\n${text}\n`);
  }
  if (release)
    process.stdout.write(
      `\n${`─── The release of ${release.model} `.padEnd(width, "─")}\n${release.steps.map(stepInWords).join("\n")}\n`,
    );
  const shown = registry === undefined ? "" : `What is in which stage, and how it came there: ${registry}\n`;
  process.stdout.write(`\n${"─".repeat(width)}\nAll of it, as a reviewer sees it, is in one page: ${page}\n${shown}`);
}

/** The demonstration's work; `say` hears what goes on. */
export async function demonstrate(options: DemoOptions, say: (line: string) => void) {
  const folder = await mkdtemp(join(tmpdir(), "assay-demo-"));
  const github = await startEmbeddedGitHub();
  try {
    const repository = "penguin-lab/species";
    const { id, gitFolder } = await github.createRepository({
      ...{ owner: "penguin-lab", name: "species", protectedBranches: ["main"] },
      collaborators: { [owner]: "maintain", [secondOwner]: "write", [contributor]: "write" },
    });
    const runner: RunnerOptions = { github, repository, repositoryId: id, gitFolder, folder, log: () => undefined };
    const starting = startApp(github, repository, folder);
    try {
      const clone = createClone(options.example ?? examplePath("penguins"), join(folder, "clone"), gitFolder);
      useApp(clone.folder, [owner, secondOwner]);
      say("main: training the first model and recording it as the baseline …");
      const runId = await recordBaseline(runner, clone.push("main", "First model"));
      const app = await starting;
      say(`main: baseline recorded (run ${runId}); Assay's app is installed`);

      const hear = (number: number, happening: Happening) => say(`#${number} ${inWords(happening)}`);
      const stage = { runner, app, clone, hear };
      const plays: (() => Promise<DemoPullRequest>)[] = [];
      for (const scene of options.scenes ?? story) plays.push(await openScene(stage, scene));
      const opened = await together(plays);
      const path = resolve(options.out ?? join(tmpdir(), "assay-demo", "index.html"));
      await mkdir(dirname(path), { recursive: true });
      const hearStep = (step: ReleaseStep) => say(stepInWords(step));
      const isWhole = options.scenes === undefined && options.example === undefined;
      const registry = isWhole ? registryBeside(path) : undefined;
      const played = registry === undefined ? undefined : await playRelease(stage, opened, { page: registry, hear: hearStep });
      const pullRequests = [...opened, ...(played ? [played.next] : [])];
      const release = played && { model: played.model, steps: played.steps };
      const webhooks = countWebhooks(github.webhookAttempts);
      say(`The app heard of all this by signed webhooks: ${inList(webhooks)}`);
      const servers = [github.serverUrl, github.url];
      await writePage(pullRequests, release, servers, path);
      return { pullRequests, release, webhooks, page: path, registry, servers };
    } finally {
      await (await starting).stop();
    }
  } finally {
    await github.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** `registry.html` beside `index.html`, `demo-registry.html` beside `demo.html`. */
function registryBeside(page: string): string {
  const name = basename(page).replace(/\.html?$/i, "");
  return join(dirname(page), name === "index" ? "registry.html" : `${name}-registry.html`);
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

const endings: Readonly<Record<ReleaseStep["outcome"], string>> = { done: "", promoted: "✅ ", refused: "❌ refused" };

function stepInWords(step: ReleaseStep): string {
  const refused = step.reasons.map((reason) => `\n   - ${reason}`).join("");
  return `${step.by}: ${step.did}\n   → ${endings[step.outcome]}${refused === "" ? stagesInWords(step) : refused}`;
}

function stagesInWords({ stages }: ReleaseStep): string {
  const now = Object.entries(stages).map(([stage, version]) => `${stage} ${version}`);
  return now.length === 0 ? "nothing is in a stage" : now.join(" · ");
}

type Release = Pick<ReleaseChapter, "model" | "steps">;

/** What it links to ends with the demonstration. */
async function writePage(
  pullRequests: readonly DemoPullRequest[],
  release: Release | undefined,
  servers: readonly string[],
  path: string,
): Promise<void> {
  const { renderIndexPage } = await import("../report/page.ts");
  const entries = pullRequests.map(({ number, title, verdict, report, comment, check, happened }) => ({
    title: `#${number} ${title}`,
    verdict: { status: verdict, title: check.title ?? "" },
    comment: comment.body,
    happened: happened.map((happening) => ({ ...happening, check: checkInWords(happening) })),
    report,
  }));
  const chapter = release && {
    title: `The release of ${release.model}`,
    happened: release.steps.map(({ reasons, ...step }) => ({
      ...{ by: step.by, did: step.did, reaction: endings[step.outcome] },
      said: reasons.length > 0 ? reasons : [stagesInWords({ reasons, ...step })],
    })),
  };
  await writeFile(path, withoutLinks(await renderIndexPage(entries, chapter), servers));
}
