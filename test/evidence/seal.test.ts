import { describe, expect, it } from "vitest";
import { MissingDataError } from "../../src/errors/errors.ts";
import { digestOf } from "../../src/evidence/digest.ts";
import type { Evidence } from "../../src/evidence/evidence.ts";
import { resultDigest, sealEvidence, verifySeal } from "../../src/evidence/seal.ts";
import { sampleEvidence, sealedAt, sealedEvidence } from "./sample-evidence.ts";

/** A copy in which one thing is changed. */
function changed(change: (copy: Evidence) => void): Evidence {
  const copy = structuredClone(sealedEvidence());
  change(copy);
  return copy;
}

describe("sealing evidence", () => {
  it("adds the digest of the results and the time, and leaves the rest alone", () => {
    const { seal, ...rest } = sealEvidence(sampleEvidence(), sealedAt);
    expect(rest).toEqual(sampleEvidence());
    expect(seal).toEqual({ resultDigest: resultDigest(sampleEvidence()), sealedAt: "2026-01-02T03:05:00.000Z" });
  });

  it("survives being written and read", () => {
    expect(() => verifySeal(JSON.parse(JSON.stringify(sealedEvidence(), null, 2)))).not.toThrow();
  });

  it("is the same for two runs with the same outcome, whatever their ids, commits and times", () => {
    const other = changed((copy) => {
      copy.source.run = { id: 99, attempt: 2, event: "pull_request", workflow: "other.yml" };
      copy.source.commit = "2".repeat(40);
      for (const training of copy.trainings) {
        training.startedAt = "2027-01-01T00:00:00Z";
        training.durationSeconds = 1;
      }
      for (const evaluation of copy.evaluations) {
        if (evaluation.candidate) evaluation.candidate.commit = "2".repeat(40);
        if (evaluation.baseline) evaluation.baseline.how = "rescored";
      }
      delete copy.seal;
    });
    expect(resultDigest(other)).toBe(resultDigest(sampleEvidence()));
  });

  it.each<[string, (copy: Evidence) => void]>([
    ["another model", (copy) => Object.assign(copy.trainings[0]?.model ?? {}, { digest: digestOf("other") })],
    ["other predictions", (copy) => Object.assign(copy.evaluations[0]?.candidate ?? {}, { predictions: digestOf("other") })],
    ["another metric value", (copy) => Object.assign(copy.evaluations[0]?.candidate?.metrics[0] ?? {}, { value: 0.98 })],
    ["another baseline", (copy) => Object.assign(copy.evaluations[0]?.baseline ?? {}, { predictions: digestOf("other") })],
    ["another interval", (copy) => Object.assign(copy.evaluations[0]?.comparisons[0] ?? {}, { interval: { low: 0, high: 1 } })],
    ["another reported number", (copy) => Object.assign(copy.evaluations[0]?.candidate ?? {}, { reported: { latency_ms: [1] } })],
    [
      "slices that were left out",
      (copy) => Object.assign(copy.evaluations[0] ?? {}, { slicesLeftOut: [{ column: "country", values: 9, judgeable: 9 }] }),
    ],
    ["another slice", (copy) => Object.assign(copy.evaluations[0] ?? {}, { slices: [] })],
    ["another test set", (copy) => Object.assign(copy.evaluations[0]?.testSet ?? {}, { digest: digestOf("other") })],
    ["a removed evaluation", (copy) => copy.evaluations.splice(0)],
  ])("is broken by %s", (_what, change) => {
    expect(() => verifySeal(changed(change))).toThrow(MissingDataError);
    expect(() => verifySeal(changed(change))).toThrow(/changed after it was sealed/);
  });

  it("is missed where there is none", () => {
    expect(() => verifySeal(sampleEvidence())).toThrow(/not sealed.*Evaluate it again/);
  });
});
