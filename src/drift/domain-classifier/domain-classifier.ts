import type { Table } from "../../data/table.ts";
import { normalCdf, normalQuantile } from "../../statistics/normal.ts";
import { createRandom, type Random } from "../../statistics/random.ts";
import { rocAuc } from "../../statistics/roc-auc.ts";
import { type BinnedColumn, binColumn } from "./binned-columns.ts";
import { type BoostedTrees, fitBoostedTrees } from "./boosted-trees.ts";

/** How well a classifier tells the rows of two tables apart by all columns together. */
export interface TogetherDrift {
  /** Rows that were looked at. */
  rows: { reference: number; current: number };
  /** ROC-AUC on rows that it did not see: 0.5 where it cannot tell them apart. */
  auc: number;
  limit: number;
  /** What chance alone exceeds in 1 of 20 at most. */
  noise: number;
  pValue: number;
  drifted: boolean;
  /** Columns without whose values it would tell less, by how much of the AUC; most telling first. */
  columns: { name: string; loss: number }[];
}

const limit = 0.55;
const level = 0.05;
const shownColumns = 5;
/** A loss up to it is none. */
const leastLoss = 0.005;
/** Of each table. */
const leastRows = 100;

/**
 * Multivariate drift by a domain classifier: boosted trees are fitted on one half of both tables' rows and asked whether each row
 * of the other half is of now, and the other way round. Where both tables are of one distribution the AUC of each half has the
 * distribution of Mann and Whitney's statistic, whatever the classifier; the two are taken as if they moved together, which is the
 * widest case. It also sees columns that change only in how they belong together.
 * @returns why there is nothing to say, where there is not
 */
export function compareTogether(
  reference: Table,
  current: Table,
  exclude: ReadonlySet<string> = new Set(),
): TogetherDrift | string {
  if (reference.rows < leastRows || current.rows < leastRows)
    return `of each table ${leastRows} rows are needed, and there are ${reference.rows} and ${current.rows}`;
  const columns = reference.columns.flatMap((column) => {
    const now = current.columns.find(({ name }) => name === column.name);
    return now === undefined || exclude.has(column.name) ? [] : (binColumn(column, now) ?? []);
  });
  if (columns.length === 0) return "there is no column that both have and that differs between rows";
  const rows = reference.rows + current.rows;
  const target = Float64Array.from({ length: rows }, (_, row) => (row < reference.rows ? 0 : 1));
  const random = createRandom(rows);
  const halves = splitHalves(reference.rows, current.rows, random);
  const folds = ([0, 1] as const).map((fold): Fold => {
    const trees = fitBoostedTrees(columns, target, halves[fold], random);
    return createFold(trees, columns, target, halves[fold === 0 ? 1 : 0]);
  });
  const auc = meanOf(folds, ({ auc }) => auc);
  const spread = meanOf(folds, ({ error }) => error);
  const widest = meanOf(folds, ({ errorWithoutTies }) => errorWithoutTies);
  const pValue = spread < 1e-9 ? 1 : 1 - normalCdf((auc - 0.5) / spread);
  return {
    ...{ rows: { reference: reference.rows, current: current.rows }, auc, limit, pValue },
    noise: 0.5 + normalQuantile(1 - level) * widest,
    drifted: auc > limit && pValue <= level,
    columns: columns
      .map(({ name }, position) => ({ name, loss: auc - meanOf(folds, (fold) => fold.without(position, random)) }))
      .filter(({ loss }) => loss > leastLoss)
      .sort((a, b) => b.loss - a.loss)
      .slice(0, shownColumns),
  };
}

interface Fold {
  auc: number;
  /** Standard deviation of the AUC where both tables are of one distribution. */
  error: number;
  errorWithoutTies: number;
  /** The AUC with a column's values dealt to other rows. */
  without(column: number, random: Random): number;
}

function createFold(trees: BoostedTrees, columns: readonly BinnedColumn[], target: Float64Array, rows: Uint32Array): Fold {
  const positive = Uint8Array.from(rows, (row) => target[row] ?? 0);
  const binAt = (column: number, row: number) => columns[column]?.bins[row] ?? 0;
  const aucOf = (scores: Float64Array) => rocAuc(scores, positive).auc;
  const scores = Float64Array.from(rows, (row) => trees.score(row, binAt));
  const auc = aucOf(scores);
  return {
    auc,
    error: nullError(positive, tiesOf(scores)),
    errorWithoutTies: nullError(positive, 0),
    without(column, random) {
      if (!trees.used.has(column)) return auc;
      const dealt = shuffled(rows, random);
      const other = new Map(Array.from(rows, (row, i) => [row, dealt[i] ?? row]));
      const at = (asked: number, row: number) => binAt(asked, asked === column ? (other.get(row) ?? row) : row);
      return aucOf(Float64Array.from(rows, (row) => trees.score(row, at)));
    },
  };
}

/** Of Mann and Whitney's statistic, as a share of all pairs. */
function nullError(positive: Uint8Array, ties: number): number {
  const rows = positive.length;
  const positives = positive.reduce((count, flag) => count + flag, 0);
  return Math.sqrt((rows + 1 - ties / (rows * (rows - 1))) / (12 * positives * (rows - positives)));
}

function tiesOf(scores: Float64Array): number {
  const counts = new Map<number, number>();
  for (const score of scores) counts.set(score, (counts.get(score) ?? 0) + 1);
  let ties = 0;
  for (const tied of counts.values()) ties += tied ** 3 - tied;
  return ties;
}

/** Half of each table's rows to each. */
function splitHalves(reference: number, current: number, random: Random): [Uint32Array, Uint32Array] {
  const dealt = [
    shuffled(
      Uint32Array.from({ length: reference }, (_, row) => row),
      random,
    ),
    shuffled(
      Uint32Array.from({ length: current }, (_, row) => reference + row),
      random,
    ),
  ];
  const half = (which: 0 | 1) =>
    Uint32Array.from(
      dealt.flatMap((rows) => {
        const middle = Math.floor(rows.length / 2);
        return [...(which === 0 ? rows.subarray(0, middle) : rows.subarray(middle))];
      }),
    ).sort();
  return [half(0), half(1)];
}

function shuffled(rows: Uint32Array, random: Random): Uint32Array {
  const dealt = Uint32Array.from(rows);
  for (let i = dealt.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [dealt[i], dealt[j]] = [dealt[j] ?? 0, dealt[i] ?? 0];
  }
  return dealt;
}

function meanOf<T>(values: readonly T[], number: (value: T) => number): number {
  return values.reduce((total, value) => total + number(value), 0) / values.length;
}
