import { isAlias, isCollection, isMap, isScalar, isSeq, parseDocument } from "yaml";
import type { GridValue, ParamValue } from "./spec.ts";

export interface ParamMistake {
  value: ParamValue;
  message: string;
  fix: string;
}

/**
 * A parameter file's text with values in place of its own, everything else as it stands: comments, order, other numbers.
 * @param path of the file, for messages
 */
export function replaceParams(
  path: string,
  text: string,
  values: readonly ParamValue[],
): { text: string; mistakes: readonly ParamMistake[] } {
  const document = parseDocument(text, { logLevel: "silent", uniqueKeys: false, prettyErrors: false });
  const [broken] = document.errors;
  const mistakes: ParamMistake[] = [];
  const edits: { start: number; end: number; text: string }[] = [];
  for (const value of values) {
    const mistake = (message: string, fix: string) => mistakes.push({ value, message, fix });
    if (broken) {
      mistake(`${path} cannot be read as YAML or JSON.`, "Mend its syntax, or remove the parameter from the grid.");
      continue;
    }
    const node = nodeAt(document.contents, value.key);
    const range = isScalar(node) || isAlias(node) ? node.range : undefined;
    if (!range) {
      const what = isCollection(node) ? `has more than a single value at "${value.key}"` : `has no key "${value.key}"`;
      mistake(`${path} ${what}.`, "Name a key that the file has, with a number, a text, true or false.");
      continue;
    }
    const own: unknown = isScalar(node) ? node.value : undefined;
    if (own !== null && own !== undefined && typeof own !== typeof value.value)
      mistake(
        `${path} has ${kindOf(own)} at "${value.key}", and the grid gives ${JSON.stringify(value.value)}.`,
        "Give values of the same kind as the file's.",
      );
    edits.push({ start: range[0], end: range[1], text: written(value.value) });
  }
  const edited = edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((made, { start, end, text: value }) => made.slice(0, start) + value + made.slice(end), text);
  return { text: edited, mistakes };
}

/** A key that has a dot itself is found by its whole name. */
function nodeAt(contents: unknown, key: string): unknown {
  const found = key.split(".").reduce<unknown>(member, contents);
  return found ?? member(contents, key);
}

function member(node: unknown, key: string): unknown {
  if (isSeq(node)) return node.items[Number(key)];
  if (!isMap(node)) return undefined;
  return node.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === key)?.value ?? undefined;
}

/** As JSON, which YAML holds too; but YAML 1.1, which Python reads, takes `1e-7` for a text. */
function written(value: GridValue): string {
  return JSON.stringify(value).replace(/^(-?\d+)e/, "$1.0e");
}

function kindOf(value: unknown): string {
  return typeof value === "string" ? "a text" : typeof value === "boolean" ? "true or false" : `a ${typeof value}`;
}
