import { describe, expect, it } from "vitest";
import { gateRow, gatesTable } from "../../src/cli/gates-table.ts";
import { metricsTable } from "../../src/cli/metrics-table.ts";
import type { Comparison, Slice } from "../../src/evidence/evidence.ts";
import type { GateResult } from "../../src/gates/verdict.ts";
import {
  averagePrecision,
  createEvaluation,
  createEvidence,
  createModelReport,
  createReport,
  createVerdict,
  f1,
  gateOn,
  judged,
  recall,
} from "../report/create-report.ts";

const waiver = { gate: "recall.no-worse-than", by: "@acme/risk", reason: "The labels are mended.", until: "2026-11-30" };

function tableOf(...gates: GateResult[]): string {
  return gatesTable(createReport({ models: [createModelReport({ state: judged("fraud", { gates }) })] }));
}

describe("the table of gates", () => {
  it("shows the numbers, what could be shown, the result and why", () => {
    const table = tableOf(gateOn(recall, { kind: "no-worse-than", margin: 0.03 }, "fail", "0.022 past the limit"));
    expect(table).toMatch(
      /\| recall\.no-worse-than \| 0\.810 +\| 0\.720 +\| −0\.091 \| −0\.130 to −0\.052 \| ±0\.065 +\| fail +\| 0\.022 past the limit \|/,
    );
  });

  it("names slices", () => {
    const name = "recall[country=BR].no-worse-than";
    const slice = { column: "country", value: "BR", rows: 400 };
    expect(tableOf(gateOn(recall, { kind: "no-worse-than", margin: 0.03 }, "fail", "worse", { name, slice }))).toContain(
      `| ${name} |`,
    );
  });

  it("says what is waived, by whom, why and until when, and what would have been", () => {
    const result = gateOn(recall, { kind: "no-worse-than", margin: 0.03 }, "fail", "0.022 past the limit");
    const table = tableOf({ ...result, waiver: { ...waiver, expired: false } });
    expect(table).toMatch(/\| fail, waived \| until 2026-11-30 by @acme\/risk \(would fail: 0\.022 past the limit\) \|/);
    expect(table).toContain("recall.no-worse-than: waived by @acme/risk until 2026-11-30. Reason: The labels are mended.");
    const expired = tableOf({ ...result, waiver: { ...waiver, expired: true } });
    expect(expired).toMatch(/\| fail +\| 0\.022 past the limit; the waiver of @acme\/risk ended on 2026-11-30 \|/);
  });

  it("says the noise of reported numbers, and shows shares in percent", () => {
    const latency: Comparison = {
      ...f1,
      metric: "latency_ms",
      baseline: 18,
      candidate: 19,
      change: 1,
      interval: { low: -1, high: 3 },
      rows: 0,
    };
    const gate = {
      ...gateOn(latency, { kind: "no-worse-than", margin: 2 }, "inconclusive", "").gate,
      reported: { greaterIsBetter: false, noise: 2 },
    };
    const reported = { ...gateOn(latency, { kind: "no-worse-than", margin: 2 }, "inconclusive", ""), gate };
    expect(tableOf(reported)).toMatch(/−1\.0 to \+3\.0 \(noise 2\)/);

    const share = { ...averagePrecision, relative: { change: 0.05, interval: { low: 0.01, high: 0.09 } } };
    const relative = gateOn(share, { kind: "no-worse-than", margin: 0.02 }, "pass", "better");
    expect(gateRow({ ...relative, gate: { ...relative.gate, relative: true } }).join(" ")).toMatch(/\+5\.0% \+1\.0% to \+9\.0%/);
  });

  it("says what the change may be called as a whole", () => {
    const verdict = {
      ...createVerdict("fraud", []),
      headline: { basis: "primary" as const, metric: "f1", better: ["f1"], worse: [] },
    };
    const state = { kind: "judged" as const, verdict, evidence: createEvidence("fraud"), trust: "pull-request" as const };
    expect(gatesTable(createReport({ models: [createModelReport({ state })] }))).toContain(
      "better by F1, the metric that was declared to decide this.",
    );
  });
});

const slices: Slice[] = [
  { column: "country", value: "US", rows: 30_000, metrics: [], comparisons: [recall, f1], flipped: { better: 4, worse: 9 } },
  { column: "country", value: "", rows: 40, tooSmall: true, metrics: [], comparisons: [] },
];

describe("the table of metrics", () => {
  const evaluation = createEvaluation({
    slices,
    slicesMissing: ["country: 12 values with the fewest rows, of 62"],
    group: { column: "customer", groups: 900 },
    weight: "amount",
    flipped: { better: 2, worse: 3, worseIds: ["row-7", "row-9"] },
  });
  const evidence = createEvidence("fraud", { evaluations: [evaluation] });

  it("says how rows count, what flipped, and each slice", () => {
    const text = metricsTable(evidence, 400);
    expect(text).toContain("fraud on data/test.csv, 48210 rows, in 900 groups by customer, weighted by amount");
    expect(text).toMatch(/\| smallest change it could show \|/);
    expect(text).toContain("3 rows got worse, 2 better");
    expect(text).toContain("row-7, row-9");
    expect(text).toMatch(
      /\| country=US +\| 30,000 \| −0\.091 \(−0\.130 to −0\.052\) \| +\+0\.004 \(−0\.011 to \+0\.019\) \| +9 \/ 4 \|/,
    );
    expect(text).toMatch(/\| country missing \| +40 \| +too few rows/);
    expect(text).toContain("Left out: country: 12 values with the fewest rows, of 62.");
  });

  it("leaves out what does not fit a narrow terminal", () => {
    const text = metricsTable(evidence, 80);
    expect(text).not.toContain("smallest change it could show");
    expect(text).toContain("change of recall");
    expect(text).not.toContain("change of f1");
  });

  it("shows each training's value where there are several", () => {
    const side = (seeds: number[]) => ({ metrics: [{ metric: "f1", value: 0.5, seeds }] });
    const { candidate, baseline } = createEvaluation();
    if (!candidate || !baseline) throw new Error("a side is missing");
    const several = {
      ...evaluation,
      candidate: { ...candidate, ...side([0.51, 0.5]) },
      baseline: { ...baseline, ...side([0.4, 0.6]) },
    };
    expect(metricsTable(createEvidence("fraud", { evaluations: [several] }), 400)).toMatch(
      /\| f1 +\| 0\.4, 0\.6 +\| 0\.51, 0\.5 +\|/,
    );
  });

  it("shows one model alone where there is no baseline", () => {
    const alone = {
      ...evaluation,
      baseline: undefined,
      comparisons: [],
      flipped: undefined,
      baselineMissing: "There is no earlier fraud.",
    };
    const only = {
      ...alone,
      slices: slices.map((slice) => ({ ...slice, comparisons: [], metrics: [{ metric: "f1", value: 0.5 }] })),
    };
    const text = metricsTable(createEvidence("fraud", { evaluations: [only] }), 400);
    expect(text).toMatch(/\| metric +\| +value \| +95% interval \|/);
    expect(text).toContain("There is no earlier fraud.");
    expect(text).toMatch(/\| country=US +\| 30,000 \| +0\.5 \|/);
  });
});
