import { spawn } from "node:child_process";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { digestOf } from "../../../../src/evidence/digest.ts";
import { trainingSchema } from "../../../../src/evidence/evidence.ts";
import { HandedOffError } from "../../../../src/flows/fetch-run.ts";
import { createWorkplace, setParam } from "../../../flows/workplace.ts";
import { files } from "../../../git/repository.ts";
import { type RayCluster, skipWithoutRay, startRayCluster } from "./ray-cluster.ts";
import { createFolder, createRayTraining, type RayTraining } from "./ray-training.ts";

const run = ["run: bash train.sh", "outputs: {model: model.txt}"];

/** A job takes seconds to start, most of them waiting. */
const options = { concurrent: true, timeout: 180_000 };

const isSkipped = skipWithoutRay("training on a Ray cluster is not tested");
let cluster: RayCluster;
const folders: string[] = [];
beforeAll(async () => {
  if (!isSkipped) cluster = await startRayCluster();
}, 180_000);
afterAll(async () => {
  await cluster?.stop();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
}, 60_000);

describe.skipIf(isSkipped)("training on a Ray cluster", options, () => {
  /** @param script `train.sh`, beside which the other files are */
  async function createTraining(script: string, content: Record<string, string> = {}, changes: Partial<RayTraining> = {}) {
    const folder = await createFolder({ "train.sh": script, ...content });
    folders.push(folder);
    const training: RayTraining = { folder, declared: run, ...changes };
    const as = (others: Partial<RayTraining> = {}) => createRayTraining({ ...training, ...others }, cluster.environment);
    return { ...(await as()), as, training };
  }

  /** Jobs of the cluster for this training: their names end in the attempt's number. */
  async function jobsLike(job: string | undefined) {
    const name = job?.replace(/-\d+$/, "") ?? "";
    return [...(await cluster.jobs())]
      .filter(([id]) => name !== "" && id.startsWith(name))
      .map(([id, { status }]) => ({ id, status }));
  }

  it("runs setup and command there, passes the log on and brings the model and the numbers back", async () => {
    const { train } = await createTraining(
      `echo "seed $ASSAY_SEED of $ASSAY_MODEL, $(cat "$ASSAY_DATA"), $TOLD, $(cat prepared)"; ./weights.sh > model.txt; echo '{"loss": 0.5}' > "$ASSAY_OUTPUT_DIR/metrics.json"`,
      { "data/train.csv": "x,y", "weights.sh": "#!/bin/sh\necho weights\n" },
      {
        declared: [
          "run: bash train.sh",
          "setup: [echo is prepared > prepared]",
          "outputs: {model: model.txt, metrics: metrics.json}",
          "inputs: {data: [data/train.csv]}",
          "env: [TOLD]",
        ],
      },
    );
    let log = "";
    const training = await train({ env: { TOLD: "a declared value" }, output: (text) => (log += text) });
    expect(log).toContain("seed 3 of fraud, x,y, a declared value, is prepared\n");
    expect(trainingSchema.parse(training)).toMatchObject({
      ...{ seed: 3, trainer: "command", outcome: "completed", exitCode: 0, reported: { loss: 0.5 } },
      engine: { kind: "ray", job: expect.stringMatching(/^assay-fraud-[0-9a-f]{16}-1$/) },
      model: { digest: digestOf("weights\n"), files: [{ path: "model.txt", bytes: 8 }] },
    });

    const given = (await cluster.jobs()).get(training.engine?.job ?? "")?.runtime_env.env_vars;
    expect(Object.keys(given ?? {}).sort()).toEqual(
      ["ASSAY_CHECKPOINT_DIR", "ASSAY_JOB", "ASSAY_MODEL", "ASSAY_OUTPUT_DIR", "ASSAY_SEED", "TOLD"].sort(),
    );
  });

  it("collects a job that ended well instead of training again, with its log", async () => {
    const { train } = await createTraining('echo "trained at $(date +%N)" | tee "$ASSAY_OUTPUT_DIR/model.txt"');
    const first = await train();
    let log = "";
    const second = await train({ output: (text) => (log += text) });
    expect(second).toEqual({ ...first, startedAt: first.startedAt });
    expect(log).toContain("trained at");
    expect(await jobsLike(first.engine?.job)).toHaveLength(1);
  });

  it("has data brought here for a job that is not there yet, and not to collect one", async () => {
    const { training } = await createTraining(
      'cp "$ASSAY_DATA" "$ASSAY_OUTPUT_DIR/model.txt"',
      {},
      {
        declared: [...run, "inputs: {data: [train.csv]}"],
      },
    );
    let pulled = 0;
    const { train } = await createRayTraining(training, cluster.environment, {
      async obtainData(command) {
        pulled += 1;
        return command("echo pulled > train.csv");
      },
    });
    const first = await train();
    expect(first).toMatchObject({ outcome: "completed", model: { digest: digestOf("pulled\n") } });
    expect(await train()).toMatchObject({ outcome: "completed", engine: first.engine });
    expect(pulled).toBe(1);

    const failing = { ...training, origin: { inputHash: digestOf("other") } };
    const { train: without } = await createRayTraining(failing, cluster.environment, {
      obtainData: (command) => command("exit 7"),
    });
    const failed = await without();
    expect(failed).toMatchObject({
      outcome: "failed",
      exitCode: 7,
      message: expect.stringMatching(/^The command of data.pull /),
    });
    expect(failed.engine).toBeUndefined();
  });

  it("goes on with the job of a submitter that was killed: exactly one job", async () => {
    const { train, training } = await createTraining(
      'echo begun; while [ ! -e "$ASSAY_CHECKPOINT_DIR/go" ]; do sleep 0.1; done; echo done | tee "$ASSAY_OUTPUT_DIR/model.txt"',
    );
    const submitter = spawn(process.execPath, [join(import.meta.dirname, "submit-to-ray.ts"), JSON.stringify(training)], {
      env: { ...process.env, ...cluster.environment },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let seen = "";
    for await (const chunk of submitter.stdout) {
      seen += chunk;
      if (seen.includes("begun")) break;
    }
    submitter.kill("SIGKILL");

    const lines: string[] = [];
    let log = "";
    const attached = await train({
      progress: (line) => lines.push(line),
      async output(text) {
        log += text;
        if (log.includes("begun")) await writeFile(join(checkpoints(training), "go"), "");
      },
    });
    expect(attached).toMatchObject({ outcome: "completed", model: { digest: digestOf("done\n") } });
    expect(lines[0]).toMatch(/has this training already \(running\)/);
    expect(log.match(/begun/g)).toHaveLength(1);
    expect(await jobsLike(attached.engine?.job)).toEqual([{ id: attached.engine?.job, status: "SUCCEEDED" }]);
  });

  it("submits one job for two that ask at the same time", async () => {
    const { as } = await createTraining('sleep 1; echo once > "$ASSAY_OUTPUT_DIR/model.txt"');
    const [a, b] = await Promise.all([as(), as()]);
    const [first, second] = await Promise.all([a.train(), b.train()]);
    expect([first.outcome, second.outcome]).toEqual(["completed", "completed"]);
    expect(second.engine).toEqual(first.engine);
    expect(await jobsLike(first.engine?.job)).toHaveLength(1);
  });

  it("stops the job when it is cancelled, and the next one goes on from its checkpoint", async () => {
    const { train } = await createTraining(
      'echo begun; if [ -e "$ASSAY_CHECKPOINT_DIR/step" ]; then cp "$ASSAY_CHECKPOINT_DIR/step" "$ASSAY_OUTPUT_DIR/model.txt"; exit; fi; echo 7 > "$ASSAY_CHECKPOINT_DIR/step"; sleep 600',
    );
    const controller = new AbortController();
    const cancelled = await train({
      signal: controller.signal,
      output: (text) => text.includes("begun\n") && controller.abort("SIGTERM"),
    });
    expect(cancelled).toMatchObject({ outcome: "cancelled", signal: "SIGTERM" });
    expect(await jobsLike(cancelled.engine?.job)).toEqual([{ id: cancelled.engine?.job, status: "STOPPED" }]);

    const again = await train();
    expect(again).toMatchObject({ outcome: "completed", model: { digest: digestOf("7\n") } });
    expect(again.engine?.job).toMatch(/-2$/);
  });

  it("begins anew what its submitter stopped while this one looked on", async () => {
    const { as } = await createTraining(
      'echo begun; [ -e "$ASSAY_CHECKPOINT_DIR/step" ] || { touch "$ASSAY_CHECKPOINT_DIR/step"; sleep 600; }; echo ok > "$ASSAY_OUTPUT_DIR/model.txt"',
    );
    const [first, second] = [await as(), await as()];
    const controller = new AbortController();
    let looksOn = Promise.resolve<unknown>(undefined);
    const cancelled = await first.train({
      signal: controller.signal,
      output(text) {
        if (!text.includes("begun\n")) return;
        looksOn = second.train({ progress: (line) => line.includes("already") && controller.abort("SIGINT") });
      },
    });
    expect(cancelled).toMatchObject({ outcome: "cancelled", signal: "SIGINT" });
    expect(await looksOn).toMatchObject({ outcome: "completed", engine: { job: expect.stringMatching(/-2$/) } });
  });

  it("says how a command failed, once, and then tries again", async () => {
    const { train } = await createTraining("exit 9");
    const failed = await train();
    expect(failed).toMatchObject({ outcome: "failed", exitCode: 9, engine: { job: expect.stringMatching(/-1$/) } });
    expect(failed.message).toBe("The training command exited with code 9. See its output in the log.");
    expect(await train()).toMatchObject({ exitCode: 9, engine: { job: expect.stringMatching(/-2$/) } });
  });

  it("names the setup command that failed", async () => {
    const { train } = await createTraining("true", {}, { declared: [...run, "setup: ['true', exit 4]"] });
    expect(await train()).toMatchObject({ outcome: "failed", exitCode: 4, message: expect.stringMatching(/^Setup command 2 /) });
  });

  it("ends what runs past its time, on the cluster too", async ({ expect }) => {
    const { train } = await createTraining("echo begun; sleep 600");
    const training = await train({ timeoutMinutes: 0.1 });
    expect(training).toMatchObject({ outcome: "timed-out" });
    const status = async () => (await jobsLike(training.engine?.job))[0]?.status;
    await expect.poll(status, { timeout: 60_000 }).toMatch(/STOPPED|FAILED/);
  });

  it("takes no files that are not what the job wrote", async () => {
    const { as, training } = await createTraining('echo weights > "$ASSAY_OUTPUT_DIR/model.txt"');
    const first = await (await as()).train();
    await writeFile(join(training.folder, "storage/acme/models/pull/12", attempt(training, 1), "output/model.txt"), "other");
    const second = await (await as()).train();
    expect(second).toMatchObject({ outcome: "failed", message: expect.stringContaining("model.txt should be sha256:") });
    expect(second.model).toBeUndefined();
    const third = await (await as()).train();
    expect(third).toMatchObject({ outcome: "completed", model: { digest: first.model?.digest } });
    expect(third.engine?.job).toMatch(/-2$/);
  });

  it("says when the command ended well and wrote no model", async () => {
    const { train } = await createTraining("echo nothing");
    expect(await train()).toMatchObject({ outcome: "invalid-output", engine: { job: expect.stringMatching(/-1$/) } });
    expect(await train()).toMatchObject({ engine: { job: expect.stringMatching(/-2$/) } });
  });

  it("takes nothing of a pull request's for a commit", async () => {
    const { as } = await createTraining('echo weights > "$ASSAY_OUTPUT_DIR/model.txt"');
    const ofPullRequest = await (await as()).train();
    const ofCommit = await (await as({ origin: { scope: `commit/${"a".repeat(40)}` } })).train();
    expect(ofCommit.outcome).toBe("completed");
    expect(ofCommit.engine?.job).not.toBe(ofPullRequest.engine?.job);
  });

  it("hands a training off without waiting, and collects it later", async ({ expect }) => {
    const { as, training } = await createTraining(
      'while [ ! -e "$ASSAY_CHECKPOINT_DIR/go" ]; do sleep 0.1; done; echo weights > "$ASSAY_OUTPUT_DIR/model.txt"',
      {},
      { handOff: true },
    );
    const submitted = await (await as()).train();
    expect(trainingSchema.parse(submitted)).toMatchObject({ outcome: "handed-off", message: expect.stringContaining("collect") });
    const still = await (await as()).train();
    expect(still).toMatchObject({ outcome: "handed-off", engine: submitted.engine });
    // The job makes the folder.
    await expect
      .poll(
        () =>
          writeFile(join(checkpoints(training), "go"), "").then(
            () => true,
            () => false,
          ),
        { timeout: 60_000 },
      )
      .toBe(true);
    const status = async () => (await jobsLike(submitted.engine?.job))[0]?.status;
    await expect.poll(status, { timeout: 60_000 }).toBe("SUCCEEDED");
    expect(await (await as()).train()).toMatchObject({ outcome: "completed", engine: submitted.engine });
    expect(await jobsLike(submitted.engine?.job)).toHaveLength(1);
  });

  it("is refused by a cluster whose token it does not have, before anything is sent", async () => {
    const folder = await createFolder({});
    folders.push(folder);
    const wrong = { ...cluster.environment, RAY_AUTH_TOKEN: "another" };
    const { engine } = await createRayTraining({ folder, declared: run }, wrong);
    const { problems } = await engine.check();
    expect(problems).toEqual([expect.stringMatching(/refused access \(40[13]\); set RAY_AUTH_TOKEN/)]);
  });
});

describe.skipIf(isSkipped)("a run that is handed off", () => {
  it("is left to the cluster with its baseline, and evaluated by the run that collects both", async () => {
    const place = await createWorkplace();
    const storage = join(place.folder, "storage");
    await files.makeFolder(storage);
    const engine = `engine: {ray: {storage: ${storage}, hand-off: true}}`;
    const base = await place.edit({ "assay.yml": (text) => text.replace("timeout: 5m", `${engine}\n      timeout: 5m`) });
    const head = await place.edit(setParam("threshold", 50));
    const { plan, planned } = await place.planOf(head, base);
    expect(planned.engine).toBe("ray");
    const environment = { ...place.machine.environment, ...cluster.environment };

    const handedOff = await place.train(plan, { environment });
    expect(handedOff.map(({ trainings }) => trainings.map(({ outcome }) => outcome))).toEqual([["handed-off"], ["handed-off"]]);
    await expect(place.evaluate(plan)).rejects.toThrow(HandedOffError);

    const names = handedOff.map(({ trainings }) => trainings[0]?.engine?.job ?? "");
    const statuses = async () => [...(await cluster.jobs())].flatMap(([id, { status }]) => (names.includes(id) ? [status] : []));
    await expect.poll(statuses, { timeout: 120_000 }).toEqual(["SUCCEEDED", "SUCCEEDED"]);
    const collected = await place.train(plan, { environment });
    expect(collected.map(({ trainings }) => trainings.map(({ outcome }) => outcome))).toEqual([["completed"], ["completed"]]);
    expect(place.output()).toContain("training with threshold 50");
    expect((await place.evaluate(plan)).evaluations[0]?.comparisons.map(({ metric }) => metric)).toEqual(["accuracy", "roc_auc"]);
    expect(collected.map(({ trainings }) => trainings[0]?.engine?.job)).toEqual(names);
  }, 240_000);

  it("trains nothing where nobody says where the cluster is", async () => {
    const place = await createWorkplace();
    const engine = `engine: {ray: {storage: ${place.folder}}}`;
    const head = await place.edit({ "assay.yml": (text) => text.replace("timeout: 5m", `${engine}\n      timeout: 5m`) });
    const [evidence] = await place.train((await place.planOf(head, null)).plan);
    expect(evidence?.trainings).toMatchObject([
      { outcome: "failed", unfit: true, message: expect.stringContaining("Set RAY_API_SERVER_ADDRESS") },
    ]);
  });
});

function attempt({ folder }: RayTraining, number: number): string {
  return `fraud-${digestOf(folder).slice(7, 23)}-3/attempt-${number}`;
}

function checkpoints({ folder }: RayTraining): string {
  return join(folder, "storage/acme/models/pull/12", `fraud-${digestOf(folder).slice(7, 23)}-3`, "checkpoints");
}
