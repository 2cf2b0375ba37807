import { UsageError } from "../../errors/errors.ts";
import { sqlText } from "../duckdb.ts";
import { readJson } from "../json.ts";
import { tableLimits } from "../table-request.ts";
import { bytesOf } from "./file-bytes.ts";
import type { LoadRequest } from "./load-request.ts";
import type { SourceFile } from "./source-files.ts";
import { createTextCheck } from "./text-check.ts";

/** Says in which line a JSON file is broken, which reading in parallel does not. */
export async function explainJson(error: unknown, file: SourceFile, request: LoadRequest): Promise<never> {
  const check = createTextCheck(file.name);
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of bytesOf(file, request.source.isCompressed, request.files, request.limits.bytes)) {
    if (bytes === 0 && part.length > 2 && part.readUIntBE(0, 3) === 0xefbbbf)
      throw new UsageError(
        `${file.name}:1: the file begins with a byte order mark, which JSON does not have. Save it as UTF-8 without one.`,
      );
    check.add(part);
    bytes += part.length;
    if (request.source.format === "json" && bytes <= tableLimits.textBytes) parts.push(part);
  }
  check.finish();
  if (request.source.format === "jsonl") await explainLines(file, request);
  else if (bytes <= tableLimits.textBytes)
    readJson(Buffer.concat(parts).toString("utf8"), {
      file: file.name,
      text: new Set(),
      columns: [],
      maxRows: Number.POSITIVE_INFINITY,
    });
  throw error;
}

async function explainLines(file: SourceFile, request: LoadRequest): Promise<void> {
  for await (const { line, record } of recordsOf(file, request)) {
    if (isJson(record)) continue;
    // DuckDB also takes NaN and Infinity, as Python writes them.
    const [[isBroken] = []] = await request.session.rows(`SELECT TRY_CAST(${sqlText(record)} AS JSON) IS NULL`);
    if (isBroken)
      throw new UsageError(`${file.name}:${line}: this is not valid JSON, or it ends too early. One object a line was expected.`);
  }
}

/** Line of a record, from 0, in a file with one record a line. */
export async function lineOfRecord(file: SourceFile, wanted: number, request: LoadRequest): Promise<number> {
  let index = 0;
  for await (const { line } of recordsOf(file, request)) if (index++ === wanted) return line;
  return wanted + 1;
}

/** The lines that are not blank. */
async function* recordsOf(
  file: SourceFile,
  { source, files, limits }: LoadRequest,
): AsyncGenerator<{ line: number; record: string }> {
  let begun: Buffer = Buffer.alloc(0);
  let line = 0;
  for await (const part of bytesOf(file, source.isCompressed, files, limits.bytes)) {
    const bytes = Buffer.concat([begun, part]);
    let at = 0;
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, at)) {
      line++;
      yield* present(line, bytes.subarray(at, end));
      at = end + 1;
    }
    begun = bytes.subarray(at);
    if (begun.length > limits.recordBytes)
      throw new UsageError(
        `${file.name}:${line + 1}: the line is longer than ${limits.recordBytes} bytes, the most that can be read.`,
      );
  }
  yield* present(line + 1, begun);
}

function* present(line: number, bytes: Buffer) {
  const record = bytes.toString("utf8");
  if (record.trim() !== "") yield { line, record };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
