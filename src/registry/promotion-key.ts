import { canonicalJson, digestOf, shortDigest } from "../evidence/digest.ts";
import type { GitTag } from "../git/tags.ts";
import { visible } from "../markdown/escape.ts";
import { type BreakGlass, whoBrokeGlass } from "./break-glass.ts";
import { parseTagName } from "./tag-name.ts";

/** A version that comes into a stage. */
export interface Assignment {
  model: string;
  version: string;
  /** Of the version's tag. */
  tagObject: string;
  /** That it is at. */
  commit: string;
  stage: string;
}

/** What tells a promotion from every other one: the version's very tag, and what the stage was before. */
export function promotionKey(
  { model, version, tagObject, stage }: Omit<Assignment, "commit">,
  after: string | undefined,
): string {
  return shortDigest(digestOf(canonicalJson({ model, version, tagObject, stage, after: after ?? null })), 16);
}

const trailer = "Assay-Promotion: ";
const emergencyTrailer = "Break-glass: ";

/** The message of the stage's tag that a promotion makes. */
export function assignmentMessage(
  { model, version, stage }: Pick<Assignment, "model" | "version" | "stage">,
  key: string,
  breakGlass?: BreakGlass | undefined,
): string {
  // One line: a reason cannot look like the key of another promotion.
  const emergency = breakGlass ? `${emergencyTrailer}${visible(whoBrokeGlass(breakGlass), 2_000)}\n\n` : "";
  return `Promote ${model} ${version} to ${stage}\n\n${emergency}${trailer}${key}\n`;
}

/** What a stage's tag says of the promotion that made it; undefined of one that says nothing of any. */
export function keyInMessage(message: string | undefined): string | undefined {
  return after(trailer, message);
}

/** Who had it made in an emergency and why, as a stage's tag says it. */
export function breakGlassInMessage(message: string): string | undefined {
  return after(emergencyTrailer, message);
}

function after(start: string, message: string | undefined): string | undefined {
  const line = message?.split("\n").find((text) => text.startsWith(start));
  return line?.slice(start.length).trim();
}

/**
 * The key of the promotion of that very version that made a stage's tag: what its message says counts only if it is the key that
 * such a promotion has. Anybody who knows the grammar can write it all the same, so it is no proof: the promotion's deployment is.
 * @param names of the model's tags
 * @returns undefined of a tag that a person made, and of another version's
 */
export function keyOfStageTag(
  { name, commit, message }: Pick<GitTag, "name" | "commit" | "message">,
  assignment: Assignment,
  names: readonly string[],
): string | undefined {
  const number = numberIn(name, assignment);
  const key = keyInMessage(message);
  if (number === undefined || key === undefined || commit !== assignment.commit) return undefined;
  const earlier = names.filter((other) => {
    const before = numberOf(other, assignment);
    return before !== undefined && before < number;
  });
  return [undefined, ...earlier].some((after) => promotionKey(assignment, after) === key) ? key : undefined;
}

function numberIn(name: string, of: Pick<Assignment, "model" | "stage">): bigint | undefined {
  return parseTagName(name)?.action === "assign" ? numberOf(name, of) : undefined;
}

/** Of a tag of that stage. */
function numberOf(name: string, { model, stage }: Pick<Assignment, "model" | "stage">): bigint | undefined {
  const parsed = parseTagName(name);
  if (parsed?.model !== model || !("stage" in parsed) || parsed.stage !== stage) return undefined;
  return BigInt(parsed.counter ?? 0);
}
