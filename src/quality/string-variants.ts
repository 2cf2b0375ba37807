import type { ColumnProfile } from "../data/profile.ts";
import { severityOf } from "./check-facts.ts";
import { type Finding, quotedColumn, rowsInWords } from "./finding.ts";

/** Categories that differ only in case, blanks or how an accent is encoded: all but the most frequent spelling of each. */
export function checkStringVariants(column: ColumnProfile, rows: number, shown: (column: string) => boolean): Finding[] {
  if (column.type !== "category") return [];
  const spellings = new Map<string, { value: string; count: number }[]>();
  for (const spelling of column.counts.values) {
    const folded = fold(spelling.value);
    spellings.set(folded, [...(spellings.get(folded) ?? []), spelling]);
  }
  // The most frequent comes first. Nothing but blanks is another spelling of no value.
  const variants = [...spellings].flatMap(([folded, same]) => (folded === "" ? same : same.slice(1)));
  const count = variants.reduce((sum, variant) => sum + variant.count, 0);
  const severity = severityOf("string-variants", count / rows);
  if (severity === undefined) return [];
  const { name } = column;
  const examples = shown(name) ? `: ${inWords(spellings, variants)}` : "";
  return [
    {
      check: "string-variants",
      columns: [name],
      severity,
      measured: count / rows,
      rows: { count, of: rows },
      where: { is: "in", column: name, values: variants.map(({ value }) => value), areOfProfile: true },
      message: `${quotedColumn(name)} spells values in more than one way in ${rowsInWords(count, rows)}${examples}.`,
    },
  ];
}

function fold(value: string): string {
  return value.normalize("NFC").trim().replaceAll(/\s+/g, " ").toLowerCase();
}

const shownVariants = 3;

function inWords(spellings: ReadonlyMap<string, readonly { value: string }[]>, variants: readonly { value: string }[]): string {
  const examples = variants.slice(0, shownVariants).map(({ value }) => {
    const usual = spellings.get(fold(value))?.[0]?.value;
    return usual === undefined || usual === value
      ? JSON.stringify(value)
      : `${JSON.stringify(value)} for ${JSON.stringify(usual)}`;
  });
  return `${examples.join(", ")}${variants.length > shownVariants ? ` and ${variants.length - shownVariants} more` : ""}`;
}
