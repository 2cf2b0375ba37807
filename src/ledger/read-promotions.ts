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
  /** Where each is on the branch. */
  paths: ReadonlyMap<string, string>;
  /** Files that say nothing of their tag, and why: a sentence each. */
  ignored: readonly string[];
}

/** Records are read so many at a time. */
const together = 8;

/**
 * What the ledger says of the stages' tags: an index for people, which whoever can push can write into.
 * @param at the branch, or a commit that it has
 */
export async function readPromotions(
  contents: Contents,
  tags: readonly PromotedTag[],
  at: string = ledgerBranch,
): Promise<ReadPromotions> {
  const there = new Set(await contents.list("promotions", at));
  const places = tags.flatMap((tag) => {
    const paths = promotionPaths({ ...tag, stageTag: tag.tag }).filter((path) => there.has(path));
    return paths.length > 0 ? [{ ...tag, paths }] : [];
  });
  const records = new Map<string, PromotionRecord>();
  const found = new Map<string, string>();
  const ignored: string[] = [];
  for (let first = 0; first < places.length; first += together)
    await Promise.all(
      places.slice(first, first + together).map(async ({ paths, tag, commit }) => {
        const read = await Promise.all(paths.map((path) => contents.peek(path, at)));
        const parsed = read.map((file) => parsePromotion(file?.bytes));
        const place = parsed.findIndex((record) => record?.stageTag === tag && record.commit === commit);
        const [own, path] = [parsed[place], paths[place]];
        if (own && path !== undefined) {
          records.set(tag, own);
          found.set(tag, path);
        } else ignored.push(`${paths[0]} on branch ${ledgerBranch} is not the record of ${tag}.`);
      }),
    );
  return { records, paths: found, ignored: ignored.toSorted() };
}
