import { isDeepStrictEqual } from "node:util";
import { type Document, isAlias, isMap, isScalar, isSeq, parseDocument, Scalar, visit } from "yaml";
import type { GridValue, ParamValue } from "./spec.ts";

export interface ParamMistake {
  value: ParamValue;
  message: string;
  fix: string;
}

/** How often all aliases together may repeat what they stand for. */
const maxAliasCount = 1_000;

/**
 * A parameter file's text with values in place of its own, everything else as it stands: comments, order, other numbers. What
 * stands for an anchor follows it, as if somebody had written the value there.
 * @param path of the file, for messages
 */
export function replaceParams(
  path: string,
  text: string,
  values: readonly ParamValue[],
): { text: string; mistakes: readonly ParamMistake[] } {
  const mistakes: ParamMistake[] = [];
  let edited = text;
  for (const value of values) {
    const replaced = replaceParam(edited, value);
    if (typeof replaced === "string") edited = replaced;
    else mistakes.push({ value, message: `${path} ${replaced.message}`, fix: replaced.fix });
  }
  return { text: edited, mistakes };
}

/** @returns the text, or what is wrong, as it follows the file's name in a sentence */
function replaceParam(text: string, { key, value }: ParamValue): string | Pick<ParamMistake, "message" | "fix"> {
  const document = parsed(text);
  if (!document)
    return {
      message: "cannot be read as YAML or JSON.",
      fix: "Mend its syntax, or remove the parameter from the grid.",
    };
  const [node, ...more] = nodesAt(document.contents, key);
  if (more.length > 0) return { message: `has "${key}" more than once.`, fix: "Keep one of them." };
  const meant = isAlias(node) ? node.resolve(document) : node;
  const range = isScalar(node) || isAlias(node) ? node.range : undefined;
  if (!range || !isScalar(meant)) {
    const what = isMap(meant) || isSeq(meant) ? `has more than a single value at "${key}"` : `has no key "${key}"`;
    return { message: `${what}.`, fix: "Name a key that the file has, with a number, a text, true or false." };
  }
  const form = isScalar(node) ? unreplaceable(node) : undefined;
  if (form !== undefined)
    return { message: `has ${form} at "${key}", which is not replaced.`, fix: "Write a plain value there, on one line." };
  const own = meant.value;
  if (own !== null && own !== undefined && typeof own !== typeof value)
    return {
      message: `has ${kindOf(own)} at "${key}", and the grid gives ${JSON.stringify(value)}.`,
      fix: "Give values of the same kind as the file's.",
    };
  const [start, end] = range;
  // An empty value begins right after its colon.
  const gap = start === end && /\S/.test(text.charAt(start - 1)) ? " " : "";
  const edited = text.slice(0, start) + gap + written(value) + text.slice(end);
  const placed = new Scalar(value === 0 ? 0 : value);
  if (isScalar(node) && node.anchor !== undefined) placed.anchor = node.anchor;
  visit(document, { Node: (_, other) => (other === node ? placed : undefined) });
  if (holdTheSame(document, parsed(edited))) return edited;
  return {
    message: `cannot be given ${JSON.stringify(value)} at "${key}" without changing anything else.`,
    fix: "Write a plain value there, on one line.",
  };
}

function parsed(text: string): Document.Parsed | undefined {
  try {
    // Duplicates are looked for on the way to the key: the library's own search takes quadratic time.
    const document = parseDocument(text, { logLevel: "silent", uniqueKeys: false, prettyErrors: false });
    return document.errors.length === 0 ? document : undefined;
  } catch (error) {
    // Nested too deeply.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function holdTheSame(one: Document.Parsed, other: Document.Parsed | undefined): boolean {
  try {
    return other !== undefined && isDeepStrictEqual(one.toJS({ maxAliasCount }), other.toJS({ maxAliasCount }));
  } catch (error) {
    // Aliases that repeat too much, or stand for nothing.
    if (error instanceof ReferenceError || error instanceof RangeError) return false;
    throw error;
  }
}

/** More than one where a key on the way is written twice: which of them counts differs by reader. A key may have a dot itself. */
function nodesAt(contents: unknown, key: string): readonly unknown[] {
  let nodes: readonly unknown[] = [contents];
  for (const part of key.split(".")) {
    const [node, ...more] = nodes;
    if (more.length > 0) return nodes;
    nodes = members(node, part);
  }
  return nodes.length > 0 ? nodes : members(contents, key);
}

function members(node: unknown, key: string): readonly unknown[] {
  if (isSeq(node)) return /^\d+$/.test(key) ? node.items.slice(Number(key), Number(key) + 1) : [];
  if (!isMap(node)) return [];
  return node.items.filter((pair) => isScalar(pair.key) && String(pair.key.value) === key).map((pair) => pair.value);
}

/** A form that says more than its value. */
function unreplaceable({ tag, type }: Scalar): string | undefined {
  if (tag !== undefined) return `the tag ${tag.replace("tag:yaml.org,2002:", "!!")}`;
  return type === "BLOCK_LITERAL" || type === "BLOCK_FOLDED" ? "a text over several lines" : undefined;
}

/**
 * As JSON, which YAML holds too; but YAML 1.1, which Python reads, takes `1e-7` for a text, and more characters for line breaks
 * or unprintable.
 */
function written(value: GridValue): string {
  return JSON.stringify(value)
    .replace(/^(-?\d+)e/, "$1.0e")
    .replaceAll(
      /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
}

function kindOf(value: unknown): string {
  return typeof value === "string" ? "a text" : typeof value === "boolean" ? "true or false" : `a ${typeof value}`;
}
