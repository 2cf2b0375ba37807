import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { Training } from "../../src/evidence/evidence.ts";
import { createTeam, type Team } from "./team.ts";

const cli = join(import.meta.dirname, "..", "..", "dist", "cli.js");
const penguins = join(import.meta.dirname, "..", "..", "examples", "penguins");

/** The TensorFlow.js example as somebody's clone, trained by the built command. */
function createClone() {
  const root = mkdtempSync(join(tmpdir(), "assay-resumed-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  cpSync(penguins, root, { recursive: true });
  const git = (...args: string[]) =>
    spawnSync("git", ["-c", "user.name=t", "-c", "user.email=t@localhost", ...args], { cwd: root });
  git("init", "-q", "-b", "main");
  git("add", "-A");
  git("commit", "-qm", "the example");

  function train(): { training: Training | undefined; log: string } {
    const { stdout, stderr } = spawnSync(process.execPath, [cli, "train", "--json"], { cwd: root, encoding: "utf8" });
    return { training: JSON.parse(stdout).runs[0].trainings[0], log: stderr };
  }

  /** Trains in a process group of its own, which gets the signal once the log says that. */
  async function endWhen(says: string, signal: "SIGKILL" | "SIGINT" | "SIGTERM"): Promise<string> {
    const child = spawn(process.execPath, [cli, "train"], { cwd: root, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    let log = "";
    child.stderr.on("data", (chunk: Buffer) => {
      const had = log.includes(says);
      log += chunk.toString("utf8");
      if (!had && log.includes(says)) process.kill(signal === "SIGKILL" ? -(child.pid ?? 0) : (child.pid ?? 0), signal);
    });
    child.stdout.on("data", (chunk: Buffer) => {
      log += chunk.toString("utf8");
    });
    await once(child, "close");
    return log;
  }

  const kept = () => readdirSync(join(root, ".assay", "runs")).filter((name) => name.startsWith("assay-checkpoint-"));
  return { root, train, endWhen, kept };
}

/** What must not depend on interruptions. */
const result = (training: Training | undefined) => ({
  outcome: training?.outcome,
  model: training?.model,
  history: training?.history,
});

describe("the TensorFlow.js example", () => {
  // The first checkpoint is made after the first epoch.
  const points = ["Epoch 4/", "Epoch 12/", "Epoch 24/", "Epoch 40/", "Epoch 56/"];

  it.each(points)("killed at %s, goes on from its checkpoint to the same weights", async (point) => {
    const whole = createClone().train();
    expect(whole.training?.outcome, whole.log).toBe("completed");
    const clone = createClone();
    const log = await clone.endWhen(point, "SIGKILL");
    expect(log).not.toContain("The weights of epoch");
    expect(clone.kept()).not.toEqual([]);
    const { training, log: after } = clone.train();
    expect(after).toMatch(
      /species \(seed 7\) goes on from checkpoint \d+ of an earlier training\.\n[\s\S]*Training goes on in epoch \d+/,
    );
    expect(result(training)).toEqual(result(whole.training));
    expect(clone.kept()).toEqual([]);
  });

  it("cancelled at five points one after another, ends with the same weights", async () => {
    const whole = createClone().train();
    const clone = createClone();
    for (const [index, point] of points.entries()) {
      const log = await clone.endWhen(point, index % 2 === 0 ? "SIGTERM" : "SIGINT");
      expect(log).toMatch(/The job was cancelled \(SIG(TERM|INT)\)/);
      if (index > 0) expect(log).toMatch(/Training goes on in epoch \d+/);
    }
    expect(result(clone.train().training)).toEqual(result(whole.training));
  });

  it("begins anew when its inputs are others, and with a checkpoint that was changed, and says so", async () => {
    const clone = createClone();
    await clone.endWhen("Epoch 24/", "SIGKILL");
    for (const name of clone.kept()) {
      const path = join(clone.root, ".assay", "runs", name, "files", "training.json");
      writeFileSync(path, readFileSync(path, "utf8").replace(/"epoch":\d+/, '"epoch":70'));
    }
    const changed = clone.train();
    expect(changed.log).toMatch(/A checkpoint of an earlier training is not used: training\.json should be sha256:/);
    expect(result(changed.training)).toEqual(result(createClone().train().training));

    const other = createClone();
    await other.endWhen("Epoch 24/", "SIGKILL");
    const spec = join(other.root, "assay.yml");
    writeFileSync(spec, readFileSync(spec, "utf8").replace("adam: 0.01", "adam: 0.02"));
    const { training, log } = other.train();
    expect(training?.outcome).toBe("completed");
    const [candidate, baseline] = log.split("no run of the base's inputs is recorded");
    expect(candidate).not.toContain("goes on");
    // Of the first inputs, which are the baseline's now.
    expect(baseline).toMatch(/goes on from checkpoint \d+/);
  });
});

describe("a job that was cancelled", () => {
  let team: Team;
  /** Writes one step, waits to be cancelled, and in the second attempt says what it found. */
  const inSteps = (text: string) =>
    text.replace(
      'if (params.trouble === "hang") {',
      `const { existsSync } = await import("node:fs");
if (existsSync(join(process.env.ASSAY_CHECKPOINT_DIR, "step"))) console.log("found a step");
else if (params.trouble === "hang") {`,
    );

  beforeAll(async () => {
    team = await createTeam();
    await team.pushMain("First model", { "train.mjs": inSteps });
  });
  afterAll(() => team.close());

  it("is gone on with by its next attempt, and by the next run of its pull request with the same inputs", async () => {
    const hang = { "params.yaml": (text: string) => text.replace("trouble: none", "trouble: hang") };
    const pullRequest = await team.open("Hangs", hang);
    const first = await team.run(pullRequest, { cancelTraining: { when: "waiting", signal: "SIGTERM" } });
    const checkpoint = team.github.artifacts(first.runId).find(({ name }) => name.startsWith("assay-checkpoint-threshold-"));
    expect(readFileSync(checkpoint?.file ?? "").includes("files/step")).toBe(true);

    const again = await team.run(await team.push(pullRequest, "Words", { "NOTES.md": "Words.\n" }));
    expect(again.plan.exitCode, again.plan.log).toBe(0);
    expect(again.train.get("threshold")?.log).toMatch(new RegExp(`goes on from checkpoint 1 of #1 \\(run ${first.runId}\\)`));
    expect(again.train.get("threshold")?.log).toContain("found a step");

    const second = await team.run(pullRequest, { rerun: { runId: first.runId, attempt: 2 } });
    expect(second.train.get("threshold")?.log).toMatch(/found a step|is not trained/);
    expect(second.comment).not.toContain("This is a bug");
  });

  it("is not gone on with by another pull request, with which its work would be merged unseen", async () => {
    const hang = {
      "params.yaml": (text: string) => text.replace("trouble: none", "trouble: hang").replace("threshold: 40", "threshold: 41"),
    };
    const cancelTraining = { when: "waiting", signal: "SIGTERM" } as const;
    await team.run(await team.open("Hangs alone", hang), { cancelTraining });
    const other = await team.run(await team.open("Hangs as well", hang), { cancelTraining });
    expect(other.train.get("threshold")?.log).toContain("waiting");
    expect(other.train.get("threshold")?.log).not.toMatch(/goes on from checkpoint|found a step/);
  });
});
