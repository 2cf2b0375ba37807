import { execFile, execFileSync } from "node:child_process";
import { createHash, generateKeyPairSync } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTeam, setParam, type Team } from "./team.ts";

const cli = join(import.meta.dirname, "..", "..", "src", "cli", "main.ts");

let team: Team;
/** What the main branch is after the pull request, which is squashed. */
let merged: string;
let pullRequest: number;

beforeAll(async () => {
  team = await createTeam();
  const { github, repository } = team;
  for (const login of ["owner", "second"]) await github.setPermission({ repository, login, permission: "write" });
  await team.pushMain("First model", {
    "assay.yml": (text) =>
      text
        .replace('["@acme/risk"]', '["@owner", "@second"]')
        .concat("    promote: {stages: [staging, production], approvals: {production: 2}}\n"),
    // What a booster's own JSON looks like.
    "train.mjs": (text) => text.replace("{ threshold, trouble", "{ learner: {}, version: [3, 0, 0], threshold, trouble"),
  });
  const opened = await team.open("Try 50", setParam("threshold", 50));
  const { check } = await team.run(opened);
  expect(check?.conclusion).toBe("success");
  pullRequest = opened.number;
  merged = await github.mergePullRequest(opened.number, "squash");
  expect((await team.pushMerged(merged)).report.exitCode).toBe(0);
}, 240_000);
afterAll(() => team.close());

function git(...args: string[]): string {
  const identity = ["-c", "user.name=release manager", "-c", "user.email=manager@localhost"];
  return execFileSync("git", ["-C", team.clone.folder, ...identity, ...args], { encoding: "utf8" }).trim();
}

function tag(name: string, commit: string): void {
  git("fetch", "-q", "--tags", "origin", "main");
  git("tag", "-a", name, "-m", `Release ${name}`, commit);
  git("push", "-q", "origin", name);
}

const promote = (...args: string[]) => onGitHub("promote", ...args);

/** With a token, in a clone as GitHub is now. */
async function onGitHub(...args: string[]) {
  git("fetch", "-q", "--tags", "--force", "origin", "main");
  const { github, repository } = team;
  const token = github.tokenFor({
    repository,
    permissions: { contents: "write", deployments: "write", actions: "read", "pull-requests": "read" },
    kind: "workflow",
  });
  const env = { ...process.env, NO_COLOR: "1", GITHUB_TOKEN: token, GITHUB_API_URL: github.url, GITHUB_REPOSITORY: repository };
  const result = await promisify(execFile)(process.execPath, [cli, ...args, "--json"], { cwd: team.clone.folder, env })
    .then(({ stdout, stderr }) => ({ code: 0, stdout, stderr }))
    .catch((error: { code: number; stdout: string; stderr: string }) => error);
  return { code: result.code, stderr: result.stderr, said: result.stdout === "" ? undefined : JSON.parse(result.stdout) };
}

const assay = (...args: string[]) => execFileSync(process.execPath, [cli, ...args], { encoding: "utf8" });

/** In the clone. */
function assayHere(...args: string[]): string {
  git("fetch", "-q", "--tags", "--force", "origin", "main");
  return execFileSync(process.execPath, [cli, ...args], { encoding: "utf8", cwd: team.clone.folder });
}

/** A private key, beside its public one. */
function keyFile(): string {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  writeFileSync(join(team.home, "team.pem"), privateKey.export({ type: "pkcs8", format: "pem" }));
  writeFileSync(join(team.home, "team.pub.pem"), publicKey.export({ type: "spki", format: "pem" }));
  return join(team.home, "team.pem");
}

const shipped = () => team.github.releases().filter(({ tag }) => !tag.startsWith("assay-store"));
const stageTags = () => git("tag", "--list", "threshold#*").split("\n").filter(Boolean);

it("is refused without a tag, and told how to make one", async () => {
  const { code, said, stderr } = await promote("threshold", "v1.0.0");
  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  expect(said).toMatchObject({ outcome: "refused", stage: "staging" });
  expect(said.reasons[0]).toBe(
    'There is no tag threshold@v1.0.0. Make it: git tag -a threshold@v1.0.0 -m "why" && git push origin threshold@v1.0.0.',
  );
  expect(shipped()).toEqual([]);
});

