import * as z from "zod/mini";
import { renderNoticeCheck, renderNoticeComment } from "../../src/report/notice.ts";
import type { Context } from "./context.ts";
import { answersIn } from "./memory.ts";
import type { PullRequestState } from "./pull-request.ts";
import { headKey, runsLast } from "./remembered.ts";
import type { Shown } from "./show.ts";

const passedSchema = z.array(z.object({ number: z.int(), base: z.string() }));

/**
 * A check belongs to a commit, so what passes here would pass as well for another pull request of the same commit, by rules that are not
 * those of the branch that it goes to. Then neither passes.
 */
export async function unlessShared<T extends Shown>(context: Context, state: PullRequestState, shown: T): Promise<T> {
  const { conclusion } = shown.check;
  if (conclusion !== "success" && conclusion !== "neutral") return shown;
  const others = await othersOfHead(context, state);
  if (others.length === 0) return shown;
  const { pull, memory } = state;
  const notice = {
    conclusion: "action_required",
    icon: "⏸️",
    title: "The commit is the head of several pull requests",
    lines: [
      `It also is the head of #${others[0]}, which goes to another branch. A check belongs to its commit and cannot speak for both: push a commit of its own to this pull request.`,
    ],
  } as const;
  const comment = shown.comment && { ...renderNoticeComment(notice, answersIn(memory, pull.head.sha)), number: pull.number };
  return { ...shown, check: renderNoticeCheck(notice), comment, results: undefined, mentions: [] };
}

/** Open ones by GitHub's word, and those that passed before they were closed by our own. */
async function othersOfHead({ store }: Context, { subject, github, pull }: PullRequestState): Promise<readonly number[]> {
  const { head, base, number } = pull;
  const key = headKey(subject.repository, head.sha);
  const passed = passedSchema.safeParse(await store.recall(key)).data ?? [];
  const open = (await github.pullRequests.listForCommit(head.sha)).filter((other) => other.head.sha === head.sha);
  const all = [...passed, ...open.map((other) => ({ number: other.number, base: other.base.ref }))];
  const others = all.filter((other) => other.number !== number && other.base !== base.ref).map((other) => other.number);
  const isKnown = passed.some((known) => known.number === number && known.base === base.ref);
  if (others.length === 0 && !isKnown) await store.remember(key, [...passed, { number, base: base.ref }], { days: runsLast });
  return others;
}
