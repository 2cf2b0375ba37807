import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Octokit } from "octokit";
import { beforeEach, expect, it } from "vitest";
import { startEmbeddedGitHub } from "../../../src/embedded-github/embedded-github.ts";
import type { PullRequestShas } from "../../../src/embedded-github/pull-request-lifecycle.ts";
import { type Digest, digestOf } from "../../../src/evidence/digest.ts";
import { planChange } from "../../../src/flows/plan-change.ts";
import { createWhyOtherInputs } from "../../../src/flows/promotion/inputs-of-run.ts";
import { createCommandGit } from "../../../src/git/command-git.ts";
import type { Git } from "../../../src/git/git.ts";
import type { GitHub } from "../../../src/github/github.ts";
import { githubThrough } from "../../../src/github/octokit/octokit-github.ts";
import { createRemoteGit } from "../../../src/github/remote-git.ts";
import { noRunLookup } from "../../../src/plan/run-lookup.ts";
import { createPlace, type Place } from "../../bot/world.ts";
import { files, processes } from "../../git/repository.ts";

let place: Place;
let github: GitHub;
let clone: Git;
let tagged: string;
let folder: string;
const script = Array.from({ length: 20 }, (_, line) => `line ${line}\n`).join("");

/** A clone as it was before anything was pushed. */
beforeEach(async () => {
  const embedded = await startEmbeddedGitHub();
  place = await createPlace({ github: embedded, files: { "train.py": script, "other.txt": "1" } });
  const { url: baseUrl } = embedded;
  const token = embedded.tokenFor({ repository: place.fullName, permissions: { contents: "read" }, kind: "workflow" });
  const octokit = new Octokit({ auth: token, baseUrl, throttle: { enabled: false } });
  github = githubThrough(octokit, { owner: "acme", name: place.name }, { secret: token });
  folder = mkdtempSync(join(tmpdir(), "assay-inputs-"));
  execFileSync("git", ["clone", "-q", place.gitFolder, folder]);
  clone = await createCommandGit(folder, processes);
  tagged = (await clone.resolve("HEAD")) ?? "";
  return async () => {
    await embedded.close();
    rmSync(folder, { recursive: true, force: true });
  };
});

const edited = (line: number, to: string) => script.replace(`line ${line}\n`, `${to}\n`);

/** Of a commit as a run of it planned them, in a clone of its own. */
async function hashOf(commit: string): Promise<Digest> {
  const there = join(folder, "there");
  execFileSync("git", ["clone", "-q", place.gitFolder, there]);
  execFileSync("git", ["-C", there, "fetch", "-q", "origin", commit]);
  const git = await createCommandGit(there, processes);
  const request = { git, files, lookup: noRunLookup, target: { commit }, base: null, event: "push" } as const;
  return (await planChange({ ...request, models: ["fraud"] })).models[0]?.candidate.inputHash ?? digestOf("none");
}

/** A pull request whose branch is older than what came to main. */
async function openBehind(changed: Record<string, string>, main: Record<string, string>): Promise<PullRequestShas> {
  place.push("change", changed);
  place.push("main", main);
  const { fullName: repository } = place;
  return place.github.createPullRequest({
    repository,
    title: "Change",
    headRef: "change",
    baseRef: "main",
    author: "contributor",
  });
}

const why = (hash: Digest, { headSha: head, baseSha }: Pick<PullRequestShas, "headSha" | "baseSha">, git = clone) =>
  createWhyOtherInputs({ model: "fraud", commit: tagged }, { git, files, github })(hash, {
    ...{ runId: 7, head, mergedWith: [baseSha] },
  });

it("are those of the head's own tree, where the default branch changed nothing of the model since", async () => {
  const pull = await openBehind({ "train.py": "2" }, { "other.txt": "2" });
  expect(await why(digestOf("others"), pull)).toBe(`run 7 was of ${pull.headSha.slice(0, 7)}, which has other inputs`);
  expect(await why(await hashOf(pull.mergeSha), pull)).toBeUndefined();
});

it("are those of its merge, where the default branch changed other files of the model", async () => {
  const pull = await openBehind({ "train.py": "2" }, { "train.csv": "x,y\n2,2\n" });
  expect(await why(await hashOf(pull.mergeSha), pull)).toBeUndefined();
});

it("are those of its merge, where both changed a file in other places", async () => {
  const pull = await openBehind({ "train.py": edited(1, "theirs") }, { "train.py": edited(18, "ours") });
  const hash = await hashOf(pull.mergeSha);
  expect(await why(hash, pull)).toBeUndefined();
  const withoutClone = await why(hash, pull, createRemoteGit(github));
  expect(withoutClone).toMatch(
    /^run 7 was of \w{7}, which has other inputs, as far as can be told: train\.py was changed in \w{7} and in \w{7}, and its merge is not known here$/,
  );
});

it("are never those of a merge that drops what the head changed", async () => {
  const pull = await openBehind({ "train.py": "hostile" }, { "train.csv": "x,y\n2,2\n" });
  expect(await why(await hashOf(pull.baseSha), pull)).toBe(`run 7 was of ${pull.headSha.slice(0, 7)}, which has other inputs`);
});

it("cannot be told of a commit that is gone", async () => {
  const gone = { headSha: "9".repeat(40), baseSha: tagged };
  expect(await why(digestOf("others"), gone)).toBe(
    "run 7 was of 9999999, which has other inputs, as far as can be told: GitHub does not have it any more",
  );
});
