import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Digest, digestOf } from "../../src/evidence/digest.ts";
import { sealEvidence } from "../../src/evidence/seal.ts";
import type { Records } from "../../src/flows/fetch-run.ts";
import { createGitHubRunLookup, type LookupOptions } from "../../src/flows/github-run-lookup.ts";
import { checkpointFilesNames, partialFilesName, runFilesName } from "../../src/flows/job-files.ts";
import type { GitHub } from "../../src/github/github.ts";
import { createOctokitGitHub } from "../../src/github/octokit/octokit-github.ts";
import { createBranchLedger } from "../../src/ledger/branch-ledger.ts";
import { ledgerBranch } from "../../src/ledger/ledger.ts";
import { createReleaseStore } from "../../src/model-store/release-store.ts";
import type { Change } from "../../src/trust/trust-of-run.ts";
import { createScene, createWorkTree, everything, repository, type Scene } from "../embedded-github/scene.ts";
import { sampleEvidence } from "../evidence/sample-evidence.ts";

const model = "teams/fraud";
const weights = "weights";

let scene: Scene;
let folder: string;
let github: GitHub;
let records: Records;

beforeAll(async () => {
  scene = await createScene({ protectedBranches: ["main"] });
  folder = await mkdtemp(join(tmpdir(), "assay-run-lookup-"));
  await writeFile(join(folder, "evidence.json"), "{}");
  await writeFile(join(folder, "weights.bin"), weights);
  const token = scene.github.tokenFor({ repository, permissions: everything, kind: "workflow" });
  github = await createOctokitGitHub({ owner: "octo", name: "demo", token, apiUrl: scene.github.url });
  records = {
    ledger: createBranchLedger(github.contents),
    store: createReleaseStore(github.releases, { target: ledgerBranch }),
  };
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await scene.close();
});

interface OpenPullRequest extends TrainingRun {
  pullRequest: number;
  createdAt: string;
}

interface TrainingRun {
  event: "pull_request" | "push" | "issue_comment";
  workflowPath?: string;
  headSha: string;
  headBranch: string;
  pullRequest?: number;
}

/** A workflow run that keeps one artifact, with the official client. */
async function keepArtifact(name: string, run: TrainingRun): Promise<number> {
  const { github: server } = scene;
  const { runId } = await server.createRun({ repository, workflowPath: ".github/workflows/models.yml", ...run });
  const files = { STEPS: join(folder, "steps.json"), RESULT: join(folder, "result.json") };
  await writeFile(files.STEPS, JSON.stringify([{ do: "upload", name, files: [join(folder, "evidence.json")], root: folder }]));
  const env = {
    PATH: process.env["PATH"],
    ...files,
    GITHUB_SERVER_URL: server.serverUrl,
    GITHUB_API_URL: server.url,
    GITHUB_WORKSPACE: folder,
    ACTIONS_RESULTS_URL: server.resultsUrl,
    ACTIONS_RUNTIME_TOKEN: server.runtimeToken(runId, "train"),
  };
  const client = join(import.meta.dirname, "..", "embedded-github", "artifact-client.ts");
  await promisify(execFile)(process.execPath, [client], { env });
  return runId;
}

const keepRun = (inputHash: Digest, run: TrainingRun) => keepArtifact(runFilesName(model, inputHash), run);
const lookup = (need: LookupOptions["need"] = "pull-request", pushed?: string, change: Change = stranger) =>
  createGitHubRunLookup(github, records, { need, pushed, change, workflow: ".github/workflows/models.yml" });
/** A commit that nobody has trained. */
const stranger: Change = { headSha: "0".repeat(40), pullRequest: undefined };

let branches = 0;

/** A pull request with one commit of its own; `from` is the fork that it comes from. */
async function openPullRequest(from?: string): Promise<OpenPullRequest> {
  const headBranch = `change-${branches++}`;
  const work = from ? await forkOf(from) : scene.work;
  await work.git("checkout", "--quiet", "-B", headBranch, "main");
  const headSha = await work.push(headBranch, { [`${headBranch}.csv`]: "id\n" });
  if (from) await work.remove();
  const opened = await scene.github.createPullRequest({
    repository,
    title: headBranch,
    headRef: headBranch,
    baseRef: "main",
    author: from ? "outsider" : "reviewer",
    headRepository: from,
  });
  return { event: "pull_request", headSha, headBranch, pullRequest: opened.number, createdAt: opened.createdAt };
}

/** As it asks after a further commit. */
const changeOf = ({ headBranch, createdAt }: OpenPullRequest): Change => ({
  headSha: "0".repeat(40),
  pullRequest: { headRef: headBranch, headRepositoryId: scene.repositoryId, createdAt },
});

