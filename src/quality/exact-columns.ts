import type { ColumnProfile, Profile } from "../data/profile.ts";
import type { DataRule } from "../spec/data-rule.ts";

/** Whole numbers beyond this are not told apart when they are read as numbers; ids of 19 digits are such. */
const mostExact = Number.MAX_SAFE_INTEGER;

/** Columns of which rules tell every value apart and that numbers cannot hold: they have to be read as texts. */
export function columnsToReadAsText(profile: Profile, rules: readonly DataRule[], id: string | undefined): string[] {
  const named = rules.flatMap((rule) => {
    if (rule.kind === "unique") return rule.columns;
    return rule.kind === "references" ? [rule.column] : [];
  });
  const asked = new Set([...named, ...(id === undefined ? [] : [id])]);
  return profile.columns.filter((column) => asked.has(column.name) && isBeyond(column)).map(({ name }) => name);
}

function isBeyond(column: ColumnProfile): boolean {
  if (column.type !== "number") return false;
  const { knots } = column.distribution;
  return Math.max(-(knots[0] ?? 0), knots.at(-1) ?? 0) > mostExact;
}
