import { AssayError, GitHubError } from "../../errors/errors.ts";
import type { Digest } from "../../evidence/digest.ts";
import type { Files } from "../../files/files.ts";
import type { Git } from "../../git/git.ts";
import { createMergedGit } from "../../git/merged-git.ts";
import { createReadThrough } from "../../git/read-through.ts";
import type { GitHub } from "../../github/github.ts";
import { createRemoteGit } from "../../github/remote-git.ts";
import { noRunLookup } from "../../plan/run-lookup.ts";
import { planChange } from "../plan-change.ts";

/** What a run worked on, by what GitHub says of it and by nothing that it uploaded. */
export interface RunCommit {
  runId: number;
  head: string;
  /** Of the default branch, the likeliest first: what the head was merged with is one of them, or has the same inputs. */
  mergedWith: readonly string[];
}

export interface InputsMachine {
  /** A clone, which need not have the commits. */
  git: Git;
  files: Files;
  github: GitHub;
}

/**
 * Whether a run's commit has these inputs: a run can upload evidence that names any. Planned from the commit's own tree, and from
 * its merges: whatever commit of the default branch is taken, what the head changed is in it.
 * @returns why not, a clause
 */
export type WhyOtherInputs = (hash: Digest, of: RunCommit) => Promise<string | undefined>;

export interface Tagged {
  model: string;
  /** Most of what a run's commit has is there too. */
  commit: string;
}

/** Each commit is planned once. */
export function createWhyOtherInputs({ model, commit }: Tagged, machine: InputsMachine): WhyOtherInputs {
  const { git, github } = machine;
  const far = createRemoteGit(github);
  const remote = git.root === far.root ? git : createReadThrough(far, git, commit);
  const planned = new Map<string, Promise<ReadonlySet<Digest> | { wrong: string }>>();
  const hashesOf = (head: string, mergedWith: string | undefined) => {
    const key = `${head} ${mergedWith}`;
    const known = planned.get(key) ?? planTree(model, { head, mergedWith }, remote, machine);
    planned.set(key, known);
    return known;
  };
  return async (hash, { runId, head, mergedWith }) => {
    let wrong: string | undefined;
    for (const base of [undefined, ...mergedWith]) {
      const found = await hashesOf(head, base);
      if ("wrong" in found) wrong = found.wrong;
      else if (found.has(hash)) return undefined;
    }
    const others = `run ${runId} was of ${head.slice(0, 7)}, which has other inputs`;
    return wrong === undefined ? others : `${others}, as far as can be told: ${wrong.replace(/\.$/, "")}`;
  };
}

/** Input hashes of the model in the tree: of a grid those of its points too. */
async function planTree(
  model: string,
  { head, mergedWith }: { head: string; mergedWith: string | undefined },
  remote: Git,
  { git, files, github }: InputsMachine,
): Promise<ReadonlySet<Digest> | { wrong: string }> {
  try {
    const base = mergedWith === undefined ? undefined : (await github.contents.compare(mergedWith, head))?.mergeBase;
    // Nothing would come of the merge but the head itself.
    if (mergedWith !== undefined && (base === undefined || base === mergedWith)) return new Set();
    const commits = [head, ...(mergedWith === undefined || base === undefined ? [] : [mergedWith, base])];
    const isHere = (await Promise.all(commits.map((commit) => git.resolve(commit)))).every((found) => found !== undefined);
    const there = isHere ? git : remote;
    if (there === remote && (await there.listTreeRaw(head)).length === 0) return { wrong: "GitHub does not have it any more" };
    const tree =
      mergedWith === undefined || base === undefined
        ? there
        : createMergedGit(there, { base, ours: mergedWith, theirs: head }, git.mergeFile);
    const request = { git: tree, files, lookup: noRunLookup, target: { commit: head }, base: null, event: "push" } as const;
    const { models } = await planChange({ ...request, models: [model] });
    return new Set(models.flatMap(({ candidate }) => [candidate, ...(candidate.points ?? [])].map(({ inputHash }) => inputHash)));
  } catch (error) {
    if (!(error instanceof AssayError) || error instanceof GitHubError) throw error;
    return { wrong: error.message };
  }
}
