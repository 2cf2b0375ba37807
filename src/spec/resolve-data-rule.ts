import type { DataRule, RuleTerms } from "./data-rule.ts";
import { shareOf } from "./gate-schema.ts";
import { normalised } from "./paths.ts";
import type { AuthoredModel } from "./schema.ts";
import { daysOf } from "./values.ts";

type WrittenRule = NonNullable<NonNullable<AuthoredModel["data"]>["rules"]>[number];

/** A rule for each thing that a written one asks. */
export function resolveRule(written: WrittenRule, position: DataRule["position"]): DataRule[] {
  const table = written.table === undefined ? undefined : normalised(written.table);
  return termsOf(written).map((terms) => ({ position, severity: written.severity ?? "error", table, ...terms }));
}

function termsOf(written: WrittenRule): RuleTerms[] {
  const { column, min, max, matches, missing, type, unique, rows, references, fresh, sql, name } = written;
  const terms: (RuleTerms | undefined)[] = [
    unique && { kind: "unique", columns: unique },
    rows?.["at-least"] === undefined ? undefined : { kind: "at-least", rows: rows["at-least"] },
    rows?.["at-most"] === undefined ? undefined : { kind: "at-most", rows: rows["at-most"] },
    references && { kind: "references", column: references.column, other: normalised(references.table), key: references.key },
    fresh && { kind: "fresh", column: fresh.column, days: daysOf(fresh.within) },
    sql === undefined ? undefined : { kind: "sql", name: name ?? "", expression: sql },
  ];
  if (column !== undefined)
    terms.push(
      type && { kind: "type", column, type },
      missing === undefined
        ? undefined
        : { kind: "missing", column, share: typeof missing === "number" ? missing : shareOf(missing) },
      min === undefined ? undefined : { kind: "min", column, bound: min },
      max === undefined ? undefined : { kind: "max", column, bound: max },
      written.in && {
        kind: "in",
        column,
        values: [...new Set(written.in.map((value) => (typeof value === "boolean" ? String(value) : value)))],
      },
      matches === undefined ? undefined : { kind: "matches", column, pattern: matches },
    );
  return terms.filter((term) => term !== undefined);
}
