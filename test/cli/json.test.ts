import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { assay, temporaryFolder } from "./assay.ts";

const fixture = join(import.meta.dirname, "..", "fixtures", "threshold");

/** The fixture as a repository, with a commit on a branch after the first on main. */
function createRepository(): string {
  const folder = temporaryFolder();
  cpSync(fixture, folder, { recursive: true });
  const identity = ["-c", "user.name=t", "-c", "user.email=t@example.com"];
  const git = (...args: string[]) => execFileSync("git", [...identity, ...args], { cwd: folder, stdio: "pipe" });
  git("init", "-q", "-b", "main");
  git("add", "-A");
  git("commit", "-qm", "First model");
  git("checkout", "-qb", "better");
  const params = join(folder, "params.yaml");
  writeFileSync(params, readFileSync(params, "utf8").replace("threshold: 40", "threshold: 50"));
  git("commit", "-qam", "Raise the threshold");
  return folder;
}

it("is one document on stdout for every verb, and what goes on is on stderr", () => {
  const folder = createRepository();
  const json = (verb: string) => {
    const { status, stdout, stderr } = assay(folder, verb, "--json");
    expect(status, stderr).toBe(0);
    return { document: JSON.parse(stdout), stderr };
  };

  expect(json("plan").document).toMatchObject({
    schema: "assay.plan/v1",
    models: [{ model: "threshold", candidate: { decision: "train" } }],
    matrix: [{ model: "threshold" }],
  });

  const trained = json("train");
  expect(trained.document).toMatchObject({ schema: "assay.training/v1", runs: [{ model: "threshold" }, { model: "threshold" }] });
  expect(trained.stderr).toContain("training with threshold 50");
  expect(trained.stderr).toContain("training with threshold 40");

  const evaluated = json("evaluate");
  expect(evaluated.document).toMatchObject({
    schema: "assay.evaluation/v1",
    evidence: [{ model: "threshold", seal: { resultDigest: expect.stringMatching(/^sha256:/) } }],
  });
  expect(evaluated.stderr).toContain("Scoring threshold on data/test.csv");

  expect(json("gate").document).toMatchObject({ schema: "assay.verdict/v1", verdict: "pass", models: [{ name: "threshold" }] });
  expect(json("report").document).toMatchObject({ schema: "assay.report/v1", verdict: "pass", event: "manual" });
});

it("says what to do first when nothing was evaluated", () => {
  const folder = createRepository();
  for (const verb of ["gate", "report"]) {
    const { status, stdout, stderr } = assay(folder, verb, "--json");
    expect({ status, stdout }).toEqual({ status: 3, stdout: "" });
    expect(stderr).toMatch(/Run `assay train` and `assay evaluate` first/);
  }
});

it("exits with 1 when a gate fails and with 5 when training fails, still with one document", () => {
  const folder = createRepository();
  const params = join(folder, "params.yaml");
  const text = readFileSync(params, "utf8");
  writeFileSync(params, text.replace("threshold: 50", "threshold: 5"));
  expect(assay(folder, "train").status).toBe(0);
  expect(assay(folder, "evaluate").status).toBe(0);
  const gate = assay(folder, "gate", "--json");
  expect(gate.status).toBe(1);
  expect(JSON.parse(gate.stdout)).toMatchObject({ verdict: "fail" });

  writeFileSync(params, text.replace("trouble: none", "trouble: exit"));
  const failed = assay(folder, "train", "--json");
  expect(failed.status).toBe(5);
  expect(JSON.parse(failed.stdout)).toMatchObject({ runs: [{ trainings: [{ outcome: "failed", exitCode: 1 }] }] });
});

it("names the models that there are when another is asked for", () => {
  const { status, stderr } = assay(createRepository(), "train", "fraud");
  expect(status).toBe(2);
  expect(stderr).toMatch(/no model `fraud`; it has: threshold/);
});

it("names a revision that does not exist", () => {
  const { status, stderr } = assay(createRepository(), "plan", "--base", "v9.9.9");
  expect(status).toBe(2);
  expect(stderr).toContain("v9.9.9");
});
