import { markdownTable } from "markdown-table";
import { UsageError } from "../../errors/errors.ts";
import { factsOfMetric } from "../../evaluation/metric-names.ts";
import type { Files } from "../../files/files.ts";
import { formatNumber, plural } from "../../report/format.ts";
import { deviationOfDisagreement, deviationOfPilot, rowsNeeded, seedsNeeded } from "../../statistics/sample-size.ts";
import { evaluatePlain, readPlainFiles } from "./compare-files.ts";
import type { Limit } from "./limit.ts";
import type { PlainOptions } from "./plain-options.ts";

export interface RowsNeededOptions {
  metric: string;
  limit: Limit;
  /** Share of rows on which two models disagree in being right. */
  disagreement: number | undefined;
  /** Two files of a pilot; empty: there is none. */
  pilot: readonly string[];
  power: number | undefined;
  seedSd: number | undefined;
  /** Test rows that there are, for the number of seeds. */
  rows: number | undefined;
}

/** `assay.rows-needed/v1` */
export interface RowsNeeded {
  schema: "assay.rows-needed/v1";
  metric: string;
  noWorseThan: number;
  /** Over rows, or groups of them, of the change. */
  deviation: number;
  /** What the deviation is from, for people. */
  basis: string;
  /** `groups` of rows where a pilot has groups. */
  unit: "rows" | "groups";
  /** The rows that the number of seeds holds for. */
  seedRows?: number;
  /** `rows`, `seeds`: null where no number decides. */
  needed: { power: number; rows: number | null; seeds?: number | null }[];
}

const usualPowers = [0.8, 0.9, 0.95];

/** How many test rows, or seeds a side, decide a limit when nothing truly changed. */
export async function planRows(options: RowsNeededOptions, plain: PlainOptions, files: Files): Promise<RowsNeeded> {
  const { metric, limit, power, seedSd } = options;
  const noise = options.pilot.length > 0 ? await noiseOfPilot(options, plain, files) : noiseOfDisagreement(options);
  const margin = limit.relative ? limit.margin * Math.abs(noise.baseline ?? Number.NaN) : limit.margin;
  if (Number.isNaN(margin))
    throw new UsageError(
      "--no-worse-than: a share of the baseline's value needs that value. Give a pilot's files, or the limit in the metric's own units.",
    );
  if (margin === 0)
    throw new UsageError(
      "--no-worse-than: no number of rows shows a change of exactly 0. Write how much worse is acceptable, such as 0.01.",
    );
  const rows = options.rows ?? noise.rows;
  if (seedSd !== undefined && rows === undefined)
    throw new UsageError("--seed-sd: how many seeds are needed depends on the test rows. Add --rows with their number.");
  const powers = [...new Set([...usualPowers, ...(power === undefined ? [] : [power])])].sort((a, b) => a - b);
  const { deviation, basis, unit } = noise;
  return {
    schema: "assay.rows-needed/v1",
    metric,
    noWorseThan: margin,
    deviation,
    basis,
    unit,
    ...(seedSd === undefined || rows === undefined ? {} : { seedRows: rows }),
    needed: powers.map((power) => ({
      power,
      rows: rowsNeeded({ distance: margin, deviation, power }) ?? null,
      ...(seedSd === undefined || rows === undefined
        ? {}
        : {
            seeds: seedsNeeded({ distance: margin, seedDeviation: seedSd, rowError: deviation / Math.sqrt(rows), power }) ?? null,
          }),
    })),
  };
}

interface PilotNoise {
  deviation: number;
  basis: string;
  unit: "rows" | "groups";
  rows?: number;
  baseline?: number | null;
}

function noiseOfDisagreement({ metric, disagreement }: RowsNeededOptions): PilotNoise {
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
  };
}

async function noiseOfPilot({ metric, pilot }: RowsNeededOptions, plain: PlainOptions, files: Files): Promise<PilotNoise> {
  if (pilot.length !== 2) throw new UsageError(`A pilot is two files of predictions; ${pilot.length} were given.`);
  const read = await readPlainFiles(pilot, { ...plain, metrics: metric }, files);
  const [evaluated] = evaluatePlain(read, plain);
  const comparison = evaluated?.comparisons[0];
  const { interval, degreesOfFreedom, identical } = comparison ?? {};
  if (interval === undefined || identical)
    throw new UsageError(
      `The pilot does not say how ${metric} varies: ${identical ? "both files say the same in every row" : (comparison?.noIntervalBecause ?? "it has no interval")}. Use other models, or more rows.`,
    );
  const units = evaluated?.group?.groups ?? read.testSet.rows;
  const unit = evaluated?.group ? "groups" : "rows";
  return {
    deviation: deviationOfPilot({ interval, degreesOfFreedom }, units),
    basis: `the pilot of ${plural(read.testSet.rows, "row")} in ${pilot.join(" and ")}`,
    unit,
    rows: units,
    baseline: comparison?.baseline ?? null,
  };
}

export function rowsNeededText({ metric, noWorseThan, basis, unit, seedRows, needed }: RowsNeeded): string {
  const header = [
    "decided in",
    unit === "rows" ? "test rows" : "groups of test rows",
    ...(seedRows ? [`or seeds a side, with ${plural(seedRows, unit === "rows" ? "row" : "group")}`] : []),
  ];
  const count = (value: number | null | undefined) =>
    value === null || value === undefined ? "no number decides" : value.toLocaleString("en-US");
  const rows = needed.map(({ power, rows, seeds }) => [
    `${formatNumber(power * 100)}% of cases`,
    count(rows),
    ...(seedRows ? [count(seeds)] : []),
  ]);
  return [
    `To pass ${metric} no worse than ${formatNumber(noWorseThan)} when nothing truly changed, where ${basis}:`,
    markdownTable([header, ...rows], { align: ["r", "r", "r"] }),
    seedRows
      ? "Rows are for two trained models by themselves; seeds hold for other seeds of the same recipes too."
      : "With one training a side, what another seed would change is not included; --seed-sd and --rows say how many seeds would be needed.",
  ].join("\n\n");
}
