import type { EmbeddedGitHub } from "../../src/embedded-github/embedded-github.ts";
import { digestOf } from "../../src/evidence/digest.ts";
import type { Decision } from "../../src/ledger/decision.ts";
import { checkName, idOfVerdict } from "../../src/report/check.ts";
import { commentMarker } from "../../src/report/comment.ts";
import { type Ask, canChangeSomething, keyOfTraining, mayWish } from "./asks.ts";
import { type Pull, resultOf } from "./people.ts";
import { readLedger } from "./read-ledger.ts";

/** What there is to look at when everything is over. */
export interface Scene {
  github: EmbeddedGitHub;
  gitFolder: string;
  bot: string;
  pulls: readonly Pull[];
  asks: readonly Ask[];
}

/** What must not be; each with a sentence. */
export interface Flaws {
  lost: readonly string[];
  duplicate: readonly string[];
  wrong: readonly string[];
}

interface Found {
  lost: string[];
  duplicate: string[];
  wrong: string[];
}

/** How much there was to look at. */
interface Counts {
  records: number;
  trainings: number;
}

/** Holds what GitHub has now against what was asked for. */
export function inspect(scene: Scene): Flaws & Counts {
  const found: Found = { lost: [], duplicate: [], wrong: [] };
  const decisions = readLedger(scene.gitFolder);
  for (const pull of scene.pulls) lookAtPull(scene, pull, decisions, found);
  for (const ask of scene.asks) lookAtAsk(scene, ask, decisions, found);
  lookAtLedger(scene, decisions, found);
  lookAtTrainings(scene, found);
  return { ...found, records: decisions.length, trainings: scene.github.dispatches().length };
}

function lookAtPull(scene: Scene, pull: Pull, decisions: readonly Decision[], { lost, duplicate, wrong }: Found): void {
  const { number, headSha, heads, passes } = pull;
  const comments = scene.github
    .comments(number)
    .filter(({ author, body }) => author === scene.bot && body.startsWith(commentMarker));
  if (comments.length > 1) duplicate.push(`#${number} has ${comments.length} comments`);
  const checksOf = (sha: string) =>
    scene.github.checks(sha).filter((check) => check.name === checkName && check.externalId === idOfVerdict(String(number), sha));
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
    const expected = conclusionOf(scene, pull, passes, decisions);
    if (check.status !== "completed") lost.push(`#${number} waits for a verdict`);
    else if (check.conclusion !== expected) wrong.push(`#${number} is ${check.conclusion}, not ${expected}`);
    if (comments.length === 0) lost.push(`#${number} has no comment`);
    else if (!comments[0]?.body.includes(headSha.slice(0, 7))) wrong.push(`#${number}: the comment is not about its head`);
  }
}

/** By what people did. Only where it is a matter of time whether an approval was accepted the ledger says whether it was. */
function conclusionOf(scene: Scene, { number, headSha, kind }: Pull, passes: boolean, decisions: readonly Decision[]): string {
  const asks = scene.asks.filter((ask) => ask.number === number);
  const isWaived = asks.some((ask) => ask.wish === "waive" && answersTo(scene, ask).includes("+1"));
  if (!passes && !isWaived) return "failure";
  if (kind !== "guarded") return "success";
  const result = resultOf(passes);
  const isApproved = asks.some(
    (ask) => ask.headSha === headSha && ask.wish === "approve" && ask.due === "done" && ask.result === result,
  );
  const isRecorded = decisions.some(
    (decision) => isApprovalOf(decision, { number, headSha }) && decision.resultDigest === result,
  );
  return isApproved || isRecorded ? "success" : "action_required";
}

