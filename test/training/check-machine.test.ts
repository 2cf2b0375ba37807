import { spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createNodeProcesses } from "../../src/processes/node-processes.ts";
import { checkMachine } from "../../src/training/check-machine.ts";
import { onlyModel, command as written } from "../spec/assay-yml.ts";
import { type ComposedMachine, composeNvidiaSmi } from "./gpu/compose-nvidia-smi.ts";
import { a100, python } from "./gpu/situations.ts";
import { files } from "./setting.ts";

async function check(train: string, machine?: ComposedMachine, environment = {}, freeBytes?: number) {
  const program = machine && composeNvidiaSmi(machine);
  const lines: string[] = [];
  const found = await checkMachine({
    model: onlyModel(train === "" ? written : written.replace("run:", `${train}\n      run:`)),
    folders: [tmpdir()],
    processes: createNodeProcesses(),
    files: freeBytes === undefined ? files : { ...files, freeBytes: async () => freeBytes },
    environment: {
      PATH: program ? `${dirname(program)}${delimiter}${process.env["PATH"]}` : process.env["PATH"],
      ...environment,
    },
    signal: new AbortController().signal,
    progress: (line) => lines.push(line),
  });
  return { ...found, lines };
}

/** Of a process by that id on the first GPU. */
const onGpu = (pid: number) => python(0).replace("4711", String(pid));

describe("a machine that is to train", () => {
  it("is asked nothing when no GPU is declared", async () => {
    const asked = { gpus: "", first: "echo asked >&2; exit 1" };
    expect(await check("", asked)).toEqual({ problems: [], warnings: [], lines: [] });
  });

  it("has to have what is declared, as far as programs see it", async () => {
    expect((await check("gpus: 1", { gpus: a100(0) })).problems).toEqual([]);
    expect((await check("gpus: 1", { gpus: a100(0) }, { CUDA_VISIBLE_DEVICES: "1" })).problems[0]).toContain("hides 1");
    expect((await check("gpus: 2\n      gpu-memory: 24GiB", { gpus: a100(0) })).problems[0]).toContain("needs 2 GPUs");
  });

  it("shows nvidia-smi none of the job's tokens", async () => {
    const first = 'test -z "$GITHUB_TOKEN" || { echo "saw the token"; exit 1; }';
    expect((await check("gpus: 1", { gpus: a100(0), first }, { GITHUB_TOKEN: "secret" })).problems).toEqual([]);
  });

  it("needs room on its disk: to train on GPUs it must have it, else it is told", async () => {
    const full = 900 * 1_024 ** 2;
    const says = `${tmpdir()} has 900 MiB of free disk space, and a training wants at least 1 GiB. Free some, or choose another runner.`;
    expect(await check("", undefined, {}, full)).toMatchObject({ problems: [], warnings: [says] });
    expect((await check("gpus: 1", { gpus: a100(0) }, {}, full)).problems).toEqual([says]);
    expect(await files.freeBytes(tmpdir())).toBeGreaterThan(0);
  });
});

describe.runIf(process.platform === "linux")("a GPU that is not free", () => {
  it("is freed of what an earlier run of ours left there", async () => {
    const script = join(import.meta.dirname, "..", "processes", "start-and-wait.ts");
    const starter = spawn(process.execPath, [script, "exec sleep 600"], { stdio: ["ignore", "pipe", "inherit"] });
    const [chunk] = await once(starter.stdout, "data");
    const pid = Number(String(chunk).trim());
    const alive = `grep -q "State:[[:space:]]*[RSD]" /proc/${pid}/status 2>/dev/null`;
    // Once the process is gone, the driver no longer lists it.
    const machine = {
      gpus: a100(0),
      processes: onGpu(pid),
      first: `${alive} || case "$1" in --query-compute-apps=*) exit 0 ;; esac`,
    };

    const before = await check("gpus: 1", machine);
    expect(before.problems[0]).toContain(`is busy: python3 (process ${pid}, 39.3 GiB)`);
    expect(before.lines).toEqual([]);

    starter.kill("SIGKILL");
    await once(starter, "exit");
    const after = await check("gpus: 1", machine);
    expect(after.problems).toEqual([]);
    expect(after.lines).toEqual([`Ended process ${pid} (python3), which an earlier training of Assay's left on the GPU.`]);
  });

  it("is left to others", async () => {
    const other = spawn("sleep", ["600"], { stdio: "ignore" });
    await once(other, "spawn");
    onTestFinished(() => void other.kill());
    const pid = other.pid ?? 0;
    expect((await check("gpus: 1", { gpus: a100(0), processes: onGpu(pid) })).problems[0]).toContain(`(process ${pid}`);
    expect(other.exitCode).toBeNull();
    expect(process.kill(pid, 0)).toBe(true);
  });
});
