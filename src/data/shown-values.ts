import type { Profile } from "./profile.ts";

/** So few different values are as good as a list of options, which tells nothing of a single row: they may be shown of any column. */
export const mostShownValues = 20;

/** Whether a column's values may be shown: it is public, or a category of few values. */
export function mayShow({ columns }: Profile, open: readonly string[]): (column: string) => boolean {
  const shown = new Set(open);
  for (const column of columns)
    if ((column.type === "category" || column.type === "boolean") && column.counts.values.length <= mostShownValues)
      shown.add(column.name);
  return (column) => shown.has(column);
}
