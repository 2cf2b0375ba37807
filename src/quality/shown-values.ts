import type { Profile } from "../data/profile.ts";

/** Values of so few kinds tell nothing of one row. */
const fewValues = 20;

export interface Privacy {
  /** Columns whose values may be shown. */
  public: readonly string[];
  /** Columns whose values are never shown because they are few. */
  sensitive: readonly string[];
}

/** Whether a column's values may be shown: it is public, or a category of few values and not sensitive. */
export function mayShow(profile: Profile, { public: open, sensitive }: Privacy): (column: string) => boolean {
  const shown = new Set(open);
  for (const column of profile.columns)
    if (
      (column.type === "category" || column.type === "boolean") &&
      column.counts.values.length <= fewValues &&
      !sensitive.includes(column.name)
    )
      shown.add(column.name);
  return (column) => shown.has(column);
}
