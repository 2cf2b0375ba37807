import { describe, expect, it } from "vitest";
import type { MonitoredMetric } from "../../src/monitoring/monitor-model.ts";
import { isModelJudged, worseMetrics } from "../../src/monitoring/worse-windows.ts";

const usual = { low: 0.8, high: 0.85 };
const around = (estimate: number, off = 0.02) => ({
  estimate,
  interval: { low: estimate - off, high: estimate + off },
});
const estimated = (estimate: number, off = 0.02) => ({ ...around(estimate, off), samplingError: off / 3, usual, alert: true });
const byLabels = (verdict: "better" | "worse" | "same") => {
  const interval = { low: -0.1, high: 0.1 };
  return { fromReference: { change: 0, interval, pValue: 0.5, adjusted: 0.5, verdict } };
};
const windows = (labelled: number, about: Partial<MonitoredMetric>) => ({
  windows: [{ name: "May", rows: 5_000, labelled, metrics: [{ metric: "accuracy", value: 0.8, ...about }] }],
});
const alarm = (labelled: number, about: Partial<MonitoredMetric>) =>
  worseMetrics(windows(labelled, about)).map(({ from }) => from)[0];

describe("a window", () => {
  it("is worse by the estimate where labels are few or missing", () => {
    expect(alarm(0, { value: null, estimated: estimated(0.6) })).toBe("estimate");
    expect(alarm(3, { estimated: estimated(0.6) })).toBe("estimate");
    expect(alarm(400, { ...byLabels("same"), estimated: estimated(0.7), ofUnlabelled: around(0.6) })).toBe("estimate");
  });

  it("is worse by labels, or better, whatever the estimate says", () => {
    expect(alarm(400, { ...byLabels("worse"), estimated: estimated(0.82) })).toBe("labels");
    expect(alarm(400, { ...byLabels("better"), estimated: estimated(0.6), ofUnlabelled: around(0.6) })).toBeUndefined();
  });

  it("is not worse by an estimate of rows whose labels find no change", () => {
    expect(alarm(5_000, { ...byLabels("same"), estimated: estimated(0.6) })).toBeUndefined();
    expect(alarm(4_999, { ...byLabels("same"), estimated: estimated(0.6), ofUnlabelled: around(0.5, 0.5) })).toBeUndefined();
  });

  it("is not worse by an estimate that may be off by more than it is low", () => {
    expect(alarm(0, { value: null, estimated: estimated(0.6, 0.3) })).toBeUndefined();
  });

  it("is judged by labels or by an estimate that can be held against the reference's windows", () => {
    const isJudged = (about: Partial<MonitoredMetric>) => isModelJudged(windows(3, about));
    expect(isJudged({})).toBe(false);
    expect(isJudged(byLabels("same"))).toBe(true);
    expect(isJudged({ estimated: estimated(0.6) })).toBe(true);
    expect(isJudged({ estimated: estimated(0.6, Number.NaN) })).toBe(false);
  });
});
