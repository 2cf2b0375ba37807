import { describe, expect, it } from "vitest";
import { phraseToMarkdown } from "../../src/markdown/phrase.ts";
import { provenance } from "../../src/report/provenance.ts";
import { sparkline } from "../../src/report/sparkline.ts";
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

describe("a course in one line", () => {
  it("has a bar for each part, twenty at most", () => {
    expect(sparkline([0, 14, 28, 42, 56, 70, 84, 100])).toBe("▁▂▃▄▅▆▇█");
    expect(sparkline(Array.from({ length: 200 }, (_, index) => index / 2))).toHaveLength(20);
    expect(sparkline([100])).toBe("");
    expect(sparkline([])).toBe("");
  });
});
