import type { Fault, TableQuality } from "../../src/evidence/quality-evidence.ts";
import type { QualityResult } from "../../src/quality/quality-result.ts";
import type { Report } from "../../src/report/report.ts";
import type { Gate } from "../../src/spec/spec.ts";
import { createModelReport, createReport, judged, mixedGates, passingGates } from "./create-report.ts";

const fault = (check: string, column: string | undefined, rest: Partial<Fault>): Fault => ({
  ...{ check, columns: column === undefined ? [] : [column], severity: "error", examples: [], message: "" },
  ...rest,
});

const faultsOfChange: Fault[] = [
  fault("rule.amount.min", "amount", {
    rows: { count: 1_204, of: 1_310_000 },
    examples: [17, 92, 1_203, 5_500, 5_501, 5_502, 80_100, 80_101, 91_000, 120_456],
    place: { file: "data/train.csv", line: 18 },
    message: '"amount" is less than 0 in 1,204 of 1,310,000 rows (0.092%).',
  }),
  fault("train-test-overlap", undefined, {
    rows: { count: 3_100, of: 20_000 },
    examples: [1, 2, 3, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56],
    examplesOf: "test",
    message: "3,100 of 20,000 rows (16%) of the test table are in the table too, in all but the id.",
  }),
  fault("rule.sql.fee-is-part-of-amount", undefined, {
    rows: { count: 12, of: 1_310_000 },
    examples: [3, 7, 8],
    message: "amount >= fee is false in 12 of 1,310,000 rows (less than 0.01%).",
    before: { severity: "error", rows: { count: 5, of: 1_200_000 } },
  }),
  fault("new-categories", "device_os", {
    severity: "warn",
    rows: { count: 52_000, of: 1_310_000 },
    examples: [4, 99, 130],
    message: '"device_os" has 1 value that the reference lacks, in 52,000 of 1,310,000 rows (4%): "harmony".',
  }),
  fault("string-variants", "country", {
    severity: "warn",
    rows: { count: 90, of: 1_310_000 },
    examples: [12, 40],
    message: '"country" has 2 values in more than one spelling.',
    before: { severity: "warn", rows: { count: 90, of: 1_200_000 } },
  }),
];

const gate: Gate = {
  ...{ position: { file: "assay.yml", line: 41, column: 9 }, metric: "quality", kind: "at-most", limit: 0 },
  data: { check: "quality", severity: "error" },
};

export function createQualityReport(found: readonly Fault[] = faultsOfChange, qualityMissing?: string): Report {
  const errors = found.filter(({ severity }) => severity === "error").length;
  const quality: TableQuality[] = [
    { table: "data/train.csv", rows: 1_310_000, columns: 11, faults: [...found], leftOut: 0, passed: 19 },
  ];
  const outcome = errors > 0 ? "fail" : qualityMissing === undefined ? "pass" : "inconclusive";
  const ofQuality = {
    ...{ name: "quality.at-most", gate, role: "current" as const, outcome: outcome as typeof outcome },
    note:
      errors > 0 ? "rule.amount.min, train-test-overlap, rule.sql.fee-is-part-of-amount" : (qualityMissing ?? "nothing is wrong"),
    value:
      outcome === "inconclusive"
        ? undefined
        : { metric: "quality", value: errors, interval: { low: errors, high: errors }, method: "counted" },
  };
  const gates = [ofQuality, ...(errors === 0 ? passingGates() : mixedGates().filter((result) => result.outcome === "pass"))];
  const state = judged("fraud", { gates, evidence: { data: { tables: [], quality, qualityMissing } } });
  return createReport({ verdict: outcome, models: [createModelReport({ state })] });
}

export function createQualityResult(): QualityResult {
  const failed = faultsOfChange.map(({ check, before: _, ...fault }) => ({ name: check, status: "fail" as const, ...fault }));
  const check = { columns: [], severity: "warn" as const, examples: [] };
  return {
    ...{ table: "data/train.csv", rows: 1_310_000, columns: 11, leftOut: 0 },
    checks: [
      ...failed,
      { ...check, name: "missing", status: "pass", message: "Looked for rows without a value." },
      { ...check, name: "date-leakage", status: "skipped", message: "Not looked for: there is no column of times." },
    ],
  };
}
