import { digestOf } from "../evidence/digest.ts";
import type { Input } from "../evidence/evidence.ts";
import { parseListing, rangeBelow, recordEnd } from "../git/listing.ts";
import { fileId } from "./file-id.ts";
import { matchingRecords, type Pattern } from "./globs.ts";
import { maxCodeInputs } from "./limits.ts";

/**
 * Which files of the listing are code: what the globs match, or without globs everything below the folder except what no training reads.
 * `others` are counted by rules of their own: data, parameters, environment, the test set and `assay.yml`.
 * @returns their records, as a listing
 */
export function selectCode(
  listing: Buffer,
  folder: string,
  globs: readonly Pattern[] | undefined,
  others: readonly Pattern[],
): Buffer {
  const excluded = others.flatMap((pattern) => [...matchingRecords(listing, pattern)]);
  if (!globs) {
    if (folder === ".") excluded.push(rangeBelow(listing, ".github"));
    return Buffer.concat(without(listing, rangeBelow(listing, folder), excluded).flatMap((range) => mayBeRead(listing, range)));
  }
  const starts = new Map(globs.flatMap((glob) => [...matchingRecords(listing, glob)]));
  for (const [start] of excluded) starts.delete(start);
  return Buffer.concat([...starts].sort(([a], [b]) => a - b).map(([start, end]) => listing.subarray(start, end)));
}

/** One input a file, or one for the folder when there are very many. */
export function codeInputs(code: Buffer, folder: string): Input[] {
  if (countRecords(code, maxCodeInputs + 1) > maxCodeInputs)
    return [{ kind: "code", name: folder === "." ? "./" : `${folder}/`, id: digestOf(code) }];
  return parseListing(code).map(({ path, mode, id }) => ({ kind: "code", name: path, id: fileId(mode, id) }));
}

function countRecords(listing: Buffer, atMost: number): number {
  let count = 0;
  for (let at = 0; at < listing.length && count < atMost; count += 1) at = recordEnd(listing, at);
  return count;
}

type Range = readonly [start: number, end: number];

/** The range in pieces, the excluded records left out. */
function without(listing: Buffer, [start, end]: Range, excluded: readonly Range[]): Range[] {
  const pieces: Range[] = [];
  let from = start;
  for (const [cut, after] of [...excluded].sort(([a], [b]) => a - b)) {
    if (after <= from || after > end) continue;
    if (cut > from) pieces.push([from, cut]);
    from = after;
  }
  if (from < end) pieces.push([from, end]);
  return listing.length === 0 ? [] : pieces;
}

/** No record is shorter: mode, type, id, tab and a name of one letter. */
const shortestRecord = "100644 blob ".length + 40 + "\ta".length;

/** The pieces between files that no training reads. Nothing is copied and no name decoded: there may be 100,000. */
function mayBeRead(listing: Buffer, [start, end]: Range): Buffer[] {
  const files: Range[] = [];
  for (let at = start; at < end; ) {
    const next = listing.indexOf(0, at + shortestRecord) + 1;
    if (isUnread(listing, next - 1)) files.push([at, next]);
    at = next;
  }
  return without(listing, [start, end], files).map(([from, to]) => listing.subarray(from, to));
}

/** How paths of files end that no training reads; what begins with a slash is a name, in whichever folder. */
const unreadEndings = [
  ".md",
  ".markdown",
  "/.gitignore",
  ...["/license", "/licence"].flatMap((name) => [name, `${name}.txt`]),
  "/.dvc/config",
  "/.dvc/config.local",
].map((ending) => Buffer.from(ending));

/** By their last letter, which tells almost every other path apart. */
const endingsByLast = Map.groupBy(unreadEndings, (ending) => ending.at(-1) ?? 0);

function isUnread(listing: Buffer, end: number): boolean {
  for (const ending of endingsByLast.get(lowerCase(listing[end - 1])) ?? []) if (endsWith(listing, end, ending)) return true;
  return false;
}

/** Whether the path that ends before `end` has that ending, in letters of either case. */
function endsWith(listing: Buffer, end: number, ending: Buffer): boolean {
  for (let back = 1; back <= ending.length; back += 1) {
    const byte = listing[end - back];
    // Before a path stands its record's tab, where a folder would put a slash.
    if (lowerCase(byte === tab ? slash : byte) !== ending[ending.length - back]) return false;
  }
  return true;
}

const tab = 0x09;
const slash = 0x2f;

function lowerCase(byte = 0): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
}
