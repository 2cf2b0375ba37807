import { parse } from "yaml";
import { canonicalJson, digestOf } from "../evidence/digest.ts";
import type { Input } from "../evidence/evidence.ts";
import { maxParams, maxValueCharacters } from "./limits.ts";

/** A value as YAML or JSON gives it. */
type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What a parameter file cannot give. */
export interface ParamsProblem {
  message: string;
  fix: string;
}

/**
 * One input a value below a declared key, named `params.yaml#train.lr`, its id the value as canonical JSON. Without keys all
 * values count, so that comments and order do not; a file that is neither YAML nor JSON counts by its content.
 */
export function paramInputs(
  path: string,
  content: Buffer,
  keys: readonly string[] | undefined,
): { inputs: Input[]; problems: ParamsProblem[] } {
  const parsed = parseParams(content);
  if (keys === undefined)
    return { inputs: parsed.ok ? allParams(path, parsed.value, content) : [wholeFile(path, content)], problems: [] };
  if (!parsed.ok) {
    const fix = "Declare the file without keys, or mend its syntax.";
    return { inputs: [], problems: [{ message: `${path} cannot be read as YAML or JSON: ${parsed.why}.`, fix }] };
  }
  const inputs: Input[] = [];
  const problems: ParamsProblem[] = [];
  for (const key of keys) {
    const value = valueAt(parsed.value, key);
    if (value === undefined) problems.push({ message: `${path} has no key "${key}".`, fix: knownKeys(parsed.value) });
    else inputs.push(...leafInputs(path, leavesOf(value, key)));
  }
  if (inputs.length > maxParams) return { inputs: [wholeFile(path, content)], problems };
  return { inputs, problems };
}

/** The value as canonical JSON, or its digest when it is long. */
function valueId(value: Json): string {
  const text = canonicalJson(value);
  return text.length <= maxValueCharacters ? text : digestOf(text);
}

function allParams(path: string, value: Json, content: Buffer): Input[] {
  const leaves = leavesOf(value, "");
  if (leaves.length > maxParams) return [wholeFile(path, content)];
  return leafInputs(path, leaves);
}

function leafInputs(path: string, leaves: readonly [string, Json][]): Input[] {
  return leaves.map(([key, leaf]) => ({ kind: "param", name: key === "" ? path : `${path}#${key}`, id: valueId(leaf) }));
}

function wholeFile(path: string, content: Buffer): Input {
  return { kind: "param", name: path, id: digestOf(content) };
}

function parseParams(content: Buffer): { ok: true; value: Json } | { ok: false; why: string } {
  try {
    const value: unknown = parse(content.toString("utf8"), {
      intAsBigInt: true,
      merge: true,
      uniqueKeys: false,
      maxAliasCount: 100,
      logLevel: "error",
    });
    return { ok: true, value: toJson(value, 0) };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? (error.message.split("\n")[0] ?? "").replace(/[.:]$/, "") : String(error) };
  }
}

const maxDepth = 50;

/** Numbers that JSON cannot hold exactly become their text: two large seeds must not look the same. */
function toJson(value: unknown, depth: number): Json {
  if (depth > maxDepth) throw new Error(`it is nested more than ${maxDepth} levels deep`);
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (value === null || value === undefined) return null;
  if (typeof value === "boolean" || typeof value === "string") return value;
  if (Array.isArray(value)) return value.map((member) => toJson(member, depth + 1));
  if (typeof value !== "object") return String(value);
  const members = value instanceof Map ? [...value] : Object.entries(value);
  return Object.fromEntries(members.map(([key, member]) => [String(key), toJson(member, depth + 1)]));
}

/** `train.lr`, `layers.0.units`; a key that has a dot itself is found by its whole name. */
function valueAt(value: Json, key: string): Json | undefined {
  let found: Json | undefined = value;
  for (const part of key.split(".")) found = member(found, part);
  return found ?? member(value, key) ?? found;
}

function member(value: Json | undefined, key: string): Json | undefined {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return Object.entries(value).find(([name]) => name === key)?.[1];
}

function leavesOf(value: Json, prefix: string): [string, Json][] {
  if (typeof value !== "object" || value === null || isList(value) || Object.keys(value).length === 0) return [[prefix, value]];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, prefix === "" ? key : `${prefix}.${key}`));
}

function isList(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

function knownKeys(value: Json): string {
  const keys = leavesOf(value, "").map(([key]) => key);
  const shown = keys.slice(0, 8).join(", ");
  return keys.length === 0 || keys[0] === "" ? "It has no keys at all." : `It has ${shown}${keys.length > 8 ? " and more" : ""}.`;
}
