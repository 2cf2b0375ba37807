import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { trainingSchema } from "../../../src/evidence/evidence.ts";
import { createHistory } from "../../../src/training/progress/history.ts";
import { watchProgress } from "../../../src/training/progress/watch-progress.ts";
import { files } from "../setting.ts";

async function watched(everySeconds = 0) {
  const workingDirectory = await mkdtemp(join(tmpdir(), "assay-progress-"));
  onTestFinished(() => rm(workingDirectory, { recursive: true, force: true }));
  const [chunks, lines]: [string[], string[]] = [[], []];
  const watch = watchProgress({
    ...{ files, workingDirectory, everySeconds },
    output: (chunk) => chunks.push(chunk),
    progress: (line) => lines.push(line),
  });
  return { ...watch, workingDirectory, chunks, lines };
}

describe("following a training by its output", () => {
  it("passes it on as it comes, and says where it is", async () => {
    const { output, stop, chunks, lines } = await watched();
    for (const chunk of ['{"step": 1, "total_steps": 4, "lo', 'ss": 2}\n{"step": 2,', ' "loss": 1}\r\n', "done\n"]) output(chunk);
    expect(await stop()).toEqual({ history: { loss: [2, 1] }, historyAt: { unit: "step", at: [1, 2] } });
    expect(chunks.join("")).toBe('{"step": 1, "total_steps": 4, "loss": 2}\n{"step": 2, "loss": 1}\r\ndone\n');
    expect(lines[0]).toBe("Step 1 of 4, loss 2");
    expect(lines[1]).toMatch(/^Step 2 of 4, loss 1, about \d+ seconds left$/);
  });

  it("says little", async () => {
    const { output, stop, lines } = await watched(30);
    for (let step = 1; step < 1_000; step++) output(`{"step": ${step}, "loss": 1}\n`);
    await stop();
    expect(lines).toEqual([]);
  });

  it("reads what Keras draws over and over: the last numbers of each epoch", async () => {
    const { output, stop, lines } = await watched();
    for (const epoch of [1, 2]) {
      output(`Epoch ${epoch}/2\n`);
      for (const step of [1, 2]) output(`\r${step}/2 ━━━━━━━━━━ 0s 7ms/step - loss: ${1 / (epoch * step)}`);
      output("\n");
    }
    expect(await stop()).toEqual({ history: { loss: [0.5, 0.25] }, historyAt: { unit: "epoch", at: [1, 2] } });
    expect(lines.at(-1)).toMatch(/^Epoch 2 of 2, step 2 of 2, loss 0\.25/);
  });

  it("reads the file that DVCLive writes, not one that lay there before", async () => {
    const old = await watched();
    await old.stop();
    const before = join(old.workingDirectory, "dvclive", "metrics.json");
    await files.write(before, '{"step": 9, "loss": 9}');
    const watch = watchProgress({ files, workingDirectory: old.workingDirectory, output() {}, progress() {} });
    expect(await watch.stop()).toBeUndefined();

    const { workingDirectory, stop } = await watched();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await files.write(join(workingDirectory, "dvclive", "metrics.json"), '{"train": {"loss": 0.5}, "step": 3}');
    expect(await stop()).toEqual({ history: { "train.loss": [0.5] }, historyAt: { unit: "step", at: [3] } });
  });

  it("has nothing to say of a trainer that says nothing", async () => {
    const { output, stop, lines } = await watched();
    output("training with threshold 40\n");
    expect(await stop()).toBeUndefined();
    expect(lines).toEqual([]);
  });
});

describe("a training's numbers over time", () => {
  it("are kept in bounded memory, evenly, and fit evidence", () => {
    const history = createHistory();
    for (let step = 0; step < 25_000; step++) history.add({ step, measures: { loss: step } });
    const kept = history.history();
    const at = kept?.historyAt.at ?? [];
    expect(at.length).toBeLessThanOrEqual(1_000);
    expect(at.length).toBeGreaterThan(500);
    expect(new Set(at.slice(1).map((step, index) => step - (at[index] ?? 0))).size).toBe(1);
    expect(kept?.history["loss"]).toEqual(at);
    expect(trainingSchema.shape.history.parse(kept?.history)).toEqual(kept?.history);
  });

  it("do not mix with another bar that begins again", () => {
    const history = createHistory();
    for (const step of [1, 2, 3]) history.add({ step, measures: { loss: step } });
    for (const step of [1, 2]) history.add({ step, measures: { eval_loss: step } });
    history.add({ step: 4, measures: { loss: 4 } });
    expect(history.history()?.history).toEqual({ loss: [1, 2, 3, 4] });
  });
});
