import { visible } from "../../markdown/escape.ts";

/** What front matter holds here. */
export type FrontMatter = string | number | readonly FrontMatter[] | { readonly [key: string]: FrontMatter | undefined };

/** Front matter of a Markdown file: YAML 1.1 and 1.2 read the same in it. Members that are undefined are left out. */
export function frontMatter(data: Readonly<Record<string, FrontMatter | undefined>>): string {
  return `---\n${block(data, "").join("\n")}\n---\n`;
}

function block(value: FrontMatter, indent: string): string[] {
  if (isList(value)) return value.flatMap((item) => nested(item, `${indent}-`, `${indent}  `, " "));
  if (typeof value !== "object") return [`${indent}${scalar(value)}`];
  return Object.entries(value).flatMap(([key, member]) =>
    member === undefined ? [] : nested(member, `${indent}${key}:`, `${indent}  `, "\n"),
  );
}

/** A list's item begins on the line of its dash, a mapping's value below its key. */
function nested(value: FrontMatter, before: string, indent: string, gap: " " | "\n"): string[] {
  if (typeof value !== "object") return [`${before} ${scalar(value)}`];
  const lines = block(value, indent);
  if (lines.length === 0) return [`${before} ${isList(value) ? "[]" : "{}"}`];
  if (gap === "\n") return [before, ...lines];
  return lines.map((line, index) => (index === 0 ? `${before} ${line.trimStart()}` : line));
}

function isList(value: FrontMatter): value is readonly FrontMatter[] {
  return Array.isArray(value);
}

/** A text is always quoted, since `no` and `1:30` are something else to some readers, and so is 1e-7 without a point. */
function scalar(value: string | number): string {
  if (typeof value === "number") return String(value).replace(/^(-?\d+)e/, "$1.0e");
  return JSON.stringify(visible(value, 1_000)).replace(
    /[\u007f-\u009f\u2028\u2029\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
