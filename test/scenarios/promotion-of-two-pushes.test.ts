import { execFile, execFileSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTeam, setParam, type Team } from "./team.ts";

const cli = join(import.meta.dirname, "..", "..", "src", "cli", "main.ts");

let team: Team;
beforeAll(async () => {
  team = await createTeam();
  await team.github.setPermission({ repository: team.repository, login: "owner", permission: "write" });
  await team.pushMain("First model", {
    "assay.yml": (text) => text.replace('["@acme/risk"]', '["@owner"]').concat("    promote: {stages: [production]}\n"),
    // What a booster's own JSON looks like.
    "train.mjs": (text) => text.replace("{ threshold, trouble", "{ learner: {}, version: [3, 0, 0], threshold, trouble"),
  });
}, 240_000);
afterAll(() => team.close());

function git(...args: string[]): string {
  const identity = ["-c", "user.name=release manager", "-c", "user.email=manager@localhost"];
  return execFileSync("git", ["-C", team.clone.folder, ...identity, ...args], { encoding: "utf8" }).trim();
}

/** Whether the run trained. */
const decision = ({ plan }: { plan: { outputs: Readonly<Record<string, string>> } }): string =>
  JSON.parse(plan.outputs["plan"] ?? "").models[0].candidate.decision;

async function promote(version: string) {
  git("fetch", "-q", "--tags", "--force", "origin", "main");
  const { github, repository } = team;
  const permissions = { contents: "write", deployments: "write", actions: "read", "pull-requests": "read" } as const;
  const token = github.tokenFor({ repository, permissions, kind: "workflow" });
  const env = { ...process.env, NO_COLOR: "1", GITHUB_TOKEN: token, GITHUB_API_URL: github.url, GITHUB_REPOSITORY: repository };
  const args = [cli, "promote", "threshold", version, "--json"];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: team.clone.folder, env }).catch(
    (error: { stdout: string; stderr: string }) => error,
  );
  return JSON.parse(stdout);
}

it("ships what was trained before a last push that left the inputs alone, approved there, and trains nothing on main", async () => {
  const opened = await team.open("Try 50", setParam("threshold", 50));
  expect((await team.run(opened)).check?.conclusion).toBe("success");
  const last = await team.push(opened, "Better words", { "README.md": "Of the threshold.\n" });
  const again = await team.run(last);
  expect(again.check?.conclusion).toBe("success");
  expect(decision(again)).toBe("reuse");
  await team.github.review({ number: last.number, author: "owner", state: "APPROVED" });
  const merged = await team.github.mergePullRequest(last.number, "squash");
  const pushed = await team.pushMerged(merged);
  expect(pushed.report.exitCode).toBe(0);
  expect(decision(pushed)).toBe("reuse");
  git("fetch", "-q", "origin", "main");
  git("tag", "-a", "threshold@v1.0.0", "-m", "Release", merged);
  git("push", "-q", "origin", "threshold@v1.0.0");
  expect(await promote("v1.0.0")).toMatchObject({ outcome: "promoted", stage: "production", approvedBy: ["owner"] });
}, 240_000);
