import { UsageError } from "../errors/errors.ts";

/** Where the reader is: index in the text, and the line from 1. */
export interface Position {
  at: number;
  line: number;
}

export interface RecordVisitor {
  /** The next field of the record that is being read; `value` extracts it. */
  field(column: number, value: () => string): void;
  /** A record with so many fields has ended; `line` is where it began. */
  record(fields: number, line: number): "continue" | "stop";
}

const lineFeed = 10;
const carriageReturn = 13;
const quote = 34;

/**
 * Reads the records of a CSV text by RFC 4180. Beyond the RFC: line ends may be LF, CRLF or CR, also mixed; blank lines are
 * no records; a quote inside an unquoted field stands for itself.
 * @returns where reading stopped
 */
export function scanRecords(text: string, start: Position, delimiter: string, file: string, visitor: RecordVisitor): Position {
  const separator = delimiter.charCodeAt(0);
  let { at, line } = start;
  let begin = 0;
  let end = 0;
  let hasEscapes = false;
  const value = () => (hasEscapes ? text.slice(begin, end).replaceAll('""', '"') : text.slice(begin, end));

  while (at < text.length) {
    const afterBlank = skipLineEnd(text, at);
    if (afterBlank !== at) {
      at = afterBlank;
      line++;
      continue;
    }
    const recordLine = line;
    let fields = 0;
    for (;;) {
      const fieldLine = line;
      if (text.charCodeAt(at) === quote) {
        begin = at + 1;
        end = text.indexOf('"', begin);
        hasEscapes = false;
        while (end !== -1 && text.charCodeAt(end + 1) === quote) {
          hasEscapes = true;
          end = text.indexOf('"', end + 2);
        }
        if (end === -1)
          throw new UsageError(
            `${file}:${line}: a quoted value is never closed. Close it with ", or write a quote inside as "".`,
          );
        line += countLineEnds(text, begin, end);
        at = end + 1;
      } else {
        begin = at;
        while (at < text.length && !endsField(text.charCodeAt(at), separator)) at++;
        end = at;
        hasEscapes = false;
      }
      visitor.field(fields++, value);
      if (at < text.length && text.charCodeAt(at) === separator) {
        at++;
        continue;
      }
      const next = skipLineEnd(text, at);
      if (next === at && at < text.length)
        throw new UsageError(`${file}:${fieldLine}: text follows a closing quote. Write a quote inside a quoted value as "".`);
      if (next !== at) line++;
      at = next;
      break;
    }
    if (visitor.record(fields, recordLine) === "stop") break;
  }
  return { at, line };
}

function endsField(code: number, separator: number): boolean {
  return code === separator || code === lineFeed || code === carriageReturn;
}

function skipLineEnd(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === lineFeed) return at + 1;
  if (code !== carriageReturn) return at;
  return text.charCodeAt(at + 1) === lineFeed ? at + 2 : at + 1;
}

function countLineEnds(text: string, begin: number, end: number): number {
  let count = 0;
  for (let at = begin; at < end; at++) {
    const after = skipLineEnd(text, at);
    if (after === at) continue;
    count++;
    at = after - 1;
  }
  return count;
}
