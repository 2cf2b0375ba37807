import { createHash } from "node:crypto";

/** `sha256:` followed by 64 hex digits. */
export type Digest = `sha256:${string}`;

export const digestPattern = /^sha256:[0-9a-f]{64}$/;

/** SHA-256 of bytes, or of a text's UTF-8 bytes. */
export function digestOf(content: string | Uint8Array): Digest {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}

/** The digest as people read it: its first `length` hex digits. */
export function shortDigest(digest: string, length = 12): string {
  return digest.replace(/^sha256:/, "").slice(0, length);
}

/** What JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** JSON with sorted keys and no white space: equal values have equal text. Undefined members are left out. */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const members = Object.entries(value)
    .filter((entry): entry is [string, Json] => entry[1] !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(",")}}`;
}

function isArray(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}
