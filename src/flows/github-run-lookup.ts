import { GitHubError } from "../errors/errors.ts";
import { shortDigest } from "../evidence/digest.ts";
import type { GitHub } from "../github/github.ts";
import type { PullRequest } from "../github/pull-requests.ts";
import type { Artifact, WorkflowRun } from "../github/runs.ts";
import { pullRequestOfRun } from "../plan/dispatch.ts";
import type { FoundBaseline, FoundRun, RunLookup } from "../plan/run-lookup.ts";
import type { TrustLevel } from "../trust/trust.ts";
import { type Change, isRunOfChange, mayBecomePart, mayReuse, trustOfRun } from "../trust/trust-of-run.ts";
import { whyNotOfMerged } from "../trust/whose-run.ts";
import type { Records } from "./fetch-run.ts";
import { checkpointFilesNames, runFilesName } from "./job-files.ts";

export interface LookupOptions {
  /** Where the found run would serve: a pull request, or a branch that the team protects. */
  need: "pull-request" | "protected";
  /** Path of the workflow that asks: a run of any other workflow is no run of ours. */
  workflow: string;
  /** What asks: unprotected runs become part of its own runs only where they are its own too. */
  change: Change;
  /** On a push: the commit that was pushed, to find the pull request that brought it. */
  pushed?: string | undefined;
}

/** Events on which our workflow trains; others can run a stranger's code with the repository's name. */
const trainingEvents: readonly string[] = ["push", "pull_request", "merge_group", "workflow_dispatch"];

/** A run serves whole, as what it is, or as part of the run that asks. */
type Use = "whole" | "part";

interface RunAndTrust {
  run: WorkflowRun;
  trust: TrustLevel;
}

/**
 * A workflow's token has 1,000 requests an hour. A grid with seeds has more names of checkpoints than that: past so many they are
 * looked for among the newest artifacts of all.
 */
const maxAskedByName = 60;
const newestAmount = 1_000;

