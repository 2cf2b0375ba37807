import * as z from "zod/mini";
import { english } from "../errors/english.ts";
import { UsageError } from "../errors/errors.ts";
import { digest } from "../evidence/digest-schema.ts";
import type { Contents } from "../github/contents.ts";
import { shaSchema } from "../github/ids.ts";
import { breakGlassSchema } from "../registry/break-glass.ts";
import { parseTagName } from "../registry/tag-name.ts";
import { maxNameCharacters } from "../spec/stage-name.ts";
import { appendRecord } from "./append.ts";
import { ledgerBranch } from "./ledger.ts";

const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));
/** What the grammar of tags takes, this takes. */
const name = text(maxNameCharacters);

/** That a version came into a stage, and on what grounds. An index for people and pages: tags, releases and runs are what counts. */
const promotionSchema = z.strictObject({
  schema: z.literal("assay.promotion/v1"),
  model: name,
  version: name,
  /** Annotated tag of the version, and the id of its object. */
  tag: name,
  tagObject: shaSchema,
  commit: shaSchema,
  stage: name,
  /** Annotated tag that assigned it. */
  stageTag: name,
  /** Of the promotion: the deployment and the stage's tag have it too. */
  key: text(100),
  /** Digest of the release's `SHA256SUMS`. */
  sums: digest,
  inputHash: z.optional(digest),
  resultDigest: z.optional(digest),
  approvedBy: z.array(text(100)).check(z.maxLength(100)),
  /** The stage went back to a version that it had before, which was proven then. */
  rollback: z.optional(z.literal(true)),
  /** Judgement spoke against it, and two owners asked for it all the same. */
  breakGlass: z.optional(breakGlassSchema),
  at: z.iso.datetime(),
});
export type PromotionRecord = z.infer<typeof promotionSchema>;

/**
 * How many files may have a promotion's name: one that somebody pushed there does not keep it from being recorded. Where all of them
 * were pushed by somebody, the promotion stands and says that it is not recorded.
 */
const maxRecordsOfPromotion = 5;

/**
 * `promotions/<model>/<stage>-<number of the stage's tag>.json`, and `…-2.json` and so on where somebody else put a file: where the
 * promotion that made the tag can be recorded, in this order. None where the tag has no number.
 */
export function promotionPaths({
  model,
  stage,
  stageTag,
}: Pick<PromotionRecord, "model" | "stage" | "stageTag">): readonly string[] {
  const counter = parseTagName(stageTag)?.counter;
  if (counter === undefined) return [];
  const path = `promotions/${model.replaceAll(":", "/")}/${stage.replaceAll("/", "-")}-${counter}`;
  return Array.from({ length: maxRecordsOfPromotion }, (_, index) => `${path}${index === 0 ? "" : `-${index + 1}`}.json`);
}

const maxBytes = 64 * 1024;

/** Appends with one commit; nothing happens when the promotion is recorded already. */
export async function recordPromotion(contents: Contents, record: PromotionRecord): Promise<void> {
  const { model, version, stage, stageTag, key } = record;
  const paths = promotionPaths(record);
  if (paths.length === 0) throw new UsageError(`${JSON.stringify(stageTag)} is no tag of a stage with a number.`);
  await appendRecord(contents, {
    content: `${JSON.stringify(z.parse(promotionSchema, record, english), null, 1)}\n`,
    message: `Promote ${model} ${version} to ${stage}`,
    what: `record of ${model} ${version} in ${stage}`,
    async place() {
      for (const path of paths) {
        const found = await contents.peek(path, ledgerBranch);
        if (!found) return path;
        const there = parsePromotion(found.bytes);
        if (there?.key === key && there.stageTag === stageTag) return undefined;
      }
      throw new UsageError(
        `Branch ${ledgerBranch} has ${paths.length} files in the place of the record of ${stageTag}, ${paths[0]} and on, and none is it. Look who put them there.`,
      );
    },
  });
}

/** @returns undefined where it is no record */
export function parsePromotion(bytes: Uint8Array | undefined): PromotionRecord | undefined {
  try {
    if (!bytes || bytes.length > maxBytes) return undefined;
    const parsed = promotionSchema.safeParse(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)), english);
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
