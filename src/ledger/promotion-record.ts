import * as z from "zod/mini";
import { english } from "../errors/english.ts";
import { UsageError } from "../errors/errors.ts";
import { digest } from "../evidence/digest-schema.ts";
import type { Contents } from "../github/contents.ts";
import { shaSchema } from "../github/ids.ts";
import { parseTagName } from "../registry/tag-name.ts";
import { appendRecord } from "./append.ts";
import { ledgerBranch } from "./ledger.ts";

const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));

/** That a version came into a stage, and on what grounds. An index for people and pages: tags, releases and runs are what counts. */
const promotionSchema = z.strictObject({
  schema: z.literal("assay.promotion/v1"),
  model: text(200),
  version: text(200),
  /** Annotated tag of the version, and the id of its object. */
  tag: text(1_000),
  tagObject: shaSchema,
  commit: shaSchema,
  stage: text(100),
  /** Annotated tag that assigned it. */
  stageTag: text(1_000),
  /** Of the promotion: release, deployment and tag have it too. */
  key: text(100),
  inputHash: z.optional(digest),
  resultDigest: z.optional(digest),
  approvedBy: z.array(text(100)).check(z.maxLength(100)),
  /** The stage went back to a version that it had before, which was proven then. */
  rollback: z.optional(z.literal(true)),
  at: z.iso.datetime(),
});
export type PromotionRecord = z.infer<typeof promotionSchema>;

/** `promotions/<model>/<stage>-<number of the stage's tag>.json`. */
function promotionPath({ model, stage, stageTag }: PromotionRecord): string {
  const counter = parseTagName(stageTag)?.counter;
  if (counter === undefined) throw new UsageError(`${JSON.stringify(stageTag)} is no tag of a stage with a number.`);
  return `promotions/${model.replaceAll(":", "/")}/${stage.replaceAll("/", "-")}-${counter}.json`;
}

const maxBytes = 64 * 1024;

/** Appends with one commit; nothing happens when the promotion is recorded already. */
export async function recordPromotion(contents: Contents, record: PromotionRecord): Promise<void> {
  const { model, version, stage, key } = record;
  const path = promotionPath(record);
  await appendRecord(contents, {
    content: `${JSON.stringify(z.parse(promotionSchema, record, english), null, 1)}\n`,
    message: `Promote ${model} ${version} to ${stage}`,
    what: `record of ${model} ${version} in ${stage}`,
    async place() {
      const found = await contents.peek(path, ledgerBranch);
      if (!found) return path;
      if (parsePromotion(found.bytes, path).key === key) return undefined;
      throw new UsageError(
        `${path} on branch ${ledgerBranch} is the record of another promotion. Remove it, then promote again.`,
      );
    },
  });
}

function parsePromotion(bytes: Uint8Array | undefined, path: string): PromotionRecord {
  try {
    if (bytes && bytes.length <= maxBytes)
      return z.parse(promotionSchema, JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)), english);
  } catch {
    // Said below.
  }
  throw new UsageError(`${path} on branch ${ledgerBranch} is no record of a promotion. Remove it, then promote again.`);
}
