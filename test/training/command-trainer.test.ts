import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { digestOf } from "../../src/evidence/digest.ts";
import { trainingSchema } from "../../src/evidence/evidence.ts";
import { createTraining, files } from "./setting.ts";

interface Declared {
  outputs?: string;
  setup?: string;
  inputs?: string;
}

/** A model that is trained by the given lines of shell, in a script of the repository's. */
function createCommandTraining(script: string, declared: Declared = {}, content: Record<string, string> = {}) {
  const { outputs = "{model: model.txt}", setup = "[]", inputs = "{data: [train.csv]}" } = declared;
  const assayYml = `version: 1
models:
  shell:
    task: binary
    train:
      run: bash train.sh
      setup: ${setup}
      inputs: ${inputs}
      outputs: ${outputs}
    evaluate: {data: test.csv, target: y, predict: {run: "./predict {model} {data} {out}"}, metrics: [accuracy]}
`;
  return createTraining(assayYml, { "train.sh": script, "train.csv": "x,y\n1,1\n", ...content });
}

describe("training by a command", () => {
  it("keeps the model and the reported numbers", async () => {
    const { train, runFolder, output } = await createCommandTraining(
      `echo weights > "$ASSAY_OUTPUT_DIR/model.txt"; echo '{"val": {"loss": 0.5}}' > "$ASSAY_OUTPUT_DIR/metrics.json"; echo trained`,
      { outputs: "{model: model.txt, metrics: metrics.json}" },
    );
    const training = await train();
    expect(trainingSchema.parse(training)).toMatchObject({
      ...{ seed: 3, trainer: "command", outcome: "completed", exitCode: 0, reported: { "val.loss": 0.5 } },
      model: {
        format: "txt",
        digest: digestOf("weights\n"),
        files: [{ path: "model.txt", digest: digestOf("weights\n"), bytes: 8 }],
      },
    });
    expect(await files.list(runFolder)).toEqual(["metrics.json", "model/model.txt"]);
    expect(output()).toBe("trained\n");
  });

  it("keeps all files of a model that is a folder", async () => {
    const { train, runFolder } = await createCommandTraining(
      "mkdir -p out/deep; echo a > out/model.safetensors; echo b > out/deep/config.json",
      { outputs: "{model: out}" },
    );
    expect(await train()).toMatchObject({ outcome: "completed", model: { format: "safetensors" } });
    expect(await files.list(runFolder)).toEqual(["model/deep/config.json", "model/model.safetensors"]);
  });

  it("tells the command where everything is", async () => {
    const { train, output, workingDirectory, runFolder, checkpointFolder } = await createCommandTraining(
      "env | grep ^ASSAY_ | grep -v ^ASSAY_RUN_MARK= | sort; echo > model.txt",
      { inputs: "{data: [train.csv, big.csv.dvc, 'parts/*.csv'], params: [params.yaml]}" },
      { "parts/b.csv": "", "parts/a.csv": "", "parts/notes.md": "", "big.csv.dvc": "" },
    );
    await train();
    const data = ["train.csv", "big.csv", "parts/a.csv", "parts/b.csv"].map((path) => join(workingDirectory, path)).join(":");
    expect(output()).toBe(
      [
        `ASSAY_CHECKPOINT_DIR=${checkpointFolder}`,
        `ASSAY_DATA=${data}`,
        "ASSAY_MODEL=shell",
        `ASSAY_OUTPUT_DIR=${runFolder}/output`,
        `ASSAY_PARAMS=${workingDirectory}/params.yaml`,
        "ASSAY_SEED=3\n",
      ].join("\n"),
    );
  });

  it("gives it the declared variables and the GPU's, not the job's", async () => {
    const { train, output } = await createCommandTraining('echo "[$GITHUB_TOKEN] [$HF_TOKEN] [$CUDA_VISIBLE_DEVICES]"');
    await train({ env: { HF_TOKEN: "given" } });
    expect(output()).toBe("[] [given] [0]\n");
  });

  it("runs setup before", async () => {
    const { train, lines } = await createCommandTraining("cat prepared > model.txt", {
      setup: "[echo one > prepared, echo two >> prepared]",
    });
    expect(await train()).toMatchObject({ outcome: "completed", model: { digest: digestOf("one\ntwo\n") } });
    expect(lines).toEqual(["Setup: echo one > prepared", "Setup: echo two >> prepared"]);
  });

  it("runs setup once for all trainings of a run, and again until it has ended well", async () => {
    const setup = "[echo once >> prepared, test -e ready]";
    const { train, workingDirectory } = await createCommandTraining("cat prepared > model.txt", { setup });
    expect(await train({ seed: 1 })).toMatchObject({
      outcome: "failed",
      message: expect.stringMatching(/^Setup command 2 of 2/),
    });
    await files.write(join(workingDirectory, "ready"), "");
    for (const seed of [1, 2, 3])
      expect(await train({ seed })).toMatchObject({ outcome: "completed", model: { digest: digestOf("once\nonce\n") } });
  });
});

