import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { gpuUseSchema } from "../../../src/evidence/evidence.ts";
import { createNodeProcesses } from "../../../src/processes/node-processes.ts";
import { createGpuRecord } from "../../../src/training/gpu/gpu-use.ts";
import { parseGpus } from "../../../src/training/gpu/nvidia-smi.ts";
import { watchGpus } from "../../../src/training/gpu/watch-gpus.ts";
import { composeNvidiaSmi } from "./compose-nvidia-smi.ts";
import { a100, rtx4090 } from "./situations.ts";

const processes = createNodeProcesses();
const env = { PATH: process.env["PATH"] ?? "" };
const fast = { env, visible: undefined, everySeconds: 0.02 };

describe("while a training runs", () => {
  it("its GPUs are read until it is over", async () => {
    const watch = watchGpus(processes, { ...fast, program: composeNvidiaSmi({ gpus: a100(0, { free: "40000" }) + a100(1) }) });
    await wait(500);
    const use = gpuUseSchema.parse(watch.stop({ declared: undefined, seconds: 3_600 }));
    expect(use).toMatchObject({ name: "NVIDIA A100-SXM4-80GB", count: 2, hours: 2, peakMemory: 41_920 });
    expect(use.power).toBeCloseTo(2 * 61.52, 6);
    expect(use.samples.length).toBeGreaterThan(1);
  });

  it("counts the visible GPUs alone", async () => {
    const watch = watchGpus(processes, { ...fast, visible: "1", program: composeNvidiaSmi({ gpus: a100(0) + a100(1) }) });
    await wait(300);
    expect(watch.stop({ declared: undefined, seconds: 1_800 })).toMatchObject({ count: 1, hours: 0.5 });
  });

  it.each([
    ["no driver", "no-such-nvidia-smi"],
    ["a hung driver", { first: "sleep 600" }],
    ["an answer that is none", { gpus: "hello\n" }],
    ["a broken driver", { gpus: "NVIDIA-SMI has failed", exitCode: 9 }],
  ])("says nothing with %s, and waits for nothing", async (_, machine) => {
    const program = typeof machine === "string" ? machine : composeNvidiaSmi(machine);
    const watch = watchGpus(processes, { ...fast, program });
    await wait(100);
    expect(watch.stop({ declared: 1, seconds: 1 })).toBeUndefined();
  });
});

describe("what a training took of its GPUs", () => {
  const read = (utilization: number, index = 0) =>
    parseGpus(a100(index, { free: String(80_000 - utilization) })).map((gpu) => ({ ...gpu, utilization }));

  it("is its mean and its peak, exact however many readings there were", () => {
    const record = createGpuRecord();
    for (let second = 0; second < 10_000; second++) record.add(second, read(second % 101));
    const use = gpuUseSchema.parse(record.use({ declared: 1, seconds: 10_000 }));
    expect(use.utilization?.max).toBe(100);
    expect(use.utilization?.mean).toBeCloseTo(50, 0);
    expect(use.peakMemory).toBe(81_920 - 79_900);
    expect(use.samples.length).toBeLessThanOrEqual(200);
    expect(use.samples.length).toBeGreaterThan(90);
    const times = use.samples.map(({ seconds }) => seconds);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times[0]).toBe(0);
    expect(times.at(-1)).toBeGreaterThan(9_800);
  });

  it("is of the GPUs that worked, when it asked for fewer than there are", () => {
    const record = createGpuRecord();
    record.add(0, [...read(5, 0), ...read(95, 1)]);
    expect(record.use({ declared: 1, seconds: 7_200 })).toMatchObject({ count: 1, hours: 2, utilization: { mean: 95, max: 95 } });
  });

  it("lacks what the driver does not tell", () => {
    const record = createGpuRecord();
    record.add(0, parseGpus(rtx4090.replace(" 3, 41, 22.10", " [N/A], 41, [N/A]")));
    const use = gpuUseSchema.parse(record.use({ declared: 1, seconds: 1 }));
    expect(use.utilization).toBeUndefined();
    expect(use.power).toBeUndefined();
    expect(use.samples).toEqual([{ seconds: 0, memory: 453 }]);
  });

  it("is nothing when nothing was read", () => {
    expect(createGpuRecord().use({ declared: 1, seconds: 1 })).toBeUndefined();
  });
});
