import { describe, expect, it } from "vitest";
import type { GateResult } from "../../src/gates/verdict.ts";
import { phraseToMarkdown } from "../../src/markdown/phrase.ts";
import { renderComment } from "../../src/report/comment.ts";
import { renderPage } from "../../src/report/page.ts";
import { provenance } from "../../src/report/provenance.ts";
import { sparkline } from "../../src/report/sparkline.ts";
import type { Gate } from "../../src/spec/spec.ts";
import { position } from "../gates/create-evaluation.ts";
import { createEvidence, createModelReport, createReport, judged } from "./create-report.ts";

describe("where a model's numbers come from", () => {
  it("names the GPUs that trained it, for how long and how busy", () => {
    const { trainings } = createEvidence("fraud");
    const gpus = {
      ...{ name: "NVIDIA H200 <b>", count: 2, hours: 1.3, peakMemory: 31 * 1_024, power: 512.4 },
      utilization: { mean: 92.4, max: 100 },
      samples: [0, 50, 100].map((utilization, index) => ({ seconds: index * 5, utilization, memory: 1 })),
    };
    const model = createModelReport({
      state: judged("fraud", { evidence: { trainings: trainings.map((one) => ({ ...one, gpus })) } }),
    });
    const row = provenance(createReport({ models: [model] }), model).find(({ label }) => label === "GPU");
    expect(phraseToMarkdown(row?.value ?? "")).toBe(
      "1.3 GPU-hours on 2× NVIDIA H200 &lt;b&gt;, peak 31.0 GiB on one, 92% busy, 512 W ▁▅█",
    );
  });
});

describe("what several trainings used", () => {
  it("is told together too", () => {
    const [training] = createEvidence("fraud").trainings;
    const use = (hours: number, gib: number) => ({ name: "H200", count: 1, hours, peakMemory: gib * 1_024, samples: [] });
    const trainings = [use(1.5, 10), use(2, 18)].flatMap((gpus, seed) => (training ? [{ ...training, seed, gpus }] : []));
    const model = createModelReport({ state: judged("fraud", { evidence: { trainings } }) });
    const row = provenance(createReport({ models: [model] }), model).find(({ label }) => label === "GPUs in all");
    expect(row?.value).toBe("3.5 GPU-hours, peak 18.0 GiB on one");
  });
});

describe("a gate on what a run used", () => {
  it("shows amount, unit and limit in comment and page", async () => {
    const gate: Gate = { position, metric: "gpu-memory", resource: "gpu-memory", kind: "at-most", limit: 16 };
    const value = { metric: "gpu-memory", value: 18.25, interval: { low: 18.25, high: 18.25 } };
    const result: GateResult = {
      gate,
      name: "gpu-memory.at-most",
      outcome: "fail",
      note: "2.3 past the limit",
      role: "current",
      value,
    };
    const state = judged("fraud", { gates: [result] });
    const report = createReport({ verdict: "fail", models: [createModelReport({ state })] });
    const row = "| Peak GPU memory in GiB, lower is better | — | 18.25 | — | at most 16 GiB | ❌ fail, 2.3 past the limit |";
    expect(renderComment(report).body.replaceAll(/ +/g, " ")).toContain(row);
    expect(await renderPage(report)).toContain("at most 16 GiB");
  });
});

describe("a course in one line", () => {
  it("has a bar for each part, twenty at most", () => {
    expect(sparkline([0, 14, 28, 42, 56, 70, 84, 100])).toBe("▁▂▃▄▅▆▇█");
    expect(sparkline(Array.from({ length: 200 }, (_, index) => index / 2))).toHaveLength(20);
    expect(sparkline([100])).toBe("");
    expect(sparkline([])).toBe("");
  });
});
