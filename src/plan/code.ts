import { digestOf } from "../evidence/digest.ts";
import type { Input } from "../evidence/evidence.ts";
import { parseListing, rangeBelow, recordEnd } from "../git/listing.ts";
import { fileId } from "./file-id.ts";
import { matchingRecords, type Pattern } from "./globs.ts";
import { maxCodeInputs } from "./limits.ts";

/**
 * Which files of the listing are code: what the globs match, or without globs everything below the folder except Markdown.
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
  if (!globs)
    return Buffer.concat(without(listing, rangeBelow(listing, folder), excluded).flatMap((range) => notMarkdown(listing, range)));
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
    if (cut < from || after > end) continue;
    if (cut > from) pieces.push([from, cut]);
    from = after;
  }
  if (from < end) pieces.push([from, end]);
  return listing.length === 0 ? [] : pieces;
}

/** No record is shorter: mode, type, id, tab and a name of one letter. */
const shortestRecord = "100644 blob ".length + 40 + "\ta".length;

/** The pieces between Markdown files. Nothing is copied and no name decoded: there may be 100,000. */
function notMarkdown(listing: Buffer, [start, end]: Range): Buffer[] {
  const files: Range[] = [];
  for (let at = start; at < end; ) {
    const next = listing.indexOf(0, at + shortestRecord) + 1;
    if (isMarkdown(listing, next - 1)) files.push([at, next]);
    at = next;
  }
  return without(listing, [start, end], files).map(([from, to]) => listing.subarray(from, to));
}

/** Whether the name that ends before `end` is one of a Markdown file; almost every other is told apart by its last letter. */
function isMarkdown(listing: Buffer, end: number): boolean {
  const last = (listing[end - 1] ?? 0) | 0x20;
  if (last === 0x64) return listing.toString("latin1", end - ".md".length, end).toLowerCase() === ".md";
  return last === 0x6e && listing.toString("latin1", end - ".markdown".length, end).toLowerCase() === ".markdown";
}
