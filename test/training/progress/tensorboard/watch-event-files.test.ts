import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { watchEventFiles } from "../../../../src/training/progress/tensorboard/watch-event-files.ts";
import { watchProgress } from "../../../../src/training/progress/watch-progress.ts";
import { files } from "../../setting.ts";

const fixtures = join(import.meta.dirname, "..", "..", "..", "fixtures", "tensorboard");
const name = "events.out.tfevents.1795265355";

async function watched() {
  const folder = await mkdtemp(join(tmpdir(), "assay-events-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const [working, output]: [string, string] = [join(folder, "working"), join(folder, "run")];
  for (const path of [working, output]) await mkdir(path);
  const lines: string[] = [];
  const watch = () =>
    watchProgress({
      ...{ files, folders: [working, output], everySeconds: 0, pollSeconds: 0.02 },
      output() {},
      progress: (line) => lines.push(line),
    });
  return { folder, working, output, lines, watch };
}

describe("a training that logs for TensorBoard", () => {
  it("is followed while another process writes, a few bytes at a time", async () => {
    const { working, lines, watch } = await watched();
    const { stop } = await watch();
    const file = join(working, "runs", "model", name);
    const writer = spawn(process.execPath, [
      "--input-type=module",
      "--eval",
      `import { appendFileSync, mkdirSync, readFileSync } from "node:fs";
       import { dirname } from "node:path";
       const [from, to] = process.argv.slice(1);
       mkdirSync(dirname(to), { recursive: true });
       const bytes = readFileSync(from);
       const write = (at) => {
         appendFileSync(to, bytes.subarray(at, at + 97));
         if (at < bytes.length) setTimeout(write, 5, at + 97);
       };
       write(0);`,
      join(fixtures, "runs", "model", name),
      file,
    ]);
    const ended = once(writer, "exit");
    await vi.waitFor(() => expect(lines.join("\n")).toMatch(/^Step [1-4], Loss\/train 0\.\d+$/m), { timeout: 20_000 });
    expect(await ended).toEqual([0, null]);
    const kept = await stop();
    expect(kept?.historyAt).toEqual({ unit: "step", at: [1, 2, 3, 4, 5] });
    expect(kept?.history).toEqual({
      "Loss/train": [0.5, expect.closeTo(1 / 3), 0.25, 0.2, expect.closeTo(1 / 6)],
      learning_rate: [0.1, 0.1, 0.1, 0.1, 0.1],
      "Loss/val": [null, expect.closeTo(2 / 3), null, 0.4, null],
    });
  });

  it("has its parts told apart by their folders, in the output folder as well", async () => {
    const { output, watch } = await watched();
    const { stop } = await watch();
    await cp(join(fixtures, "logs"), join(output, "output", "logs"), { recursive: true });
    expect((await stop())?.history).toEqual({
      "train/epoch_loss": [1, 0.5, expect.closeTo(1 / 3), 0.25, 0.2],
      "validation/epoch_loss": [2, 1, expect.closeTo(2 / 3), 0.5, 0.4],
    });
  });

  it("has no part in what lay there before, nor in what links lead to", async () => {
    const { folder, working, lines, watch } = await watched();
    await cp(join(fixtures, "runs"), join(working, "runs"), { recursive: true });
    const { stop } = await watch();
    await symlink(join(fixtures, "logs"), join(working, "logs"));
    await cp(join(fixtures, "runs"), join(folder, "elsewhere"), { recursive: true });
    expect(await stop()).toBeUndefined();
    expect(lines).toEqual([]);
  });

  it("keeps what came before a damaged place, and says so", async () => {
    const { working, lines, watch } = await watched();
    const { stop } = await watch();
    const bytes = await readFile(join(fixtures, "logs", "fit", "train", name));
    bytes[300] = (bytes[300] ?? 0) ^ 1;
    await writeFile(join(working, name), bytes);
    expect((await stop())?.history["epoch_loss"]?.length).toBeGreaterThan(1);
    expect(lines.filter((line) => line.includes("damaged"))).toEqual([
      expect.stringMatching(
        /^The TensorBoard event file "events.out.tfevents.1795265355" is damaged at byte \d+: what comes after/,
      ),
    ]);
  });

  it("is preferred to what is printed, and finds its files beside a large folder of data", async () => {
    const { working, watch } = await watched();
    const many = Array.from({ length: 2_100 }, (_, index) => join(working, "data", `class-${index}`));
    for (const path of many) await mkdir(path, { recursive: true });
    const { output, stop } = await watch();
    output('{"step": 1, "loss": 3}\n');
    await cp(join(fixtures, "runs"), join(working, "deeper", "runs"), { recursive: true });
    expect(Object.keys((await stop())?.history ?? {})).toContain("Loss/train");
  });

  it.each([
    ["soon while it begins, and every half minute once it has gone on for a while", 0, [true, true, true, false, false, true]],
    ["seldom where a search takes long", 8, [true, false, false, false, false, false]],
  ])("has its files looked for %s", async (_, searchSeconds, expected) => {
    const { working } = await watched();
    let seconds = 0;
    let searches = 0;
    const slow: typeof files = {
      ...files,
      entries(path, limit) {
        searches += 1;
        seconds += searchSeconds;
        return files.entries(path, limit);
      },
    };
    const watch = await watchEventFiles({ files: slow, folders: [working], note() {}, clock: () => seconds * 1_000 });
    const searched: boolean[] = [];
    const begun = seconds;
    for (const at of [0, 5, 61, 66, 86, 92]) {
      seconds = Math.max(seconds, begun + at);
      const before = searches;
      await watch.poll({ last: false });
      searched.push(searches > before);
    }
    expect(searched).toEqual(expected);
    const before = searches;
    await watch.poll({ last: true });
    expect(searches).toBe(before + 1);
  });
});
