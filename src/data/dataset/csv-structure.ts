import { UsageError } from "../../errors/errors.ts";
import { raggedRows } from "../csv.ts";
import { tableLimits } from "../table-request.ts";
import { createTextCheck } from "./text-check.ts";

/** What the bytes of a CSV file say of it. */
export interface CsvStructure {
  /** Without the header. */
  records: number;
  /** Whether a reader that knows no more than RFC 4180 reads it as `scanRecords` does. */
  isPlain: boolean;
}

export interface CsvScanner {
  /** @returns where in these bytes the last record ends of those that end in them, or 0 */
  feed(bytes: Buffer): number;
  /** @throws UsageError for what is wrong with records, the first few by line */
  finish(): CsvStructure;
  /** Where the record that was asked for begins, once it was read. */
  line(): number | undefined;
}

export interface CsvScanRequest {
  /** As messages name it. */
  file: string;
  delimiter: string;
  /** Of every record. */
  fields: number;
  maxRecordBytes: number;
  /** A record whose line is wanted, from 0 without the header. */
  record?: number | undefined;
}

const [ordinary, separator, lineFeed, carriageReturn, quote] = [0, 1, 2, 3, 4] as const;
const [fieldStart, afterBlanks, inField, inQuotes, afterQuote] = [0, 1, 2, 3, 4] as const;
const blank = 32;

/**
 * Checks a CSV file of any size byte by byte, by the rules of `scanRecords`: every record has as many fields as the header,
 * every quote is closed, the text is UTF-8.
 */
export function createCsvScanner({ file, delimiter, fields: expected, maxRecordBytes, record }: CsvScanRequest): CsvScanner {
  const kinds = new Uint8Array(256);
  kinds[delimiter.charCodeAt(0)] = separator;
  kinds[10] = lineFeed;
  kinds[13] = carriageReturn;
  kinds[34] = quote;

  const text = createTextCheck(file);
  /** Bytes before those that are fed now. */
  let offset = 0;
  let state: number = fieldStart;
  let fields = 0;
  let records = -1;
  let line = 1;
  let recordAt = 0;
  let recordLine = 1;
  let quoteLine = 1;
  let returnAt = -2;
  let isPlain = true;
  let wantedLine: number | undefined;
  const ends = { lineFeeds: 0, returns: 0, both: 0 };
  const ragged = { count: 0, shown: [] as string[] };

  /** Only few bytes are of any meaning inside a value. */
  function nextOther(bytes: Buffer, from: number): number {
    let at = from;
    while (at < bytes.length && kinds[bytes[at] as number] === ordinary) at++;
    return at;
  }

  function endRecord() {
    fields++;
    if (fields !== expected && ragged.count++ < tableLimits.shownProblems) ragged.shown.push(`line ${recordLine} has ${fields}`);
    if (records === record) wantedLine ??= recordLine;
    records++;
    fields = 0;
    state = fieldStart;
  }

  function endLine(at: number) {
    if (state !== fieldStart || fields > 0) endRecord();
    else if (records < 0 || expected === 1) isPlain = false;
    checkLength(at);
    line++;
    recordAt = at + 1;
    recordLine = line;
  }

  function checkLength(end: number) {
    if (end - recordAt <= maxRecordBytes) return;
    throw new UsageError(
      state === inQuotes
        ? `${file}:${quoteLine}: a quoted value is not closed within ${maxRecordBytes} bytes. Close it with ", or write a quote inside as "".`
        : `${file}:${recordLine}: the line is longer than ${maxRecordBytes} bytes, the most that can be read.`,
    );
  }

  return {
    feed(bytes) {
      text.add(bytes);
      let lastEnd = 0;
      const hasMark = offset === 0 && bytes.length > 2 && bytes.readUIntBE(0, 3) === 0xefbbbf;
      for (let at = hasMark ? 3 : 0; at < bytes.length; at++) {
        if (state === inField) {
          at = nextOther(bytes, at);
          if (at === bytes.length) break;
        }
        const kind = kinds[bytes[at] as number];
        if (state === inQuotes) {
          if (kind === quote) state = afterQuote;
          else if (kind === carriageReturn) {
            line++;
            returnAt = offset + at;
          } else if (kind === lineFeed && returnAt !== offset + at - 1) line++;
          continue;
        }
        if (kind === quote) {
          if (state === fieldStart) quoteLine = line;
          // Some readers take `  "a"` for a quoted value.
          if (state === afterBlanks) isPlain = false;
          state = state === fieldStart || state === afterQuote ? inQuotes : inField;
          continue;
        }
        if (kind === ordinary) {
          if (state === afterQuote)
            throw new UsageError(
              `${file}:${quoteLine}: text follows a closing quote. Write a quote inside a quoted value as "".`,
            );
          state = bytes[at] === blank ? afterBlanks : inField;
          continue;
        }
        if (kind === separator) {
          fields++;
          state = fieldStart;
          continue;
        }
        lastEnd = at + 1;
        if (kind === carriageReturn) {
          ends.returns++;
          returnAt = offset + at;
          endLine(offset + at);
        } else if (returnAt === offset + at - 1) {
          ends.returns--;
          ends.both++;
          recordAt++;
        } else {
          ends.lineFeeds++;
          endLine(offset + at);
        }
      }
      offset += bytes.length;
      checkLength(offset);
      return lastEnd;
    },
    finish() {
      if (state === inQuotes)
        throw new UsageError(
          `${file}:${quoteLine}: a quoted value is never closed. Close it with ", or write a quote inside as "".`,
        );
      text.finish();
      if (state !== fieldStart || fields > 0) endRecord();
      if (ragged.count > 0) throw raggedRows(file, expected, delimiter, ragged);
      const { lineFeeds, returns, both } = ends;
      const isMixed = [lineFeeds, returns, both].filter((count) => count > 0).length > 1;
      return { records, isPlain: isPlain && !isMixed };
    },
    line: () => wantedLine,
  };
}
