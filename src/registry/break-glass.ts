import * as z from "zod/mini";
import { visible } from "../markdown/escape.ts";

const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));

/** Of a reason: what a person writes in a line. */
export const maxBreakGlassReason = 500;
/** Of what was gone around. */
const maxAround = 50;
const maxAroundText = 1_000;

const askedBySchema = z.strictObject({
  by: text(100),
  /** Id of their comment. */
  comment: z.int().check(z.gte(1)),
  at: z.iso.datetime(),
  reason: text(maxBreakGlassReason),
});

/** As releases, deployments and the ledger keep it. */
export const breakGlassSchema = z.strictObject({
  /** Number of the issue or pull request where it was asked for. */
  issue: z.int().check(z.gte(1)),
  /** Two owners of the model, the one who asked first first. */
  askedBy: z.array(askedBySchema).check(
    z.length(2),
    z.refine(
      ([first, second]) => first?.by.toLowerCase() !== second?.by.toLowerCase(),
      "one person asked twice, and two owners have to",
    ),
  ),
  /** What spoke against the promotion, a sentence each. */
  around: z.array(text(maxAroundText)).check(z.minLength(1), z.maxLength(maxAround)),
});

/** That a version came into a stage although judgement spoke against it: two owners asked for it, each with a reason. */
export type BreakGlass = z.infer<typeof breakGlassSchema>;
export type BreakGlassAsker = BreakGlass["askedBy"][number];

/** Of a deployment's payload, which can only hold texts. */
export function breakGlassIn(json: unknown): BreakGlass | undefined {
  try {
    return typeof json === "string" ? breakGlassSchema.parse(JSON.parse(json)) : undefined;
  } catch {
    return undefined;
  }
}

/** @param around what spoke against it */
export function brokenGlass(issue: number, askedBy: readonly BreakGlassAsker[], around: readonly string[]): BreakGlass {
  const cut = (reason: string) => (reason.length > maxAroundText ? `${reason.slice(0, maxAroundText - 1)}…` : reason);
  const more = around.length - maxAround;
  const told = more > 0 ? [...around.slice(0, maxAround - 1), `${more + 1} more reasons.`] : around;
  return { issue, askedBy: [...askedBy], around: told.map(cut) };
}

/** A clause of plain text, as long as two reasons can be. */
export function whoBrokeGlass({ issue, askedBy }: Pick<BreakGlass, "issue" | "askedBy">): string {
  return `${askedBy.map(({ by, reason }) => `@${by} (“${reason}”)`).join(" and ")} asked for it in #${issue}`;
}

/** As people write it: `57`. */
export function isIssueNumber(text: string): boolean {
  return /^[1-9]\d{0,8}$/.test(text);
}

/** What two owners ask for: this very tag and result in this stage. */
export interface BreakGlassSubject {
  /** The version's: `fraud@v1.2.0`. */
  tag: string;
  /** Id of its object. */
  tagObject: string;
  resultDigest: string;
  stage: string;
}

const command = "/assay break-glass";
/** Of the result's digest: unlike a tag's object nobody can make another one that begins alike, since a run that counts made it. */
const resultDigits = 12;
/** In the place of a reason, in the line that is printed to be copied. */
const placeholder = "<why>";

/** The first line of the comment that each of the two writes. */
export function breakGlassLine({ tag, tagObject, resultDigest, stage }: BreakGlassSubject, reason = placeholder): string {
  return `${command} ${tag} to ${stage}, tag ${tagObject}, result ${shortResult(resultDigest)}: ${reason}`;
}

export type AskedInComment =
  /** The comment asks for nothing. */
  | { kind: "none" }
  /** Somebody meant it: why it does not count, a clause. */
  | { kind: "other"; why: string }
  | { kind: "asked"; reason: string };

/** A promotion reads it, nobody else. */
export function looksLikeBreakGlass(line: string): boolean {
  return line.trimStart().startsWith(command);
}

/** Whether the first line of a comment asks for that. What is copied from a page can have marks in it that nobody sees. */
export function askedInComment(body: string, subject: BreakGlassSubject): AskedInComment {
  const [first = ""] = body
    .slice(0, maxBody)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "");
  const line = first.replaceAll("\u200b", "").trim();
  if (!looksLikeBreakGlass(line)) return { kind: "none" };
  const [, tag, stage, tagObject, result, said = ""] = grammar.exec(line) ?? [];
  if (tag === undefined) return { kind: "other", why: "the line is not the one that is printed here" };
  if (tag !== subject.tag) return { kind: "other", why: `it is about ${visible(tag, maxTold)}` };
  if (stage !== subject.stage) return { kind: "other", why: `it is about ${visible(stage ?? "", maxTold)}` };
  if (tagObject !== subject.tagObject)
    return {
      kind: "other",
      why: `it is about tag ${tagObject?.slice(0, 12)}…, and ${tag} is ${subject.tagObject.slice(0, 12)}…`,
    };
  if (result !== shortResult(subject.resultDigest))
    return { kind: "other", why: `it is about result ${result}, and it is ${shortResult(subject.resultDigest)}` };
  const reason = visible(said, maxBreakGlassReason + 1);
  if (reason === "" || reason === placeholder) return { kind: "other", why: "it has no reason" };
  if (reason.length > maxBreakGlassReason)
    return { kind: "other", why: `its reason has more than ${maxBreakGlassReason} characters` };
  return { kind: "asked", reason };
}

const maxBody = 10_000;
const maxTold = 100;
const grammar = /^\/assay break-glass (\S{1,1000}) to (\S{1,1000}), tag ([0-9a-f]{40,64}), result ([0-9a-f]{12}):(.*)$/;

function shortResult(digest: string): string {
  return digest.replace(/^sha256:/, "").slice(0, resultDigits);
}