describe("training by a command that fails", () => {
  const secret = "a line of the trainer";

  it.each([
    [
      `echo ${secret}; exit 3`,
      { outcome: "failed", exitCode: 3, message: "The training command exited with code 3. See its output in the log." },
    ],
    ["no-such-program", { outcome: "failed", exitCode: 127, message: expect.stringContaining("install it in train.setup") }],
    ["kill -KILL $$", { outcome: "failed", message: expect.stringMatching(/memory ran out/) }],
    [
      "true",
      {
        outcome: "invalid-output",
        exitCode: 0,
        message: expect.stringMatching(/No model was written.*model\.txt is neither in \$ASSAY_OUTPUT_DIR/),
      },
    ],
  ])("says so: %s", async (script, expected) => {
    const { train } = await createCommandTraining(script);
    const training = trainingSchema.parse(await train());
    expect(training).toMatchObject(expected);
    expect(training.model).toBeUndefined();
    expect(training.message).not.toContain(secret);
  });

  it("names the setup command that failed, and does not train", async () => {
    const { train, workingDirectory } = await createCommandTraining("touch trained", { setup: '["true", exit 4]' });
    expect(await train()).toMatchObject({
      outcome: "failed",
      exitCode: 4,
      message: expect.stringMatching(/^Setup command 2 of 2 exited with code 4/),
    });
    expect(await files.exists(join(workingDirectory, "trained"))).toBe(false);
  });

  it("does not take a model that was there before for a new one", async () => {
    const { train } = await createCommandTraining("true", {}, { "model.txt": "of an earlier run" });
    expect(await train()).toMatchObject({
      outcome: "invalid-output",
      message: expect.stringMatching(/was there before and this run did not write it/),
    });
  });

  it("takes a model that was written again with the same bytes", async () => {
    const { train } = await createCommandTraining("printf same > model.txt", {}, { "model.txt": "same" });
    expect(await train()).toMatchObject({ outcome: "completed", model: { digest: digestOf("same") } });
  });

  it("prefers its output folder to the working directory", async () => {
    const { train } = await createCommandTraining('printf old > model.txt; printf new > "$ASSAY_OUTPUT_DIR/model.txt"');
    expect(await train()).toMatchObject({ outcome: "completed", model: { digest: digestOf("new") } });
  });

  it.each([
    ["echo '{\"auc\": NaN}' > metrics.json", /"auc" is not a finite number/],
    ['echo \'{"auc": "high"}\' > metrics.json', /"auc" is text/],
    ["true", /No metrics were written.*metrics\.json/],
    ["mkdir metrics.json; touch metrics.json/x", /is a folder/],
  ])("keeps the model when its metrics are wrong: %s", async (script, message) => {
    const { train, runFolder } = await createCommandTraining(`echo w > model.txt; ${script}`, {
      outputs: "{model: model.txt, metrics: metrics.json}",
    });
    expect(await train()).toMatchObject({
      outcome: "invalid-output",
      message: expect.stringMatching(message),
      model: { format: "txt" },
    });
    expect(await files.exists(join(runFolder, "model/model.txt"))).toBe(true);
  });

  it("keeps what was written when time is over", async () => {
    const { train, runFolder, checkpointFolder } = await createCommandTraining(
      'echo half > "$ASSAY_OUTPUT_DIR/model.txt"; echo 1 > "$ASSAY_CHECKPOINT_DIR/epoch"; sleep 60',
    );
    expect(await train({ timeoutMinutes: 3 / 60 })).toMatchObject({
      outcome: "timed-out",
      message: expect.stringMatching(/ran past the limit.*Raise train\.timeout/),
    });
    expect(await files.list(runFolder)).toEqual(["output/model.txt"]);
    expect(await files.list(checkpointFolder)).toEqual(["epoch"]);
  });

  it("gives setup and training one time limit together", async () => {
    const { train } = await createCommandTraining("echo late > model.txt", { setup: "[sleep 60]" });
    expect(await train({ timeoutMinutes: 0.3 / 60 })).toMatchObject({
      outcome: "timed-out",
      message: expect.stringMatching(/^Setup command 1 of 1/),
    });
  });

  it("lets a cancelled command save its work", async () => {
    const script = `trap 'echo saved > "$ASSAY_CHECKPOINT_DIR/epoch"; exit 0' TERM; echo ready; while true; do sleep 0.05; done`;
    const { train, checkpointFolder } = await createCommandTraining(script);
    const controller = new AbortController();
    const training = await train({ signal: controller.signal, output: () => controller.abort("SIGTERM") });
    expect(training).toMatchObject({
      outcome: "cancelled",
      signal: "SIGTERM",
      message: expect.stringMatching(/was cancelled \(SIGTERM\)/),
    });
    expect(await readFile(join(checkpointFolder, "epoch"), "utf8")).toBe("saved\n");
  });
});
