import { describe, expect, it } from "vitest";
import { createNodeProcesses } from "../../../src/processes/node-processes.ts";
import { checkGpus, type GpuNeeds } from "../../../src/training/gpu/preflight.ts";
import { readGpus } from "../../../src/training/gpu/read-gpus.ts";
import { type ComposedMachine, composeNvidiaSmi } from "./compose-nvidia-smi.ts";
import { a100, brokenDriver, migList, noDevices, python, rtx4090 } from "./situations.ts";

const processes = createNodeProcesses();
const one: GpuNeeds = { gpus: 1, memory: 24 * 1_024 };

async function check(found: ComposedMachine, needs: GpuNeeds = one, visible?: string) {
  return checkGpus(needs, await readGpus(processes, { program: composeNvidiaSmi(found) }), visible);
}

describe("before a training starts", () => {
  it("is content with a free GPU that is large enough", async () => {
    expect(await check({ gpus: a100(0) })).toEqual({ problems: [], warnings: [] });
    expect((await check({ gpus: rtx4090 }, { gpus: 1, memory: 20 * 1_024 })).problems).toEqual([]);
  });

  it("asks nothing of a machine when no GPU is needed", () => {
    expect(checkGpus({ gpus: 0, memory: undefined }, { kind: "no-driver" }, undefined).problems).toEqual([]);
  });

  it("says that there is no driver", async () => {
    const state = await readGpus(processes, { program: "no-such-nvidia-smi" });
    expect(checkGpus(one, state, undefined).problems).toEqual([
      "The training needs 1 GPU, and this runner has no nvidia-smi, so no NVIDIA driver. Choose a runner with GPUs by train.runner, or install the driver.",
    ]);
  });

  it("does not wait for a driver that hangs", async () => {
    const state = await readGpus(processes, { program: composeNvidiaSmi({ first: "sleep 600" }), seconds: 0.5 });
    expect(state).toEqual({ kind: "hung", seconds: 0.5 });
    expect(checkGpus(one, state, undefined).problems.join()).toContain("did not answer within 0.5 seconds");
  });

  it("repeats what a broken driver says", async () => {
    const { problems } = await check({ gpus: brokenDriver, exitCode: 9 });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain("couldn't communicate with the NVIDIA driver");
    expect(problems[0]).toContain("exit code 9");
  });

  it("says how many GPUs there are", async () => {
    expect((await check({ gpus: noDevices })).problems[0]).toContain("needs 1 GPU, and this runner has 0");
    expect((await check({ gpus: a100(0) }, { gpus: 2, memory: undefined })).problems[0]).toContain(
      "needs 2 GPUs, and this runner has 1",
    );
    expect((await check({ gpus: a100(0) + a100(1) }, { gpus: 2, memory: 70_000 })).problems).toEqual([]);
  });

  it("counts the visible ones alone", async () => {
    const two = { gpus: a100(0) + a100(1) };
    expect((await check(two, { gpus: 2, memory: undefined }, "1")).problems[0]).toContain("CUDA_VISIBLE_DEVICES=1 hides 1");
    expect((await check(two, one, "GPU-00000001")).problems).toEqual([]);
    expect((await check(two, one, "")).problems[0]).toContain("has 0");
  });

  it("chooses among more GPUs than are needed: a free one, and what nobody uses before what is shared", async () => {
    const shared = a100(0, { free: "50000" }) + a100(1, { free: "3000" }) + a100(2);
    const found = { gpus: shared, processes: python(0, "4242") };
    expect(await check(found, one)).toEqual({ problems: [], warnings: [], chosen: [2] });
    expect((await check(found, { gpus: 2, memory: 24 * 1_024 })).chosen).toEqual([0, 2]);
    expect(await check({ gpus: a100(0) + a100(1) }, { gpus: 2, memory: undefined })).toEqual({ problems: [], warnings: [] });
    expect((await check(found, one, "0,1")).chosen).toEqual([0]);
  });

  it("names who holds the memory", async () => {
    const { problems } = await check({ gpus: a100(0, { free: "12000" }), processes: python(0, "69000") });
    expect(problems).toEqual([
      "GPU 0 (NVIDIA A100-SXM4-80GB) has 11.7 GiB of 80 GiB free, and the training needs 24 GiB. python3 (process 4711, 67.4 GiB) is running on it. Wait for it, or stop what should not run there.",
    ]);
  });

  it("tells too small a GPU from a full one", async () => {
    expect((await check({ gpus: rtx4090 }, { gpus: 1, memory: 40_000 })).problems[0]).toContain("lower train.gpu-memory");
  });

  it("takes the free one of two, and a shared one only when the memory is declared", async () => {
    const busy = { gpus: a100(0, { free: "40000" }), processes: python(0) };
    expect((await check(busy, { gpus: 1, memory: undefined })).problems[0]).toContain(
      "is busy: python3 (process 4711, 39.3 GiB)",
    );
    expect(await check(busy)).toEqual({
      problems: [],
      warnings: ["GPU 0 (NVIDIA A100-SXM4-80GB) is shared with python3 (process 4711, 39.3 GiB)."],
    });
    const two = { gpus: a100(0, { free: "40000" }) + a100(1), processes: python(0) };
    expect((await check(two, { gpus: 1, memory: undefined })).problems).toEqual([]);
  });

  it("counts MIG devices where GPUs are cut into them", async () => {
    const mig = { gpus: a100(0, { mig: "Enabled" }), list: migList };
    expect((await check(mig)).problems).toEqual([]);
    expect((await check(mig, { gpus: 2, memory: 24_000 })).problems[0]).toContain("there are 2 devices (10 GiB, 40 GiB)");
    expect((await check({ ...mig, list: "" })).problems[0]).toContain("there are none");
    expect((await check(mig, one, "MIG-22222222")).problems).toEqual([]);
    expect((await check(mig, one, "MIG-11111111-aaaa-bbbb-cccc-dddddddddddd")).problems[0]).toContain(
      "there is 1 device (10 GiB)",
    );
  });

  it("refuses a GPU whose memory failed, and one that is too hot", async () => {
    expect((await check({ gpus: a100(0, { errors: "3" }) })).problems[0]).toContain(
      "3 memory errors that could not be corrected",
    );
    expect((await check({ gpus: a100(0, { thermal: "Active" }) })).problems[0]).toContain(
      "slowed down because it is too hot (34 °C)",
    );
  });

  it("says when nvidia-smi answers something else", async () => {
    expect((await check({ gpus: "hello\n" })).problems[0]).toContain('what is not known here: "hello"');
  });
});
