import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunnerEvent, startRun } from "../../src/demo/runner.ts";
import { assay } from "../cli/assay.ts";
import { issuer, startSigstore, tokenOf } from "../sigstore/mock-sigstore.ts";
import { createTeam, setParam, type Team } from "./team.ts";

const deploy = `name: Deploy
on:
  workflow_dispatch:
    inputs:
      model: { required: true }
      version: { required: true }
      stage: { required: true }
      tag: { required: true }
`;

const permissions: Readonly<Record<string, "read" | "write">> = {
  contents: "write",
  deployments: "write",
  actions: "write",
  checks: "write",
  "pull-requests": "write",
};

describe("the promote action", () => {
  let team: Team;
  /** What the main branch is after the pull request, which is squashed. */
  let merged: string;
  /** That it came from. */
  let pullRequest: number;
  const key = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "pkcs8", format: "pem" }).toString();

  beforeAll(async () => {
    team = await createTeam();
    const { github, repository } = team;
    await github.setPermission({ repository, login: "owner", permission: "write" });
    mkdirSync(join(team.clone.folder, ".github", "workflows"), { recursive: true });
    await team.pushMain("First model", {
      "assay.yml": (text) =>
        text.replace('["@acme/risk"]', '["@owner"]').concat("    promote: {stages: [staging, production]}\n"),
      "train.mjs": (text) => text.replace("{ threshold, trouble", "{ learner: {}, version: [3, 0, 0], threshold, trouble"),
      ".github/workflows/deploy.yml": deploy,
    });
    const opened = await team.open("Try 50", setParam("threshold", 50));
    expect((await team.run(opened)).check?.conclusion).toBe("success");
    await github.review({ number: opened.number, author: "owner", state: "APPROVED" });
    pullRequest = opened.number;
    merged = await github.mergePullRequest(opened.number, "squash");
    expect((await team.pushMerged(merged)).report.exitCode).toBe(0);
  }, 240_000);
  afterAll(() => team.close());

  function git(...args: string[]): string {
    const identity = ["-c", "user.name=release manager", "-c", "user.email=manager@localhost"];
    return execFileSync("git", ["-C", team.clone.folder, ...identity, ...args], { encoding: "utf8" }).trim();
  }

  /** The job of the workflow, as the documents show it. */
  async function run(event: RunnerEvent, inputs: Readonly<Record<string, string>> = {}, may = permissions, machine = {}) {
    const { startJob } = await startRun(
      { ...team.runner, workflow: "promote.yml", machine: { ...team.runner.machine, ...machine } },
      event,
    );
    const job = await startJob("Promote", may, { withHistory: event.name !== "pull_request" });
    const step = await job.step("promote", { "signing-key": key, "deploy-workflow": "deploy.yml", ...inputs });
    await job.finish();
    return step;
  }

  async function pushTag(name: string, commit: string, ...options: string[]) {
    git("fetch", "-q", "--tags", "origin", "main");
    git("tag", ...(options.length === 0 ? ["-a", "-m", `Release ${name}`] : options), name, commit);
    git("push", "-q", "origin", name);
    return run({ name: "push", tag: name, sha: commit });
  }

  function fillIn(form: Readonly<Record<string, string>>, branch = "main", may = permissions) {
    const sha = git("ls-remote", "origin", `refs/heads/${branch}`).slice(0, 40);
    return run({ name: "workflow_dispatch", branch, sha, checkout: sha, inputs: form }, form, may);
  }

  const deploys = () =>
    team.github
      .dispatches()
      .filter(({ workflowPath }) => workflowPath === ".github/workflows/deploy.yml")
      .map(({ headBranch, inputs }) => ({ headBranch, inputs }));
  const checksOf = (commit: string) =>
    team.github
      .checks(commit)
      .filter(({ name }) => name === "assay / promotion")
      .map(({ conclusion, title }) => [conclusion, title]);
  const stageTags = () =>
    git("ls-remote", "--tags", "origin", "threshold#*")
      .split("\n")
      .filter((line) => line !== "" && !line.endsWith("^{}"));
  const notes = () =>
    team.github.comments(pullRequest).flatMap(({ body }) => (body.startsWith("<!-- assay:shipped") ? [body] : []));
  const refusals = () =>
    execFileSync("git", ["-C", team.runner.gitFolder, "ls-tree", "-r", "--name-only", "assay-ledger"], { encoding: "utf8" })
      .split("\n")
      .filter((path) => path.startsWith("refusals/"));

  it("promotes a pushed tag into the first stage, signs its release and starts what deploys it", async () => {
    const { exitCode, outputs, summary, log } = await pushTag("threshold@v1.0.0", merged);
    expect(exitCode, log).toBe(0);
    expect(outputs).toMatchObject({
      ...{ outcome: "promoted", model: "threshold", version: "v1.0.0", stage: "staging", reasons: "[]" },
      "stage-tag": "threshold#staging#1",
      release: expect.stringContaining("threshold%40v1.0.0"),
    });
    expect(summary).toContain("### ✅ threshold v1.0.0 came into staging");
    expect(summary).toContain("Started deploy.yml on main");
    const inputs = { model: "threshold", version: "v1.0.0", stage: "staging", tag: "threshold@v1.0.0" };
    expect(deploys()).toEqual([{ headBranch: "main", inputs }]);
    expect(checksOf(merged)).toEqual([["success", "threshold v1.0.0 came into staging"]]);
    const release = team.github.releases().find(({ tag }) => tag === "threshold@v1.0.0");
    expect(release?.assets.map(({ name }) => name)).toContain("model.sig");
    const checksums = release?.assets.find(({ name }) => name === "SHA256SUMS")?.file ?? "";
    expect(readFileSync(outputs["checksums"] ?? "", "utf8")).toBe(readFileSync(checksums, "utf8"));
    expect(outputs).not.toHaveProperty("registry-page");
    expect(notes()).toEqual([expect.stringMatching(/Shipped in \[`threshold@v1\.0\.0`\].*\n\n- ✅ in \*\*`staging`\*\* since /)]);
  });

  it("shows the signing key nowhere", async () => {
    const { log, summary } = await run({ name: "push", tag: "threshold@v1.0.0", sha: merged });
    const [line = ""] = key.split("\n").slice(1);
    const masked = log.split("\n").filter((text) => !text.startsWith("::add-mask::"));
    expect(log).toContain(`::add-mask::${line}`);
    expect(masked.join("\n") + summary).not.toContain(line);
  });

  it("starts nothing twice when the workflow is run again", async () => {
    const before = deploys();
    const { exitCode, outputs, summary } = await run({ name: "push", tag: "threshold@v1.0.0", sha: merged });
    expect(exitCode).toBe(0);
    expect(outputs).toMatchObject({ outcome: "promoted", "stage-tag": "threshold#staging#1" });
    expect(summary).toContain("deploy.yml was started for it already");
    expect(deploys()).toEqual(before);
    expect(stageTags()).toHaveLength(1);
  });

  it("promotes into production by the form; without the permission to tell merged pull requests it says so", async () => {
    const page = join(team.home, "registry", "index.html");
    const form = { model: "threshold", version: "v1.0.0", stage: "production", rollback: "false" };
    const { exitCode, outputs, log } = await fillIn({ ...form, "registry-page": page }, "main", {
      ...permissions,
      "pull-requests": "read",
    });
    expect(exitCode, log).toBe(0);
    expect(outputs).toMatchObject({ outcome: "promoted", stage: "production", "stage-tag": "threshold#production#2" });
    expect(deploys().at(-1)?.inputs).toMatchObject({ version: "v1.0.0", stage: "production" });
    expect(outputs["registry-page"]).toBe(page);
    // The stage's tag is younger than the clone.
    expect(readFileSync(page, "utf8")).toContain("threshold#production#2");
    expect(log).toMatch(/^Merged pull requests are not told where the model is in use: .*pull-requests: write/m);
    expect((await fillIn(form)).exitCode).toBe(0);
    expect(notes()).toEqual([expect.stringMatching(/✅ in \*\*`staging`\*\* since .*\n- ✅ in \*\*`production`\*\* since /)]);
  });

  it("refuses a tag with a failed step, a failed check on its commit and a record, and no stage", async () => {
    git("checkout", "-q", "-B", "side", merged);
    git("commit", "-q", "--allow-empty", "-m", "Aside");
    const commit = git("rev-parse", "HEAD");
    git("push", "-q", "origin", "side");
    const before = { stages: stageTags(), deploys: deploys() };
    const { exitCode, outputs, summary, log } = await pushTag("threshold@v2.0.0", commit);
    expect(exitCode).toBe(1);
    expect(outputs).toMatchObject({ outcome: "refused", stage: "staging", "stage-tag": "", release: "" });
    const [reason] = JSON.parse(outputs["reasons"] ?? "[]");
    expect(reason).toMatch(/^Commit \w{7}, which threshold@v2\.0\.0 points at, is not on main\./);
    expect(summary).toContain("### ❌ threshold v2.0.0 does not come into staging");
    expect(log).toMatch(/::error::threshold v2\.0\.0 does not come into staging:%0A- Commit/);
    expect(checksOf(commit)).toEqual([["failure", "threshold v2.0.0 does not come into staging"]]);
    expect({ stages: stageTags(), deploys: deploys() }).toEqual(before);
    const [path, ...more] = refusals();
    expect(more).toEqual([]);
    const record = execFileSync("git", ["-C", team.runner.gitFolder, "show", `assay-ledger:${path}`], { encoding: "utf8" });
    expect(JSON.parse(record)).toMatchObject({ schema: "assay.refusal/v1", tag: "threshold@v2.0.0", reasons: [reason] });
    await run({ name: "push", tag: "threshold@v2.0.0", sha: commit });
    expect(refusals()).toEqual([path]);
    expect(checksOf(commit)).toHaveLength(1);
  });

  it("goes back by the form, and starts what deploys the earlier version", async () => {
    git("checkout", "-q", "-B", "main", "origin/main");
    expect((await team.pushMain("Words", { "NOTES.md": "Of the same inputs.\n" })).report.exitCode).toBe(0);
    expect((await pushTag("threshold@v1.1.0", git("rev-parse", "HEAD"))).exitCode).toBe(0);
    const up = await fillIn({ model: "threshold", version: "v1.1.0", stage: "production" });
    expect(up.exitCode, up.log).toBe(0);
    const before = deploys().length;
    const { exitCode, outputs, summary, log } = await fillIn({
      ...{ model: "threshold", version: "v1.0.0", stage: "production", rollback: "true" },
    });
    expect(exitCode, log).toBe(0);
    expect(outputs).toMatchObject({ outcome: "promoted", version: "v1.0.0", "stage-tag": "threshold#production#5" });
    expect(summary).toContain("production went back to threshold v1.0.0");
    expect(outputs).not.toHaveProperty("checksums");
    expect(
      deploys()
        .slice(before)
        .map(({ inputs }) => inputs),
    ).toMatchObject([{ version: "v1.0.0", stage: "production" }]);
  });

  it("shows what became of it although what deploys it cannot be started, and starts that the next time", async () => {
    const form = { model: "threshold", version: "v1.1.0", stage: "production" };
    const { exitCode, outputs, log } = await fillIn({ ...form, "deploy-workflow": "none.yml" });
    expect(exitCode).toBe(4);
    expect(log).toContain("start none.yml on main");
    expect(outputs).toMatchObject({ outcome: "promoted", "stage-tag": "threshold#production#6" });
    expect(checksOf(git("rev-list", "-n1", "threshold@v1.1.0"))).toContainEqual([
      "success",
      "threshold v1.1.0 came into production",
    ]);
    const before = deploys().length;
    for (let time = 0; time < 2; time += 1) expect((await fillIn(form)).exitCode).toBe(0);
    expect(deploys()).toHaveLength(before + 1);
  });

  it("does nothing for tags that promote nothing", async () => {
    for (const name of ["release-2026", "threshold#staging#90", "fraud@v1.0.0"]) {
      const { exitCode, outputs, log } = await pushTag(name, merged);
      expect(exitCode, log).toBe(0);
      expect(outputs).toEqual({ outcome: "nothing" });
      expect(log).toMatch(/::notice::.*there is nothing to promote/);
      git("push", "-q", "origin", `:refs/tags/${name}`);
    }
  });

  it("refuses a lightweight tag, and says on its commit how to make one that counts", async () => {
    const { exitCode, outputs } = await pushTag("threshold@v3.0.0", merged, "--no-sign");
    expect(exitCode).toBe(1);
    expect(JSON.parse(outputs["reasons"] ?? "[]")[0]).toMatch(/^threshold@v3\.0\.0 is no annotated tag of a commit/);
    expect(checksOf(merged)).toContainEqual(["failure", "threshold v3.0.0 does not come into staging"]);
    git("push", "-q", "origin", ":refs/tags/threshold@v3.0.0");
  });

  it("does not run on pull requests, on pushes of branches or by a form of another branch", async () => {
    const pullRequest = await team.open("Try 60", setParam("threshold", 60));
    const events: RunnerEvent[] = [
      { name: "pull_request", pullRequest },
      { name: "pull_request", pullRequest: { ...pullRequest, headRepositoryId: 4711 } },
      { name: "push", branch: "main", sha: merged, before: merged },
    ];
    const form = { model: "threshold", version: "v1.1.0", stage: "production" };
    const steps = [...(await Promise.all(events.map((event) => run(event, form)))), await fillIn(form, "side")];
    for (const { exitCode, log } of steps) {
      expect(exitCode).toBe(2);
      expect(log).toContain("Nothing is promoted by a branch, a pull request or a fork.");
    }
  });

  it.each([
    ["a form without a model", { version: "v1.0.0" }, /Input `model` is empty; it has to be a model of assay\.yml/],
    ["what is no version", { model: "threshold", version: "1.0" }, /Input `version` is "1\.0"/],
    ["a rollback of no stage", { model: "threshold", version: "v1.0.0", rollback: "true" }, /Input `stage` is empty/],
    [
      "a page that is none",
      { model: "threshold", version: "v1.0.0", "registry-page": "site" },
      /Input `registry-page` is "site"; .*registry\/index\.html/,
    ],
    [
      "two ways to sign",
      { model: "threshold", version: "v1.0.0", stage: "production", sign: "keyless" },
      /Inputs `sign` and `signing-key` are two ways to sign/,
    ],
    [
      "a path of a workflow",
      { model: "threshold", version: "v1.0.0", "deploy-workflow": "../deploy.yml" },
      /Input `deploy-workflow`/,
    ],
  ])("refuses %s", async (_, form, message) => {
    const { exitCode, log } = await fillIn(form);
    expect(exitCode).toBe(2);
    expect(log).toMatch(message);
  });

  it("signs a release by the workflow's identity, without a key, and shows its token nowhere", async () => {
    const identity = "https://github.com/acme/models/.github/workflows/promote.yml@refs/tags/threshold@v1.2.0";
    const claims = { sub: identity, repository: "acme/models" };
    const sigstore = await startSigstore({ claims });
    const config = join(team.home, "sigstore.json");
    writeFileSync(config, JSON.stringify(sigstore.config));
    git("checkout", "-q", "-B", "main", "origin/main");
    expect((await team.pushMain("More words", { "NOTES.md": "Of the same inputs again.\n" })).report.exitCode).toBe(0);
    const sha = git("rev-parse", "HEAD");
    git("tag", "-a", "-m", "Signed without a key", "threshold@v1.2.0", sha);
    git("push", "-q", "origin", "threshold@v1.2.0");
    const inputs = { "signing-key": "", sign: "keyless", "sigstore-config": config };
    const event: RunnerEvent = { name: "push", tag: "threshold@v1.2.0", sha };
    const without = await run(event, inputs);
    expect(without.exitCode).toBe(2);
    expect(without.log).toContain("Give it `id-token: write` under `permissions:`");
    const { exitCode, log, summary } = await run(event, inputs, permissions, sigstore.machine);
    expect(exitCode, log).toBe(0);
    const shown = log.split("\n").filter((line) => !line.startsWith("::add-mask::"));
    expect(`${shown.join("\n")}${summary}`).not.toContain(tokenOf(claims).split(".")[1]);
    const asked = sigstore.requests.length;
    expect((await run(event, inputs, permissions, sigstore.machine)).exitCode).toBe(0);
    expect(sigstore.requests).toHaveLength(asked);
    const folder = join(team.home, "signed");
    mkdirSync(folder);
    const release = team.github.releases().find(({ tag }) => tag === "threshold@v1.2.0");
    for (const { name, file } of release?.assets ?? []) copyFileSync(file, join(folder, name));
    const { stdout } = assay(team.home, "verify", folder, "--identity", identity, "--trusted-root", config);
    expect(stdout).toContain(`✓ Signature: over all files, by ${identity}, for which ${issuer} vouched.`);
  });

  it("says which permission lacks after it said what became of the promotion", async () => {
    const { exitCode, log, summary } = await run(
      { name: "push", tag: "threshold@v2.0.0", sha: merged },
      {},
      { ...permissions, checks: "read" },
    );
    expect(exitCode).toBe(1);
    expect(log).toContain("checks: write");
    expect(summary).toContain("threshold v2.0.0 does not come into staging");
  });

  it("says what a clone lacks that a pushed tag's own checkout left", async () => {
    const { startJob } = await startRun(
      { ...team.runner, workflow: "promote.yml" },
      { name: "push", tag: "threshold@v1.1.0", sha: merged },
    );
    const job = await startJob("Promote", permissions);
    const { exitCode, log } = await job.step("promote", {});
    await job.finish();
    expect(exitCode).toBe(3);
    expect(log).toMatch(/give the checkout/);
  });
});
