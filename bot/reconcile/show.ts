import { isDeepStrictEqual } from "node:util";
import type { CheckContent } from "../../src/github/checks.ts";
import type { GitHub } from "../../src/github/github.ts";
import { publishCheck } from "../../src/publishing/publish-check.ts";
import { publishComment } from "../../src/publishing/publish-comment.ts";
import { checkName, type RenderedCheck } from "../../src/report/check.ts";
import type { Context } from "./context.ts";
import type { Memory } from "./memory.ts";

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
  { effect }: Pick<Context, "effect">,
  github: GitHub,
  memory: Memory,
  save: () => Promise<void>,
  { headSha, of, check, detailsUrl, comment, results, mentions }: Shown,
): Promise<void> {
  const content: CheckContent = {
    ...check,
    name: checkName,
    headSha,
    externalId: `assay:verdict:${of}:${headSha}`,
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
