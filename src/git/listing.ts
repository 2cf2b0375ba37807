import type { TreeEntry } from "./git.ts";

/**
 * Listings as `git ls-tree -r -z` writes them: records `<mode> SP <type> SP <id> TAB <path> NUL`, sorted by the paths' bytes.
 * They stay buffers as long as they can, because 100,000 records as objects cost more time than git needs to list them.
 */
const tab = 9;
const space = 32;

export function parseListing(raw: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (const record of raw.toString("utf8").split("\0")) {
    if (record === "") continue;
    const end = record.indexOf("\t");
    entries.push({
      path: record.slice(end + 1),
      mode: record.slice(0, 6),
      id: record.slice(record.lastIndexOf(" ", end) + 1, end),
    });
  }
  return entries;
}

export function formatListing(entries: readonly TreeEntry[]): Buffer {
  return Buffer.from(entries.map(formatRecord).join(""));
}

function formatRecord({ path, mode, id }: TreeEntry): string {
  return `${mode} ${mode === "160000" ? "commit" : "blob"} ${id}\t${path}\0`;
}

/** Whether a path is one of the paths or lies below one; all are when none is named, or `.` is. */
export function below(paths: readonly string[]): (path: string) => boolean {
  const parents = new Set(paths.map((path) => path.replace(/\/+$/, "")));
  if (parents.size === 0 || parents.has(".")) return () => true;
  return (path) => {
    for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1)) if (parents.has(path.slice(0, end))) return true;
    return false;
  };
}

/** Reads `git diff-tree -r -z`: records `:<mode> <mode> <id> <id> <status> NUL <path> NUL`. */
export function parseTreeDiff(raw: Buffer): Map<string, TreeEntry | undefined> {
  const fields = raw.toString("utf8").split("\0");
  const changes = new Map<string, TreeEntry | undefined>();
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const [, mode = "", , id = "", status] = (fields[index] ?? "").split(" ");
    const path = fields[index + 1] ?? "";
    changes.set(path, status === "D" ? undefined : { path, mode, id });
  }
  return changes;
}

/** The listing with some paths replaced, added or, where undefined, left out. */
export function patchListing(raw: Buffer, changes: ReadonlyMap<string, TreeEntry | undefined>): Buffer {
  if (changes.size === 0) return raw;
  const patches = [...changes]
    .map(([path, entry]) => ({ path: Buffer.from(path), entry }))
    .sort((a, b) => a.path.compare(b.path));
  const pieces: Buffer[] = [];
  let done = 0;
  for (const { path, entry } of patches) {
    const at = lowerBound(raw, path, done);
    pieces.push(raw.subarray(done, at));
    if (entry) pieces.push(Buffer.from(formatRecord(entry)));
    done = at < raw.length && pathAt(raw, at).equals(path) ? recordEnd(raw, at) : at;
  }
  pieces.push(raw.subarray(done));
  return Buffer.concat(pieces);
}

/** Start of the record after the one that starts at `at`. */
export function recordEnd(raw: Buffer, at: number): number {
  return raw.indexOf(0, at) + 1;
}

/** Path of the record that starts at `at`. */
export function pathAt(raw: Buffer, at: number): Buffer {
  return raw.subarray(pathStart(raw, at), raw.indexOf(0, at));
}

function pathStart(raw: Buffer, at: number): number {
  return raw.indexOf(tab, at) + 1;
}

/** Mode and id of the record that starts at `at`. */
export function entryAt(raw: Buffer, at: number): TreeEntry {
  const path = pathStart(raw, at);
  return {
    path: raw.toString("utf8", path, raw.indexOf(0, path)),
    mode: raw.toString("latin1", at, at + 6),
    id: raw.toString("latin1", raw.lastIndexOf(space, path - 1) + 1, path - 1),
  };
}

/** Start of the first record from `from` on whose path is not before `path`; the listing's end when there is none. */
function lowerBound(raw: Buffer, path: Buffer, from = 0): number {
  let low = from;
  let high = raw.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const start = middle === low ? low : Math.max(low, raw.lastIndexOf(0, middle - 1) + 1);
    if (pathAt(raw, start).compare(path) < 0) low = recordEnd(raw, start);
    else high = start;
  }
  return low;
}

/** Start of the record of exactly that path. */
export function findRecord(raw: Buffer, path: string): number | undefined {
  const bytes = Buffer.from(path);
  const at = lowerBound(raw, bytes);
  return at < raw.length && pathAt(raw, at).equals(bytes) ? at : undefined;
}

/** The part of the listing that lies below a folder; `.` is all of it. */
export function recordsBelow(raw: Buffer, folder: string): Buffer {
  return raw.subarray(...rangeBelow(raw, folder));
}

export function rangeBelow(raw: Buffer, folder: string): [start: number, end: number] {
  if (folder === ".") return [0, raw.length];
  const start = lowerBound(raw, Buffer.from(`${folder}/`));
  // `0` follows `/`.
  return [start, lowerBound(raw, Buffer.from(`${folder}0`), start)];
}

export interface ListingChange {
  path: string;
  before: TreeEntry | undefined;
  after: TreeEntry | undefined;
}

/** Where two listings differ, at most `limit` places. Long equal stretches are compared as bytes. */
export function diffListings(before: Buffer, after: Buffer, limit: number): ListingChange[] {
  const changes: ListingChange[] = [];
  let a = 0;
  let b = 0;
  while ((a < before.length || b < after.length) && changes.length < limit) {
    const equal = equalRecords(before, a, after, b);
    a += equal;
    b += equal;
    const left = a < before.length ? entryAt(before, a) : undefined;
    const right = b < after.length ? entryAt(after, b) : undefined;
    if (!left && !right) break;
    const order = !left ? 1 : !right ? -1 : Buffer.compare(pathAt(before, a), pathAt(after, b));
    changes.push({
      path: (order <= 0 ? left : right)?.path ?? "",
      before: order <= 0 ? left : undefined,
      after: order >= 0 ? right : undefined,
    });
    if (order <= 0) a = recordEnd(before, a);
    if (order >= 0) b = recordEnd(after, b);
  }
  return changes;
}

/** Length of the whole records that are the same from `a` and from `b` on. */
function equalRecords(before: Buffer, a: number, after: Buffer, b: number): number {
  const longest = Math.min(before.length - a, after.length - b);
  let equal = 0;
  for (let step = 256; step > 0; ) {
    const size = Math.min(step, longest - equal);
    const same = size > 0 && before.compare(after, b + equal, b + equal + size, a + equal, a + equal + size) === 0;
    if (same) {
      equal += size;
      step *= 2;
    } else step = Math.floor(Math.min(step, size) / 2);
  }
  return equal === 0 ? 0 : Math.max(0, before.lastIndexOf(0, a + equal - 1) + 1 - a);
}
