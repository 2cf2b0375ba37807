import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { examplePath } from "../../src/demo/team.ts";
import { unzip } from "../../src/files/unzip.ts";
import { createTeam, setParam, type Team } from "./team.ts";

/** Says its process, and in a later attempt what it found. */
const inSteps = (text: string) =>
  text.replace(
    'if (params.trouble === "hang") {',
    `const { existsSync } = await import("node:fs");
console.log("process", process.pid);
if (existsSync(join(process.env.ASSAY_CHECKPOINT_DIR, "step"))) console.log("found a step");
else if (params.trouble === "hang") {`,
  );

const isRunning = (pid: string) => {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
};

/** Plans and trains; the training step is killed once its log says that. */
async function train(team: Team, run: Awaited<ReturnType<Team["startRun"]>>, model: string, killWhen?: string) {
  const plan = await (await run.startJob("Plan", { contents: "read", actions: "read", "pull-requests": "read" })).step(
    "plan",
    {},
  );
  expect(plan.exitCode, plan.log).toBe(0);
  const job = await run.startJob(`Train ${model}`, { contents: "read", actions: "read" });
  const inputs = { plan: plan.outputs["plan"] ?? "", model };
  const step = await job.step("train", inputs, killWhen ? { when: killWhen, signal: "SIGKILL" } : undefined);
  const [post] = await job.finish();
  const kept = team.github.artifacts(run.runId).map(({ name }) => name.replace(/-[0-9a-f]{16}/, ""));
  return { step, post, kept };
}

/** What must not depend on interruptions. */
async function weightsOf(team: Team, runId: number): Promise<unknown> {
  const [artifact] = team.github.artifacts(runId).filter(({ name }) => name.startsWith("assay-run-"));
  const folder = await mkdtemp(join(tmpdir(), "assay-killed-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await unzip("the run", artifact?.file ?? "", folder, { maxFiles: 100, maxBytes: 1e9 });
  const [{ model, history }] = JSON.parse(await readFile(join(folder, "evidence.json"), "utf8")).trainings;
  expect(model.digest).toMatch(/^sha256:/);
  return { model, history };
}

describe("a training step that is killed", () => {
  let team: Team;

  beforeAll(async () => {
    team = await createTeam();
    await team.pushMain("First model", { "train.mjs": inSteps });
  });
  afterAll(() => team.close());

  it("leaves its checkpoint to the next attempt, and no process running", async () => {
    const pullRequest = await team.open("Hangs", setParam("trouble", "hang"));
    const run = await team.startRun(pullRequest);
    const { step, post, kept } = await train(team, run, "threshold", "waiting");
    expect(step.exitCode, step.log).not.toBe(0);
    expect(kept).toEqual(["assay-checkpoint-threshold-1left"]);
    expect(post).toMatchObject({ exitCode: 0, log: expect.stringContaining("Kept its checkpoint") });
    if (process.platform === "linux") {
      expect(post?.log).toMatch(/Ended \d+ process(es)? that it had left running\./);
      const [, pid = ""] = /process (\d+)/.exec(step.log) ?? [];
      expect(pid).not.toBe("");
      expect(isRunning(pid)).toBe(false);
    }

    const again = await team.run(pullRequest, { rerun: { runId: run.runId, attempt: 2 } });
    expect(again.train.get("threshold")?.log).toContain("goes on from checkpoint 1 of an earlier attempt.");
    expect(again.train.get("threshold")?.log).toContain("found a step");
    expect(team.github.artifacts(run.runId).filter(({ name }) => name.startsWith("assay-checkpoint-"))).toEqual([]);
  });

  it("that had written nothing yet leaves nothing, and says so", async () => {
    const pullRequest = await team.open("Hangs before", {
      "train.mjs": (text) =>
        `console.log("nothing yet");\nawait new Promise((resolve) => setTimeout(resolve, 600_000));\n${text}`,
    });
    const { post, kept } = await train(team, await team.startRun(pullRequest), "threshold", "nothing yet");
    expect(kept).toEqual([]);
    expect(post).toMatchObject({ exitCode: 0, log: expect.stringContaining("It had not written a checkpoint yet.") });
  });

  it("that ends by itself has nothing done after it", async () => {
    for (const trouble of ["exit", "none"]) {
      const pullRequest = await team.open(`Ends by itself, ${trouble}`, setParam("trouble", trouble));
      const { post } = await train(team, await team.startRun(pullRequest), "threshold");
      expect(post?.exitCode).toBe(0);
      expect(post?.log).toBe("");
    }
  });
});

describe("a training by a recipe whose step is killed", () => {
  it("ends with the same weights as if it had never been", async () => {
    const trained = async (killWhen?: string) => {
      const team = await createTeam({ example: examplePath("penguins") });
      onTestFinished(() => team.close());
      const run = await team.startPush("First model");
      const first = await train(team, run, "species", killWhen);
      if (killWhen === undefined) return weightsOf(team, run.runId);
      expect(first.kept).toEqual(["assay-checkpoint-species-7left"]);
      const { step } = await train(team, { ...(await run.again()), again: run.again }, "species");
      expect(step.log).toMatch(/goes on from checkpoint 1 of an earlier attempt\.\n[\s\S]*Training goes on in epoch \d+/);
      return weightsOf(team, run.runId);
    };
    expect(await trained("Epoch 24/")).toEqual(await trained());
  });
});
