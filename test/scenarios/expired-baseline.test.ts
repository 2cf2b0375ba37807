import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { createTeam, setParam, type Team } from "./team.ts";

/** Deletes what the store holds, as a person may. */
async function emptyStore({ github, repository }: Team): Promise<void> {
  const token = github.tokenFor({ repository, permissions: { contents: "write" }, kind: "user" });
  for (const { id } of github.releases().flatMap(({ assets }) => assets)) {
    const url = `${github.url}/repos/${repository}/releases/assets/${id}`;
    const headers = { authorization: `Bearer ${token}`, accept: "application/vnd.github+json" };
    expect((await fetch(url, { method: "DELETE", headers })).status).toBe(204);
  }
}

async function expireArtifacts({ github }: Team, runId: number): Promise<void> {
  for (const { id } of github.artifacts(runId)) await github.expireArtifact(id);
}

describe("a baseline whose model expired", () => {
  let team: Team;
  let firstRun: number;

  beforeAll(async () => {
    team = await createTeam();
    firstRun = (await team.pushMain("First model")).runId;
  });
  afterAll(() => team.close());

  it("is not missed while the store has it: artifacts may expire", async () => {
    await expireArtifacts(team, firstRun);
    const { train, comment, check } = await team.openAndRun("Try 50", setParam("threshold", 50));
    expect(train.get("threshold")?.log).not.toContain("training with threshold 40");
    expect(comment).toContain("its predictions were kept");
    expect(check?.conclusion).toBe("success");
  });

  it("is trained again beside the candidate when the store lost it too, and the verdict is given", async () => {
    await emptyStore(team);
    const { plan, train, comment, check } = await team.openAndRun("Try 10", setParam("threshold", 10));
    expect(plan.log).toMatch(/baseline is trained too: its model\.json expired/);
    const log = train.get("threshold")?.log ?? "";
    expect(log).toContain("training with threshold 10");
    expect(log).toContain("training with threshold 40");
    expect(comment).toContain("scored again on these rows");
    expect(comment).toMatch(/❌ fail/);
    expect(check?.conclusion).toBe("failure");
  });

  it("is recorded again by the next push", async () => {
    const push = await team.pushMain("Nothing that trains", { "NOTES.md": "Words.\n" });
    expect(push.plan.log).toMatch(/(train|reuse)\s+threshold/);
    expect(push.report.exitCode, push.report.log).toBe(0);
    expect(team.github.releases().flatMap(({ assets }) => assets)).not.toHaveLength(0);
  });
});

it("leaves the verdict inconclusive, with the reason, when the expired baseline cannot be trained any more", async () => {
  const team = await createTeam();
  onTestFinished(() => team.close());
  writeFileSync(join(team.home, "library"), "");
  const needsLibrary =
    'import { existsSync } from "node:fs";\nif (!existsSync(process.env.HOME + "/library")) process.exit(1);\n';
  const first = await team.pushMain("First model", { "train.mjs": (text) => needsLibrary + text });
  rmSync(join(team.home, "library"));
  await emptyStore(team);
  await expireArtifacts(team, first.runId);

  const result = await team.openAndRun("Do without the library", {
    ...setParam("threshold", 50),
    "train.mjs": (text) => text.replace(needsLibrary, ""),
  });
  expect(result.train.get("threshold")?.exitCode, result.train.get("threshold")?.log).toBe(0);
  expect(result.train.get("threshold")?.log).toMatch(/::warning::threshold: the baseline could not be trained again/);
  expect(result.evaluate.get("threshold")?.exitCode).toBe(0);
  expect(result.comment).toMatch(
    /No baseline: The baseline's training did not complete: The training command exited with code 1/,
  );
  expect(result.check?.conclusion).toBe("action_required");
  expect(result.report.exitCode).toBe(3);
});
