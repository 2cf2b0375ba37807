import { isDeepStrictEqual } from "node:util";
import type { CheckContent } from "../github/checks.ts";
import type { GitHub } from "../github/github.ts";
import { publishCheck } from "../publishing/publish-check.ts";
import { publishComment } from "../publishing/publish-comment.ts";
import { checkName, idOfVerdict, type RenderedCheck } from "../report/check.ts";

/** What was shown before, which is kept for the next time. */
export interface ShownBefore {
  /** Our comment as it was written last. */
  comment?: { id: number; body: string } | undefined;
  /** Our checks as they were written last, one a commit; `unsure`: about to be written anew, so nobody knows what it says. */
  checks: { headSha: string; id: number; content: CheckContent; unsure?: boolean | undefined }[];
  /** There was no comment at all, and nothing has begun to write one. */
  uncommented?: boolean | undefined;
  /** A head on which nothing has begun to write a check. */
  unchecked?: string | undefined;
  /** The last verdict that our comment had, and about which head. */
  verdict?: { headSha: string; body: string } | undefined;
  /** Heads that a verdict was shown about, since when, and with which results. */
  shown: { headSha: string; at: string; results: Record<string, string> }[];
  /** Owners whose approval was asked for by a mention, and on which head. */
  mentioned: { owner: string; headSha: string }[];
}

export interface Shown {
  headSha: string;
  /** The pull request's number, or `queue`: a commit can be judged as either. */
  of: string;
  check: RenderedCheck;
  detailsUrl: string | undefined;
  /** Undefined: nothing is to be said in the conversation. */
  comment: { number: number; marker: string; body: string } | undefined;
  /** Digests of the results that the comment shows, by model; undefined: it has no verdict about the head. */
  results: Readonly<Record<string, string>> | undefined;
  /** Owners that the comment mentions. */
  mentions: readonly string[];
}

/**
 * Makes GitHub show this, and remembers where: the check first, since it is what counts. What GitHub shows already is not written
 * again.
 */
export async function show(
  { effect }: { effect: (kind: "check" | "comment", effect: string) => void },
  github: GitHub,
  memory: ShownBefore,
  save: () => Promise<void>,
  { headSha, of, check, detailsUrl, comment, results, mentions }: Shown,
): Promise<void> {
  const content: CheckContent = {
    ...check,
    name: checkName,
    headSha,
    externalId: idOfVerdict(of, headSha),
    detailsUrl,
  };
  const stored = memory.checks.find((check) => check.headSha === headSha);
  const known = stored?.unsure ? undefined : stored;
  if (stored && !isDeepStrictEqual(stored.content, content)) stored.unsure = true;
  // From here on nobody knows whether the commit has one.
  const isNew = memory.unchecked === headSha;
  memory.unchecked = undefined;
  if (stored?.unsure || !stored) await save();
  const checked = await publishCheck(github, content, { known, isNew, exclusive: true });
  memory.checks = [...memory.checks.filter((other) => other !== stored), { headSha, id: checked.id, content }];
  if (checked.effect !== "unchanged") effect("check", checked.effect);
  if (!comment) return;
  const isFirst = memory.uncommented === true;
  if (isFirst) {
    memory.uncommented = false;
    await save();
  }
  const written = await publishComment(github, comment, { known: memory.comment, isNew: isFirst, exclusive: true });
  if (written.effect !== "unchanged") effect("comment", written.effect);
  memory.comment = { id: written.id, body: comment.body };
  const isKnown = (owner: string) => memory.mentioned.some((known) => known.owner === owner && known.headSha === headSha);
  memory.mentioned.push(...mentions.filter((owner) => !isKnown(owner)).map((owner) => ({ owner, headSha })));
  if (!results) return;
  memory.verdict = { headSha, body: comment.body };
  const last = memory.shown.at(-1);
  if (last?.headSha !== headSha || !isDeepStrictEqual(last.results, results))
    memory.shown.push({ headSha, at: written.updatedAt, results: { ...results } });
}
