import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Machine } from "../../src/flows/context.ts";
import { checkpointFilesNames } from "../../src/flows/job-files.ts";
import type { Plan, PlannedRun } from "../../src/plan/plan.ts";
import { files } from "../git/repository.ts";
import { createWorkplace, model, setParam, type Workplace } from "./workplace.ts";

/** Trains in four steps that it counts in the checkpoint folder; `hang` waits in the one that `params.yaml` names. */
const inSteps = {
  "assay.yml": (text: string) => text.replace("run: node train.mjs", "run: node steps.mjs"),
  "steps.mjs": `import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
const kept = join(process.env.ASSAY_CHECKPOINT_DIR, "steps");
const [, trouble] = /trouble: (.*)/.exec(readFileSync("params.yaml", "utf8"));
let steps = existsSync(kept) ? readFileSync(kept, "utf8") : "";
console.log(\`begins after \${steps.length} steps\`);
while (steps.length < 4) {
  writeFileSync(kept, (steps += "x"));
  if (steps.length < 2) continue;
  if (trouble === "hang" && !process.env.GO_ON) {
    console.log("waiting");
    await new Promise((resolve) => setTimeout(resolve, 600_000));
  }
  if (trouble === "kill" && !process.env.GO_ON) process.kill(0, "SIGKILL");
  if (trouble === "exit") process.exit(1);
}
writeFileSync(join(process.env.ASSAY_OUTPUT_DIR, "model.json"), JSON.stringify({ threshold: 40, trouble: "none", steps }));
`,
};

async function createPlace(trouble: string) {
  const place = await createWorkplace();
  await place.edit({
    ...inSteps,
    "assay.yml": (text) => inSteps["assay.yml"](text).replace("timeout: 5m", "timeout: 5m\n      env: [GO_ON]"),
  });
  const commit = await place.edit(setParam("trouble", trouble));
  const { plan, planned } = await place.planOf(commit, null);
  return { place, plan, candidate: planned.candidate };
}

/** Trains until the second step, where it is cancelled. */
async function interrupt({ place, plan }: Awaited<ReturnType<typeof createPlace>>) {
  const controller = new AbortController();
  const [evidence] = await place.train(plan, {
    signal: controller.signal,
    output: (chunk) => {
      if (chunk.includes("waiting")) controller.abort("SIGTERM");
    },
  });
  expect(evidence?.trainings).toMatchObject([{ outcome: "cancelled" }]);
}

const goOn = (place: Workplace): Partial<Machine> => ({ environment: { ...place.machine.environment, GO_ON: "1" } });
const stored = (place: Workplace) => readdirSync(place.runsFolder).filter((name) => name.startsWith("assay-checkpoint-"));
const withCandidate = (plan: Plan, change: Partial<PlannedRun>): Plan => ({
  ...plan,
  models: plan.models.map((planned) => ({ ...planned, candidate: { ...planned.candidate, ...change } })),
});

describe("a training that was interrupted", () => {
  it("goes on from what it left, which is then removed", async () => {
    const made = await createPlace("hang");
    const { place, plan } = made;
    await interrupt(made);
    expect(stored(place)).toHaveLength(1);
    const [evidence] = await place.train(plan, goOn(place));
    expect(evidence?.trainings).toMatchObject([{ outcome: "completed" }]);
    expect(place.output()).toContain("begins after 2 steps");
    expect(place.lines).toContain("threshold (seed 1) goes on from checkpoint 1 of an earlier training.");
    expect(stored(place)).toEqual([]);
  });

  it("goes on after its process group was killed", async () => {
    const { place, plan } = await createPlace("kill");
    const [killed] = await place.train(plan);
    expect(killed?.trainings).toMatchObject([{ outcome: "failed", signal: "SIGKILL" }]);
    const [evidence] = await place.train(plan, goOn(place));
    expect(evidence?.trainings).toMatchObject([{ outcome: "completed" }]);
    expect(place.output()).toMatch(/begins after 0 steps[\s\S]*begins after 2 steps/);
  });

  it("begins anew after a failure of its own, which it would meet again", async () => {
    const { place, plan } = await createPlace("exit");
    for (let attempt = 0; attempt < 2; attempt++)
      expect((await place.train(plan))[0]?.trainings).toMatchObject([{ outcome: "failed", exitCode: 1 }]);
    expect(stored(place)).toEqual([]);
    expect(place.output()).not.toContain("begins after 2 steps");
  });

  it("keeps one checkpoint whole while it keeps the next, and goes on from the latest", async () => {
    const made = await createPlace("hang");
    const { place, plan, candidate } = made;
    const names = checkpointFilesNames(model, candidate.inputHash, 1);
    await interrupt(made);
    // Interrupted again a step later.
    const before = place.lines.length;
    await interrupt(made);
    expect(stored(place)).toEqual(names.slice(0, 2));
    await place.train(plan, goOn(place));
    expect(place.lines.slice(before).filter((line) => line.includes("goes on"))).toEqual([
      "threshold (seed 1) goes on from checkpoint 1 of an earlier training.",
      "threshold (seed 1) goes on from checkpoint 2 of an earlier training.",
    ]);
  });
});

