import { UsageError } from "../errors/errors.ts";
import { createColumnBuilder } from "./column-builder.ts";
import { type Position, scanRecords } from "./csv-records.ts";
import type { Column, Table } from "./table.ts";
import { selectColumns, type TableRequest, tableLimits, tooManyRows } from "./table-request.ts";

/**
 * Reads a CSV text strictly, since a row that is lost or shifted without a word would change a verdict: every row has the
 * header's number of fields and every quote is closed. Blank lines are skipped.
 * @param delimiter undefined: whichever of `,` `;` tab `|` is most frequent in the header, outside quotes
 */
export function readCsv(text: string, delimiter: string | undefined, request: TableRequest): Table {
  const { separator, ...header } = readHeader(text, delimiter, request.file);
  const wanted = selectColumns(header.names, request);

  const first = readColumns(wanted, (name) => request.text.has(name));
  const unread = wanted.filter((_, index) => first.columns[index] === "read again as text");
  if (unread.length === 0) return tableOf(first.rows, first.columns);
  // Columns that begin like numbers and then turn out to be text.
  const texts = readColumns(unread, () => true).columns;
  const columns = first.columns.map((column, index) =>
    column === "read again as text" ? texts[unread.indexOf(wanted[index] ?? -1)] : column,
  );
  return tableOf(first.rows, columns);

  function readColumns(indexes: readonly number[], asText: (name: string) => boolean) {
    const builders = header.names.map((name, index) =>
      indexes.includes(index) ? createColumnBuilder(name, asText(name)) : undefined,
    );
    const ragged: { count: number; shown: string[] } = { count: 0, shown: [] };
    let rows = 0;
    scanRecords(text, header.end, separator, request.file, {
      field: (column, value) => builders[column]?.add(value()),
      record(fields, line) {
        if (fields !== builders.length) {
          if (ragged.count++ < tableLimits.shownProblems) ragged.shown.push(`line ${line} has ${fields}`);
        } else if (++rows > request.maxRows) throw tooManyRows(request);
        return "continue";
      },
    });
    if (ragged.count > 0) throw raggedRows(request.file, builders.length, separator, ragged);
    return { rows, columns: indexes.map((index) => builders[index]?.build()) };
  }
}

/** Of a text that may go on after its first record. */
export function readHeader(text: string, delimiter: string | undefined, file: string) {
  const start: Position = { at: text.startsWith("\uFEFF") ? 1 : 0, line: 1 };
  const separator = delimiter ?? guessDelimiter(text.slice(start.at));
  const names: string[] = [];
  const end = scanRecords(text, start, separator, file, {
    field: (_, value) => names.push(value()),
    record: () => "stop",
  });
  if (names.length === 0) throw new UsageError(`${file} holds nothing but blank lines; a line of column names was expected.`);
  refuseOtherDelimiter(names, delimiter, file);
  return { names, separator, end };
}

/** What would be read as a table of one column, and is none. */
function refuseOtherDelimiter([first = "", ...more]: readonly string[], delimiter: string | undefined, file: string): void {
  if (/^sep=.?$/i.test(first))
    throw new UsageError(
      `${file}:1: ${JSON.stringify(first)} is a line for Excel and no column. Remove it: the separator is found without.`,
    );
  const other = guessDelimiter(first);
  if (delimiter === "\t" && more.length === 0 && first.includes(other))
    throw new UsageError(
      `${file}:1: the first line has no tab, and ${JSON.stringify(other)} between names. Call the file .csv, or separate its values by tabs.`,
    );
}

function guessDelimiter(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]/) + 1 || undefined).replaceAll(/"[^"]*"/g, "");
  const counts = [",", ";", "\t", "|"].map((delimiter) => [delimiter, header.split(delimiter).length] as const);
  return counts.reduce((best, next) => (next[1] > best[1] ? next : best), [",", 0] as const)[0];
}

function tableOf(rows: number, columns: readonly (Column | "read again as text" | undefined)[]): Table {
  return { rows, columns: columns.filter((column) => column !== undefined && column !== "read again as text") };
}

/** @param shown `line 3 has 1`, of the first few */
export function raggedRows(
  file: string,
  expected: number,
  separator: string,
  { count, shown }: { count: number; shown: readonly string[] },
): UsageError {
  const more = count > shown.length ? ` and ${count - shown.length} more lines differ` : "";
  return new UsageError(
    `${file}: every line must have ${expected} field${expected === 1 ? "" : "s"}, like the header, but ${shown.join(", ")}${more}. ` +
      `Separate values by ${separator === "\t" ? "a tab" : JSON.stringify(separator)} as the header does, and quote values that hold it or a line break.`,
  );
}
