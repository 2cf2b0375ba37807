import { UsageError } from "../../errors/errors.ts";
import { checkIsText, checkIsUtf8 } from "../text-file.ts";

/** Checks that what comes in pieces is UTF-8 text without zero bytes. */
export interface TextCheck {
  /** @throws UsageError with the line of what is not */
  add(bytes: Buffer): void;
  finish(): void;
}

export function createTextCheck(file: string): TextCheck {
  /** The begin of a line whose end has not come. */
  let begun: Buffer = Buffer.alloc(0);
  let line = 1;
  let isFirst = true;

  function check(lines: Buffer) {
    checkIsUtf8(lines, file, line);
    const zero = lines.indexOf(0);
    if (zero !== -1)
      throw new UsageError(`${file}:${line + linesIn(lines.subarray(0, zero))}: there is a zero byte, which is no text.`);
  }

  return {
    add(bytes) {
      if (isFirst) checkIsText(bytes, file);
      isFirst = false;
      const end = bytes.lastIndexOf(10) + 1;
      if (end === 0) {
        begun = Buffer.concat([begun, bytes]);
        return;
      }
      const lines = begun.length > 0 ? Buffer.concat([begun, bytes.subarray(0, end)]) : bytes.subarray(0, end);
      check(lines);
      line += linesIn(lines);
      begun = Buffer.from(bytes.subarray(end));
    },
    finish: () => check(begun),
  };
}

function linesIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) count++;
  return count;
}
