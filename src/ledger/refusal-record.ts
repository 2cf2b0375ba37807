import * as z from "zod/mini";
import { english } from "../errors/english.ts";
import { canonicalJson, digestOf, shortDigest } from "../evidence/digest.ts";
import type { Contents } from "../github/contents.ts";
import { shaSchema } from "../github/ids.ts";
import { maxNameCharacters } from "../spec/stage-name.ts";
import { appendRecord } from "./append.ts";
import { ledgerBranch } from "./ledger.ts";

const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));
/** What the grammar of tags takes, this takes. */
const name = text(maxNameCharacters);

/** That a tagged version did not come into a stage, and why. For people to read: nothing is decided by it. */
const refusalSchema = z.strictObject({
  schema: z.literal("assay.refusal/v1"),
  model: name,
  version: name,
  /** Annotated tag of the version, and the id of its object. */
  tag: name,
  tagObject: shaSchema,
  stage: name,
  rollback: z.optional(z.literal(true)),
  reasons: z.array(text(10_000)).check(z.minLength(1), z.maxLength(1_000)),
  /** Address of the run that refused it. */
  run: text(2_000),
  at: z.iso.datetime(),
});
export type RefusalRecord = z.infer<typeof refusalSchema>;

/** Appends with one commit; nothing happens when the same was refused for the same reasons before. */
export async function recordRefusal(contents: Contents, record: RefusalRecord): Promise<void> {
  const { model, version, stage, run, at, ...what } = record;
  const key = shortDigest(digestOf(canonicalJson({ model, version, stage, ...what })), 16);
  const path = `refusals/${model.replaceAll(":", "/")}/${version}/${stage.replaceAll("/", "-")}-${key}.json`;
  await appendRecord(contents, {
    content: `${JSON.stringify(z.parse(refusalSchema, record, english), null, 1)}\n`,
    message: `Refuse ${model} ${version} for ${stage}`,
    what: `refusal of ${model} ${version} for ${stage}`,
    place: async () => ((await contents.peek(path, ledgerBranch)) ? undefined : path),
  });
}
