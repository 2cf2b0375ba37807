import picomatch from "picomatch";
import { findRecord, pathAt, rangeBelow, recordEnd } from "../git/listing.ts";

/** A literal path stands for itself and, being a folder, for what lies below; anything else is a glob with dot files included. */
export interface Pattern {
  /** As seen from the repository's root. */
  text: string;
  /** Folder or path that everything matched lies at or below; `.` for the root. */
  base: string;
  matches(path: string): boolean;
}

export function compilePattern(text: string): Pattern {
  const { base, isGlob } = picomatch.scan(text);
  if (!isGlob || text === ".") {
    const path = text.replace(/\/+$/, "");
    return { text, base: path, matches: (candidate) => path === "." || candidate === path || candidate.startsWith(`${path}/`) };
  }
  const matches = picomatch(text, { dot: true });
  // A file may really be named `[a].csv`.
  return { text, base: base === "" ? "." : base.replace(/\/+$/, ""), matches: (path) => path === text || matches(path) };
}

/** Start and end of each record of the listing that the pattern matches. */
export function* matchingRecords(listing: Buffer, pattern: Pattern): Generator<[start: number, end: number]> {
  for (const [start, end] of candidateRanges(listing, pattern.base)) {
    for (let at = start; at < end; ) {
      const next = recordEnd(listing, at);
      if (pattern.matches(pathAt(listing, at).toString("utf8"))) yield [at, next];
      at = next;
    }
  }
}

function candidateRanges(listing: Buffer, base: string): [number, number][] {
  if (base === ".") return [[0, listing.length]];
  const [start, end] = exactRange(listing, base);
  return [[start, end], rangeBelow(listing, base)];
}

function exactRange(listing: Buffer, path: string): [number, number] {
  const at = findRecord(listing, path);
  return at === undefined ? [0, 0] : [at, recordEnd(listing, at)];
}
