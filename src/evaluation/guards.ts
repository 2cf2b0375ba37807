import { effectiveGroups, type Groups } from "../statistics/groups.ts";
import type { Trainings } from "./row-noise.ts";
import type { Rows } from "./rows.ts";

/** Rows of a kind of which an interval needs enough. */
export interface Need {
  least: number;
  /** In the plural, for people: `true positives`. */
  of: string;
  /** For people, behind the number that there is: `of "a"`. */
  has?: string | undefined;
  /** How far a row is of the kind, 0 to 1. */
  rows: (row: number) => number;
  /** Of a change: whether each side needs as many, or it will do that one of them has; or that the truth alone tells. */
  sides: "each" | "one" | "truth";
  /** Not counted in groups, where it is how many rows there are and not how they vary that matters. */
  inRows?: true;
}

/** Of a value, or of the change between two models. */
export type IntervalOf = "value" | "change";

/** How far a row carries a change, 0 not at all to 1. */
export type Carries = (row: number) => number;

/** What an interval of a metric needs: so many rows of each kind and, where rows have groups, groups that have some. */
export interface Guarded {
  /** Of the rows of one model. */
  events(rows: Rows, of: IntervalOf): readonly Need[];
  /** What keeps an interval from being trusted whatever the number of rows. */
  obstacle?(rows: Rows, of: IntervalOf): string | undefined;
  /** Only rows that the metric reads carry its change, each by how far it moves it, of the trainings' mean. */
  carries(baseline: Trainings, candidate: Trainings): Carries;
  /** What the models do differently in such a row: `label`. */
  differsBy?: "label" | "predict";
}

/** Fewer groups than this have too uncertain a variance between them; see docs/statistics.md. */
const leastGroups = 30;
/** Rows, or groups, of one weight that say as much as these (Kish): fewer are one large one and its company. */
const leastEffective = { rows: 30, groups: 15 };
/** Of each kind of events; fewer groups that have any leave the noise between them unseen. */
const leastGroupsWith = 10;
const leastCarriers = 10;

/** What an interval of a side's metric lacks. Of several trainings the mean number of events counts. */
export function missingForValue(metric: Guarded, trainings: Trainings, groups: Groups | undefined): string | undefined {
  return missingEvents(metric, [trainings], groups, "value");
}

/** As `missingForValue` for a change: rows, or groups, in which the sides differ are events too. */
export function missingForChange(
  metric: Guarded,
  baseline: Trainings,
  candidate: Trainings,
  groups: Groups | undefined,
): string | undefined {
  const missing = missingEvents(metric, [baseline, candidate], groups, "change");
  if (missing !== undefined) return missing;
  const rows = candidate[0]?.count ?? 0;
  const has = countUnits(metric.carries(baseline, candidate), rows, groups, leastCarriers);
  if (has >= leastCarriers) return undefined;
  const unit = groups ? "groups" : "rows";
  const counted = Number.isInteger(has) ? "" : `, counted by how far ${groups ? "each" : "one"} moves it`;
  return `needs ${leastCarriers} ${unit} that the models ${metric.differsBy ?? "predict"} differently${counted}, has ${shown(has)}`;
}

function missingEvents(metric: Guarded, sides: readonly Trainings[], groups: Groups | undefined, of: IntervalOf) {
  const few = missingGroups(groups) ?? missingWeight(sides[0]?.[0], groups);
  if (few !== undefined) return few;
  const needs = sides.map((trainings) => trainings.map((rows) => metric.events(rows, of)));
  for (const [index, need] of (needs[0]?.[0] ?? []).entries()) {
    const hasIn = (units: Groups | undefined, least: number) => {
      const counts = needs.map((trainings, side) => {
        const enough = trainings.length > 1 ? Number.POSITIVE_INFINITY : least;
        const each = trainings.map((own, i) =>
          countUnits(own[index]?.rows ?? noRow, sides[side]?.[i]?.count ?? 0, units, enough),
        );
        return each.reduce((total, count) => total + count, 0) / each.length;
      });
      return need.sides === "one" ? Math.max(...counts) : Math.min(...counts);
    };
    const isChange = sides.length > 1;
    const rows = hasIn(undefined, need.least);
    if (rows < need.least) return needed(need, need.least, rows, { inGroups: false, isChange });
    const least = Math.min(need.least, leastGroupsWith);
    if (groups === undefined || need.inRows) continue;
    const has = hasIn(groups, least);
    if (has < least) return needed(need, least, has, { inGroups: true, isChange });
  }
  for (const rows of sides.flat()) {
    const obstacle = metric.obstacle?.(rows, of);
    if (obstacle !== undefined) return obstacle;
  }
  return undefined;
}

function noRow(): number {
  return 0;
}

function needed(
  { of, has: which, sides }: Need,
  least: number,
  has: number,
  { inGroups, isChange }: { inGroups: boolean; isChange: boolean },
): string {
  const ofSides = isChange && sides === "each" ? " on each side" : "";
  const kind = inGroups ? `groups with ${of}` : of;
  return `needs ${least} ${kind}${ofSides}, has ${shown(has)}${which === undefined ? "" : ` ${which}`}`;
}

function missingGroups(groups: Groups | undefined): string | undefined {
  if (groups === undefined || groups.count >= leastGroups) return undefined;
  return `needs ${leastGroups} groups of rows, has ${groups.count}`;
}

function missingWeight(rows: Rows | undefined, groups: Groups | undefined): string | undefined {
  if (rows === undefined || (rows.weights === undefined && groups === undefined)) return undefined;
  const unit = groups ? "groups" : "rows";
  const has = effectiveGroups(rows.count, groups, rows.weights);
  if (has >= leastEffective[unit] || (groups === undefined && rows.count < leastEffective.rows)) return undefined;
  return `needs ${leastEffective[unit]} ${unit} of like weight, has as much as ${shown(has)}`;
}

/** Independent units of a kind: a group is one as far as any of its rows is. Counts on only until there are enough. */
function countUnits(of: (row: number) => number, rows: number, groups: Groups | undefined, enough: number): number {
  let total = 0;
  const ofGroups = groups && new Float64Array(groups.count);
  for (let row = 0; row < rows && total < enough; row++) {
    const own = of(row);
    if (!(own > 0)) continue;
    const known = ofGroups?.[groups?.of[row] ?? 0] ?? 0;
    if (own <= known) continue;
    total += own - known;
    if (ofGroups) ofGroups[groups?.of[row] ?? 0] = own;
  }
  // Sums of shares miss whole numbers by rounding.
  return Math.round(total * 1e9) / 1e9;
}

function shown(count: number): string {
  return String(Math.floor(count * 100) / 100);
}
