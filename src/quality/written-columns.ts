import type { DataRule } from "../spec/data-rule.ts";

/** Columns that rules look at as they stand in the file, by which table they are of: that of the rule, or one that it looks values up in. */
export function writtenColumns(rules: readonly DataRule[]): {
  own: ReadonlySet<string>;
  of: (path: string) => ReadonlySet<string>;
} {
  const own = rules.flatMap((rule) => {
    if (rule.kind === "unique") return rule.columns;
    return rule.kind === "matches" || rule.kind === "in" || rule.kind === "references" ? [rule.column] : [];
  });
  const keys = rules.filter((rule) => rule.kind === "references");
  return { own: new Set(own), of: (path) => new Set(keys.filter(({ other }) => other === path).map(({ key }) => key)) };
}