describe("a checkpoint that is not used, with the reason", () => {
  const change = async (place: Workplace, edit: (manifest: string) => string) => {
    const [name = ""] = stored(place);
    const path = join(place.runsFolder, name, "manifest.json");
    await files.write(path, edit((await files.readText(path)) ?? ""));
  };

  it.each([
    [
      "of another input hash",
      (text: string) => text.replace(/"inputHash": "sha256:./, '"inputHash": "sha256:0'),
      /its input hash is sha256:0/,
    ],
    ["of another seed", (text: string) => text.replace('"seed": 1', '"seed": 2'), /it is of seed 2, and 1 is trained/],
    ["of another model", (text: string) => text.replace('"model": "threshold"', '"model": "other"'), /it is of the model other/],
    ["of another repository", (text: string) => text.replace("acme/models", "evil/models"), /it was made in evil\/models/],
    ["with a manifest that is none", () => "{}", /it has no manifest that can be read/],
    [
      "with a path that leads out",
      (text: string) => text.replace('"steps"', '"../../steps"'),
      /it has no manifest that can be read/,
    ],
    [
      "with another file",
      (text: string) => text.replace(/"digest": "sha256:../, '"digest": "sha256:00'),
      /steps should be sha256:00/,
    ],
    [
      "with a file that is gone",
      (text: string) => text.replace('"steps"', '"gone"'),
      /gone should be sha256:\w+ by its manifest, but nothing/,
    ],
  ])("is one %s", async (_, edit, says) => {
    const made = await createPlace("hang");
    const { place, plan } = made;
    await interrupt(made);
    await change(place, edit);
    const [evidence] = await place.train(plan, goOn(place));
    expect(evidence?.trainings).toMatchObject([{ outcome: "completed" }]);
    expect(place.lines.join("\n")).toMatch(new RegExp(`A checkpoint of an earlier training is not used: ${says.source}`));
    expect(place.output()).not.toContain("begins after 2 steps");
  });

  it("is one whose trust is too low, and one of a run that says it is another's", async () => {
    const made = await createPlace("hang");
    const { place, plan, candidate } = made;
    await interrupt(made);
    const [artifactName = ""] = stored(place);
    await files.copy(join(place.runsFolder, artifactName, "manifest.json"), join(place.runsFolder, "elsewhere", "manifest.json"));
    await files.copy(
      join(place.runsFolder, artifactName, "files", "steps"),
      join(place.runsFolder, "elsewhere", "files", "steps"),
    );
    await files.remove(join(place.runsFolder, artifactName));
    const run = { kind: "artifact", inputHash: candidate.inputHash, artifactName: "elsewhere", origin: "#7 (run 12)" } as const;
    const trained = async (checkpoints: PlannedRun["checkpoints"]) => {
      const before = place.output().length;
      await place.train(withCandidate(plan, { checkpoints }), goOn(place));
      return place.output().slice(before);
    };

    expect(await trained([{ run, refused: "its trust is fork, and pull-request is needed" }])).toContain("begins after 0 steps");
    expect(place.lines).toContain("A checkpoint of #7 (run 12) is not used: its trust is fork, and pull-request is needed.");
    expect(await trained([{ run: { ...run, runId: 12 } }])).toContain("begins after 0 steps");
    expect(place.lines).toContain("A checkpoint of #7 (run 12) is not used: run 12 kept it, and it says that run none made it.");
    expect(await trained([{ run }])).toContain("begins after 2 steps");
  });
});
