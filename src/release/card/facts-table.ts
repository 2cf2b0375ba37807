import { table } from "../../markdown/blocks.ts";
import { type Phrase, phraseToMarkdown } from "../../markdown/phrase.ts";

export type FactRow = readonly [label: string, value: Phrase];

/** Labels are ours; values may come from outside. */
export function factsTable(rows: readonly FactRow[]): string {
  return table(
    [{ title: "" }, { title: "" }],
    rows.map(([label, value]) => [label, phraseToMarkdown(value)]),
  );
}

/** Rows up to a number, and that there are more. */
export function limited<T>(all: readonly T[], most: number, what: string, write: (shown: readonly T[]) => string): string {
  const more = all.length - most;
  return `${write(all.slice(0, most))}${more > 0 ? `\n\nAnd ${more} more ${what}: the evidence has all.` : ""}`;
}
