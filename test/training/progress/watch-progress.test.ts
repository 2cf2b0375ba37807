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
  const watch = await watchProgress({
    ...{ files, folders: [workingDirectory], everySeconds },
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
    const { workingDirectory } = await watched();
    await files.write(join(workingDirectory, "dvclive", "metrics.json"), '{"step": 9, "loss": 9}');
    await files.write(join(workingDirectory, "dvclive", "plots", "metrics", "loss.tsv"), "step\tloss\n9\t9\n");
    const { stop } = await watchProgress({ files, folders: [workingDirectory], output() {}, progress() {} });
    expect(await stop()).toBeUndefined();

    const fresh = await watched();
    await files.write(join(fresh.workingDirectory, "dvclive", "metrics.json"), '{"train": {"loss": 0.5}, "step": 3}');
    expect(await fresh.stop()).toEqual({ history: { "train.loss": [0.5] }, historyAt: { unit: "step", at: [3] } });
    expect(fresh.lines).toEqual(["Step 3, train.loss 0.5"]);
  });

  it("has all of DVCLive's numbers from its plots, however seldom it looked", async () => {
    const { workingDirectory, stop } = await watched();
    const folder = join(workingDirectory, "dvclive");
    await files.write(join(folder, "metrics.json"), '{"train": {"loss": 0.25}, "f1": 0.5, "step": 2}');
    await files.write(join(folder, "plots", "metrics", "train", "loss.tsv"), "step\tloss\n0\t1\n1\t0.5\n2\t0.25\n");
    await files.write(join(folder, "plots", "metrics", "f1.tsv"), "timestamp\tstep\tf1\n1623671484747\t1\t0.5\n1623671484748\t");
    expect(await stop()).toEqual({
      history: { f1: [null, 0.5, null], "train/loss": [1, 0.5, 0.25] },
      historyAt: { unit: "step", at: [0, 1, 2] },
    });
  });

  it("says how far a bar is, with the loss that only a file has", async () => {
    const { output, stop, workingDirectory, lines } = await watched();
    output(" 50%|█████     | 50/100 [00:12<00:12,  3.60it/s]\n");
    await files.write(join(workingDirectory, "dvclive", "metrics.json"), '{"loss": 0.5, "step": 4000}');
    await stop();
    expect(lines).toEqual(["Step 50 of 100", "Step 50 of 100, loss 0.5"]);
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
