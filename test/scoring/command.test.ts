import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createNodeFiles } from "../../src/files/node-files.ts";
import { createNodeProcesses } from "../../src/processes/node-processes.ts";
import { createScorer } from "../../src/scoring/create-scorer.ts";
import { joinPredictions } from "../../src/scoring/join.ts";
import { readTestSet } from "../../src/scoring/test-set.ts";

let folder: string;
let temporary: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "assay command's $(touch no) `x` \"-"));
  temporary = join(folder, "temporary");
  await mkdir(join(folder, "model"));
  await writeFile(join(folder, "model", "weights.txt"), "yes\n");
  await writeFile(join(folder, "test.csv"), "case,x,y\n1,5,yes\n2,6,no\n");
});
afterEach(() => rm(folder, { recursive: true }));

async function score(run: string, options: { id?: string; signal?: AbortSignal; timeoutMinutes?: number } = {}) {
  const output: string[] = [];
  const test = await readTestSet({
    path: join(folder, "test.csv"),
    name: "test.csv",
    task: "binary",
    id: options.id,
    target: "y",
    files: createNodeFiles(),
  });
  const raw = await createScorer({
    predict: { kind: "command", run },
    task: "binary",
    modelFolder: join(folder, "model"),
    workingDirectory: folder,
    classes: undefined,
    env: { PATH: process.env.PATH ?? "", GREETING: "hello" },
    timeoutMinutes: options.timeoutMinutes ?? 1,
    processes: createNodeProcesses(),
    files: createNodeFiles({ temporaryFolder: temporary }),
    signal: options.signal ?? new AbortController().signal,
    output: (chunk) => output.push(chunk),
  }).score(test.rows);
  const predictions = joinPredictions(raw, { truth: test.truth, task: "binary", positive: "yes", classes: undefined });
  return { predictions, output: output.join("") };
}

it("runs the command on model, data and out, with the given environment and live output", async () => {
  const run =
    'echo "$GREETING, $(basename {data})"; { echo id,prediction; tail -n +2 {data} | while IFS=, read -r id x y; do echo "$id,$(cat {model})"; done; } > {out}';
  const { predictions, output } = await score(run, { id: "case" });
  expect(predictions).toMatchObject({ ids: ["1", "2"], labels: ["yes", "yes"] });
  expect(output).toBe("hello, test.csv\n");
  expect(await readdir(temporary)).toEqual([]);
});

it("takes predictions in order when the test set has no id", async () => {
  const { predictions } = await score("printf 'prediction\\nno\\nyes\\n' > {out}");
  expect(predictions).toMatchObject({ labels: ["no", "yes"] });
});

it("hands over the folder when the model has several files", async () => {
  await writeFile(join(folder, "model", "second.txt"), "no\n");
  const { output } = await score("ls {model}; printf 'prediction\\nno\\nyes\\n' > {out}");
  expect(output).toBe("second.txt\nweights.txt\n");
});

it.each([
  ["exits otherwise than 0", "exit 3", /command `exit 3` ended with exit code 3/],
  ["writes nothing", "true {out}", /ended well but wrote no predictions\. It must write/],
  ["does not know where to write", "true", /Its line has no \{out\}/],
  ["writes an empty file", ": > {out}", /wrote an empty file to \{out\}/],
  ["makes a folder", "mkdir {out}", /made a folder of \{out\}/],
  ["leaves rows out", "printf 'prediction\\nno\\n' > {out}", /1 predictions for 2 test rows/],
  ["kills itself", "kill -9 $$", /was ended by SIGKILL, which often means that memory ran out/],
])("says so when the command %s, and leaves nothing behind", async (_, run, message) => {
  await expect(score(run)).rejects.toMatchObject({ name: "UserCommandError", message: expect.stringMatching(message) });
  expect(await readdir(temporary)).toEqual([]);
});

it.each([
  [
    "predictions of other rows",
    "printf 'id,prediction\\n1,no\\n3,no\\n' > {out}",
    /^predictions\.csv: the predictions are not for the 2 rows of the test set: 1 id has no prediction \("2"\); 1 id is not in the test set \("3"\)/,
  ],
  ["labels by another name", "printf 'id,label\\n1,no\\n2,no\\n' > {out}", /^predictions\.csv has no column "prediction"/],
  [
    "text that is not UTF-8",
    "printf 'id,prediction\\n1,\\377\\n' > {out}",
    /^Predictions: predictions\.csv:2: this line is not UTF-8/,
  ],
  [
    "no ids where the test set has them",
    "printf 'prediction\\nno\\nyes\\n' > {out}",
    /`.*` wrote predictions without a column "id"\. The rows of the test set are named by its column "case"/,
  ],
])("refuses %s", async (_, run, message) => {
  await expect(score(run, { id: "case" })).rejects.toMatchObject({
    name: "UserCommandError",
    message: expect.stringMatching(message),
  });
});

it("is stopped at the time limit and on cancellation, each with its own message", async () => {
  await expect(score("sleep 60", { timeoutMinutes: 0.002 })).rejects.toThrow(/ran past its limit of 0\.002 minutes/);
  await expect(score("sleep 60", { signal: AbortSignal.abort("SIGINT") })).rejects.toThrow(/cancelled \(SIGINT\)/);
});

it("says when there is no model", async () => {
  await rm(join(folder, "model"), { recursive: true });
  await expect(score("true {model}")).rejects.toThrow(/There is no model to score/);
});
