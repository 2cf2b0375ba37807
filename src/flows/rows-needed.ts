import { UsageError } from "../errors/errors.ts";
import type { Files } from "../files/files.ts";
import { formatNumber, plural } from "../report/format.ts";
import { factsOfMetric } from "../spec/metric-names.ts";
import type { Task } from "../spec/spec.ts";
import {
  deviationOfDisagreement,
  deviationOfPilot,
  errorsOfChange,
  rowsNeeded,
  seedsNeeded,
  type TrainedSide,
} from "../statistics/sample-size.ts";
import { type ComparedCandidate, compareFiles } from "./compare-files.ts";
import { parseMetrics } from "./plain-files/chosen-metrics.ts";
import { checkLimit, type Limit } from "./plain-files/judge-plain.ts";
import type { PlainRequest } from "./plain-files/request.ts";

export interface RowsNeededOptions {
  metric: string;
  limit: Limit;
  /** Share of rows on which two models disagree in being right. */
  disagreement: number | undefined;
  /** Two models of a pilot, each a file or a file a training; empty: there is none. */
  pilot: readonly string[];
  power: number | undefined;
  /** The metric's standard deviation from seed to seed; undefined: what a pilot of several trainings shows. */
  seedSd: number | undefined;
  /** Test rows that there are, for the number of seeds; undefined: the pilot's. */
  rows: number | undefined;
}

/** `assay.rows-needed/v1` */
export interface RowsNeeded {
  schema: "assay.rows-needed/v1";
  metric: string;
  noWorseThan: number;
  /** Over rows, or groups of them, of the change of these trainings. */
  deviation: number;
  /** Of the metric from seed to seed, where it is known. */
  seedDeviation?: number;
  /** What the deviation is from, for people. */
  basis: string;
  /** `groups` of rows where a pilot has groups. */
  unit: "rows" | "groups";
  /** The test rows that the number of seeds holds for: rows, of groups too. */
  seedRows?: number;
  /** `rows`, `seeds`: null where no number decides. */
  needed: { power: number; rows: number | null; seeds?: number | null }[];
}

const usualPowers = [0.8, 0.9, 0.95];

/**
 * How many test rows, or seeds a side, decide a limit when nothing truly changed.
 * @throws UsageError when what is given does not say it: which option, and what to do
 */
export async function planRows(options: RowsNeededOptions, plain: PlainRequest, files: Files): Promise<RowsNeeded> {
  const { limit, power } = options;
  const metric = oneMetric(options.metric, plain.task);
  if (options.pilot.length === 0 || (plain.task ?? "scored") !== "scored") checkLimit(limit, [metric]);
  const noise =
    options.pilot.length > 0
      ? await noiseOfPilot({ ...options, metric }, plain, files)
      : noiseOfDisagreement({ ...options, metric });
  const margin = limit.relative ? limit.margin * Math.abs(noise.baseline ?? Number.NaN) : limit.margin;
  if (Number.isNaN(margin))
    throw new UsageError(
      "--no-worse-than: a share of the baseline's value needs that value. Give a pilot's files, or the limit in the metric's own units.",
    );
  if (margin === 0)
    throw new UsageError(
      "--no-worse-than: no number of rows shows a change of exactly 0. Write how much worse is acceptable, such as 0.01.",
    );
  const powers = [...new Set([...usualPowers, ...(power === undefined ? [] : [power])])].sort((a, b) => a - b);
  const { deviation, basis, unit } = noise;
  const seeds = seedsOf(noise, options);
  return {
    schema: "assay.rows-needed/v1",
    metric,
    noWorseThan: margin,
    deviation,
    ...(seeds && { seedDeviation: seeds.seedDeviation }),
    basis,
    unit,
    ...(seeds && { seedRows: seeds.rows }),
    needed: powers.map((power) => ({
      power,
      rows: rowsNeeded({ distance: margin, deviation, power }) ?? null,
      ...(seeds && { seeds: seedsNeeded({ ...seeds, distance: margin, power }) ?? null }),
    })),
  };
}

