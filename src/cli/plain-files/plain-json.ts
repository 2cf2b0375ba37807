import type { MetricResult } from "../../evidence/evidence.ts";
import type { ComparedCandidate, ComparedFiles, EvaluatedFile } from "../../flows/compare-files.ts";

/** A metric as JSON has it: `interval` is null where there is none, and `reason` says why. */
function metricJson({ metric, value, interval, method, seeds, undefinedBecause, noIntervalBecause }: MetricResult) {
  const reason = undefinedBecause ?? noIntervalBecause;
  return {
    name: metric,
    value,
    interval: interval ?? null,
    ...(method === undefined ? {} : { method }),
    ...(seeds === undefined ? {} : { seeds }),
    ...(reason === undefined ? {} : { reason }),
  };
}

/** `assay.metrics/v1` */
export function evaluationJson({ files, side, evaluated }: EvaluatedFile) {
  const { task, testSet, notes, weight } = files;
  const { candidate, slices = [], slicesLeftOut = [], slicesMissing = [], group, seedsEqual } = evaluated;
  return {
    schema: "assay.metrics/v1",
    task,
    testSet,
    predictions: [sideJson(side)],
    metrics: (candidate?.metrics ?? []).map(metricJson),
    slices: slices.map(({ column, value, rows, tooSmall, metrics }) => ({
      column,
      value,
      rows,
      ...(tooSmall ? { tooSmall } : {}),
      metrics: metrics.map(metricJson),
    })),
    slicesLeftOut,
    slicesMissing,
    ...(group ? { group } : {}),
    ...(seedsEqual ? { seedsEqual } : {}),
    ...(weight === undefined ? {} : { weight }),
    notes,
  };
}

/**
 * `assay.comparison/v1`: `candidates` has one entry a candidate; `metrics` (the candidate's), `comparisons` and `flipped` at the
 * top are those of the first.
 */
export function comparisonJson({ files, baseline, candidates, exitCode }: ComparedFiles) {
  const { task, testSet, notes, weight } = files;
  const [first] = candidates.map(({ evaluated }) => evaluated);
  return {
    schema: "assay.comparison/v1",
    task,
    testSet,
    ...(weight === undefined ? {} : { weight }),
    exitCode,
    baseline: { ...sideJson(baseline), metrics: (first?.baseline?.metrics ?? []).map(metricJson) },
    metrics: (first?.candidate?.metrics ?? []).map(metricJson),
    comparisons: first?.comparisons ?? [],
    ...(first?.flipped ? { flipped: first.flipped } : {}),
    candidates: candidates.map(candidateJson),
    notes,
  };
}

function candidateJson({ side, evaluated, judgement }: ComparedCandidate) {
  const { candidate, comparisons, flipped, slices = [], slicesLeftOut = [], slicesMissing = [], group, seedsEqual } = evaluated;
  return {
    ...sideJson(side),
    metrics: (candidate?.metrics ?? []).map(metricJson),
    comparisons,
    ...(flipped ? { flipped } : {}),
    slices: slices.map(({ metrics, ...slice }) => ({ ...slice, metrics: metrics.map(metricJson) })),
    slicesLeftOut,
    slicesMissing,
    ...(group ? { group } : {}),
    ...(seedsEqual ? { seedsEqual } : {}),
    headline: judgement.headline ?? null,
    worseSlices: (judgement.worseSlices ?? []).map(
      ({ slice: { column, value, rows }, comparison: { metric, change, interval } }) => ({
        column,
        value,
        rows,
        metric,
        change,
        interval,
      }),
    ),
    ...(judgement.verdict ? { verdict: judgement.verdict } : {}),
  };
}

function sideJson({ name, predictions }: ComparedCandidate["side"]) {
  return { path: name, digests: predictions.map(({ digest }) => digest) };
}
