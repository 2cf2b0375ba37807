import { describe, expect, it } from "vitest";
import { digestOf } from "../../src/evidence/digest.ts";
import { driftMarker, driftReport, driftTitle, renderDriftIssue, type WatchedDrift } from "../../src/report/drift-issue.ts";
import { type DriftMemory, isIn, memoryLine, readMemory, withColumns } from "../../src/report/drift-memory.ts";
import { driftedColumns, driftResult } from "./drift-states.ts";
import { forbiddenAnywhere, forbiddenOutsideCode, hostileText, withoutCode } from "./hostile.ts";
import { createMonitored } from "./monitored-states.ts";

const watched: WatchedDrift = {
  ...{ name: "fraud", reference: "training data of fraud", current: "live/*.parquet", maxDrifted: 0 },
  result: driftResult(driftedColumns),
};
const memory: DriftMemory = { reference: digestOf("profile"), state: "drifted", told: [], retrained: [], run: 7 };
const runUrl = "https://github.com/acme/models/actions/runs/7";

const issue = (change: Partial<WatchedDrift> = {}, more: Partial<DriftMemory> = {}, retraining?: string) =>
  renderDriftIssue({ ...watched, ...change }, { ...memory, ...more }, { runUrl, retraining });

describe("the issue about drift", () => {
  it("begins with its marker and what it remembers, and tells which columns drifted, how far, and against what", () => {
    const body = issue();
    const [first, second] = body.split("\n");
    expect(first).toBe(driftMarker("fraud"));
    expect(readMemory(`${first}\n${second}`)).toEqual(memory);
    expect(body).toMatch(/▲ \*\*Drift\*\*: 4 of 10 columns of `live\/\*\.parquet` drifted · rows 1,200,000 → 1,310,000/);
    expect(body).toMatch(/Column\s+\| Distance \(noise up to\) \| Reference\s+\| Current/);
    expect(body).toMatch(/`merchant_age_days`.*KS 0\.312/);
    expect(body).toContain("Reference: `training data of fraud` · current: `live/*.parquet`");
    expect(body).toContain(`(${runUrl})`);
    expect(body).not.toContain("Retraining");
  });

  it("says that a retraining was started, once it was", () => {
    expect(issue({}, {}, "retrain.yml")).not.toContain("Retraining");
    expect(issue({}, { retrained: withColumns([], ["a"]) }, "retrain.yml")).toContain(
      "**Retraining**: `retrain.yml` was started",
    );
  });

  it("has a last word when the drift is gone", () => {
    const body = issue({ result: driftResult([]) }, { state: "gone" });
    expect(body).toContain("✅ **The drift is gone**: none of 6 columns of `live/*.parquet` drifted");
    expect(body).not.toContain("kept up to date");
  });

  it("lets nothing of a column's name, a path or its own name out of its place", () => {
    const columns = driftedColumns.map((column, index) => ({ ...column, name: `${index} ${hostileText}`, why: hostileText }));
    const monitored = createMonitored({ windows: 2, worse: 1, name: hostileText });
    const hostile = { name: hostileText, reference: hostileText, current: hostileText, result: driftResult(columns), monitored };
    const body = issue(hostile, { retrained: withColumns([], [hostileText]) }, hostileText);
    for (const pattern of forbiddenAnywhere) expect(body).not.toMatch(pattern);
    for (const pattern of forbiddenOutsideCode) expect(withoutCode(body)).not.toMatch(pattern);
    expect(body.match(/<!--/g)).toHaveLength(2);
    expect(driftTitle(hostileText)).not.toMatch(/[\n\u202e]/);
  });

  it("tells of a model in use that got worse, by the latest windows, and of one that did not", () => {
    const body = issue({ result: driftResult([]), monitored: createMonitored({ windows: 40, worse: 3 }) });
    expect(body).toContain("▲ **Drift**: none of 6 columns");
    expect(body).toContain("The model is worse in 3 of 40 windows, last in 2026-40: accuracy, f1, roc\\_auc.");
    expect(body).toContain("The last 12 of 40 windows:");
    expect(body).toMatch(/`2026-39` +\| +5,038 \(0\) +\| +est\. 0\.5.*▲ worse: accuracy by estimate/);
    expect(body).toMatch(/`2026-40` +\|.*▲ worse: accuracy −0\.29/);
    expect(body).not.toContain("2026-28");
    expect(body).toContain("from about row 50,401 on (ADWIN): 0.18 → 0.48");
    expect(body).toMatch(/score `merchant_age_days`: ▲ drifted, KS 0\.312/);
    const [head] = driftReport({ ...watched, result: driftResult([]), monitored: createMonitored({ worse: 0 }) });
    expect(head).toMatch(/^✅ \*\*No drift\*\*.*The model is no worse in any of 12 windows\.$/);
  });

  it("does not call it no drift where the model is not judged", () => {
    const notJudged = createMonitored({ worse: 0, by: "nothing" });
    const [head] = driftReport({ ...watched, result: driftResult([]), monitored: notJudged });
    expect(head).toMatch(/^❔ \*\*No drift, and the model is not judged\*\*: none of 6 columns/);
  });

  it("stays within what GitHub takes, however many columns drifted and however long their names are", () => {
    const [first] = driftedColumns;
    if (!first) throw new Error("no column");
    const columns = Array.from({ length: 5_000 }, (_, index) => ({ ...first, name: `${index}|${"ä".repeat(190)}` }));
    const body = issue(
      { result: driftResult(columns) },
      {
        told: withColumns(
          [],
          columns.map(({ name }) => name),
        ),
      },
    );
    expect(body.length).toBeLessThan(40_000);
    expect(body).toMatch(/And 4,98\d more columns/);
  });
});

it("the report of a run says that there is no drift, and how many columns may", () => {
  const [head] = driftReport({ ...watched, maxDrifted: 5 });
  expect(head).toMatch(/^✅ \*\*No drift\*\*: 4 of 10 columns .* drifted .* 5 columns may\.$/);
});

describe("what the issue remembers", () => {
  it("is read as it was written, whatever line ends GitHub keeps", () => {
    const full = { ...memory, told: withColumns([], ["a", "b"]), retrained: withColumns([], ["a"]) };
    expect(readMemory(`m\r\n${memoryLine(full)}\r\n\r\ntext`)).toEqual(full);
    expect(isIn(full.told, "b")).toBe(true);
    expect(isIn(full.retrained, "b")).toBe(false);
  });

  it("is nothing once somebody has altered it", () => {
    const altered = [
      "no second line",
      `text\n<!-- assay:drift-memory {"reference":1} -->`,
      `text\n${memoryLine(memory).replace('"told":[]', '"told":["x"]')}`,
      `text\n${memoryLine(memory).replace("}", "")}`,
      `text\n\n${memoryLine(memory)}`,
    ];
    for (const body of altered) expect(readMemory(body)).toBeUndefined();
  });

  it("counts every column as known past five hundred", () => {
    const names = Array.from({ length: 501 }, (_, index) => `c${index}`);
    const known = withColumns([], names);
    expect(known).toEqual(["*"]);
    expect(isIn(known, "another")).toBe(true);
    expect(withColumns(known, ["another"])).toHaveLength(2);
    expect(readMemory(`m\n${memoryLine({ ...memory, told: withColumns(known, ["x"]) })}`)).toBeDefined();
  });
});
