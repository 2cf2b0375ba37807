import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { watchDvcLive } from "../../../src/training/progress/dvclive.ts";
import { files } from "../setting.ts";

it("looks into a bounded number of folders, and reads the plots that it finds", async () => {
  const folder = await mkdtemp(join(tmpdir(), "assay-dvclive-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const visited: string[] = [];
  const counting: typeof files = {
    ...files,
    entries(path, limit) {
      visited.push(path);
      return files.entries(path, limit);
    },
  };
  const watch = await watchDvcLive(counting, folder);
  const plots = join(folder, "dvclive", "plots", "metrics");
  for (let group = 0; group < 40; group += 1)
    for (let index = 0; index < 10; index += 1) await mkdir(join(plots, `${group}`, `${index}`), { recursive: true });
  await writeFile(join(plots, "loss.tsv"), "step\tloss\n1\t0.5\n");
  visited.length = 0;
  await watch.poll({ last: true });
  expect(visited).toHaveLength(200);
  expect(watch.history()?.history).toEqual({ loss: [0.5] });
});
