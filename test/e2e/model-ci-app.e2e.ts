import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseEvidence } from "../../src/evidence/parse-evidence.ts";
import { planFileName } from "../../src/flows/job-files.ts";
import { inputsOfDispatch } from "../../src/plan/dispatch.ts";
import { parsePlan } from "../../src/plan/parse-plan.ts";
import { createUserTeam, type UserTeam } from "./user-team.ts";

const all = ["ubuntu-latest", "self-hosted", "gpu"];

describe("a repository with the app", () => {
  let team: UserTeam;
  beforeAll(async () => {
    team = await createUserTeam({ withApp: true });
    const sha = team.clone.push("main", "First models");
    const first = await team.run({ name: "push", sha, before: "0".repeat(40), branch: "main" }, all);
    expect(first.exitCode, first.log).toBe(0);
  });
  afterAll(() => team?.close());

  it("trains a fork's commit when the app asks for it, on the team's machines, without a secret, and writes nothing", async () => {
    team.clone.startBranch("from-a-fork");
    for (const file of ["params.yaml", "boosted.yaml"])
      team.edit(file, (text) => text.replace("features: [", "features: [worst_radius, "));
    team.edit("assay.yml", (text) => text.replaceAll("run: python train.py", "run: python train.py\n      env: [TUMOUR_TOKEN]"));
    team.edit("train.py", (text) =>
      text.replace(
        "def main() -> None:",
        "def main() -> None:\n    print({n: v for n, v in os.environ.items() if 'TUMOUR' in n})",
      ),
    );
    const pullRequest = await team.open("From a fork", { fromFork: true });
    const { number, headSha, baseSha, mergeSha } = pullRequest;
    const inputs = inputsOfDispatch({ pullRequest: number, headSha, request: "comment:7" });
    const event = { name: "workflow_dispatch", branch: "main", sha: baseSha, checkout: mergeSha, inputs } as const;
    const run = await team.run(event, all, { TRAIN_ENV: "TUMOUR_TOKEN=hushed\n" });

    expect(run.exitCode, run.log).toBe(0);
    expect([...run.jobs.keys()].toSorted()).toEqual(
      ["Plan", "Report", "Train boosted", "Train tumour"].map((job) => `Models / ${job}`),
    );
    for (const model of ["boosted", "tumour"]) expect(run.jobs.get(`Models / Train ${model}`)?.log).toContain("{}");
    const kept = (name: RegExp) => team.github.artifacts(run.runId).filter((artifact) => name.test(artifact.name));
    const [plan] = kept(new RegExp(`^${planFileName}$`));
    expect(parsePlan(readFileSync(plan?.file ?? "", "utf8"), "the kept plan")).toMatchObject({ headSha, base: baseSha });
    const sources = kept(/^assay-evidence-/).map(({ file, name }) => parseEvidence(readFileSync(file, "utf8"), name).source);
    expect(sources).toHaveLength(2);
    for (const source of sources) expect(source).toMatchObject({ headSha, pullRequest: number, run: { id: run.runId } });
    expect(team.written(pullRequest)).toEqual({ comments: [], checks: [] });
  });
});
