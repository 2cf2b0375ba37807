import { setTimeout as sleep } from "node:timers/promises";
import type { CheckRun } from "../../src/embedded-github/embedded-github.ts";
import type { PullRequestShas } from "../../src/embedded-github/pull-request-lifecycle.ts";
import type { Digest } from "../../src/evidence/digest.ts";
import { resultDigest } from "../../src/evidence/seal.ts";
import { checkName, idOfVerdict } from "../../src/report/check.ts";
import { commentMarker } from "../../src/report/comment.ts";
import type { Place } from "../bot/world.ts";
import { better, worse } from "../flows/create-judgement.ts";
import { createEvidence } from "../report/create-report.ts";
import { type Ask, canChangeSomething, keyOfTraining, mayWish, type Wish, wishOf } from "./asks.ts";
import type { Account, Act, PullKind } from "./plan-schedule.ts";
import { readLedger } from "./read-ledger.ts";

export interface Pull extends PullRequestShas {
  /** `guarded`: it changes the test set, so an owner has to approve what passes. */
  kind: PullKind;
  heads: string[];
  /** Whether the latest run on the head passes its gate; undefined: there is none. */
  passes: boolean | undefined;
  /** The newest run on the head that has ended: it speaks for the head. */
  newest: number;
  /** All results that the head had. */
  results: Set<Digest>;
}

/** What people and their workflows do at a place, and what they may then expect. */
export interface People {
  readonly pulls: readonly Pull[];
  readonly asks: readonly Ask[];
  perform(act: Act): Promise<void>;
  /** GitHub tells apps of the last click under this GUID. */
  clicked(guid: string): void;
  /** Notices which answers are there. */
  look(): void;
  /** Every head gets a run if it has none. */
  finish(): Promise<void>;
}

const digestOfResult = (passes: boolean) => resultDigest(createEvidence("fraud", { evaluations: [passes ? better : worse] }));
const results = { better: digestOfResult(true), worse: digestOfResult(false) };
export const resultOf = (passes: boolean): Digest => (passes ? results.better : results.worse);