async function forkOf(name: string) {
  const [owner = "", fork = ""] = name.split("/");
  const { gitFolder } = await scene.github.createRepository({ owner, name: fork, forkOf: repository });
  const work = await createWorkTree(gitFolder);
  await work.git("fetch", "--quiet", "origin");
  await work.git("checkout", "--quiet", "-B", "main", "origin/main");
  return work;
}

describe("looking for a run with the same inputs", () => {
  it("finds nothing where there is nothing", async () => {
    const inputHash = digestOf("nothing");
    expect(await lookup().findRun(model, inputHash)).toBeUndefined();
    expect(await lookup().findBaseline(model, inputHash)).toEqual({ kind: "none" });
  });

  it("finds another pull request's run, and says which", async () => {
    const inputHash = digestOf("another pull request");
    const { pullRequest, ...run } = await openPullRequest();
    const runId = await keepRun(inputHash, { pullRequest, ...run });
    const found = await lookup().findRun(model, inputHash);
    expect(found).toMatchObject({
      mayReuse: true,
      run: {
        kind: "artifact",
        inputHash,
        runId,
        artifactName: runFilesName(model, inputHash),
        origin: `#${pullRequest} (run ${runId})`,
      },
    });
    // A baseline is what the protected branch made: a pull request's run is not.
    expect(await lookup().findBaseline(model, inputHash)).toEqual({ kind: "none" });
  });

  it("never lets another workflow's run serve, nor one on an event that does not train", async () => {
    const [elsewhere, commented] = [digestOf("another workflow"), digestOf("another event")];
    await keepRun(elsewhere, { ...(await openPullRequest()), workflowPath: ".github/workflows/other.yml" });
    await keepRun(commented, { ...(await openPullRequest()), event: "issue_comment" });
    expect(await lookup().findRun(model, elsewhere)).toMatchObject({
      mayReuse: false,
      why: expect.stringContaining("other.yml"),
    });
    expect(await lookup().findRun(model, commented)).toMatchObject({
      mayReuse: false,
      why: expect.stringContaining("issue_comment"),
    });
  });

  it("never finds what a failed training left behind", async () => {
    const inputHash = digestOf("failed");
    await keepArtifact(partialFilesName(model, inputHash), await openPullRequest());
    expect(await lookup().findRun(model, inputHash)).toBeUndefined();
  });

  it("never finds an artifact that expired", async () => {
    const inputHash = digestOf("expired");
    const runId = await keepRun(inputHash, await openPullRequest());
    for (const { id } of scene.github.artifacts(runId)) await scene.github.expireArtifact(id);
    expect(await lookup().findRun(model, inputHash)).toBeUndefined();
  });

  it("never lets a fork's run serve the repository's pull request, and says why", async () => {
    const inputHash = digestOf("fork");
    await keepRun(inputHash, await openPullRequest("outsider/demo"));
    expect(await lookup().findRun(model, inputHash)).toMatchObject({ mayReuse: false, why: expect.stringContaining("fork") });
    expect(await lookup().findBaseline(model, inputHash)).toEqual({ kind: "none" });
  });

  it("passes over a fork's newer run for an older one of the repository", async () => {
    const inputHash = digestOf("both");
    const trusted = await keepRun(inputHash, await openPullRequest());
    await keepRun(inputHash, await openPullRequest("stranger/demo"));
    expect(await lookup().findRun(model, inputHash)).toMatchObject({ mayReuse: true, run: { runId: trusted } });
  });
});

describe("looking for what becomes part of the run that asks", () => {
  it("finds the pull request's own runs, the commit's and protected ones, and of another pull request none", async () => {
    const inputHash = digestOf("a point");
    const own = await openPullRequest();
    const runId = await keepRun(inputHash, own);
    const other = await openPullRequest();
    expect(await lookup("pull-request", undefined, changeOf(own)).findPoint(model, inputHash)).toMatchObject({
      mayReuse: true,
      run: { runId },
    });
    const sameCommit = { headSha: own.headSha, pullRequest: undefined };
    expect(await lookup("pull-request", undefined, sameCommit).findPoint(model, inputHash)).toMatchObject({ mayReuse: true });
    const refused = await lookup("pull-request", undefined, changeOf(other)).findPoint(model, inputHash);
    expect(refused).toMatchObject({ mayReuse: false, why: expect.stringContaining("its own and of protected runs only") });
    // Whole it stays the other's, and what is merged with this one is trained again.
    expect(await lookup("pull-request", undefined, changeOf(other)).findRun(model, inputHash)).toMatchObject({ mayReuse: true });

    const recorded = await keepRun(inputHash, { event: "push", headSha: scene.mainSha, headBranch: "main" });
    expect(await lookup("pull-request", undefined, changeOf(other)).findPoint(model, inputHash)).toMatchObject({
      mayReuse: true,
      run: { runId: recorded },
    });
  });

  it("finds nothing of what another pull request did on a branch of that name before", async () => {
    const inputHash = digestOf("a branch used again");
    const own = await openPullRequest();
    await keepRun(inputHash, own);
    const again = changeOf({ ...own, createdAt: "2999-01-01T00:00:00Z" });
    expect(await lookup("pull-request", undefined, again).findPoint(model, inputHash)).toMatchObject({ mayReuse: false });
  });

  it("takes on a push what the merged pull request trained, and of no other", async () => {
    const inputHash = digestOf("a merged point");
    const { pullRequest, ...run } = await openPullRequest();
    await keepRun(inputHash, { pullRequest, ...run });
    const pushed = await scene.github.mergePullRequest(pullRequest, "squash");
    const change = { headSha: pushed, pullRequest: undefined };
    expect(await lookup("protected", pushed, change).findPoint(model, inputHash)).toMatchObject({ mayReuse: true });
    expect(await lookup("protected", scene.mainSha, change).findPoint(model, inputHash)).toMatchObject({ mayReuse: false });
  });
});

