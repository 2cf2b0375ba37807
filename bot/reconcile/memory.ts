import * as z from "zod/mini";
import type { CheckContent } from "../../src/github/checks.ts";
import { idSchema as id, shaSchema as sha } from "../../src/github/ids.ts";
import { pullRequestSchema } from "../../src/github/pull-request-schema.ts";
import { decisionSchema } from "../../src/ledger/decision.ts";
import type { Store } from "../queue/store.ts";
import { keyOf, type Subject } from "../subject.ts";
import type { Context } from "./context.ts";
import { artifactsLast, runsLast } from "./remembered.ts";

const dispatchSchema = z.object({
  /** In the run's title, by which it is found again. */
  key: z.string(),
  headSha: sha,
  /** Path of the workflow, and the branch that it was started on. */
  workflow: z.string(),
  ref: z.string(),
  inputs: z.record(z.string(), z.string()),
  /** Undefined until GitHub said it. */
  runId: z.optional(id),
  /** It was overtaken by a push. */
  cancelled: z.optional(z.boolean()),
  /** Its run is over. */
  ended: z.optional(z.boolean()),
});
export type Dispatch = z.infer<typeof dispatchSchema>;

const askedSchema = z.object({
  /** The request's key. */
  request: z.string(),
  reaction: z.optional(z.enum(["+1", "-1", "confused"])),
  /** A line of Markdown; empty: nothing is said. */
  answer: z.string(),
  records: z.array(decisionSchema),
  dispatch: z.optional(dispatchSchema),
  /** It is answered by a comment of its own, with this line of Markdown. */
  reply: z.optional(z.string()),
  /** The run that has a stage go back; `started`: where to look. */
  rollback: z.optional(
    z.object({
      workflow: z.string(),
      ref: z.string(),
      inputs: z.record(z.string(), z.string()),
      /** When it was asked for. */
      at: z.iso.datetime(),
      started: z.optional(z.string()),
    }),
  ),
  /** Head that the answer is about. */
  headSha: z.optional(sha),
  /** Run that it tells to wait for. */
  runId: z.optional(id),
});
export type Asked = z.infer<typeof askedSchema>;

/** `CheckContent` after JSON, which leaves out what is undefined. */
const contentSchema = z.object({
  name: z.string(),
  headSha: sha,
  externalId: z.string(),
  detailsUrl: z.optional(z.string()),
  conclusion: z.optional(z.enum(["success", "failure", "neutral", "action_required"])),
  title: z.string(),
  summary: z.string(),
  text: z.optional(z.string()),
  annotations: z.array(
    z.object({
      path: z.string(),
      startLine: z.int(),
      endLine: z.int(),
      level: z.enum(["notice", "warning", "failure"]),
      title: z.string(),
      message: z.string(),
    }),
  ),
  actions: z.optional(z.array(z.object({ label: z.string(), description: z.string(), identifier: z.string() }))),
});

const memorySchema = z.object({
  /** The pull request as it was read last. */
  pull: z.optional(pullRequestSchema),
  /** It touched a model when it was looked at last, and the app writes there. */
  trains: z.optional(z.boolean()),
  /** Our comment as it was written last. */
  comment: z.optional(z.object({ id, body: z.string() })),
  /** Our checks as they were written last, one a commit. */
  checks: z.array(
    z.object({
      headSha: sha,
      id,
      content: z.custom<CheckContent>((value) => contentSchema.safeParse(value).success),
      /** It was about to be written anew: nobody knows what it says. */
      unsure: z.optional(z.boolean()),
    }),
  ),
  /** The pull request had no comment at all when it was met first, and the app has not begun to write one. */
  uncommented: z.optional(z.boolean()),
  /** A head that was met while the app kept watch, and has not begun to write a check on. */
  unchecked: z.optional(sha),
  /** The last verdict that our comment had, and about which head. */
  verdict: z.optional(z.object({ headSha: sha, body: z.string() })),
  /** Heads that a verdict was shown about, since when, and with which results: their digests by model. */
  shown: z.array(z.object({ headSha: sha, at: z.iso.datetime(), results: z._default(z.record(z.string(), z.string()), {}) })),
  /** When a head was met first. `watched`: since then it is known when the pull request was made to go to another branch. */
  seen: z.array(z.object({ headSha: sha, at: z.iso.datetime(), watched: z.optional(z.boolean()) })),
  /**
   * The branch that it goes to; heads that it had as it was made to go to another, whose runs may be of that one's workflow; and since
   * when it went nowhere else by GitHub's word, where that had to be asked.
   */
  base: z.optional(z.object({ ref: z.string(), heads: z._default(z.array(sha), []), since: z.optional(z.iso.datetime()) })),
  dispatches: z.array(dispatchSchema),
  /** What was decided about each thing that people asked, kept before any of it is done: a second try does the same. */
  asked: z.array(askedSchema),
  /** What people decided, and at which commit of the ledger that was read; undefined: not read yet, or of no use. */
  decided: z.optional(z.object({ tip: z.optional(sha), decisions: z.array(decisionSchema), ignored: z.array(z.string()) })),
  /** Owners whose approval was asked for by a mention, and on which head: they are not asked again on a later one. */
  mentioned: z._default(z.array(z.object({ owner: z.string(), headSha: sha })), []),
  /** Head of which nothing more is expected to happen by itself. */
  settled: z.optional(sha),
  /** The pull request was not open when it was looked at last. */
  closed: z.optional(z.boolean()),
});
/** What the app knows of a subject besides what GitHub says; all of it saves calls, or is clicks and answers. */
export type Memory = z.infer<typeof memorySchema>;