/** Opens the pull requests. @param bot login that the app writes as */
export async function createPeople(place: Place, kinds: readonly PullKind[], bot: string): Promise<People> {
  const { github } = place;
  const pulls: Pull[] = [];
  const asks: Ask[] = [];
  const filesOf = (kind: PullKind, content: string) => ({
    "train.py": `of ${content}`,
    ...(kind === "guarded" && { "test.csv": `x,y\n${content},1\n` }),
  });
  for (const [number, kind] of kinds.entries()) {
    const opened = await place.open(filesOf(kind, `${number}`), { branch: `change-${number}` });
    pulls.push({ ...opened, kind, heads: [opened.headSha], passes: undefined, newest: 0, results: new Set() });
  }

  const checkOf = ({ headSha, number }: Pull): CheckRun | undefined =>
    github
      .checks(headSha)
      .findLast(({ name, externalId }) => name === checkName && externalId === idOfVerdict(String(number), headSha));
  const reportOf = ({ number }: Pull) =>
    github.comments(number).find(({ author, body }) => author === bot && body.startsWith(commentMarker));
  /** Check and comment tell the result that there is. */
  const isShown = (pull: Pull) => {
    const check = checkOf(pull);
    const run = `/runs/${pull.newest}`;
    return (
      pull.passes !== undefined &&
      check?.status === "completed" &&
      (check.detailsUrl ?? "").includes(run) &&
      (reportOf(pull)?.body ?? "").includes(run)
    );
  };
  const isTraining = ({ number }: Pull) =>
    github.dispatches().some(({ inputs, conclusion }) => inputs["pull-request"] === String(number) && conclusion === null);
  const openOf = ({ number }: Pull) => asks.filter((ask) => ask.number === number && !ask.isAnswered);

  /** What was asked and is not answered yet may come out otherwise now. */
  const disturb = (pull: Pull) => {
    for (const ask of openOf(pull)) if (canChangeSomething(ask)) ask.due = "either";
  };

  /** GitHub's times have whole seconds: what was shown in the same one may not have been seen. */
  const read = async (pull: Pull) => {
    const left = Date.parse(reportOf(pull)?.updatedAt ?? "1970-01-01") + 1_000 - Date.now();
    if (left > 0 && isShown(pull)) await sleep(left);
  };

  function dueOf(pull: Pull, by: Account, wish: Wish, via: Ask["via"]["kind"]): Ask["due"] {
    if (!mayWish(by, wish)) return "refused";
    if (!canChangeSomething({ by, wish })) return "done";
    const isAlone = openOf(pull).every((ask) => !canChangeSomething(ask)) && !isTraining(pull);
    if (!isShown(pull) || !isAlone) return "either";
    // Of several results of a head a late click may be about an older one.
    if (via === "click" && pull.results.size > 1) return "either";
    // A review approves only what waits for just that.
    if (via === "review" && !(pull.kind === "guarded" && pull.passes)) return "either";
    return wish === "waive" && pull.passes ? "refused" : "done";
  }

  const ask = (pull: Pull, by: Account, wish: Wish, via: Ask["via"]) => {
    const { number, headSha } = pull;
    const due = dueOf(pull, by, wish, via.kind);
    if (canChangeSomething({ by, wish })) disturb(pull);
    const result = isShown(pull) ? resultOf(pull.passes === true) : undefined;
    asks.push({ number, headSha, by, wish, via, due, result, isAnswered: false, isOvertaken: false });
  };

  /** Ids grow: a run that was started before another does not speak for the head once that has ended, however late it ends itself. */
  const ended = (pull: Pull, runId: number, passes: boolean) => {
    if (runId < pull.newest) return;
    pull.results.add(resultOf(passes));
    Object.assign(pull, { passes, newest: runId });
  };
  const leaves = ({ kind }: Pull, passes: boolean) => ({
    evaluation: passes ? better : worse,
    ...(kind === "guarded" && { planned: { testSetChanged: true } }),
  });

  const people: People = {
    pulls,
    asks,
    async finish() {
      for (const [place, { passes }] of pulls.entries())
        if (passes === undefined) await people.perform({ kind: "run", pull: place, passes: true });
    },
    clicked(guid) {
      const last = asks.at(-1);
      if (last?.via.kind === "click") last.via.guid ??= guid;
    },
    look() {
      const open = asks.filter(({ isAnswered }) => !isAnswered);
      const isApproval = ({ via, wish }: Ask) => wish === "approve" && via.kind !== "comment";
      const decisions = open.some(isApproval) ? readLedger(place.gitFolder) : [];
      for (const ask of open) {
        const { number, headSha, via, result } = ask;
        if (via.kind === "comment") {
          const comment = github.comments(number).find(({ id }) => id === via.id);
          ask.isAnswered = comment?.reactions.some(({ author }) => author === bot) ?? false;
        } else if (isApproval(ask))
          ask.isAnswered = decisions.some(
            (known) =>
              known.schema === "assay.approval/v1" &&
              known.pullRequest === number &&
              known.headSha === headSha &&
              known.resultDigest === result,
          );
        else ask.isAnswered = github.dispatches().some(({ inputs }) => keyOfTraining(ask, inputs["request"] ?? ""));
      }
    },
    async perform(act) {
      const pull = pulls[act.pull];
      if (!pull) throw new Error(`there is no pull request ${act.pull}`);
      switch (act.kind) {
        case "run":
          disturb(pull);
          ended(pull, await place.run(pull, leaves(pull, act.passes)), act.passes);
          return;
        case "push":
          disturb(pull);
          for (const ask of openOf(pull)) ask.isOvertaken = true;
          place.push(`change-${act.pull}`, filesOf(pull.kind, `${act.pull}, ${pull.heads.length}`));
          Object.assign(pull, await github.refreshPullRequest(pull.number), { passes: undefined, newest: 0, results: new Set() });
          pull.heads.push(pull.headSha);
          return;
        case "finish-dispatched": {
          const started = github
            .dispatches()
            .find(
              ({ inputs, conclusion }) =>
                inputs["head-sha"] === pull.headSha && conclusion === null && inputs["pull-request"] === String(pull.number),
            );
          if (!started) return;
          disturb(pull);
          await place.finishDispatched(pull, started.runId, leaves(pull, act.passes));
          ended(pull, started.runId, act.passes);
          return;
        }
        case "comment": {
          const wish = wishOf(act.body);
          if (wish !== undefined) await read(pull);
          const { id } = await github.addComment({ number: pull.number, author: act.author, body: act.body });
          if (wish !== undefined) ask(pull, act.author, wish, { kind: "comment", id });
          return;
        }
        case "button": {
          await read(pull);
          const check = checkOf(pull);
          if (!check?.actions.some(({ identifier }) => identifier === act.button)) return;
          await github.clickButton({ checkRunId: check.id, identifier: act.button, by: act.by });
          ask(pull, act.by, act.button === "explain" ? "tell" : act.button, { kind: "click", guid: undefined });
          return;
        }
        case "review":
          await read(pull);
          await github.review({ number: pull.number, author: act.author, state: "APPROVED" });
          ask(pull, act.author, "approve", { kind: "review" });
      }
    },
  };
  return people;
}
