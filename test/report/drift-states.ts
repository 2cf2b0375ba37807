import type { DriftColumn, DriftResult, DriftTest } from "../../src/evidence/data-evidence.ts";
import { digestOf } from "../../src/evidence/digest.ts";
import type { Report } from "../../src/report/report.ts";
import type { Gate } from "../../src/spec/spec.ts";
import { createModelReport, createReport, judged, mixedGates, passingGates } from "./create-report.ts";

const test = (of: DriftTest["of"], measure: string, value: number, rest: Partial<DriftTest> = {}): DriftTest => ({
  ...{ of, measure, value, limit: 0.05, noise: 0.012, pValue: 0.4, adjusted: 0.8, drifted: false },
  ...rest,
});

const found = { pValue: 1e-9, adjusted: 4e-8, drifted: true };

/** A bell over `bins` bins around `centre`, of `rows` rows. */
function bell(bins: number, centre: number, width: number, rows: number): number[] {
  const weights = Array.from({ length: bins }, (_, bin) => Math.exp(-(((bin - centre) / width) ** 2)));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => Math.round((weight / all) * rows));
}

const edges = (from: number, to: number) => Array.from({ length: 31 }, (_, bin) => from + ((to - from) * bin) / 30);
const bells = (from: number, to: number, before: number, now: number) => ({
  edges: edges(from, to),
  reference: bell(30, before, 6, 1_200_000),
  current: bell(30, now, 6, 1_310_000),
});

export const driftedColumns: DriftColumn[] = [
  {
    name: "merchant_age_days",
    type: "number",
    state: "drifted",
    tests: [test("values", "ks", 0.312, found), test("out-of-range", "share", 0.021, { ...found, limit: 0.005 })],
    missing: { reference: 0, current: 0 },
    histogram: bells(0, 3_650, 9, 17),
  },
  {
    name: "device_os",
    type: "category",
    state: "drifted",
    tests: [test("values", "js", 0.092, found), test("new-categories", "share", 0.04, { ...found, limit: 0.01 })],
    missing: { reference: 0, current: 0 },
    histogram: {
      labels: ["android", "ios", "windows", "mac", "harmony"],
      reference: [700_000, 410_000, 60_000, 30_000, 0],
      current: [640_000, 480_000, 70_000, 68_000, 52_000],
    },
  },
  {
    name: "income",
    type: "number",
    state: "drifted",
    tests: [test("missing", "share", 0.081, found), test("values", "ks", 0.011)],
    missing: { reference: 0.019, current: 0.1 },
    histogram: bells(0, 120_000, 12, 12),
  },
  { name: "channel_v2", type: "category", state: "added", tests: [] },
];

const stable = (name: string, value: number): DriftColumn => ({
  name,
  type: "number",
  state: "stable",
  tests: [test("values", "ks", value)],
  missing: { reference: 0, current: 0 },
  histogram: bells(-3, 3, 15, 15 + value * 10),
});

export const driftResult = (columns: readonly DriftColumn[]): DriftResult & { table: string } => ({
  ...{ table: "data/train.csv", preset: "assay", rows: { reference: 1_200_000, current: 1_310_000 } },
  columns: [
    ...columns,
    ...Array.from({ length: 6 }, (_, index) => stable(`feature_${index + 1}`, 0.004 + index / 400)),
    { name: "customer", type: "text", state: "not-compared", why: "excluded by drift.exclude", tests: [] },
  ],
  drifted: columns.length,
  smallestShift: 0.009,
});

const gate: Gate = {
  ...{ position: { file: "assay.yml", line: 40, column: 9 }, metric: "drift", data: { check: "drift" } },
  ...{ kind: "at-most", limit: 0 },
};
const value = (count: number) => ({ metric: "drift", value: count, interval: { low: count, high: count }, method: "counted" });

export function createDriftReport(columns: readonly DriftColumn[] = driftedColumns): Report {
  const isStable = columns.length === 0;
  const note = isStable ? "no column has drifted" : 'drifted: "merchant_age_days", "device_os", "income" and 1 more';
  const drift = {
    name: "drift.at-most",
    gate,
    role: "current" as const,
    note,
    outcome: isStable ? ("pass" as const) : ("fail" as const),
    value: value(columns.length),
  };
  const data = {
    tables: [{ path: "data/train.csv", rows: 1_310_000, columns: 11, profile: digestOf("profile") }],
    drift: [driftResult(columns)],
  };
  const gates = [drift, ...(isStable ? passingGates() : mixedGates().filter(({ outcome }) => outcome === "pass"))];
  const state = judged("fraud", { gates, evidence: { data } });
  return createReport({ verdict: isStable ? "pass" : "fail", models: [createModelReport({ state })] });
}

/** A table of 200 columns with long names, all of which moved. */
export function createWideDrift(): DriftResult {
  const labels = Array.from({ length: 35 }, (_, label) => `kind ${label} of a value`);
  const counts = (from: number) => labels.map((_, label) => Math.round(3_000 / (label + from)));
  const columns = Array.from({ length: 200 }, (_, at): DriftColumn => {
    const tests = [
      test("values", "ks", 0.4 - at / 1_000, found),
      test("missing", "share", 0.02),
      test("out-of-range", "share", 0.01),
    ];
    const of = {
      name: `measured_value_of_sensor_${at}_in_hall`,
      state: "drifted" as const,
      tests,
      missing: { reference: 0, current: 0.02 },
    };
    return at % 2 === 0
      ? { ...of, type: "number", histogram: bells(0, 3_650, 9, 12 + (at % 9)) }
      : { ...of, type: "category", histogram: { labels, reference: counts(1), current: counts(2) } };
  });
  return { preset: "assay", rows: { reference: 1_200_000, current: 1_310_000 }, drifted: 200, columns };
}
