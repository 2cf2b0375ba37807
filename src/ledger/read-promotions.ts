import type { Contents } from "../github/contents.ts";
import { ledgerBranch } from "./ledger.ts";
import { type PromotionRecord, parsePromotion, promotionPaths } from "./promotion-record.ts";

/** A stage's tag, and the commit that it is on. */
export interface PromotedTag {
  model: string;
  stage: string;
  tag: string;
  commit: string;
}

export interface ReadPromotions {
  /** By the stage's tag. */
  records: ReadonlyMap<string, PromotionRecord>;
  /** Files that say nothing of their tag, and why: a sentence each. */
  ignored: readonly string[];
}

/** Records are read so many at a time. */
const together = 8;

/** What the ledger says of the stages' tags: an index for people, which whoever can push can write into. */
export async function readPromotions(contents: Contents, tags: readonly PromotedTag[]): Promise<ReadPromotions> {
  const there = new Set(await contents.list("promotions", ledgerBranch));
  const places = tags.flatMap((tag) => {
    const paths = promotionPaths({ ...tag, stageTag: tag.tag }).filter((path) => there.has(path));
    return paths.length > 0 ? [{ ...tag, paths }] : [];
  });
  const records = new Map<string, PromotionRecord>();
  const ignored: string[] = [];
  for (let at = 0; at < places.length; at += together)
    await Promise.all(
      places.slice(at, at + together).map(async ({ paths, tag, commit }) => {
        const read = await Promise.all(paths.map((path) => contents.peek(path, ledgerBranch)));
        const own = read
          .map((file) => parsePromotion(file?.bytes))
          .find((found) => found?.stageTag === tag && found.commit === commit);
        if (own) records.set(tag, own);
        else ignored.push(`${paths[0]} on branch ${ledgerBranch} is not the record of ${tag}.`);
      }),
    );
  return { records, ignored: ignored.toSorted() };
}
