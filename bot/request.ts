import { createHash } from "node:crypto";
import * as z from "zod/mini";
import { idSchema as id, shaSchema as sha } from "../src/github/ids.ts";

/** Whoever did something; what else a payload says of them is dropped. */
export const accountSchema = z.object({ id, login: z.string().check(z.minLength(1), z.maxLength(100)) });

export const buttons = ["retrain", "approve", "explain"] as const;

/**
 * What a person asked for on a pull request, or made of it that cannot be seen any more when it was undone. Comments and reviews are only named: what they say is read from GitHub when they are
 * answered. A click cannot be read again, so all of it is kept.
 */
export const requestSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("comment"), id }),
  z.strictObject({ kind: z.literal("review"), id }),
  z.strictObject({
    kind: z.literal("retarget"),
    /** The delivery's GUID. */
    id: z.string().check(z.minLength(1), z.maxLength(100)),
    /** The head that it had: what ran on it may have been another branch's workflow. */
    headSha: sha,
  }),
  z.strictObject({
    kind: z.literal("button"),
    /** The delivery's GUID. */
    id: z.string().check(z.minLength(1), z.maxLength(100)),
    button: z.enum(buttons),
    by: accountSchema,
    /** Commit of the check run whose button it was: what was shown. */
    headSha: sha,
    /** Digest of what that check run said. */
    said: z.optional(z.string().check(z.maxLength(100))),
    /** When the delivery came, which is late where it had to be sent again. */
    at: z.iso.datetime(),
  }),
]);
export type Request = z.infer<typeof requestSchema>;
/** To be answered. */
export type Question = Exclude<Request, { kind: "retarget" }>;

/** What a check says, by which one that was shown is told from another; GitHub changes line ends, and drops what is empty. */
export function digestOfCheck({
  title,
  summary,
  text,
}: Partial<Record<"title" | "summary" | "text", string | null | undefined>>) {
  const hash = createHash("sha256");
  for (const part of [title, summary, text]) hash.update(`${(part ?? "").replaceAll("\r\n", "\n").trim()}\0`);
  return hash.digest("hex");
}

/** Names the request among those of its pull request. */
export function requestKey({ kind, id: of }: Request): string {
  return `${kind}:${of}`;
}
