import { UsageError } from "../errors/errors.ts";
import { columnOf } from "./column-builder.ts";
import type { Table } from "./table.ts";
import { selectColumns, type TableRequest, tooManyRows } from "./table-request.ts";

/** Reads `[{"column": value, …}, …]`: an array of flat objects, one a row. A key that is absent or null is missing. */
export function readJson(text: string, request: TableRequest): Table {
  const rows = parse(text, request.file);
  if (!Array.isArray(rows))
    throw new UsageError(
      `${request.file} must be an array of objects, one a row, such as [{"a": 1}, {"a": 2}] (pandas: orient="records"). ` +
        "One object a line goes into a .jsonl file.",
    );
  return tableOf(rows, (index) => `row ${index + 1}`, request);
}

/** Reads one flat object a line. Blank lines are skipped. */
export function readJsonLines(text: string, request: TableRequest): Table {
  const rows: unknown[] = [];
  const lines: number[] = [];
  for (const { line, record } of recordsOf(text)) {
    rows.push(parse(record, request.file, line));
    lines.push(line);
    if (rows.length > request.maxRows) throw tooManyRows(request);
  }
  return tableOf(rows, (index) => `line ${lines[index]}`, request);
}

/** The lines of a JSON Lines text that are not blank, with their numbers from 1. */
export function* recordsOf(text: string): Generator<{ line: number; record: string }> {
  let line = 1;
  for (let at = text.startsWith("\uFEFF") ? 1 : 0; at < text.length; line++) {
    const end = text.indexOf("\n", at);
    const record = text.slice(at, end === -1 ? text.length : end);
    at = end === -1 ? text.length : end + 1;
    if (record.trim() !== "") yield { line, record };
  }
}

function tableOf(rows: readonly unknown[], place: (index: number) => string, request: TableRequest): Table {
  if (rows.length > request.maxRows) throw tooManyRows(request);
  const found = new Map<string, (string | null)[]>();
  rows.forEach((row, index) => {
    if (typeof row !== "object" || row === null || Array.isArray(row))
      throw new UsageError(`${request.file}, ${place(index)}: an object such as {"a": 1} was expected, one a row.`);
    for (const [name, value] of Object.entries(row)) {
      let values = found.get(name);
      if (!values) {
        values = new Array<string | null>(rows.length).fill(null);
        found.set(name, values);
      }
      values[index] = textOf(value);
    }
  });
  if (found.size === 0) throw new UsageError(`${request.file} holds no rows with columns.`);
  const columns = [...found];
  const wanted = selectColumns([...found.keys()], request);
  return {
    rows: rows.length,
    columns: wanted.flatMap((index) => {
      const column = columns[index];
      return column ? [columnOf(column[0], column[1], request.text.has(column[0]))] : [];
    }),
  };
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return value;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function parse(text: string, file: string, firstLine?: number): unknown {
  try {
    return JSON.parse(text, keepLongIntegers);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // V8 says where in most cases; the line of a JSON Lines file is known anyway.
    const position = /at position (\d+)/.exec(error.message)?.[1];
    const before = position === undefined ? "" : text.slice(0, Number(position));
    const line = position === undefined ? firstLine : (firstLine ?? 1) + before.split("\n").length - 1;
    throw new UsageError(
      `${file}${line === undefined ? "" : `:${line}`}: this is not valid JSON, or it ends too early. ` +
        "Missing numbers are null in JSON, not NaN.",
    );
  }
}

/** An id such as 12345678901234567890 is not a float64; its text is. */
function keepLongIntegers(this: unknown, _key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== "number" || !Number.isInteger(value) || Number.isSafeInteger(value)) return value;
  return context?.source ?? value;
}
