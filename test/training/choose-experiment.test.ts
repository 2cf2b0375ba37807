import { describe, expect, it } from "vitest";
import { digestOf } from "../../src/evidence/digest.ts";
import type { Experiment, Training } from "../../src/evidence/evidence.ts";
import { chooseExperiment, endedByItself, measureExperiment } from "../../src/training/choose-experiment.ts";

const point = (...values: (number | null)[]): Experiment => ({
  values: {},
  inputHash: digestOf("a point"),
  outcome: "completed",
  seeds: values.map((value, seed) => ({ seed, value })),
});
const lowest = { reported: "loss", better: "lower" } as const;
const highest = { reported: "loss", better: "higher" } as const;

describe("the best experiment", () => {
  it("has the best mean over its seeds, in the declared direction", () => {
    const points = [point(1, 5), point(2, 2), point(4, 4)];
    expect(chooseExperiment(points, lowest)).toBe(1);
    expect(chooseExperiment(points, highest)).toBe(2);
  });

  it("is the first of equal ones", () => {
    expect(chooseExperiment([point(3), point(1, 1), point(0, 2)], lowest)).toBe(1);
    expect(chooseExperiment([point(1), point(1)], highest)).toBe(0);
  });

  it("is none that failed or lacks a number, whatever else it has", () => {
    expect(chooseExperiment([{ ...point(0), outcome: "failed" }, point(0, null), point(5)], lowest)).toBe(2);
    expect(chooseExperiment([{ ...point(), outcome: "failed" }, point(null)], lowest)).toBeUndefined();
  });
});

describe("what a point's trainings say", () => {
  const training = (more: Partial<Training>): Training => ({
    ...{ seed: 4, trainer: "command", startedAt: "2026-01-02T03:04:05Z", durationSeconds: 1, outcome: "completed" },
    ...more,
  });

  it("is the number of each, and why it cannot be chosen", () => {
    expect(measureExperiment([training({ reported: { loss: 1 } }), training({ seed: 5 })], lowest)).toEqual({
      outcome: "completed",
      seeds: [
        { seed: 4, value: 1 },
        { seed: 5, value: null },
      ],
      message: "With seed 5 it reported no loss.",
    });
    expect(measureExperiment([training({ outcome: "invalid-output", message: "The loss became NaN." })], lowest)).toMatchObject({
      outcome: "invalid-output",
      message: "The loss became NaN.",
    });
  });

  it("is final where it ended by itself", () => {
    for (const exitCode of [1, 128, 255]) expect(endedByItself(training({ outcome: "failed", exitCode }))).toBe(true);
    expect(endedByItself(training({ outcome: "invalid-output" }))).toBe(true);
  });

  it("may be otherwise another time where it was interrupted or its machine was unfit", () => {
    expect(endedByItself(training({ outcome: "cancelled" }))).toBe(false);
    expect(endedByItself(training({ outcome: "timed-out" }))).toBe(false);
    expect(endedByItself(training({ outcome: "failed", signal: "SIGKILL" }))).toBe(false);
    expect(endedByItself(training({ outcome: "failed", exitCode: 137 }))).toBe(false);
    expect(endedByItself(training({ outcome: "failed", unfit: true }))).toBe(false);
  });
});
