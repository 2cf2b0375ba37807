import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TreeEntry } from "../../src/git/git.ts";
import { diffListings, findRecord, formatListing, parseListing, patchListing, recordsBelow } from "../../src/git/listing.ts";

const part = fc.string({ minLength: 1, maxLength: 4, unit: fc.constantFrom("a", "b", ".", "0", " ", "\n", "ü", "日") });
const path = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));
const entry = fc.record({
  path,
  mode: fc.constantFrom("100644", "100755", "120000", "160000"),
  id: fc.string({ minLength: 40, maxLength: 40, unit: fc.constantFrom("0", "1", "f") }),
});
const entries = fc
  .uniqueArray(entry, { selector: ({ path: name }) => name, maxLength: 40 })
  .map((list) => list.sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path))));

describe("a listing", () => {
  it("reads back what it wrote", () => {
    fc.assert(
      fc.property(entries, (list) => {
        expect(parseListing(formatListing(list))).toEqual(list);
      }),
    );
  });

  it("finds exactly the paths that it has", () => {
    fc.assert(
      fc.property(entries, path, (list, other) => {
        const raw = formatListing(list);
        for (const { path: name } of list) expect(findRecord(raw, name)).toBeDefined();
        expect(findRecord(raw, other) !== undefined).toBe(list.some(({ path: name }) => name === other));
      }),
    );
  });

  it("has below a folder what starts with its name and a slash", () => {
    fc.assert(
      fc.property(
        entries,
        part.filter((name) => name !== "."),
        (list, folder) => {
          const below = parseListing(recordsBelow(formatListing(list), folder));
          expect(below).toEqual(list.filter(({ path: name }) => name.startsWith(`${folder}/`)));
        },
      ),
    );
  });

  it("becomes any other listing by the changes between them", () => {
    fc.assert(
      fc.property(entries, entries, (before, after) => {
        const from = formatListing(before);
        const to = formatListing(after);
        const changes = diffListings(from, to, Number.POSITIVE_INFINITY);
        const patches = new Map(changes.map((change): [string, TreeEntry | undefined] => [change.path, change.after]));
        expect(patchListing(from, patches)).toEqual(to);
        expect(changes).toHaveLength(patches.size);
        for (const change of changes) expect(change.before).not.toEqual(change.after);
      }),
    );
  });

  it("says where two long listings differ, and no more than asked", () => {
    const list = Array.from({ length: 5_000 }, (_, index) => ({
      path: `src/${String(index).padStart(6, "0")}.py`,
      mode: "100644",
      id: index.toString(16).padStart(40, "0"),
    }));
    const changed = list.map((item, index) => (index % 1_000 === 999 ? { ...item, id: "f".repeat(40) } : item));
    const changes = diffListings(formatListing(list), formatListing(changed), 100);
    expect(changes.map((change) => change.path)).toEqual([999, 1999, 2999, 3999, 4999].map((index) => list[index]?.path));
    expect(diffListings(formatListing(list), Buffer.alloc(0), 7)).toHaveLength(7);
  });
});