/** One answer a command, by what it asked for and who did; and behind what was accepted a record or a training. */
function lookAtAsk(scene: Scene, ask: Ask, decisions: readonly Decision[], { lost, wrong }: Found): void {
  const { number, headSha, by, wish, via, due, result } = ask;
  const name = `${wish} of ${by} by ${via.kind === "comment" ? `comment ${via.id}` : via.kind} on #${number}`;
  let isDone = due === "done";
  if (via.kind === "comment") {
    const answers = answersTo(scene, ask);
    const [answer] = answers;
    if (answers.length > 1) wrong.push(`${name} has ${answers.length} answers`);
    if (answer === undefined) return void lost.push(`${name} has no answer`);
    const done = wish === "nonsense" ? "confused" : "+1";
    const legal = { done: [done], refused: ["-1"], either: ["+1", "-1"] }[due];
    if (!legal.includes(answer)) wrong.push(`${name} is answered ${answer}, not ${legal.join(" or ")}`);
    isDone ||= answer === "+1";
  }
  if (!isDone || !canChangeSomething(ask)) return;
  const { heads = [] } = scene.pulls.find((pull) => pull.number === number) ?? {};
  const about = heads.slice(heads.indexOf(headSha));
  if (wish === "waive") {
    if (!decisions.some((decision) => isWaiverOf(decision, ask))) lost.push(`${name} is not in the ledger`);
  } else if (wish === "approve") {
    const records = decisions.filter((decision) => about.some((sha) => isApprovalOf(decision, { number, headSha: sha })));
    // Somebody who waits for the answer was shown one result; who does not may have seen another.
    const isThere = records.some((record) => due !== "done" || ("resultDigest" in record && record.resultDigest === result));
    if (!isThere) lost.push(`${name} is not in the ledger`);
  } else if (!ask.isOvertaken && trainingsFor(scene, ask).length === 0) lost.push(`${name} started no training`);
}

/** Each decision once, and behind each somebody who may decide. */
function lookAtLedger({ asks }: Scene, decisions: readonly Decision[], { duplicate, wrong }: Found): void {
  const keys = decisions.map((decision) => {
    const { schema, pullRequest, by } = decision;
    return JSON.stringify(
      decision.schema === "assay.approval/v1"
        ? [schema, pullRequest, by, decision.inputHash, decision.resultDigest]
        : [schema, pullRequest, by],
    );
  });
  if (new Set(keys).size < keys.length) duplicate.push(`the ledger has ${keys.length - new Set(keys).size} records twice`);
  for (const decision of decisions) {
    const isBacked = asks.some((ask) =>
      ask.wish === "waive"
        ? isWaiverOf(decision, ask)
        : ask.wish === "approve" && mayWish(ask.by, "approve") && isApprovalOf(decision, ask),
    );
    if (!isBacked) wrong.push(`the ledger has ${decision.schema} on #${decision.pullRequest} that nobody asked for`);
  }
}

/** Each training once, and for somebody who may ask for it and was not told otherwise. */
function lookAtTrainings(scene: Scene, { duplicate, wrong }: Found): void {
  const keys = scene.github.dispatches().map(({ inputs }) => inputs["request"] ?? "");
  if (new Set(keys).size < keys.length) duplicate.push(`${keys.length - new Set(keys).size} trainings were started twice`);
  for (const key of keys) {
    const ask = scene.asks.find((candidate) => keyOfTraining(candidate, key));
    const isWanted =
      ask?.wish === "retrain" && mayWish(ask.by, "retrain") && (ask.via.kind !== "comment" || !isRefused(scene, ask));
    if (!isWanted) wrong.push(`a training was started that nobody may have asked for: ${key}`);
  }
}

function isRefused(scene: Scene, ask: Ask): boolean {
  return answersTo(scene, ask).some((answer) => answer !== "+1");
}

function trainingsFor({ github }: Scene, ask: Ask) {
  return github.dispatches().filter(({ inputs }) => keyOfTraining(ask, inputs["request"] ?? ""));
}

function answersTo({ github, bot }: Scene, { number, via }: Ask): readonly string[] {
  if (via.kind !== "comment") return [];
  const comment = github.comments(number).find(({ id }) => id === via.id);
  return (comment?.reactions ?? []).filter(({ author }) => author === bot).map(({ content }) => content);
}

function isWaiverOf(decision: Decision, { number, by }: Ask): boolean {
  return decision.schema === "assay.waiver/v1" && decision.pullRequest === number && decision.by.login === by && by === "owner";
}

function isApprovalOf(
  decision: Decision,
  { number, headSha }: Pick<Ask, "number" | "headSha">,
): decision is Extract<Decision, { schema: "assay.approval/v1" }> {
  return (
    decision.schema === "assay.approval/v1" &&
    decision.pullRequest === number &&
    decision.headSha === headSha &&
    decision.by.login === "owner" &&
    decision.inputHash === digestOf(`inputs of ${headSha}`)
  );
}

function sameCheck(a: object, b: object): boolean {
  const told = (check: object) => {
    const { conclusion, title, summary, text, annotations } = check as Record<string, unknown>;
    return JSON.stringify([conclusion, title, summary, text, annotations]);
  };
  return told(a) === told(b);
}