it("is refused while nobody approved the very result", async () => {
  tag("threshold@v1.0.0", merged);
  const { said } = await promote("threshold", "v1.0.0");
  expect(said.reasons).toEqual([`staging needs 1 approval of this very result on #${pullRequest}, and it has none.`]);
});

it("ships the very model that was evaluated, once it is approved", async () => {
  await team.github.review({ number: pullRequest, author: "owner", state: "APPROVED" });
  const { code, said, stderr } = await promote("threshold", "v1.0.0", "--sign-with", keyFile());
  expect(code, stderr).toBe(0);
  expect(said).toMatchObject({
    outcome: "promoted",
    stage: "staging",
    wasThere: false,
    stageTag: "threshold#staging#1",
    approvedBy: ["owner"],
  });
  const [release, ...more] = shipped();
  expect(more).toEqual([]);
  expect(release).toMatchObject({ tag: "threshold@v1.0.0", draft: false, prerelease: false, name: "threshold v1.0.0" });
  const shippedFiles = [
    "MODEL_CARD.md",
    "SHA256SUMS",
    "evidence.json",
    "ml-bom.cdx.json",
    "model.json",
    "model.sig",
    "release.json",
    "report.html",
  ];
  expect(release?.assets.map(({ name }) => name).sort()).toEqual(shippedFiles);
  expect(release?.body).toContain(`The very model that was evaluated in #${pullRequest}, approved by @owner.`);
  expect(team.github.deployments().map(({ environment, statuses }) => [environment, statuses.map(({ state }) => state)])).toEqual(
    [["staging", ["success"]]],
  );
});

