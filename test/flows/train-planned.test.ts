import { readdirSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { UsageError } from "../../src/errors/errors.ts";
import { parseEvidence } from "../../src/evidence/parse-evidence.ts";
import { verifySeal } from "../../src/evidence/seal.ts";
import { checkpointFilesNames, evidenceFileName, partialFilesName, runFilesName } from "../../src/flows/job-files.ts";
import { plannedModel } from "../../src/plan/planned-model.ts";
import { files } from "../git/repository.ts";
import { composeNvidiaSmi } from "../training/gpu/compose-nvidia-smi.ts";
import { a100 } from "../training/gpu/situations.ts";
import { createWorkplace, model, setParam, threeSeeds } from "./workplace.ts";

describe("training what is planned", () => {
  it("keeps model and begun evidence under the name that later runs look for", async () => {
    const place = await createWorkplace();
    const { plan, planned } = await place.planOf(place.first, null);
    const [evidence] = await place.train(plan);
    const name = runFilesName(model, planned.candidate.inputHash);
    expect(await files.list(join(place.runsFolder, name))).toEqual(["evidence.json", "trainings/1/model/model.json"]);
    const kept = parseEvidence((await files.readText(join(place.runsFolder, name, "evidence.json"))) ?? "", name);
    expect(kept).toEqual(evidence);
    expect(kept.seal).toBeUndefined();
    expect(place.output()).toContain("training with threshold 40");
    expect(place.lines.join()).toMatch(/Training threshold with seed/);
  });

  it("trains the baseline too, at its own commit, when its run is nowhere", async () => {
    const place = await createWorkplace();
    const head = await place.edit(setParam("threshold", 50));
    const { plan } = await place.planOf(head, place.first);
    const trained = await place.train(plan);
    expect(trained.map(({ source }) => source.commit)).toEqual([head, place.first]);
    expect(place.output()).toMatch(/training with threshold 50[\s\S]*training with threshold 40/);
    expect(place.repository.git("worktree", "list").split("\n")).toHaveLength(1);
  });

  it("trains nothing a second time, and says what is used", async () => {
    const place = await createWorkplace();
    await place.train((await place.planOf(place.first, null)).plan);
    const before = place.output();
    const { plan, planned } = await place.planOf(place.first, null);
    expect(planned.candidate.decision).not.toBe("train");
    expect(await place.train(plan)).toEqual([]);
    expect(place.output()).toBe(before);
    expect(place.lines.at(-1)).toMatch(/threshold is not trained: /);
  });

  it("keeps a failed training's files for people, and sealed evidence for the report", async () => {
    const place = await createWorkplace();
    const head = await place.edit(setParam("trouble", "exit"));
    const { plan, planned } = await place.planOf(head, null);
    const [evidence] = await place.train(plan);
    expect(evidence?.trainings).toMatchObject([{ outcome: "failed", exitCode: 1 }]);
    expect(readdirSync(place.runsFolder).sort()).toEqual([
      evidenceFileName(model, planned.candidate.inputHash),
      partialFilesName(model, planned.candidate.inputHash),
    ]);
    const text = await files.readText(join(place.runsFolder, evidenceFileName(model, planned.candidate.inputHash)));
    expect(() => verifySeal(parseEvidence(text ?? "", "evidence"))).not.toThrow();
  });

  it("does not train the baseline when the candidate failed: there is nothing to compare", async () => {
    const place = await createWorkplace();
    const head = await place.edit(setParam("trouble", "exit"));
    const { plan } = await place.planOf(head, place.first);
    expect(await place.train(plan)).toHaveLength(1);
    expect(place.output().match(/training with threshold/g)).toHaveLength(1);
  });

  it("keeps checkpoint and evidence of a training that was cancelled", async () => {
    const place = await createWorkplace();
    const head = await place.edit(setParam("trouble", "hang"));
    const { plan, planned } = await place.planOf(head, null);
    const controller = new AbortController();
    const [evidence] = await place.train(plan, {
      signal: controller.signal,
      output: (chunk) => {
        if (chunk.includes("waiting")) controller.abort("SIGTERM");
      },
    });
    expect(evidence?.trainings).toMatchObject([{ outcome: "cancelled" }]);
    const partial = join(place.runsFolder, partialFilesName(model, planned.candidate.inputHash));
    expect(await files.list(partial)).toEqual(["evidence.json"]);
    const [, checkpoint = ""] = checkpointFilesNames(model, planned.candidate.inputHash, 1);
    expect(await files.readText(join(place.runsFolder, checkpoint, "files", "step"))).toBe("1\n");
    expect(await files.exists(join(partial, "evidence.json"))).toBe(true);
  });

  it("runs nothing on a machine that lacks the declared GPUs, and says all that is wrong", async () => {
    const place = await createWorkplace();
    const head = await place.edit({
      "assay.yml": (text) => text.replace("timeout: 5m", "gpus: 2\n      setup: [echo setting up]"),
    });
    const { plan } = await place.planOf(head, place.first);
    const program = composeNvidiaSmi({ gpus: a100(0) });
    const [evidence] = await place.train(plan, {
      environment: { PATH: `${dirname(program)}${delimiter}${process.env["PATH"]}` },
    });
    expect(evidence?.trainings).toMatchObject([
      {
        ...{ outcome: "failed", unfit: true, seed: 1, trainer: "command" },
        message: expect.stringMatching(
          /^This machine cannot train threshold, and nothing was run: The training needs 2 GPUs, and/,
        ),
      },
    ]);
    expect(evidence?.seal).toBeDefined();
    expect(place.output()).toBe("");
  });

  it("does not wait for a hung driver when the job is cancelled", async () => {
    const place = await createWorkplace();
    const head = await place.edit({ "assay.yml": (text) => text.replace("timeout: 5m", "gpus: 1") });
    const program = composeNvidiaSmi({ first: "sleep 600" });
    const controller = new AbortController();
    setTimeout(() => controller.abort("SIGTERM"), 500);
    const [evidence] = await place.train((await place.planOf(head, null)).plan, {
      environment: { PATH: `${dirname(program)}${delimiter}${process.env["PATH"]}` },
      signal: controller.signal,
    });
    expect(evidence?.trainings).toMatchObject([{ outcome: "cancelled", signal: "SIGTERM" }]);
    expect(place.output()).toBe("");
  });

  it("records what the training took of the GPUs that it had", async () => {
    const place = await createWorkplace();
    const program = composeNvidiaSmi({ gpus: a100(0, { free: "50000" }) });
    const head = await place.edit({ "assay.yml": (text) => text.replace("run: node", "run: sleep 1; node") });
    const [evidence] = await place.train((await place.planOf(head, null)).plan, {
      environment: { PATH: `${dirname(program)}${delimiter}${process.env["PATH"]}` },
    });
    const [training] = evidence?.trainings ?? [];
    expect(training).toMatchObject({
      outcome: "completed",
      gpus: { name: "NVIDIA A100-SXM4-80GB", count: 1, peakMemory: 31_920 },
    });
    expect(training?.gpus?.hours).toBeCloseTo((training?.durationSeconds ?? 0) / 3_600, 10);
  });

  it("shows a training the free GPU of two, and records that one", async () => {
    const place = await createWorkplace();
    const program = composeNvidiaSmi({ gpus: a100(0, { free: "500" }) + a100(1, { free: "60000" }) });
    const says = 'echo "on $CUDA_DEVICE_ORDER $CUDA_VISIBLE_DEVICES"; sleep 1; node';
    const declared = (text: string) => text.replace("run: node", `gpus: 1\n      gpu-memory: 20GiB\n      run: ${says}`);
    const head = await place.edit({ "assay.yml": declared });
    const [evidence] = await place.train((await place.planOf(head, null)).plan, {
      environment: { PATH: `${dirname(program)}${delimiter}${process.env["PATH"]}` },
    });
    expect(place.output()).toContain("on PCI_BUS_ID 1");
    expect(evidence?.trainings).toMatchObject([{ outcome: "completed", gpus: { count: 1, peakMemory: 21_920 } }]);
  });

  it("keeps what the trainer says of itself over time", async () => {
    const place = await createWorkplace();
    const says = `for (const step of [1, 2]) console.log(JSON.stringify({ step, loss: 1 / step }));\n`;
    const head = await place.edit({ "train.mjs": (text) => text + says });
    const [evidence] = await place.train((await place.planOf(head, null)).plan);
    expect(evidence?.trainings).toMatchObject([{ history: { loss: [1, 0.5] }, historyAt: { unit: "step", at: [1, 2] } }]);
  });

  it("trains once a seed and keeps each training's files apart", async () => {
    const place = await createWorkplace();
    const head = await place.edit(threeSeeds);
    const { plan, planned } = await place.planOf(head, null);
    const [evidence] = await place.train(plan);
    expect(evidence?.trainings.map(({ seed, outcome }) => [seed, outcome])).toEqual([4, 5, 6].map((seed) => [seed, "completed"]));
    const name = runFilesName(model, planned.candidate.inputHash);
    expect(await files.list(join(place.runsFolder, name))).toEqual([
      "evidence.json",
      "trainings/4/model/model.json",
      "trainings/5/model/model.json",
      "trainings/6/model/model.json",
    ]);
    expect(place.lines.filter((line) => line.startsWith("Training"))[1]).toMatch(/with seed 5 \(2 of 3\): /);
    expect(planned.timeoutMinutes).toBe(3 * 360);
  });

  it("stops at the seed that fails, says which it was, and keeps the others' work", async () => {
    const place = await createWorkplace();
    await place.edit(threeSeeds);
    const head = await place.edit(setParam("trouble", "exit-5"));
    const { plan, planned } = await place.planOf(head, null);
    const [evidence] = await place.train(plan);
    expect(evidence?.trainings).toMatchObject([
      { seed: 4, outcome: "completed" },
      { seed: 5, outcome: "failed", message: expect.stringMatching(/^With seed 5 \(2 of 3\): The training command exited/) },
    ]);
    expect(place.lines.at(-1)).toBe("threshold is not trained with seed 6: seed 5 did not complete.");
    const kept = await files.list(join(place.runsFolder, partialFilesName(model, planned.candidate.inputHash)));
    expect(kept).toEqual(["evidence.json", "trainings/4/model/model.json"]);
  });

  it("refuses a tree that is not the planned one, naming both input hashes", async () => {
    const place = await createWorkplace();
    const { plan, planned } = await place.planOf(place.first, null);
    const head = await place.edit(setParam("threshold", 50));
    const training = place.train({ ...plan, commit: head });
    await expect(training).rejects.toThrow(UsageError);
    await expect(place.train({ ...plan, commit: head })).rejects.toThrow(planned.candidate.inputHash);
    expect(place.output()).toBe("");
  });

  it("names the models that were planned when another is asked for", async () => {
    const { plan } = await (await createWorkplace()).planOf("HEAD", null);
    expect(() => plannedModel(plan, "fraud")).toThrow(/no model `fraud`; it has: threshold/);
    expect(() => plannedModel({ ...plan, models: [] }, "fraud")).toThrow(/it has: none/);
  });
});
