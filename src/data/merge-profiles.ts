import { UsageError } from "../errors/errors.ts";
import { distributionOfRuns, type Run } from "./distribution.ts";
import { type ColumnProfile, type Distribution, maxKnots, type Profile, type ValueCounts } from "./profile.ts";
import { quoted } from "./table-request.ts";
import { valueCountsOf } from "./value-counts.ts";

/**
 * The profile of a table from the profiles of its parts. It is the very profile of the whole where all values are known of
 * every part (`isExact`, no `others`). Otherwise a distribution's `atMost` is within 1/499 of the rows of what it is in the
 * whole, between knots it is unknown by 2/499 more, and a category that stands only among the `others` of a part counts as
 * other there. Parts must be made from rows: merging what was merged adds up these errors, so merge all parts at once.
 * @throws UsageError when the parts have different columns or types
 */
export function mergeProfiles(parts: readonly Profile[]): Profile {
  const [first] = parts;
  if (!first) throw new UsageError("There is no profile to merge.");
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const names = new Set(first.columns.map(({ name }) => name));
  const byName = parts.map((part, index) => {
    const columns = new Map(part.columns.map((column) => [column.name, column]));
    const odd = [...names].filter((name) => !columns.has(name)).concat([...columns.keys()].filter((name) => !names.has(name)));
    if (odd.length > 0)
      throw new UsageError(
        `Profiles of one table must have the same columns; profile ${index + 1} differs from the first in ${quoted(odd)}.`,
      );
    return columns;
  });
  const columns = [...names].map((name) => mergeColumn(byName.flatMap((part) => part.get(name) ?? [])));
  return { schema: first.schema, rows, columns };
}

function mergeColumn(parts: readonly ColumnProfile[]): ColumnProfile {
  const missing = total(parts, (part) => part.missing);
  // What holds no values fits every type.
  const filled = parts.filter((part) => !isEmpty(part));
  const [model] = filled.length > 0 ? filled : parts;
  if (!model) throw new RangeError("no column to merge");
  const other = filled.find(({ type }) => type !== model.type);
  if (other)
    throw new UsageError(
      `Column ${quoted([model.name])} is ${model.type} in one profile and ${other.type} in another. Profile the parts with the same declared types.`,
    );
  const { name } = model;
  const alike = <T extends ColumnProfile["type"]>(type: T) =>
    filled.filter((part): part is Extract<ColumnProfile, { type: T }> => part.type === type);
  switch (model.type) {
    case "number": {
      const numbers = alike("number");
      return {
        name,
        type: "number",
        missing,
        infinite: total(numbers, (part) => part.infinite),
        distribution: distributions(numbers),
      };
    }
    case "time":
      return { name, type: "time", missing, distribution: distributions(alike("time")) };
    case "text": {
      const texts = alike("text");
      return { name, type: "text", missing, distinct: total(texts, (part) => part.distinct), distribution: distributions(texts) };
    }
    default:
      return {
        name,
        type: model.type,
        missing,
        counts: mergeCounts(filled.flatMap((part) => ("counts" in part ? part.counts : []))),
      };
  }
}

function isEmpty(part: ColumnProfile): boolean {
  if ("counts" in part) return part.counts.values.length === 0;
  return part.distribution.count === 0 && !(part.type === "number" && part.infinite > 0);
}

function mergeCounts(parts: readonly ValueCounts[]): ValueCounts {
  const found = new Map<string, number>();
  for (const { values } of parts) for (const { value, count } of values) found.set(value, (found.get(value) ?? 0) + count);
  const { values, others } = valueCountsOf(found);
  return {
    values,
    others: {
      distinct: others.distinct + total(parts, (part) => part.others.distinct),
      count: others.count + total(parts, (part) => part.others.count),
    },
  };
}

function distributions(columns: readonly { distribution: Distribution }[]): Distribution {
  const parts = columns.map(({ distribution }) => distribution).filter(({ count }) => count > 0);
  const [only] = parts;
  if (only && parts.length === 1) return only;
  if (parts.every(({ isExact }) => isExact)) return distributionOfRuns(mergedRuns(parts.map(runsOf)));

  const candidates = [...new Set(parts.flatMap(({ knots }) => knots))].sort((a, b) => a - b);
  const shares = parts.map((part) => estimates(part, candidates));
  const runs: Run[] = [];
  let before = 0;
  for (const [index, value] of candidates.entries()) {
    const atMost = Math.round(total(shares, (share) => share[index] ?? 0));
    if (atMost > before) runs.push({ value, count: atMost - before });
    before = Math.max(before, atMost);
  }
  const { count, knots, atMost } = distributionOfRuns(runs);
  return { count, knots, atMost, isExact: false, ...momentsOf(parts) };
}

/** Rows with at most each value. Between two knots lie few rows (`Distribution`), as even as may be. */
function estimates({ count, knots, atMost, isExact }: Distribution, values: readonly number[]): number[] {
  const mostBetween = isExact ? 0 : Math.ceil(count / (maxKnots - 1)) - 1;
  let next = 0;
  return values.map((value) => {
    while (next < knots.length && (knots[next] as number) <= value) next++;
    const reached = atMost[next - 1] ?? 0;
    const [low, high] = [knots[next - 1], knots[next]];
    if (low === undefined || high === undefined || low === value) return reached;
    const share = (value / 2 - low / 2) / (high / 2 - low / 2);
    return reached + share * Math.min(mostBetween, (atMost[next] as number) - reached - 1);
  });
}

function runsOf({ knots, atMost }: Distribution): Run[] {
  return knots.map((value, index) => ({ value, count: (atMost[index] as number) - (atMost[index - 1] ?? 0) }));
}

function mergedRuns(parts: readonly Run[][]): Run[] {
  const found = new Map<number, number>();
  for (const { value, count } of parts.flat()) found.set(value, (found.get(value) ?? 0) + count);
  return [...found].map(([value, count]) => ({ value, count })).sort((a, b) => a.value - b.value);
}

/** Of all together (Chan, Golub and LeVeque 1979), whatever the order of the parts. */
function momentsOf(parts: readonly Distribution[]): { mean: number; std: number } {
  const sorted = parts.toSorted((a, b) => a.mean - b.mean || a.std - b.std || a.count - b.count);
  const unit = sorted.reduce((most, { mean, std }) => Math.max(most, Math.abs(mean), std), 0) || 1;
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (const part of sorted) {
    const deviation = part.mean / unit - mean;
    const all = count + part.count;
    squares += part.count * (part.std / unit) ** 2 + deviation * deviation * count * (part.count / all);
    mean += deviation * (part.count / all);
    count = all;
  }
  return { mean: mean * unit, std: Math.sqrt(squares / count) * unit };
}

function total<T>(parts: readonly T[], of: (part: T) => number): number {
  return parts.reduce((sum, part) => sum + of(part), 0);
}