describe("looking on a push to the default branch", () => {
  it("reuses the run of the pull request that was merged, and of no other", async () => {
    const [merged, open] = [digestOf("merged"), digestOf("open")];
    const pullRequest = await openPullRequest();
    await keepRun(merged, pullRequest);
    await keepRun(open, await openPullRequest());
    const pushed = await scene.github.mergePullRequest(pullRequest.pullRequest, "squash");
    expect(await lookup("protected", pushed).findRun(model, merged)).toMatchObject({ mayReuse: true });
    expect(await lookup("protected", pushed).findRun(model, open)).toMatchObject({
      mayReuse: false,
      why: "its trust is pull-request, and protected is needed",
    });
    expect(await lookup("protected").findRun(model, merged)).toMatchObject({ mayReuse: false });
  });

  it("reuses what the merged pull request trained before a last push, unless the workflow was another there", async () => {
    const [before, odd] = [digestOf("before the last push"), digestOf("by another workflow")];
    const pullRequest = await openPullRequest();
    const { headBranch } = pullRequest;
    await keepRun(before, pullRequest);
    const push = async (files: Readonly<Record<string, string>>) => {
      await scene.work.git("checkout", "--quiet", headBranch);
      const headSha = await scene.work.push(headBranch, files);
      await scene.github.refreshPullRequest(pullRequest.pullRequest);
      return headSha;
    };
    const workflow = ".github/workflows/models.yml";
    await keepRun(odd, { ...pullRequest, headSha: await push({ [workflow]: "on: pull_request\n" }) });
    await scene.work.git("revert", "--no-edit", "HEAD");
    await push({ "README.md": "Other words" });
    const pushed = await scene.github.mergePullRequest(pullRequest.pullRequest, "squash");
    expect(await lookup("protected", pushed).findRun(model, before)).toMatchObject({ mayReuse: true });
    expect(await lookup("protected", pushed).findRun(model, odd)).toMatchObject({ mayReuse: false });
  });

  it("reuses a fork's run not even after its pull request was merged", async () => {
    const inputHash = digestOf("merged fork");
    const pullRequest = await openPullRequest("visitor/demo");
    await keepRun(inputHash, pullRequest);
    const pushed = await scene.github.mergePullRequest(pullRequest.pullRequest, "merge");
    expect(await lookup("protected", pushed).findRun(model, inputHash)).toMatchObject({ mayReuse: false });
  });

  it("believes a push only when its commit lies on the default branch", async () => {
    const [onMain, onBranch] = [digestOf("on main"), digestOf("on a branch")];
    await keepRun(onMain, { event: "push", headSha: scene.mainSha, headBranch: "main" });
    await keepRun(onBranch, { event: "push", headSha: scene.featureSha, headBranch: "feature" });
    expect(await lookup("protected").findRun(model, onMain)).toMatchObject({ mayReuse: true });
    expect(await lookup("protected").findRun(model, onBranch)).toMatchObject({ mayReuse: false });
  });

  it("does not take an artifact for a recorded baseline", async () => {
    const inputHash = digestOf("not recorded");
    await keepRun(inputHash, { event: "push", headSha: scene.mainSha, headBranch: "main" });
    expect(await lookup("protected").findBaseline(model, inputHash)).toEqual({ kind: "none" });
  });
});

