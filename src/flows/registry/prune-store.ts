import { AssayError, GitHubError, MissingDataError, UsageError } from "../../errors/errors.ts";
import type { Digest } from "../../evidence/digest.ts";
import { maxEvidenceBytes, parseEvidence } from "../../evidence/parse-evidence.ts";
import type { Files } from "../../files/files.ts";
import type { Git } from "../../git/git.ts";
import type { GitHub } from "../../github/github.ts";
import { ledgerBranch } from "../../ledger/ledger.ts";
import {
  decideRetention,
  filesNamedBy,
  filesNamedIn,
  type NamedFiles,
  type Needed,
  type Retention,
} from "../../model-store/decide-retention.ts";
import { isStoreTag, listStored } from "../../model-store/release-store.ts";
import { noRunLookup } from "../../plan/run-lookup.ts";
import { markedAs } from "../../publishing/release-marker.ts";
import { isActiveVersion } from "../../registry/current.ts";
import { readRegistry } from "../../registry/registry-state.ts";
import { planChange } from "../plan-change.ts";
import { readModelTags } from "../promotion/read-tags.ts";
import { lawFromGitHub } from "../read-law.ts";

export interface PruneMachine {
  files: Files;
  /** A clone with the repository's history and tags. */
  git: Git;
  github: GitHub;
  /** With which the ledger's branch is fetched. */
  token: string | undefined;
  progress: (line: string) => void;
  now: () => Date;
}

/**
 * Deletes from the model store what is older than `retention.store` of the default branch's assay.yml and needed by nothing. Evidence and
 * releases are never touched. What was interrupted is continued by doing it again.
 * @param dryRun nothing is deleted
 */
export async function pruneStore(dryRun: boolean, machine: PruneMachine): Promise<Retention & { storeDays: number }> {
  const { github, progress, now } = machine;
  const branch = await github.contents.defaultBranch();
  const tip = await github.contents.branchTip(branch);
  const law = await lawFromGitHub(github, tip ?? null, undefined);
  const storeDays = law?.spec.retention?.storeDays;
  if (!law || tip === undefined)
    throw new MissingDataError(`${branch} has no assay.yml that can be read, so nothing says what is needed.`);
  if (storeDays === undefined)
    throw new UsageError(
      `assay.yml on ${branch} does not say how long the model store keeps what is not needed. Write retention: {store: 180d}.`,
    );
  // Read before what needs it: what is stored from here on is not looked at.
  const stored = await listStored(github.releases);
  const released = await readReleased(github);
  const records = await readRecords(machine);
  const inUse = await readInUse([...law.spec.models.keys()], { branch, tip }, machine);
  const files = stored.map(({ file }) => file);
  const decided = decideRetention(files, records, { ...released, inUse }, { storeDays, now: now() });
  const goes = new Set(decided.goes.map(({ digest }) => digest));
  for (const { file, assetId } of stored) {
    if (dryRun || !goes.has(file.digest)) continue;
    progress(`Deleting ${file.digest.slice(0, 19)}…`);
    await github.releases.deleteAsset(assetId);
  }
  return { ...decided, storeDays };
}

async function readReleased({ releases }: GitHub): Promise<Omit<Needed, "inUse">> {
  const released = new Set<string>();
  const shipped = new Set<Digest>();
  // Drafts too: a promotion may be on its way.
  for (const { id, tag, body } of await releases.list()) {
    if (isStoreTag(tag)) continue;
    const marked = markedAs(body);
    if (marked) released.add(marked.resultDigest);
    for (const { digest } of await releases.assets(id)) if (digest !== undefined) shipped.add(digest);
  }
  return { released, shipped };
}

/** All of the ledger's evidence, in one fetch. */
async function readRecords({ git, github, token }: PruneMachine): Promise<readonly NamedFiles[]> {
  const tip = await github.contents.branchTip(ledgerBranch);
  if (tip === undefined)
    throw new MissingDataError(
      `There is no branch ${ledgerBranch}, so nothing says what of the model store is needed. Nothing is deleted.`,
    );
  if ((await git.resolve(tip)) === undefined) await git.fetchCommit(tip, token);
  const paths = (await git.listTreeRaw(tip, ["evidence"]))
    .toString("utf8")
    .split("\0")
    .filter((line) => / blob /.test(line))
    .map((line) => line.slice(line.indexOf("\t") + 1));
  const found = await git.readMany(tip, paths, maxEvidenceBytes);
  const missing = paths.find((path) => !found.has(path));
  if (missing !== undefined)
    throw new MissingDataError(
      `${missing} on branch ${ledgerBranch} has more than ${maxEvidenceBytes} bytes, so what it needs is not known. Nothing is deleted.`,
    );
  return [...found].map(([path, bytes]) => {
    const text = bytes.toString("utf8");
    try {
      return filesNamedBy(parseEvidence(text, path));
    } catch (error) {
      if (error instanceof AssayError) return filesNamedIn(text);
      throw error;
    }
  });
}

/** Inputs of the default branch and of tagged versions, which may be promoted yet, and whose they are. */
async function readInUse(
  models: readonly string[],
  { branch, tip }: { branch: string; tip: string },
  machine: PruneMachine,
): Promise<ReadonlyMap<string, string>> {
  const inUse = new Map<string, string>();
  for (const model of models) {
    const { versions = [] } = readRegistry((await readModelTags(model, machine)).annotated).models.get(model) ?? {};
    for (const { version, commit } of versions.filter(isActiveVersion)) {
      const hash = await inputsOf(model, commit, machine);
      if (hash !== undefined) inUse.set(hash, `${model} ${version} is tagged and of these inputs`);
    }
    const hash = await inputsOf(model, tip, machine);
    if (hash !== undefined) inUse.set(hash, `the baseline of ${model} on ${branch}`);
  }
  return inUse;
}

/** Undefined of a tree that cannot be planned: nothing can be promoted of it, or compared with it. */
async function inputsOf(model: string, commit: string, { git, files, token }: PruneMachine): Promise<string | undefined> {
  if ((await git.resolve(commit)) === undefined) await git.fetchCommit(commit, token);
  const request = { git, files, lookup: noRunLookup, target: { commit }, base: null, event: "push", models: [model] } as const;
  try {
    return (await planChange(request)).models[0]?.candidate.inputHash;
  } catch (error) {
    if (!(error instanceof AssayError) || error instanceof GitHubError) throw error;
    return undefined;
  }
}
