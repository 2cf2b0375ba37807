import type { Phrase } from "./phrase.ts";

/** Whole commit ids in a text as code, from which they can be copied as they are. */
export function withCommits(text: string): Phrase {
  return text.split(/\b([0-9a-f]{40}(?:[0-9a-f]{24})?)\b/).map((part, index) => (index % 2 === 1 ? { code: part } : part));
}
