import * as z from "zod/mini";
import { english } from "../errors/english.ts";
import { UsageError } from "../errors/errors.ts";
import { digest } from "../evidence/digest-schema.ts";
import { isDeeperThan } from "../evidence/json-depth.ts";
import { duplicateKey } from "../evidence/json-duplicates.ts";
import { shaSchema } from "../github/ids.ts";
import { visible } from "../markdown/escape.ts";
import { breakGlassSchema } from "../registry/break-glass.ts";
import { maxNameCharacters } from "../spec/stage-name.ts";
import { type ReleaseFacts, shippedModel } from "./release-facts.ts";

const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));
/** What the grammar of tags takes, this takes. */
const name = text(maxNameCharacters);
const pullRequest = z.optional(z.int().check(z.gte(1)));

/** An annotated tag's object in git's own bytes: whoever has them computes its id. */
const maxTagObject = 64 * 1024;

/**
 * Counts what model card and ML-BOM say in other words than before: one more whenever the test of their words asks for it, so that
 * those of an earlier release are not held against today's words.
 */
export const papersEdition = 1;

const recordSchema = z.strictObject({
  schema: z.literal("assay.release/v1"),
  /** Edition of the papers' words. */
  papers: z.optional(z.int().check(z.gte(1))),
  /** Without a slash at its end: `https://github.com`. */
  serverUrl: z.optional(text(500).check(z.regex(/^https?:\/\/[^\s]*[^\s/]$/))),
  repository: text(200),
  model: name,
  version: name,
  /** That the release was made for: later ones leave it as it is. */
  stage: z.optional(name),
  tag: z.strictObject({
    name,
    object: shaSchema,
    commit: shaSchema,
    /** As `git cat-file tag` prints it; absent where that is no UTF-8. */
    content: z.optional(z.string().check(z.maxLength(maxTagObject))),
  }),
  inputHash: digest,
  resultDigest: digest,
  modelDigest: digest,
  trust: z.enum(["pull-request", "protected"]),
  /** That showed the result. */
  pullRequest,
  verdict: z.enum(["pass", "fail", "inconclusive"]),
  /** Version that was in use before. */
  follows: z.optional(name),
  /** Those that counted, oldest first. */
  approvals: z
    .array(z.strictObject({ by: text(100), headSha: shaSchema, at: z.iso.datetime(), via: text(50) }))
    .check(z.maxLength(100)),
  /** Files that are shipped whose format is refused otherwise, and why. */
  formatOverride: z.optional(z.strictObject({ paths: z.array(text(4_096)).check(z.maxLength(20_000)), reason: text(4_000) })),
  /** It came into the stage although judgement spoke against it, since two owners asked for that. */
  breakGlass: z.optional(breakGlassSchema),
});

/** What was decided when a version was released, for whoever has nothing but its files. */
export type ReleaseRecord = z.infer<typeof recordSchema>;

export interface TagObject {
  name: string;
  /** Id of the tag's object. */
  object: string;
  /** In git's own bytes. */
  content: Uint8Array;
}

/** The same facts are the same bytes. */
export function writeReleaseRecord(facts: ReleaseFacts, tag: TagObject, shownIn: number | undefined): string {
  const { serverUrl, repository, version, stage, commit, evidence, trust, verdict, predecessor, approvals } = facts;
  const { formatOverride, breakGlass } = facts;
  const record = {
    schema: "assay.release/v1",
    papers: papersEdition,
    ...{ serverUrl, repository, model: evidence.model, version, stage },
    tag: { name: tag.name, object: tag.object, commit, content: textOf(tag.content) },
    inputHash: evidence.inputHash,
    resultDigest: evidence.seal?.resultDigest,
    modelDigest: shippedModel(evidence)?.digest,
    trust,
    pullRequest: shownIn,
    verdict: verdict.outcome,
    follows: predecessor?.version,
    approvals: approvals.map(({ by, headSha, at, via }) => ({ by, headSha, at, via })),
    formatOverride: formatOverride && { paths: [...formatOverride.paths], reason: formatOverride.reason },
    breakGlass,
  };
  return `${JSON.stringify(z.parse(recordSchema, record, english), null, 1)}\n`;
}

/** @throws UsageError that says what is wrong with it */
export function parseReleaseRecord(json: string): ReleaseRecord {
  const parsed = recordSchema.safeParse(isDeeperThan(json, 10) ? undefined : parseJson(json), english);
  const twice = parsed.success ? duplicateKey(json) : undefined;
  if (twice !== undefined) throw new UsageError(`has the key ${JSON.stringify(visible(twice, 100))} twice`);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.length ? `${issue.path.join(".")}: ` : "";
  throw new UsageError(`not the record of a release as assay.release/v1 has it (${where}${issue?.message})`);
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    if (bytes.length <= maxTagObject) return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // Told by its absence.
  }
  return undefined;
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
