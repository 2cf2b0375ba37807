import type { Random } from "../../statistics/random.ts";
import type { BinnedColumn } from "./binned-columns.ts";

/** A tree of up to three levels: rows whose bin of a column is among `left` go left. */
type Tree = { leaf: number } | { column: number /** A bit a bin. */; left: number; yes: Tree; no: Tree };

export type BinAt = (column: number, row: number) => number;

export interface BoostedTrees {
  /** Higher: more like rows whose target is 1. */
  score: (row: number, binAt: BinAt) => number;
  /** Positions of the columns that any tree asks for. */
  used: ReadonlySet<number>;
}

const depth = 3;
const rounds = 60;
const rate = 0.2;
const leastRows = 20;
/** Of the columns that a tree may ask for: one that tells only beside another comes first in some. */
const columnsOfTree = 0.6;

/**
 * Gradient boosting by squared error over binned columns (J. Friedman 2001): sees columns alone and up to three together. A split is
 * kept only where it, or one below it, gains more than the best of as many would by chance.
 * @param target 0 or 1 a row
 */
export function fitBoostedTrees(
  columns: readonly BinnedColumn[],
  target: Float64Array,
  rows: Uint32Array,
  random: Random,
): BoostedTrees {
  const residuals = Float64Array.from(target);
  const share = rows.reduce((total, row) => total + (target[row] ?? 0), 0) / rows.length;
  for (const row of rows) residuals[row] = (residuals[row] ?? 0) - share;
  const binAt: BinAt = (column, row) => columns[column]?.bins[row] ?? 0;
  const trees: Tree[] = [];
  for (let round = 0; round < rounds; round++) {
    const asked = [...columns.keys()].filter(() => columns.length < 3 || random.uniform() < columnsOfTree);
    const { tree, isSure } = growTree({ columns, asked, residuals, variance: share * (1 - share) }, rows, depth);
    if (!isSure) continue;
    trees.push(tree);
    for (const row of rows) residuals[row] = (residuals[row] ?? 0) - leafOf(tree, row, binAt);
  }
  return {
    score: (row, at) => trees.reduce((total, tree) => total + leafOf(tree, row, at), 0),
    used: new Set(trees.flatMap(columnsIn)),
  };
}

function leafOf(tree: Tree, row: number, binAt: BinAt): number {
  let node = tree;
  while (!("leaf" in node)) node = ((node.left >>> binAt(node.column, row)) & 1) === 1 ? node.yes : node.no;
  return node.leaf;
}

function columnsIn(tree: Tree): number[] {
  return "leaf" in tree ? [] : [tree.column, ...columnsIn(tree.yes), ...columnsIn(tree.no)];
}

interface Growing {
  columns: readonly BinnedColumn[];
  asked: readonly number[];
  residuals: Float64Array;
  /** Of the target. */
  variance: number;
}

function growTree(growing: Growing, rows: Uint32Array, levels: number): { tree: Tree; isSure: boolean } {
  const leaf = { leaf: (rate * sumOf(growing.residuals, rows)) / Math.max(1, rows.length) };
  const split = levels === 0 || rows.length < 2 * leastRows ? undefined : bestSplit(growing, rows);
  const bins = growing.columns[split?.column ?? -1]?.bins;
  if (split === undefined || bins === undefined) return { tree: leaf, isSure: false };
  const isLeft = (row: number) => ((split.left >>> (bins[row] ?? 0)) & 1) === 1;
  const yes = growTree(growing, rows.filter(isLeft), levels - 1);
  const no = growTree(
    growing,
    rows.filter((row) => !isLeft(row)),
    levels - 1,
  );
  const isSure = split.surplus > 0 || yes.isSure || no.isSure;
  return { tree: isSure ? { column: split.column, left: split.left, yes: yes.tree, no: no.tree } : leaf, isSure };
}

interface Split {
  column: number;
  left: number;
  /** What it gains beyond what chance would. */
  surplus: number;
}

function bestSplit({ columns, asked, residuals, variance }: Growing, rows: Uint32Array): Split | undefined {
  const total = sumOf(residuals, rows);
  const before = (total * total) / rows.length;
  let best: Split | undefined;
  for (const column of asked) {
    const { bins = new Uint8Array(), count = 0, ordered = true } = columns[column] ?? {};
    const [sums, sizes] = [new Float64Array(count), new Float64Array(count)];
    for (const row of rows) {
      const bin = bins[row] ?? 0;
      sums[bin] = (sums[bin] ?? 0) + (residuals[row] ?? 0);
      sizes[bin] = (sizes[bin] ?? 0) + 1;
    }
    const order = binOrder(sums, sizes, ordered);
    const chance = variance * byChance(order.length, ordered, columns.length);
    let [sum, size, left] = [0, 0, 0];
    for (const bin of order) {
      sum += sums[bin] ?? 0;
      size += sizes[bin] ?? 0;
      left |= 1 << bin;
      const right = rows.length - size;
      if (size < leastRows || right < leastRows) continue;
      const surplus = (sum * sum) / size + (total - sum) ** 2 / right - before - chance;
      if (best === undefined || surplus > best.surplus) best = { column, left, surplus };
    }
  }
  return best;
}

/** About what the best of all splits gains where there is nothing to find, in variances of the target. */
function byChance(bins: number, ordered: boolean, columns: number): number {
  const tail = 2 * Math.log(Math.max(2, columns * (ordered ? bins : 1)));
  return ordered ? tail : bins + 2 * Math.sqrt(bins * tail) + tail;
}

/** Of values without an order by their mean, by which the best parting in two is among the cuts (W. Fisher 1958). */
function binOrder(sums: Float64Array, sizes: Float64Array, ordered: boolean): number[] {
  const bins = [...sizes.keys()].filter((bin) => (sizes[bin] ?? 0) > 0);
  const meanOf = (bin: number) => (sums[bin] ?? 0) / (sizes[bin] ?? 1);
  return ordered ? bins : bins.sort((a, b) => meanOf(a) - meanOf(b) || a - b);
}

function sumOf(values: Float64Array, rows: Uint32Array): number {
  return rows.reduce((total, row) => total + (values[row] ?? 0), 0);
}
