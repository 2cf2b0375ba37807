import { visible } from "../../src/markdown/escape.ts";
import type { Words } from "./command.ts";

interface Word {
  text: string;
  quoted: boolean;
}

/**
 * The words of a line: separated by spaces, or between straight quotes, in which `\"` and `\\` stand for a quote and a backslash.
 * @returns what is wrong, a sentence
 */
export function splitWords(line: string): readonly Word[] | string {
  const words: Word[] = [];
  let rest = line.trim();
  while (rest !== "") {
    const found = /^(?:"(?<quoted>(?:[^"\\]|\\["\\])*)"|(?<bare>[^\s"]+))(?: +|$)/.exec(rest);
    if (!found) return rest.startsWith('"') ? brokenQuote(rest) : `A quote stands inside of a word: ${visible(rest, 60)}.`;
    const { quoted, bare } = found.groups ?? {};
    words.push(quoted === undefined ? { text: bare ?? "", quoted: false } : { text: unescapeQuoted(quoted), quoted: true });
    rest = rest.slice(found[0].length);
  }
  return words;
}

function brokenQuote(text: string): string {
  return `What begins with a quote has to end with one, followed by a space or nothing: ${visible(text, 60)}.`;
}

function unescapeQuoted(text: string): string {
  return text.replace(/\\(["\\])/g, "$1");
}

/** Options are `--name value`, each once. @returns what is wrong, a sentence */
export function sortWords(words: readonly Word[]): Words | string {
  const positional: string[] = [];
  const options = new Map<string, string>();
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (word === undefined) break;
    if (word.quoted || !word.text.startsWith("--")) {
      positional.push(word.text);
      continue;
    }
    const name = word.text.slice(2);
    const value = words[++index];
    if (value === undefined || (!value.quoted && value.text.startsWith("--"))) return `${word.text} has no value.`;
    if (options.has(name)) return `${word.text} is there twice.`;
    options.set(name, value.text);
  }
  return { positional, options };
}

/** @returns what is wrong, a sentence; undefined when there are just these */
export function expectWords(
  { positional, options }: Words,
  expected: { positional: readonly string[]; optional?: boolean; options?: readonly string[] },
): string | undefined {
  const unknown = [...options.keys()].find((name) => !(expected.options ?? []).includes(name));
  if (unknown !== undefined) return `There is no option --${visible(unknown, 60)}.`;
  const missing = expected.positional[positional.length];
  if (missing !== undefined && !expected.optional) return `The ${missing} is missing.`;
  const surplus = positional[expected.positional.length];
  return surplus === undefined
    ? undefined
    : `${JSON.stringify(visible(surplus, 60))} is one word too many; quote what has spaces.`;
}