/** As it is written everywhere; names of scores may be any. */
function oneMetric(given: string, task: Task | undefined): string {
  const [metric = "", ...more] = task === undefined || task === "scored" ? [given.trim()] : parseMetrics(task, given, "--metric");
  if (metric !== "" && more.length === 0) return metric;
  throw new UsageError(`--metric: ${JSON.stringify(given)} is not one metric. Write one, such as accuracy.`);
}

interface Noise {
  deviation: number;
  basis: string;
  unit: "rows" | "groups";
  seedDeviation?: number;
  /** Test rows of the pilot, and of a unit. */
  rows?: number;
  rowsPerUnit: number;
  baseline?: number | null;
}

/** What the number of seeds follows from; undefined where nothing says how the metric varies from seed to seed. */
function seedsOf({ deviation, seedDeviation, rows: ofPilot, rowsPerUnit }: Noise, options: RowsNeededOptions) {
  const deviationOfSeeds = options.seedSd ?? seedDeviation;
  if (deviationOfSeeds === undefined) return undefined;
  const rows = options.rows ?? ofPilot;
  if (rows === undefined)
    throw new UsageError("--seed-sd: how many seeds are needed depends on the test rows. Add --rows with their number.");
  return { rows, seedDeviation: deviationOfSeeds, rowError: deviation / Math.sqrt(rows / rowsPerUnit) };
}

function noiseOfDisagreement({ metric, disagreement }: RowsNeededOptions): Noise {
  const facts = factsOfMetric(metric);
  if (facts !== undefined && metric !== "accuracy")
    throw new UsageError(
      `--metric: ${metric} is not a mean of right and wrong rows, so a share of disagreement does not say how it varies. Give two files of predictions as a pilot: assay compare a.csv b.csv --rows-needed …`,
    );
  if (disagreement === undefined)
    throw new UsageError(
      "--disagreement is missing: on which share of rows do two such models differ in being right, such as 0.1? Or give two files of predictions as a pilot.",
    );
  return {
    deviation: deviationOfDisagreement(disagreement),
    basis: `the models differ in being right on ${formatNumber(disagreement * 100)}% of the rows`,
    unit: "rows",
    rowsPerUnit: 1,
  };
}

async function noiseOfPilot({ metric, pilot }: RowsNeededOptions, plain: PlainRequest, files: Files): Promise<Noise> {
  if (pilot.length !== 2)
    throw new UsageError(
      `A pilot is two models; ${pilot.length} were given. Several trainings of one are written seed1.csv,seed2.csv.`,
    );
  const request = { ...plain, metrics: metric, given: pilot, limit: undefined, primary: undefined };
  const { files: read, candidates } = await compareFiles(request, files);
  const evaluated = candidates[0]?.evaluated;
  const comparison = evaluated?.comparisons[0];
  const { interval, degreesOfFreedom, identical, seedVariance } = comparison ?? {};
  if (evaluated === undefined || interval === undefined || identical)
    throw new UsageError(
      `The pilot does not say how ${metric} varies: ${identical ? "both files say the same in every row" : (comparison?.noIntervalBecause ?? "it has no interval")}. Use other models, or more rows.`,
    );
  const { rows } = read.testSet;
  const units = evaluated.group?.groups ?? rows;
  // With several trainings a side the interval holds what another seed would change too.
  const errors = seedVariance
    ? errorsOfChange({ interval, degreesOfFreedom }, [sideOf(evaluated.baseline), sideOf(evaluated.candidate)])
    : undefined;
  return {
    deviation: errors ? errors.rowError * Math.sqrt(units) : deviationOfPilot({ interval, degreesOfFreedom }, units),
    basis: `noise is as in the pilot of ${plural(rows, "row")} in ${pilot.join(" and ")}`,
    unit: evaluated.group ? "groups" : "rows",
    ...(errors && { seedDeviation: errors.seedDeviation }),
    rows,
    rowsPerUnit: rows / units,
    baseline: comparison?.baseline ?? null,
  };
}

function sideOf(side: ComparedCandidate["evaluated"]["candidate"]): TrainedSide {
  const values = side?.metrics[0]?.seeds;
  return { trainings: values?.length ?? 1, values };
}
