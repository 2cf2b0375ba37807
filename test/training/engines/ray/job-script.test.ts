import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { jobScript } from "../../../../src/training/engines/ray/job-script.ts";

/** Runs the command as a job of a cluster does; what it left in the shared folder, and on the machine. */
async function ran(command: string, timeoutSeconds: number) {
  const folder = await mkdtemp(join(tmpdir(), "assay-job-script-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const [work, storage, machine]: [string, string, string] = [
    join(folder, "package"),
    join(folder, "storage"),
    join(folder, "tmp"),
  ];
  for (const path of [join(work, ".assay"), storage, machine]) await mkdir(path, { recursive: true });
  await writeFile(join(work, ".assay", "job.py"), jobScript);
  const declared = { setup: [], run: command, data: [], params: [], outputs: ["model.txt"], links: {} };
  await writeFile(join(work, ".assay", "work.json"), JSON.stringify(declared));
  const job = spawn("python3", [join(work, ".assay", "job.py")], {
    // It ends its whole group.
    detached: true,
    stdio: "inherit",
    env: {
      PATH: process.env["PATH"],
      TMPDIR: machine,
      ASSAY_OUTPUT_DIR: join(storage, "job", "output"),
      ASSAY_CHECKPOINT_DIR: join(storage, "checkpoints"),
      ASSAY_JOB: JSON.stringify({ id: "assay-fraud-1", folder: join(storage, "job"), timeoutSeconds }),
    },
  });
  await once(job, "exit");
  const result: unknown = JSON.parse(await readFile(join(storage, "job", "result.json"), "utf8"));
  return { result, left: await readdir(machine) };
}

it.each([
  ["ends well", "echo weights > model.txt", 60, { outcome: "exited", exitCode: 0 }],
  ["fails", "exit 9", 60, { outcome: "exited", exitCode: 9 }],
  ["is ended past its time", "sleep 600", 1, { outcome: "timed-out" }],
])("a job that %s says so, and leaves nothing on its machine", async (_, command, timeoutSeconds, expected) => {
  const { result, left } = await ran(command, timeoutSeconds);
  expect(result).toMatchObject(expected);
  expect(left).toEqual([]);
});
