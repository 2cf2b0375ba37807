import type { ColumnProfile, Profile } from "../data/profile.ts";
import type { RuleTerms } from "../spec/data-rule.ts";

const fewestRows = 20;
const mostValues = 20;
/** Values of a list that may be complete are all there often enough. */
const rowsPerValue = 5;

/**
 * Rules that a table keeps and that probably hold of later ones too: what columns hold, natural bounds, sets of few values, how
 * much may be missing, what names rows. Bounds that only this table happens to have are no rules.
 * @param ids columns that name rows
 */
export function suggestRules(profile: Profile, ids: ReadonlySet<string>): RuleTerms[] {
  const { rows, columns } = profile;
  if (rows < fewestRows) return [];
  return [
    { kind: "at-least", rows: rounded(rows / 2) },
    ...[...ids].map((name): RuleTerms => ({ kind: "unique", columns: [name] })),
    ...columns.flatMap((column) => (column.missing === rows ? [] : suggestForColumn(column, rows))),
  ];
}

function suggestForColumn(column: ColumnProfile, rows: number): RuleTerms[] {
  const { name, missing } = column;
  return [...suggestValues(column, rows), { kind: "missing", column: name, share: sharesAbove(missing / rows) }].filter(
    (rule): rule is RuleTerms => rule.kind !== "missing" || ("share" in rule && rule.share < 0.5),
  );
}

function suggestValues(column: ColumnProfile, rows: number): RuleTerms[] {
  const { name } = column;
  switch (column.type) {
    case "boolean":
    case "time":
      return [{ kind: "type", column: name, type: column.type }];
    case "text":
      return [];
    case "category": {
      const values = column.counts.values.map(({ value }) => value);
      const isSet = column.counts.others.count === 0 && values.length <= mostValues && rows >= values.length * rowsPerValue;
      return isSet ? [{ kind: "in", column: name, values: values.toSorted() }] : [];
    }
    case "number": {
      const { knots } = column.distribution;
      const [least = 0, greatest = 0] = [knots[0], knots.at(-1)];
      const isWhole = knots.every(Number.isInteger) && column.infinite === 0;
      const bounds: RuleTerms[] = least >= 0 ? [{ kind: "min", column: name, bound: 0 }] : [];
      if (least >= 0 && greatest <= 1 && greatest > 0) bounds.push({ kind: "max", column: name, bound: 1 });
      return [{ kind: "type", column: name, type: isWhole ? "integer" : "number" }, ...bounds];
    }
  }
}

/** 347 → 300: what is a round number anyway. */
function rounded(value: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))));
  return Math.max(1, Math.floor(value / unit) * unit);
}

/** The next of 0, 1, 2, 5, 10, 20 and 50% that leaves as much again. */
function sharesAbove(share: number): number {
  if (share === 0) return 0;
  return [0.01, 0.02, 0.05, 0.1, 0.2].find((limit) => limit >= 2 * share) ?? 0.5;
}