describe("looking for what was recorded", () => {
  async function recordEvidence(inputHash: Digest): Promise<void> {
    const plain = sampleEvidence({ model, inputHash });
    const trainings = plain.trainings.map((training) => ({
      ...training,
      model: {
        digest: digestOf("model"),
        format: "files",
        files: [
          { path: "empty.txt", digest: digestOf(""), bytes: 0 },
          { path: "weights.bin", digest: digestOf(weights), bytes: weights.length },
        ],
      },
    }));
    await records.ledger.recordEvidence(sealEvidence({ ...plain, trainings }, new Date(0)));
  }

  it("says what expired when the store does not have it, and finds it once it does", async () => {
    const inputHash = digestOf("recorded");
    await recordEvidence(inputHash);
    expect(await lookup().findBaseline(model, inputHash)).toEqual({ kind: "expired", what: "weights.bin" });
    expect(await lookup().findRun(model, inputHash)).toBeUndefined();

    await records.store.put(digestOf(weights), join(folder, "weights.bin"));
    const run = { kind: "store", inputHash, origin: "1111111 in the ledger" };
    expect(await lookup().findBaseline(model, inputHash)).toEqual({ kind: "recorded", run });
    expect(await lookup("protected").findRun(model, inputHash)).toEqual({ run, mayReuse: true });
  });

  it("falls back to an artifact of the branch that is still there when the store lost the model", async () => {
    const inputHash = digestOf("lost by the store");
    const plain = sampleEvidence({ model, inputHash });
    const file = { path: "weights.bin", digest: digestOf("other weights"), bytes: 13 };
    const trainings = plain.trainings.map((training) => ({
      ...training,
      model: { digest: file.digest, format: "files", files: [file] },
    }));
    await records.ledger.recordEvidence(sealEvidence({ ...plain, trainings }, new Date(0)));
    const runId = await keepRun(inputHash, { event: "push", headSha: scene.mainSha, headBranch: "main" });
    expect(await lookup().findBaseline(model, inputHash)).toMatchObject({ kind: "recorded", run: { runId } });
  });
});

describe("what an interrupted training left", () => {
  const inputHash = digestOf("interrupted");
  const [first = "", second = ""] = checkpointFilesNames(model, inputHash, 3);

  it("is found by model, inputs and seed, with where it is", async () => {
    const run = await openPullRequest();
    const runId = await keepArtifact(first, run);
    const found = await lookup("pull-request", undefined, changeOf(run)).findCheckpoints(model, inputHash, [1, 3]);
    expect(found).toMatchObject([{ mayReuse: true, run: { kind: "artifact", runId, artifactName: first, inputHash } }]);
    expect(await lookup().findCheckpoints(model, inputHash, [1])).toEqual([]);
    expect(await lookup().findCheckpoints(model, digestOf("others"), [3])).toEqual([]);
  });

  it("is refused where more trust is needed: a fork's for a pull request, a pull request's for a protected branch", async () => {
    await keepArtifact(second, await openPullRequest("stranger/demo-of-checkpoints"));
    const inPullRequest = await lookup().findCheckpoints(model, inputHash, [3]);
    expect(inPullRequest.map(({ mayReuse, why }) => [mayReuse, why])).toEqual([
      [false, expect.stringContaining("its own and of protected runs only")],
      [false, "its trust is fork, and pull-request is needed"],
    ]);
    const onBranch = await lookup("protected").findCheckpoints(model, inputHash, [3]);
    expect(onBranch.map(({ mayReuse, why }) => [mayReuse, why])).toEqual([
      [false, "its trust is pull-request, and protected is needed"],
      [false, "its trust is fork, and protected is needed"],
    ]);
  });

  it("is found for a grid of twenty with twenty seeds in few requests", async () => {
    const run = await openPullRequest();
    const hashes = Array.from({ length: 20 }, (_, point) => digestOf(`point ${point}`));
    const seeds = Array.from({ length: 20 }, (_, seed) => seed + 1);
    const last = hashes.at(-1) ?? inputHash;
    const kept = [await keepArtifact(checkpointFilesNames(model, last, 20)[1], run)];
    let requests = 0;
    const count = <Role extends object>(role: Role): Role =>
      new Proxy(role, {
        get(target, name, receiver) {
          requests += 1;
          return Reflect.get(target, name, receiver);
        },
      });
    const { artifacts, runs, contents, pullRequests } = github;
    const counted = {
      ...github,
      artifacts: count(artifacts),
      runs: count(runs),
      contents: count(contents),
      pullRequests: count(pullRequests),
    };
    const options = { need: "pull-request", change: changeOf(run), workflow: ".github/workflows/models.yml" } as const;
    const asked = createGitHubRunLookup(counted, records, options);
    const found = await Promise.all(hashes.map((hash) => asked.findCheckpoints(model, hash, seeds)));
    expect(found.flat().map(({ run: { runId }, mayReuse }) => [runId, mayReuse])).toEqual(kept.map((runId) => [runId, true]));
    expect(requests).toBeLessThan(80);
  });
});
