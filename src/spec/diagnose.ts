import type * as z from "zod/mini";
import type { Diagnostic } from "../errors/errors.ts";
import { didYouMean } from "./did-you-mean.ts";
import { firstMistakes } from "./first-mistakes.ts";
import { isPlannedKey, plannedValue } from "./planned.ts";
import type { YamlSource } from "./yaml-source.ts";

type Issue = z.core.$ZodIssue;
type UnknownKeys = Extract<Issue, { code: "unrecognized_keys" }>;
type Shape = (path: readonly PropertyKey[]) => readonly string[];

const maxDiagnostics = 100;
/** Finding the place of one issue takes time proportional to the file, so a hostile file may not have any number of them. */
const maxIssues = 1_000;

/**
 * The schema's issues as mistakes with a place, the value that was found and what to write instead, in the file's order; at
 * most 100, and a word that there are more.
 * @param keysAt the keys that the schema knows in the map at a path
 */
export function diagnose(issues: readonly Issue[], source: YamlSource, keysAt: Shape): Diagnostic[] {
  const considered = issues.slice(0, maxIssues).flatMap(withinUnion).map(withFewKeys);
  const unknown = considered.filter((issue) => issue.code === "unrecognized_keys");
  const found = considered
    .filter((issue) => !isExplainedBy(unknown, issue, source.value, keysAt))
    .flatMap((issue) => (issue.code === "unrecognized_keys" ? unknownKeys(issue, source, keysAt) : [wrongValue(issue, source)]));
  found.sort((a, b) => a.position.line - b.position.line || a.position.column - b.position.column);
  return firstMistakes(found, maxDiagnostics);
}

/** Of a value that may be of several kinds the mistakes of its kind, where it is of one. */
function withinUnion(issue: Issue): Issue[] {
  if (issue.code !== "invalid_union") return [issue];
  const ofItsKind = issue.errors.filter(
    (errors) => !errors.some(({ code, path }) => code === "invalid_type" && path.length === 0),
  );
  const [errors, ...more] = ofItsKind;
  if (errors === undefined || more.length > 0) return [issue];
  return errors.map((error) => ({ ...error, path: [...issue.path, ...error.path] }));
}

function withFewKeys(issue: Issue): Issue {
  return issue.code === "unrecognized_keys" ? { ...issue, keys: issue.keys.slice(0, maxDiagnostics + 1) } : issue;
}

/**
 * A key that is missing because it is misspelt is no second mistake; nor is what is odd about a map only because a key of it is
 * not supported yet.
 */
function isExplainedBy(unknown: readonly UnknownKeys[], issue: Issue, root: unknown, keysAt: Shape): boolean {
  if (issue.code === "unrecognized_keys") return false;
  if (valueAt(root, issue.path) !== undefined) {
    return unknown.some(({ path, keys }) => samePath(path, issue.path) && keys.some((key) => isPlannedKey(path, key)));
  }
  const parent = issue.path.slice(0, -1);
  const missing: unknown[] =
    issue.code === "custom" && Array.isArray(issue.params?.anyOf) ? issue.params.anyOf : [issue.path.at(-1)];
  return unknown.some(
    ({ path, keys }) =>
      samePath(path, parent) && keys.some((key) => isPlannedKey(path, key) || missing.includes(didYouMean(key, keysAt(path)))),
  );
}

function unknownKeys(issue: UnknownKeys, source: YamlSource, keysAt: Shape): Diagnostic[] {
  return issue.keys.map((key) => {
    const path = [...issue.path, key];
    const at = { position: source.position(path, { key: true }), path: dotted(path) };
    if (isPlannedKey(issue.path, key)) {
      return { ...at, message: `${JSON.stringify(key)} is not supported yet.`, fix: "Remove it for now." };
    }
    const known = keysAt(issue.path);
    const meant = didYouMean(key, known);
    const fix = meant ? `Did you mean ${meant}?` : `Known here: ${known.join(", ")}.`;
    return { ...at, message: `${show(key)} is not a key that is known here.`, fix };
  });
}

function wrongValue(issue: Issue, source: YamlSource): Diagnostic {
  if (issue.code === "invalid_key") return wrongKey(issue, source);
  const value = valueAt(source.value, issue.path);
  const stands = issue.code === "custom" && issue.params?.anyOf && value === undefined ? issue.path.slice(0, -1) : issue.path;
  const at = { position: source.position(issue.path), path: dotted(stands) };
  if (issue.code === "custom" && typeof issue.params?.fix === "string")
    return { ...at, message: issue.message, fix: issue.params.fix };
  const [be, fix] = wanted(issue);
  if (value === undefined) return { ...at, message: `${String(issue.path.at(-1))} is missing; it has to be ${be}.`, fix };
  const planned = plannedValue(issue.path, value);
  if (planned) {
    const because = planned.because === undefined ? "" : `${planned.because} `;
    return { ...at, message: `${show(value)} is not supported yet.`, fix: `${because}${fix}` };
  }
  const values = issue.code === "invalid_value" ? issue.values.filter((known) => typeof known === "string") : [];
  const meant = typeof value === "string" ? didYouMean(value, values) : undefined;
  return { ...at, message: `${show(value)} is not ${be}.`, fix: meant ? `Did you mean ${meant}?` : fix };
}

function wrongKey(issue: Extract<Issue, { code: "invalid_key" }>, source: YamlSource): Diagnostic {
  const [first] = issue.issues;
  const [be, fix] = first ? wanted(first) : ["a valid name", "Rename it."];
  const position = source.position(issue.path, { key: true });
  return { position, path: dotted(issue.path), message: `${show(issue.path.at(-1))} is not ${be}.`, fix };
}

/** `must(be, fix)` put both into the issue's message. */
function wanted({ message }: { message: string }): [be: string, fix: string] {
  const [be = "valid", fix = "Write a value that is."] = message.split("\n");
  return [be, fix];
}

function show(value: unknown): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return "a map";
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

function dotted(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .replace(/^\./, "")
    .slice(0, 500);
}

function samePath(a: readonly PropertyKey[], b: readonly PropertyKey[]): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index]);
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const part of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
    value = Reflect.get(value, part);
  }
  return value;
}
