import { stripVTControlCharacters } from "node:util";

/** For machines: one JSON document on stdout. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** For people, on stdout. Text of a repository can hold escape codes: they are not for the reader's terminal. */
export function print(text: string): void {
  process.stdout.write(`${stripVTControlCharacters(text)}\n`);
}

/** What goes on, on stderr. */
export function progress(line: string): void {
  process.stderr.write(`${stripVTControlCharacters(line)}\n`);
}

/** Columns of the terminal; without bound where stdout is none. */
export function terminalWidth(): number {
  return process.stdout.columns ?? Number.POSITIVE_INFINITY;
}
