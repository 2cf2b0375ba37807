import { setTimeout as sleep } from "node:timers/promises";
import { GitHubError } from "../errors/errors.ts";
import type { CheckContent, CheckRun, Checks } from "../github/checks.ts";
import type { GitHub } from "../github/github.ts";
import { isLostAnswer } from "../github/lost-answer.ts";
import { decideCheck, type StoredCheck } from "./decide-check.ts";
import type { Effect } from "./effects.ts";

/** Of `summary` and of `text`, in characters. */
const maxCharacters = 65_535;
/** How long to wait before looking what became of a request whose answer was lost; after the last one the error stands. */
const waits = [1_000, 3_000];

/**
 * Makes the commit have exactly this check. It is found again by its name and external id among the check runs of our own app;
 * identical content is not written again; when an answer is lost, it looks before it writes again.
 *
 * @throws GitHubError when GitHub refuses, or does not have the check after it said so
 */
export async function publishCheck(github: GitHub, content: CheckContent): Promise<{ effect: Effect; url: string }> {
  refuseTooLong(content);
  const { login } = await github.comments.viewer();
  return publish(github.checks, content, login, waits);
}

async function publish(
  checks: Checks,
  content: CheckContent,
  login: string,
  [wait, ...laterWaits]: readonly number[],
): Promise<{ effect: Effect; url: string }> {
  const stored = await findOurs(checks, content, login);
  const decision = decideCheck(content, stored);
  if (decision.kind === "unchanged") return { effect: "unchanged", url: stored?.run.url ?? "" };
  try {
    if (decision.kind === "create") await checks.create(decision.content);
    else await checks.update(decision.id, decision.content);
  } catch (error) {
    if (!isLostAnswer(error) || wait === undefined) throw error;
    await sleep(wait);
    return publish(checks, content, login, laterWaits);
  }
  const now = await findOurs(checks, content, login);
  if (now === undefined) {
    throw new GitHubError(
      `The check "${content.name}" on ${content.headSha} was sent, but GitHub does not have it. Run this job again.`,
    );
  }
  return { effect: decision.kind === "create" ? "created" : "updated", url: now.run.url };
}

/** The newest of ours: it is the one that GitHub shows. */
async function findOurs(checks: Checks, content: CheckContent, login: string): Promise<StoredCheck | undefined> {
  const runs = await checks.list(content.headSha, content.name);
  const run = runs.findLast((candidate) => candidate.externalId === content.externalId && isByApp(candidate, login));
  if (run === undefined) return undefined;
  return { run, annotations: run.annotationCount === 0 ? [] : await checks.annotations(run.id) };
}

/** An app writes as `<slug>[bot]`, and may only update check runs of its own. */
function isByApp(run: CheckRun, login: string): boolean {
  return run.appSlug === undefined || !login.endsWith("[bot]") || `${run.appSlug}[bot]` === login;
}

function refuseTooLong({ name, summary, text = "" }: CheckContent): void {
  if (summary.length > maxCharacters || text.length > maxCharacters) {
    throw new Error(
      `The check "${name}" has a summary of ${summary.length} and a text of ${text.length} characters; GitHub takes ${maxCharacters} each.`,
    );
  }
}