/** Of heads, and of answers. */
const kept = 20;
/** Each as long as GitHub takes. */
const keptChecks = 3;

/** What cannot be read any more, after an upgrade, is as good as lost. */
export async function recallMemory(store: Pick<Store, "recall">, subject: Subject): Promise<Memory> {
  const parsed = memorySchema.safeParse(await store.recall(keyOf(subject)));
  return parsed.success ? parsed.data : { checks: [], shown: [], seen: [], dispatches: [], asked: [], mentioned: [] };
}

/**
 * The same as far as it can be relied on: what another process kept may come from an older copy of the store, which somebody brought
 * back. What GitHub can tell of it is asked for again.
 */
export async function recallChecked({ store, looked }: Pick<Context, "store" | "looked">, subject: Subject): Promise<Memory> {
  const memory = await recallMemory(store, subject);
  if (looked.has(keyOf(subject))) return memory;
  const checks = memory.checks.map((check) => ({ ...check, unsure: true }));
  const seen = memory.seen.map(({ watched: _, ...entry }) => entry);
  return { ...memory, seen, pull: undefined, checks, decided: undefined, unchecked: undefined, uncommented: undefined };
}

export async function rememberMemory(store: Pick<Store, "remember">, subject: Subject, memory: Memory): Promise<void> {
  const { pull, base, checks, shown, seen, dispatches, asked, mentioned, closed } = memory;
  const cut: Memory = {
    ...memory,
    // Its title may be nothing that can be kept: then it is read again.
    pull: pullRequestSchema.safeParse(pull).data,
    base: base && { ...base, heads: base.heads.slice(-kept) },
    checks: checks.slice(-keptChecks),
    shown: shown.slice(-kept),
    seen: seen.slice(-kept),
    dispatches: dispatches.slice(-kept),
    asked: asked.slice(-kept),
    mentioned: mentioned.slice(-kept),
  };
  await store.remember(keyOf(subject), cut, { days: closed ? artifactsLast : runsLast });
}

/** What people asked was answered with, the newest last; not what a push, or the end of a training, has overtaken. */
export function answersIn({ asked, dispatches }: Memory, head: string): readonly string[] {
  const isOver = (run: number | undefined) =>
    dispatches.some(({ runId, ended, cancelled }) => runId !== undefined && runId === run && (ended || cancelled));
  return asked.flatMap(({ answer, headSha = head, runId }) =>
    answer === "" || headSha !== head || isOver(runId) ? [] : [answer],
  );
}

/** Whether no head that was met before has been forgotten. */
export function remembersAllHeads({ seen }: Pick<Memory, "seen">): boolean {
  return seen.length < kept;
}

/**
 * When the commit was met first, which is now if it was not.
 * @param isWatched this process knows the subject from before
 */
export function firstSeen(memory: Memory, headSha: string, now: Date, isWatched: boolean): Memory["seen"][number] {
  const known = memory.seen.find((entry) => entry.headSha === headSha);
  if (known) return known;
  // Of what was there before anything was remembered nobody knows who wrote on it; neither once the oldest were forgotten.
  if (isWatched && memory.seen.length > 0 && remembersAllHeads(memory)) memory.unchecked = headSha;
  const entry = { headSha, at: now.toISOString(), watched: isWatched && remembersAllHeads(memory) };
  memory.seen.push(entry);
  return entry;
}

/** What a person saw at that time. */
export function shownAt({ shown }: Pick<Memory, "shown">, at: string): Memory["shown"][number] | undefined {
  // GitHub's times have whole seconds: of what came in the same one nobody knows whether it was seen.
  const second = Math.floor(Date.parse(at) / 1_000) * 1_000;
  const before = shown.filter((entry) => Date.parse(entry.at) <= second);
  const sure = before.filter((entry) => Date.parse(entry.at) < second);
  return (sure.length > 0 ? sure : before).at(-1);
}