it("ships papers that say what was approved, checksums and a signature that hold", () => {
  const folder = join(team.home, "downloaded");
  mkdirSync(folder);
  for (const { name, file } of shipped()[0]?.assets ?? []) copyFileSync(file, join(folder, name));
  expect(readFileSync(join(folder, "MODEL_CARD.md"), "utf8")).toMatch(/^---\n[\s\S]*# threshold v1\.0\.0\n[\s\S]*owner/);
  const sums = readFileSync(join(folder, "SHA256SUMS"), "utf8").trim().split("\n");
  for (const [, sha256, name = ""] of sums.map((line) => /^(\w{64}) {2}(.+)$/.exec(line) ?? []))
    expect(
      createHash("sha256")
        .update(readFileSync(join(folder, name)))
        .digest("hex"),
      name,
    ).toBe(sha256);
  expect(sums).toHaveLength(6);
  expect(assay("verify", folder, "--key", join(team.home, "team.pub.pem"))).toContain(
    "✓ Signature: over all files, with this key",
  );
});

it("is verified by its name in a clone: files, GitHub, and a training again", async () => {
  const { code, said, stderr } = await onGitHub(
    "verify",
    "threshold@v1.0.0",
    "--key",
    join(team.home, "team.pub.pem"),
    "--rerun",
  );
  expect(code, stderr).toBe(0);
  expect(said).toMatchObject({ outcome: "holds", wrong: [], rerun: { outcome: "bit-identical", differences: [] } });
  expect(said.holds.map((sentence: string) => sentence.split(":")[0])).toEqual([
    ...["Files", "Evidence", "Model", "Decision", "Papers", "Signature"],
    ...["Tag", "Run", "Approvals", "Verdict", "Stages", "Ledger"],
    "Training again gave the very same model, bit by bit, and the same predictions.",
  ]);
});

it("does nothing twice", async () => {
  const { code, said } = await promote("threshold", "v1.0.0");
  expect(code).toBe(0);
  expect(said).toMatchObject({ outcome: "promoted", wasThere: true, stageTag: "threshold#staging#1" });
  expect(shipped()).toHaveLength(1);
  expect(team.github.deployments()).toHaveLength(1);
  expect(stageTags()).toEqual(["threshold#staging#1"]);
});

it("comes into production with the approvals that production asks for", async () => {
  const refused = await promote("threshold", "v1.0.0", "--to", "production");
  expect(refused.said.reasons).toEqual([
    `production needs 2 approvals of this very result on #${pullRequest}, and it has @owner.`,
  ]);
  await team.github.review({ number: pullRequest, author: "second", state: "APPROVED" });
  const { code, said, stderr } = await promote("threshold", "v1.0.0", "--to", "production");
  expect(code, stderr).toBe(0);
  expect(said).toMatchObject({ stageTag: "threshold#production#2", approvedBy: ["owner", "second"] });
  expect(shipped()).toHaveLength(1);
});

it("is refused again when an approver has lost the right", async () => {
  await team.github.setPermission({ repository: team.repository, login: "second", permission: "none" });
  const { code, said } = await promote("threshold", "v1.0.0", "--to", "production");
  expect(code).toBe(1);
  expect(said.reasons[0]).toContain("it has @owner (@second does not own the model now)");
  await team.github.setPermission({ repository: team.repository, login: "second", permission: "write" });
});

it("refuses to go back to what was never there, and goes back to what was", async () => {
  git("checkout", "-q", "-B", "main", "origin/main");
  expect((await team.pushMain("Words", { "NOTES.md": "Of the same inputs.\n" })).report.exitCode).toBe(0);
  tag("threshold@v1.1.0", git("rev-parse", "HEAD"));
  const never = await promote("threshold", "v1.1.0", "--to", "production", "--rollback");
  expect(never.said.reasons).toEqual([expect.stringMatching(/^v1\.1\.0 of threshold was never in production by a promotion/)]);
  for (const stage of ["staging", "production"]) {
    // The release is there without a signature by then.
    const signed = stage === "production" ? ["--sign-with", keyFile()] : [];
    const { code, stderr } = await promote("threshold", "v1.1.0", "--to", stage, ...signed);
    expect(code, stderr).toBe(0);
  }
  const before = shipped().length;
  const { code, said, stderr } = await promote("threshold", "v1.0.0", "--to", "production", "--rollback");
  expect(code, stderr).toBe(0);
  expect(said).toMatchObject({ outcome: "promoted", stage: "production", wasThere: false, stageTag: "threshold#production#5" });
  expect(JSON.parse(assayHere("registry", "show", "--json"))).toMatchObject({
    threshold: { version: "v1.1.0", stage: { staging: "v1.1.0", production: "v1.0.0" } },
  });
  expect(shipped()).toHaveLength(before);
  const inProduction = team.github.deployments().filter(({ environment }) => environment === "production");
  expect(inProduction.map(({ statuses }) => statuses.at(-1)?.state)).toEqual(["inactive", "inactive", "success"]);
});

it("refuses a commit that is not on the default branch", async () => {
  git("checkout", "-q", "-B", "side", merged);
  git("commit", "-q", "--allow-empty", "-m", "Aside");
  tag("threshold@v1.5.0", git("rev-parse", "HEAD"));
  const { said } = await promote("threshold", "v1.5.0");
  expect(said.reasons).toEqual([expect.stringMatching(/^Commit \w{7}, which threshold@v1\.5\.0 points at, is not on main\./)]);
});

it("refuses what was made on the branch itself while nobody approved it", async () => {
  tag("threshold@v0.9.0", git("rev-list", "--max-parents=0", "origin/main"));
  const { said } = await promote("threshold", "v0.9.0");
  expect(said.reasons).toEqual([
    expect.stringMatching(/^The verdict is inconclusive/),
    "staging needs 1 approval of this very result, and it has none.",
  ]);
});

it("refuses a tree of inputs that nobody evaluated", async () => {
  git("checkout", "-q", "-B", "main", "origin/main");
  await team.startPush("Other inputs", setParam("threshold", 51));
  tag("threshold@v1.2.0", git("rev-parse", "HEAD"));
  const { said } = await promote("threshold", "v1.2.0");
  expect(said.reasons).toEqual([
    expect.stringMatching(/^No run has evidence of threshold with the tagged tree's inputs \w{12}: /),
  ]);
});

it("leaves a lightweight tag and a tag of a tag alone", async () => {
  git("tag", "threshold@v3.0.0", merged);
  git("push", "-q", "origin", "threshold@v3.0.0");
  tag("threshold@v4.0.0", "threshold@v1.0.0");
  const { said } = await promote("threshold", "v3.0.0");
  expect(said.reasons[0]).toMatch(
    /^threshold@v3\.0\.0 is no annotated tag of a commit that has a date, so it is nobody's word\./,
  );
});