/** Looks runs up in the ledger and store, then among the repository's artifacts; trust is computed from what GitHub says of each. */
export function createGitHubRunLookup(github: GitHub, records: Records, options: LookupOptions): RunLookup {
  const mergedPullRequests = once(async () => {
    if (!options.pushed) return [];
    return (await github.pullRequests.listForCommit(options.pushed)).filter(({ merged }) => merged);
  });

  const protectedBranch = once(async () => {
    const branch = await github.contents.defaultBranch();
    return (await github.contents.isProtected(branch)) ? branch : undefined;
  });
  const newestArtifacts = once(() => github.artifacts.listNewest(newestAmount));
  const facts = new Map<number, Promise<RunAndTrust | undefined>>();
  let askedByName = 0;

  async function findRecorded(model: string, inputHash: FoundRun["run"]["inputHash"]): Promise<FoundBaseline> {
    const evidence = await records.ledger.findEvidence(model, inputHash);
    if (!evidence) return { kind: "none" };
    const files = evidence.trainings.flatMap((training) => training.model?.files ?? []).filter(({ bytes }) => bytes > 0);
    const there = await Promise.all(files.map(({ digest }) => records.store.has(digest)));
    const gone = files.find((_, index) => !there[index]);
    if (gone) return { kind: "expired", what: gone.path };
    const origin = `${evidence.source.commit.slice(0, 7)} in the ledger`;
    return { kind: "recorded", run: { kind: "store", inputHash, origin } };
  }

  async function findArtifact(
    model: string,
    inputHash: FoundRun["run"]["inputHash"],
    need: LookupOptions["need"],
    use: Use,
  ): Promise<FoundRun | undefined> {
    return firstUsable(await github.artifacts.listByName(runFilesName(model, inputHash)), inputHash, need, use);
  }

  async function firstUsable(
    artifacts: readonly Artifact[],
    inputHash: FoundRun["run"]["inputHash"],
    need: LookupOptions["need"],
    use: Use,
  ): Promise<FoundRun | undefined> {
    let refused: FoundRun | undefined;
    for (const artifact of artifacts) {
      if (artifact.expired || !artifact.run) continue;
      const { id: artifactId, name: artifactName } = artifact;
      const run = { kind: "artifact" as const, inputHash, runId: artifact.run.id, artifactId, artifactName };
      const { may, why, from } = await judgeArtifact(artifact, need, use);
      const found = { run: { ...run, origin: `${from} (run ${artifact.run.id})` }, mayReuse: may, why };
      if (may) return found;
      refused ??= found;
    }
    return refused;
  }

  async function judgeArtifact(
    artifact: Artifact,
    need: LookupOptions["need"],
    use: Use,
  ): Promise<{ may: boolean; why?: string; from: string }> {
    const known = artifact.run && (await factsOf(artifact.run.id));
    if (!known) return { may: false, why: "its workflow run is gone", from: "an unknown run" };
    const { run, trust } = known;
    const refuse = (why: string) => ({ may: false, why, from: shortDigest(run.headSha, 7) });
    if (run.path !== options.workflow) return refuse(`it was made by ${run.path}`);
    if (!trainingEvents.includes(run.event)) return refuse(`it ran on ${run.event}`);
    const merged = trust === "pull-request" ? await mergedPullRequests() : [];
    const dispatchedFor = pullRequestOfRun(run);
    const mergedPullRequest = await anyOf(merged, (pullRequest) => isOfMerged(run, pullRequest));
    const number = dispatchedFor ?? run.pullRequests[0]?.number;
    const from = number === undefined ? shortDigest(run.headSha, 7) : `#${number}`;
    const judged = (may: boolean, why: string) => (may ? { may, from } : { may, from, why });
    if (!mayReuse(trust, need, { mergedPullRequest })) return judged(false, `its trust is ${trust}, and ${need} is needed`);
    const sameChange = isOfChange(run);
    const may = use === "whole" || mayBecomePart(trust, need, { mergedPullRequest, sameChange });
    return judged(may, "what is merged with this change may be made of its own and of protected runs only");
  }

  /** At its head, or before a last push that left the inputs as they were. */
  async function isOfMerged(run: WorkflowRun, pullRequest: PullRequest): Promise<boolean> {
    const { head } = pullRequest;
    const dispatchedFor = pullRequestOfRun(run);
    // To GitHub a dispatched run is of its base branch's commit, which says nothing of what it trained.
    if (dispatchedFor === undefined && run.headSha === head.sha) return true;
    if (dispatchedFor === undefined ? run.headBranch !== head.ref : dispatchedFor !== pullRequest.number) return false;
    const branch = await protectedBranch();
    if (branch === undefined || options.pushed === undefined) return false;
    const speaksFor = { run, pullRequest, headSha: run.headSha };
    return (await whyNotOfMerged(speaksFor, { name: branch, tip: options.pushed }, github)) === undefined;
  }

  function isOfChange(run: WorkflowRun): boolean {
    const number = pullRequestOfRun(run);
    return number === undefined ? isRunOfChange(run, options.change) : number === options.change.pullRequest?.number;
  }

  /** Asked once of each run: many artifacts are of few runs. */
  function factsOf(runId: number): Promise<RunAndTrust | undefined> {
    const asked = facts.get(runId) ?? askFacts(runId);
    facts.set(runId, asked);
    return asked;
  }

  async function askFacts(runId: number): Promise<RunAndTrust | undefined> {
    const run = await github.runs.get(runId);
    if (!run) return undefined;
    const { repositoryId } = run;
    const headRepositoryId = await trainedRepository(run);
    const branch = run.event === "push" ? await protectedBranch() : undefined;
    const trainedCommitIsOnProtectedBranch = branch !== undefined && (await github.contents.isAncestor(run.headSha, branch));
    return { run, trust: trustOfRun({ repositoryId, headRepositoryId, trainedCommitIsOnProtectedBranch }) };
  }

  /** A dispatched run is one of the repository's own to GitHub, also where it trained a fork's commit. */
  async function trainedRepository(run: WorkflowRun): Promise<number | undefined> {
    const number = pullRequestOfRun(run);
    if (number === undefined) return run.headRepositoryId;
    try {
      return (await github.pullRequests.get(number)).head.repositoryId;
    } catch (error) {
      if (error instanceof GitHubError && error.status === 404) return undefined;
      throw error;
    }
  }

  /** Artifacts of each of the names, in as few requests as it takes. */
  async function listNamed(names: readonly string[]): Promise<readonly (readonly Artifact[])[]> {
    askedByName += names.length;
    if (askedByName <= maxAskedByName) return Promise.all(names.map((name) => github.artifacts.listByName(name)));
    const newest = Map.groupBy(await newestArtifacts(), ({ name }) => name);
    return names.map((name) => newest.get(name) ?? []);
  }

  async function find(model: string, inputHash: FoundRun["run"]["inputHash"], use: Use): Promise<FoundRun | undefined> {
    const recorded = await findRecorded(model, inputHash);
    if (recorded.kind === "recorded") return { run: recorded.run, mayReuse: true };
    return findArtifact(model, inputHash, options.need, use);
  }

  return {
    findRun: (model, inputHash) => find(model, inputHash, "whole"),
    findPoint: (model, inputHash) => find(model, inputHash, "part"),
    async findBaseline(model, inputHash) {
      const recorded = await findRecorded(model, inputHash);
      // A protected branch asks whether it is recorded: an artifact is not.
      if (recorded.kind === "recorded" || options.need === "protected") return recorded;
      const found = await findArtifact(model, inputHash, "protected", "whole");
      return found?.mayReuse ? { kind: "recorded", run: found.run } : recorded;
    },
    async findCheckpoints(model, inputHash, seeds) {
      const names = seeds.flatMap((seed) => checkpointFilesNames(model, inputHash, seed));
      const named = await listNamed(names);
      const found = await Promise.all(named.map((artifacts) => firstUsable(artifacts, inputHash, options.need, "part")));
      return found.filter((checkpoint) => checkpoint !== undefined);
    },
  };
}

async function anyOf<T>(all: readonly T[], is: (one: T) => Promise<boolean>): Promise<boolean> {
  for (const one of all) if (await is(one)) return true;
  return false;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
