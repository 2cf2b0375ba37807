import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { EmbeddedGitHub } from "../../src/embedded-github/embedded-github.ts";
import { decisionSchema } from "../../src/ledger/decision.ts";
import { checkName } from "../../src/report/check.ts";
import { commentMarker } from "../../src/report/comment.ts";

/** What there is to look at when everything is over. */
export interface Scene {
  github: EmbeddedGitHub;
  gitFolder: string;
  bot: string;
  pulls: readonly { number: number; headSha: string; heads: readonly string[]; passes: boolean | undefined }[];
  /** Comments that ask for something. */
  commands: readonly { id: number; number: number }[];
}

/** What must not be; each with a sentence. */
export interface Flaws {
  lost: readonly string[];
  duplicate: readonly string[];
  wrong: readonly string[];
}

/** Holds what GitHub has now against what was asked for. */
export function inspect(scene: Scene): Flaws {
  const lost: string[] = [];
  const duplicate: string[] = [];
  const wrong: string[] = [];
  const decisions = decisionsIn(scene.gitFolder);
  for (const { number, headSha, heads, passes } of scene.pulls) {
    const comments = scene.github
      .comments(number)
      .filter(({ author, body }) => author === scene.bot && body.startsWith(commentMarker));
    if (comments.length > 1) duplicate.push(`#${number} has ${comments.length} comments`);
    const checksOf = (sha: string) =>
      scene.github
        .checks(sha)
        .filter((check) => check.name === checkName && check.externalId === `assay:verdict:${number}:${sha}`);
    for (const sha of heads) {
      const checks = checksOf(sha);
      checks.forEach((check, place) => {
        const before = checks[place - 1];
        // GitHub takes no annotation away: another check run takes its place, and says something else.
        if (before && (before.status !== "completed" || sameCheck(before, check)))
          duplicate.push(`#${number} has a second check on ${sha}`);
      });
    }
    const check = checksOf(headSha).at(-1);
    if (!check) lost.push(`#${number} has no check on its head`);
    else if (passes === undefined) {
      if (check.status === "completed") wrong.push(`#${number} has a verdict and no run`);
    } else {
      const isWaived = decisions.some(({ schema, pullRequest }) => schema === "assay.waiver/v1" && pullRequest === number);
      const expected = passes || isWaived ? "success" : "failure";
      if (check.status !== "completed") lost.push(`#${number} waits for a verdict`);
      else if (check.conclusion !== expected) wrong.push(`#${number} is ${check.conclusion}, not ${expected}`);
      if (comments.length === 0) lost.push(`#${number} has no comment`);
      else if (!comments[0]?.body.includes(headSha.slice(0, 7))) wrong.push(`#${number}: the comment is not about its head`);
    }
  }
  lookAtRequests(scene, { lost, duplicate, wrong });
  lookAtDispatches(scene, duplicate);
  const keys = decisions.map(({ at: _, ...decision }) => JSON.stringify(decision));
  if (new Set(keys).size < keys.length) duplicate.push(`the ledger has ${keys.length - new Set(keys).size} records twice`);
  return { lost, duplicate, wrong };
}

/** One answer a command, and a decision behind each that was accepted. */
function lookAtRequests(
  { github, bot, commands }: Scene,
  { lost, wrong }: { lost: string[]; duplicate: string[]; wrong: string[] },
): void {
  for (const { id, number } of commands) {
    const comment = github.comments(number).find((candidate) => candidate.id === id);
    const reactions = comment?.reactions.filter(({ author }) => author === bot) ?? [];
    if (reactions.length === 0) lost.push(`comment ${id} on #${number} has no answer`);
    if (reactions.length > 1) wrong.push(`comment ${id} on #${number} has ${reactions.length} answers`);
  }
}

function lookAtDispatches({ github }: Scene, duplicate: string[]): void {
  const keys = github.dispatches().map(({ inputs }) => inputs["request"] ?? "");
  if (new Set(keys).size < keys.length) duplicate.push(`${keys.length - new Set(keys).size} trainings were started twice`);
}

function sameCheck(a: object, b: object): boolean {
  const told = (check: object) => {
    const { conclusion, title, summary, text, annotations } = check as Record<string, unknown>;
    return JSON.stringify([conclusion, title, summary, text, annotations]);
  };
  return told(a) === told(b);
}

/** Whatever lies on the ledger branch. */
function decisionsIn(gitFolder: string) {
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", gitFolder, ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  if (!existsSync(join(gitFolder, "refs/heads/assay-ledger"))) return [];
  const paths = git("ls-tree", "-r", "--name-only", "assay-ledger")
    .split("\n")
    .filter((path) => path !== "");
  return paths.flatMap((path) => decisionSchema.safeParse(JSON.parse(git("show", `assay-ledger:${path}`))).data ?? []);
}
