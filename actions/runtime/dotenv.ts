import { parseEnv } from "node:util";
import { UsageError } from "../../src/errors/errors.ts";

/**
 * Variables written as lines of `NAME=value`, by the rules of Node's own `--env-file`: `#` begins a comment, quotes keep blanks
 * and lines.
 * @param source where the text comes from, for messages, which never quote it
 * @throws UsageError when there is text and no such line, or a name is none
 */
export function parseDotenv(text: string, source: string): Readonly<Record<string, string>> {
  const entries = Object.entries(parseEnv(text)).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  const says = (what: string) =>
    new UsageError(
      `${source} ${what}. Write one variable a line as NAME=value, with the value in quotes when it has blanks or lines.`,
    );
  if (entries.length === 0 && /^\s*[^#\s]/m.test(text)) throw says("names no variable");
  const wrong = entries.findIndex(([name]) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name));
  // A line that is no assignment may well be the secret itself.
  if (wrong !== -1) throw says(`has a variable whose name is not made of letters, digits and _ (number ${wrong + 1})`);
  return Object.fromEntries(entries);
}
