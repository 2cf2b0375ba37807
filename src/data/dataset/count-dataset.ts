import type { ColumnProfile, Profile } from "../profile.ts";
import { type ColumnCounts, createKnotCounter, type KnotCounter, type TableCounts } from "../profile-counts.ts";
import { countAgainst } from "./count-values.ts";
import type { ReadOptions } from "./dataset.ts";
import {
  columnsOfQuery,
  countMistyped,
  groupsOf,
  numbersQuery,
  type OpenTable,
  type PlacedColumn,
  readingOf,
} from "./open-table.ts";

/** In one pass over the numbers and lengths, and one for each column of values. */
export async function countDataset(table: OpenTable, reference: Profile, options: ReadOptions = {}): Promise<TableCounts> {
  const { stored, session } = table;
  const places = new Map(stored.columns.map(({ name }, place) => [name, place]));
  const present = reference.columns.flatMap((profile): Compared[] => {
    const place = places.get(profile.name);
    return place === undefined ? [] : [{ place, name: profile.name, type: profile.type, profile }];
  });
  let done = 0;
  const report = (more: number) => {
    done += more;
    options.onProgress?.({ what: `Counting ${table.name}`, done, of: present.length });
  };
  report(0);
  const mistyped = await countMistyped(table, present);
  const counts = new Map<string, ColumnCounts>();

  for (const { place, name, profile } of present) {
    if (!("counts" in profile)) continue;
    const { value } = readingOf(table, place, profile.type);
    const found = await countAgainst(profile.counts.values, { value, from: stored.from([place]) }, session);
    const present = found.values.reduce((sum, count) => sum + count, found.others.count);
    const odd = mistyped.get(place) ?? 0;
    counts.set(name, { type: profile.type, name, missing: stored.rows - present - odd, mistyped: odd, counts: found });
    report(1);
  }
  for (const part of groupsOf(present.filter(isNumeric), columnsOfQuery)) {
    const counters = part.map(({ profile }): KnotCounter => createKnotCounter(profile.distribution.knots));
    await session.stream(numbersQuery(table, part), part.length, (chunks) => {
      for (const [index, chunk] of chunks.entries()) counters[index]?.add(chunk);
    });
    for (const [index, { place, name, profile }] of part.entries()) {
      const counted = counters[index]?.counts();
      if (!counted) continue;
      const odd = mistyped.get(place) ?? 0;
      const known = { name, missing: counted.missing - odd, mistyped: odd, distribution: counted.distribution };
      counts.set(
        name,
        profile.type === "number"
          ? { type: profile.type, ...known, infinite: counted.infinite }
          : { type: profile.type, ...known },
      );
    }
    report(part.length);
  }
  const known = new Set(reference.columns.map(({ name }) => name));
  return {
    rows: stored.rows,
    columns: reference.columns.map(({ name }) => counts.get(name) ?? { type: "absent", name }),
    added: stored.columns.map(({ name }) => name).filter((name) => !known.has(name)),
  };
}

type Compared = PlacedColumn & { type: ColumnProfile["type"]; profile: ColumnProfile };
type NumericProfile = Extract<ColumnProfile, { distribution: unknown }>;

function isNumeric(column: Compared): column is Compared & { profile: NumericProfile } {
  return "distribution" in column.profile;
}
