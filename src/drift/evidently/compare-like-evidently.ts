import type { DriftColumn, DriftResult } from "../../evidence/data-evidence.ts";
import { driftResult, excludedWhy } from "../result.ts";
import { type EvidentlyType, finiteValues, inferType, type PandasColumn, valueCounts } from "./columns.ts";
import { defaultMeasure, type EvidentlyMeasure, type Measured, measureSides, rowsOf, type Side } from "./measures.ts";

export interface PandasTable {
  rows: number;
  columns: readonly PandasColumn[];
}

export interface EvidentlyOptions {
  /** For all columns, as Evidently's `method`; by default each column's own. */
  measure?: EvidentlyMeasure | undefined;
  exclude?: ReadonlySet<string> | undefined;
  /** As of the other presets: it decides which drifted columns are named first. */
  weights?: ReadonlyMap<string, number> | undefined;
}

/** The table as a whole has drifted, by Evidently's rule, when at least this share of the compared columns has. */
const driftShare = 0.5;

/**
 * Preset `evidently-0.7`: the numbers and decisions of `DataDriftPreset` of Evidently 0.7, with its false alarms. What it does with
 * texts, which is to train a classifier of their words, is left out.
 */
export function compareLikeEvidently(
  reference: PandasTable,
  current: PandasTable,
  { measure, exclude, weights }: EvidentlyOptions = {},
): DriftResult {
  const columns = reference.columns.map((column): DriftColumn => {
    const { name } = column;
    if (exclude?.has(name)) return { name, state: "not-compared", why: excludedWhy, tests: [] };
    const now = current.columns.find((other) => other.name === name);
    return now ? compareColumn(column, now, measure) : { name, state: "removed", tests: [] };
  });
  const known = new Set(reference.columns.map(({ name }) => name));
  const compared = columns.filter(({ tests }) => tests.length > 0);
  const share = compared.filter(({ state }) => state === "drifted").length / Math.max(1, compared.length);
  return driftResult({
    preset: "evidently-0.7",
    rows: { reference: reference.rows, current: current.rows },
    columns,
    weights,
    added: current.columns.map(({ name }) => name).filter((name) => !known.has(name) && !exclude?.has(name)),
    dataset: { share, limit: driftShare, drifted: compared.length > 0 && share >= driftShare },
  });
}

const typeOf: Readonly<Record<EvidentlyType, DriftColumn["type"]>> = {
  numerical: "number",
  categorical: "category",
  text: "text",
  datetime: "time",
  unknown: undefined,
};

/** By the type of the current side, as Evidently has it. */
function compareColumn(reference: PandasColumn, current: PandasColumn, wanted: EvidentlyMeasure | undefined): DriftColumn {
  const type = inferType(current);
  const column = { name: reference.name, ...(typeOf[type] === undefined ? {} : { type: typeOf[type] }) };
  const leftOut = (why: string): DriftColumn => ({ ...column, state: "not-compared", why, tests: [] });
  if (type === "text") return leftOut("Evidently compares texts by a classifier, which this preset does not have");
  if (type === "datetime" || reference.dtype === "datetime" || current.dtype === "datetime")
    return leftOut("Evidently does not compare times");
  if (type === "unknown") return leftOut("Evidently does not compare a column of mixed values");
  const areNumbers = type === "numerical";
  if (areNumbers && !("values" in reference)) return { ...column, state: "retyped", why: "it held no numbers", tests: [] };
  const [before, now] = [sideOf(reference, areNumbers), sideOf(current, areNumbers)];
  if (rowsOf(before) === 0 || rowsOf(now) === 0) return leftOut("there are no values to compare");
  const measure = wanted ?? defaultMeasure(before, now);
  const measured = measureSides(measure, before, now);
  return { ...column, state: measured.drifted ? "drifted" : "stable", tests: [testOf(measure, measured)] };
}

function testOf(measure: EvidentlyMeasure, { score, value, limit, drifted }: Measured): DriftColumn["tests"][number] {
  const isTest = measure === "ks" || measure === "chi-square" || measure === "z";
  return { of: "values", measure, value, limit, ...(isTest ? { pValue: score } : {}), drifted };
}

function sideOf(column: Exclude<PandasColumn, { dtype: "datetime" }>, areNumbers: boolean): Side {
  return areNumbers && "values" in column
    ? { kind: "numbers", values: finiteValues(column), areIntegers: column.dtype === "int" }
    : { kind: "categories", counts: valueCounts(column) };
}
