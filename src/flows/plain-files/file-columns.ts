import { columnOf } from "../../data/column-builder.ts";
import type { Column } from "../../data/table.ts";
import { quoted } from "../../data/table-request.ts";
import { UsageError } from "../../errors/errors.ts";
import type { PredictionsFile } from "../../scoring/predictions-file.ts";

/**
 * A column of a file of predictions in the order of the rows that are compared, as text. `category` also finds `doc.category`
 * where that is the only one.
 * @param ids of the rows
 * @returns undefined when the file has no such column
 * @throws UsageError when the name is ambiguous, or lines of one row differ
 */
export function alignedColumn(file: PredictionsFile, wanted: string, ids: readonly string[]): Column | undefined {
  const found = findByName(file, wanted);
  if (found === undefined) return undefined;
  const values =
    found.kind === "text" ? found.values : Array.from(found.values, (value) => (Number.isNaN(value) ? null : String(value)));
  const lineOf = new Map<string, number>();
  const lines = file.raw.ids ?? ids;
  for (const [line, id] of lines.entries()) {
    const first = lineOf.get(id);
    if (first === undefined) lineOf.set(id, line);
    else if (values[first] !== values[line])
      throw new UsageError(
        `${file.raw.source}: ${JSON.stringify(wanted)} says nothing of a row, since it differs between the lines of one: ` +
          `${quoted([id])} has ${quoted([values[first] ?? "", values[line] ?? ""])}. Name a column that is the same in all lines of an id.`,
      );
  }
  return { kind: "text", name: wanted, values: ids.map((id) => values[lineOf.get(id) ?? -1] ?? null) };
}

/** The same as numbers where all values are, as of weights. */
export function asNumbers(column: Column): Column {
  return column.kind === "text" ? columnOf(column.name, column.values, false) : column;
}

function findByName({ table, raw }: PredictionsFile, wanted: string): Column | undefined {
  const exact = table.columns.find(({ name }) => name === wanted) ?? table.columns.find(({ name }) => name === `doc.${wanted}`);
  if (exact) return exact;
  const [one, another] = table.columns.filter(({ name }) => name.endsWith(`.${wanted}`));
  if (another === undefined) return one;
  throw new UsageError(
    `${raw.source}: ${JSON.stringify(wanted)} may be ${quoted([one?.name ?? "", another.name])}. Write the whole name.`,
  );
}
