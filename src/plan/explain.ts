import type { Input } from "../evidence/evidence.ts";
import type { ListingChange } from "../git/listing.ts";
import { fileId } from "./file-id.ts";
import type { Because } from "./plan.ts";

/** How many reasons are named; the rest is counted. */
const maxReasons = 10;
const maxShownValue = 60;

interface InputChange {
  kind: Input["kind"];
  name: string;
  before: string | undefined;
  after: string | undefined;
}

/**
 * How the inputs of two runs differ, as sentence parts: `data changed: data/train.csv`,
 * `param changed: train.lr 0.1 → 0.2 (params.yaml)`, `code added: src/x.py`. Empty when they are the same.
 * @param codeChanges the code files that differ, where the inputs only name a folder
 */
export function explain(before: readonly Input[], after: readonly Input[], codeChanges: readonly ListingChange[] = []): Because {
  const changes = compare(before, after);
  const folders = changes.filter(isFolderOfCode);
  const files = folders.length > 0 ? codeChanges.map(codeChange) : [];
  const shown = files.length > 0 ? [...changes.filter(({ kind }) => kind !== "code"), ...files] : changes;
  const reasons = joinRenames(shown.sort(byImportance)).map(sentence);
  return capped([...new Set(reasons)]);
}

/** The first reasons, and how many more there are. */
export function capped(reasons: readonly string[]): Because {
  if (reasons.length <= maxReasons + 1) return reasons;
  return [...reasons.slice(0, maxReasons), `and ${reasons.length - maxReasons} more`];
}

function compare(before: readonly Input[], after: readonly Input[]): InputChange[] {
  const changes = new Map<string, InputChange>();
  const at = ({ kind, name }: Input) => `${kind}\0${name}`;
  for (const input of before) changes.set(at(input), { kind: input.kind, name: input.name, before: input.id, after: undefined });
  for (const input of after) {
    const known = changes.get(at(input));
    changes.set(at(input), { kind: input.kind, name: input.name, before: known?.before, after: input.id });
  }
  return [...changes.values()].filter((change) => change.before !== change.after);
}

function isFolderOfCode({ kind, name }: InputChange): boolean {
  return kind === "code" && name.endsWith("/");
}

function codeChange({ path, before, after }: ListingChange): InputChange {
  return {
    kind: "code",
    name: path,
    before: before && fileId(before.mode, before.id),
    after: after && fileId(after.mode, after.id),
  };
}

const order: readonly Input["kind"][] = ["data", "param", "command", "seed", "backend", "environment", "code", "contract"];

function byImportance(a: InputChange, b: InputChange): number {
  return order.indexOf(a.kind) - order.indexOf(b.kind) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

type Change = InputChange & { from?: string };

/** A file that went and one that came with the same content are one file with another name. */
function joinRenames(changes: readonly InputChange[]): Change[] {
  const gone = new Map<string, InputChange>();
  for (const change of changes)
    if (change.after === undefined && isFile(change)) gone.set(`${change.kind}\0${change.before}`, change);
  const joined = new Set<InputChange>();
  const renamed = changes.map((change): Change => {
    const key = `${change.kind}\0${change.after}`;
    const old = change.before === undefined && isFile(change) ? gone.get(key) : undefined;
    if (!old) return change;
    gone.delete(key);
    joined.add(old);
    return { ...change, from: old.name };
  });
  return renamed.filter((change) => !joined.has(change));
}

function isFile({ kind }: InputChange): boolean {
  return kind === "data" || kind === "code" || kind === "environment";
}

function sentence(change: Change): string {
  const { kind, name, before, after } = change;
  switch (kind) {
    case "param":
      return paramSentence(name, before, after);
    case "seed":
      return `seeds changed: ${values(before, after)}`;
    case "backend":
      return `backend changed: ${values(before, after)}`;
    case "contract":
      return "Assay's own training changed";
    case "command":
      return `command changed: ${name}`;
    case "data":
    case "code":
    case "environment":
      if (change.from !== undefined) return `${kind} renamed: ${shownName(change.from)} → ${shownName(name)}`;
      return `${kind} ${before === undefined ? "added" : after === undefined ? "removed" : "changed"}: ${shownName(name)}`;
  }
}

function paramSentence(name: string, before: string | undefined, after: string | undefined): string {
  const end = name.indexOf("#");
  if (end < 0) return `param file changed: ${shownName(name)}`;
  const key = shownName(name.slice(end + 1));
  const file = shownName(name.slice(0, end));
  if (before === undefined) return `param added: ${key} ${shownValue(after ?? "")} (${file})`;
  if (after === undefined) return `param removed: ${key} (${file})`;
  return `param changed: ${key} ${values(before, after)} (${file})`;
}

function values(before: string | undefined, after: string | undefined): string {
  return `${shownValue(before ?? "none")} → ${shownValue(after ?? "none")}`;
}

function shownValue(value: string): string {
  return value.length <= maxShownValue ? value : `${value.slice(0, maxShownValue)}…`;
}

/** Names with line breaks or other control characters are shown quoted. */
export function shownName(name: string): string {
  return /\p{Cc}/u.test(name) ? JSON.stringify(name) : name;
}
