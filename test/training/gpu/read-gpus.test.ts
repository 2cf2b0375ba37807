import { describe, expect, it } from "vitest";
import { createNodeProcesses } from "../../../src/processes/node-processes.ts";
import { checkGpus, type GpuState } from "../../../src/training/gpu/preflight.ts";
import { readGpus } from "../../../src/training/gpu/read-gpus.ts";
import { type ComposedMachine, composeNvidiaSmi } from "./compose-nvidia-smi.ts";
import { a100 } from "./situations.ts";

const read = (machine: ComposedMachine): Promise<GpuState> =>
  readGpus(createNodeProcesses(), { program: composeNvidiaSmi(machine) });

/** A driver that refuses a query with one of these fields, the first of them, as nvidia-smi does. */
const refusing = (...fields: string[]) =>
  fields
    .map((field) => `case "$1" in *${field}*) echo 'Field "${field}" is not a valid field to query.'; exit 2 ;; esac`)
    .join("\n");

const unified = "0, GPU-aaaaaaaa-1111, NVIDIA GB10, [N/A], [N/A], [N/A], 0, 34, 4.1, [N/A], [N/A], Not Active\n";

describe("a GPU whose driver does not tell its memory", () => {
  it("is as good as any other where no memory is declared", async () => {
    const state = await read({ gpus: unified });
    expect(state).toMatchObject({ kind: "answered", gpus: [{ name: "NVIDIA GB10", memoryUsed: 0 }] });
    expect(checkGpus({ gpus: 1, memory: undefined }, state, undefined)).toEqual({ problems: [], warnings: [] });
  });

  it("is not found too small, since nothing says that it is", async () => {
    expect(checkGpus({ gpus: 1, memory: 24 * 1_024 }, await read({ gpus: unified }), undefined).problems).toEqual([]);
  });

  it("has what is free and what is used", async () => {
    const partly = unified.replace("[N/A], [N/A], [N/A]", "[N/A], 3000, 1000");
    expect(await read({ gpus: partly })).toMatchObject({ gpus: [{ memoryTotal: 4_000, memoryFree: 3_000 }] });
  });
});

describe("a driver that does not know a field", () => {
  it("is asked for the others", async () => {
    const withoutBoth = a100(0).replace(", Disabled, Not Active", "");
    const first = refusing("mig.mode.current", "clocks_throttle_reasons.hw_thermal_slowdown");
    const state = await read({ gpus: withoutBoth, first });
    expect(state).toMatchObject({
      kind: "answered",
      gpus: [{ index: 0, memoryTotal: 81_920, power: 61.52, uncorrectedErrors: 0, mig: false, thermalSlowdown: false }],
    });
  });

  it("fails with what it says where it refuses anything else", async () => {
    expect(await read({ first: refusing("uuid") })).toMatchObject({ kind: "failed" });
    expect(await read({ first: "echo 'Field \"nope\" is not a valid field to query.'; exit 2" })).toEqual({
      kind: "failed",
      message: 'Field "nope" is not a valid field to query. (exit code 2)',
    });
  });
});

it("what is said of an answer that is none is one sentence", async () => {
  const { problems } = checkGpus({ gpus: 1, memory: undefined }, await read({ gpus: "hello\n" }), undefined);
  expect(problems[0]).toContain('here: "hello". ');
});
