import { chunksOf } from "../../src/drift/nannyml/chunks.ts";
import { type ClassifiedRows, pickRows } from "../../src/monitoring/classified-rows.ts";
import {
  createPerformanceEstimator,
  type EstimatedPerformance,
} from "../../src/monitoring/without-labels/performance-estimator.ts";
import { realizedMetric } from "../../src/monitoring/without-labels/realized-metrics.ts";
import { type CensusRows, laterYears, type NannymlEstimates, referenceYear } from "./read-census.ts";

export const metrics = ["roc_auc", "accuracy", "f1", "precision", "recall", "specificity"] as const;
export type CensusMetric = (typeof metrics)[number];

export const metricTitles: Readonly<Record<CensusMetric, string>> = {
  roc_auc: "ROC-AUC",
  accuracy: "Accuracy",
  f1: "F1",
  precision: "Precision",
  recall: "Recall",
  specificity: "Specificity",
};

/** Rows of one year, or so many in a row, of one metric. */
export interface EstimatedWindow extends EstimatedPerformance {
  metric: CensusMetric;
  truth: number;
  nannyml: number;
  rows: number;
  /** Of the first row. */
  year: number;
  /** Rows of people who live in no household, as a share. */
  noHousehold: number;
}

export interface EstimatedCensus {
  years: EstimatedWindow[];
  /** In the order of the file. */
  windows: EstimatedWindow[];
  /** The reference's own windows, whose labels are known. */
  known: { metric: CensusMetric; truth: number }[];
}

export function estimateCensus({ rows, year, relation }: CensusRows, nannyml: NannymlEstimates): EstimatedCensus {
  const places = Uint32Array.from(year.keys());
  const ofYear = (wanted: number) => places.filter((row) => year[row] === wanted);
  const reference = ofYear(referenceYear);
  const later = places.filter((row) => year[row] !== referenceYear);
  const windowsOf = (all: Uint32Array) =>
    chunksOf(all.length, { size: nannyml.window }).map(({ from, to }) => all.subarray(from, to));
  const knownWindows = windowsOf(reference).map((places) => pickRows(rows, places));
  const estimator = createPerformanceEstimator(pickRows(rows, reference), knownWindows, metrics);
  const estimated = (groups: readonly Uint32Array[], theirs: NannymlEstimates["years"]) =>
    groups.flatMap((group, at) => {
      const picked: ClassifiedRows = pickRows(rows, group);
      const facts = {
        rows: group.length,
        year: year[group[0] ?? 0] ?? Number.NaN,
        noHousehold: group.filter((row) => (relation[row] ?? 0) >= 16).length / group.length,
      };
      return estimator.estimate(picked).map((estimate): EstimatedWindow => {
        const metric = metrics.find((name) => name === estimate.metric);
        if (metric === undefined) throw new Error(`${estimate.metric} was not asked for.`);
        const theirEstimate = theirs.estimates[metric]?.[at] ?? Number.NaN;
        return { ...estimate, ...facts, metric, truth: realizedMetric(metric, picked), nannyml: theirEstimate };
      });
    });
  return {
    years: estimated(laterYears.map(ofYear), nannyml.years),
    windows: estimated(windowsOf(later), nannyml.windows),
    known: knownWindows.flatMap((window) => metrics.map((metric) => ({ metric, truth: realizedMetric(metric, window) }))),
  };
}
