import * as z from "zod/mini";
import type { Shown } from "../../src/flows/show-verdict.ts";
import { renderNoticeCheck, renderNoticeComment } from "../../src/report/notice.ts";
import type { Context } from "./context.ts";
import { answersIn } from "./memory.ts";
import type { PullRequestState } from "./pull-request.ts";
import { headKey, runsLast } from "./remembered.ts";

const headsSchema = z.array(
  z.object({
    number: z.int(),
    base: z.string(),
    /** It was seen to have that head, and has not passed. */
    waits: z.optional(z.boolean()),
  }),
);

/**
 * Keeps in mind that the pull request has this head, whoever writes on it, and tells whether another one had it too, to another branch:
 * a run on the commit may be of that branch's workflow, and GitHub does not say so of pull requests that are closed or were pushed on.
 */
export async function wasElsewhere(
  { store }: Context,
  { subject, pull }: Pick<PullRequestState, "subject" | "pull">,
): Promise<boolean> {
  const { head, base, number } = pull;
  const key = headKey(subject.repository, head.sha);
  const known = headsSchema.safeParse(await store.recall(key)).data ?? [];
  if (!known.some((one) => one.number === number && one.base === base.ref))
    await store.remember(key, [...known, { number, base: base.ref, waits: true }], { days: runsLast });
  return known.some((other) => other.number !== number && other.base !== base.ref);
}

/**
 * A check belongs to a commit, so what passes here would pass as well for another pull request of the same commit, by rules that are not
 * those of the branch that it goes to. Then neither passes.
 */
export async function unlessShared<T extends Shown>(context: Context, state: PullRequestState, shown: T): Promise<T> {
  const { conclusion } = shown.check;
  const passes = conclusion === "success" || conclusion === "neutral";
  const others = await othersOfHead(context, state, passes);
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

/**
 * Of a commit that passes: the open ones by GitHub's word, which is asked unless a run on the commit names them already, and those that
 * passed before they were closed, by our own. What has the commit and does not pass is only kept in mind.
 */
async function othersOfHead(
  { store }: Context,
  { subject, github, pull, runs = [] }: PullRequestState,
  passes: boolean,
): Promise<readonly number[]> {
  const { head, base, number } = pull;
  const key = headKey(subject.repository, head.sha);
  const known = headsSchema.safeParse(await store.recall(key)).data ?? [];
  const isOther = (other: { number: number; base: string }) => other.number !== number && other.base !== base.ref;
  const others = passes ? known.filter((other) => !other.waits && isOther(other)) : [];
  if (passes && others.length === 0) {
    const named = runs.flatMap(({ pullRequests }) => pullRequests).filter(({ headSha }) => headSha === head.sha);
    const isNamed = named.some((pull) => pull.number === number) && !known.some(isOther);
    const open = isNamed
      ? named.map((pull) => ({ number: pull.number, base: pull.baseRef }))
      : (await github.pullRequests.listForCommit(head.sha))
          .filter((pull) => pull.head.sha === head.sha)
          .map((pull) => ({ number: pull.number, base: pull.base.ref }));
    others.push(...open.filter(isOther));
  }
  const own = known.find((one) => one.number === number && one.base === base.ref);
  const waits = !passes || others.length > 0;
  if (!own || (own.waits && !waits))
    await store.remember(key, [...known.filter((one) => one !== own), { number, base: base.ref, ...(waits && { waits }) }], {
      days: runsLast,
    });
  return others.map((other) => other.number);
}
