import { join } from "node:path";
import { MissingDataError } from "../../errors/errors.ts";
import { shortDigest } from "../../evidence/digest.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import type { Git } from "../../git/git.ts";
import type { PlannedModel } from "../../plan/plan.ts";
import { noRunLookup } from "../../plan/run-lookup.ts";
import { compareRerun, type Rerun } from "../../release/verification/compare-rerun.ts";
import type { Spec } from "../../spec/spec.ts";
import type { Machine } from "../context.ts";
import { evaluatePlanned } from "../evaluate-planned.ts";
import { failureOf, RunFailedError } from "../failure.ts";
import type { Records } from "../fetch-run.ts";
import { createFolderJobFiles } from "../folder-job-files.ts";
import { planChange } from "../plan-change.ts";
import { readLaw } from "../read-law.ts";
import { inWorktree } from "../train-model.ts";
import { trainPlanned } from "../train-planned.ts";

export interface RerunRequest {
  /** What is recorded of the version. */
  evidence: Evidence;
  /** The version's annotated tag, as it was when it was released. */
  tag: { name: string; object: string };
  tolerance: number | undefined;
}

export interface RerunMachine extends Omit<Machine, "jobFiles"> {
  /** The repository whose work tree is at the folder. */
  openGit: (folder: string) => Promise<Git>;
}

/**
 * Trains and evaluates the version again, in a work tree of the tagged commit and by its own assay.yml, and compares what comes out
 * with what is recorded.
 * @throws MissingDataError when this clone lacks the tag, or the tagged tree its model
 */
export async function rerun({ evidence: recorded, tag, tolerance }: RerunRequest, machine: RerunMachine): Promise<Rerun> {
  const { files, git, openGit } = machine;
  const found = (await git.listTags()).find(({ name }) => name === tag.name);
  if (!found)
    throw new MissingDataError(`This clone has no annotated tag ${tag.name}. Fetch it: git fetch origin tag ${tag.name}.`);
  const { commit } = found;
  const moved =
    found.id === tag.object
      ? []
      : [`tag ${tag.name}: ${shortDigest(tag.object)} was released, this clone has ${shortDigest(found.id)}: somebody moved it`];
  const folder = await files.makeTemporaryFolder("assay-rerun-");
  const here = { ...machine, jobFiles: createFolderJobFiles(files, join(folder, "runs")) };
  try {
    return await inWorktree(here, commit, async (root) => {
      const checkedOut: Machine = { ...here, git: await openGit(root) };
      const { planned, spec } = await planAgain(recorded.model, commit, checkedOut);
      const plan = { schema: "assay.plan/v1", commit, base: null, event: "manual", models: [planned] } as const;
      const identity = { repository: recorded.source.repository };
      const request = { plan, model: recorded.model, spec, base: null, identity };
      await trainPlanned(request, checkedOut);
      const law = { commit, spec };
      const again = await evaluatePlanned({ planned, spec, law, base: null, identity }, checkedOut, nothingKept);
      const failure = failureOf(again);
      if (failure !== undefined) throw new RunFailedError(again, failure);
      const { outcome, differences } = compareRerun(recorded, again, tolerance);
      return { outcome: moved.length > 0 ? "diverged" : outcome, differences: [...moved, ...differences] };
    });
  } finally {
    await files.remove(folder);
  }
}

/** The tagged tree's training, whatever was trained before. */
async function planAgain(model: string, commit: string, { git, files }: Machine): Promise<{ planned: PlannedModel; spec: Spec }> {
  const law = await readLaw(async (path) => (await git.read(commit, path))?.toString("utf8"), commit, undefined);
  const request = { git, files, lookup: noRunLookup, target: { commit }, base: null, event: "push", models: [model] } as const;
  const [planned] = law ? (await planChange(request)).models : [];
  if (!law || !planned) throw new MissingDataError(`assay.yml of the tagged commit ${commit.slice(0, 7)} has no model ${model}.`);
  const { candidate } = planned;
  const again = { decision: "train", because: ["verified by training again"], run: undefined } as const;
  const points = candidate.points?.map((point) => ({ ...point, ...again }));
  return { planned: { ...planned, baseline: undefined, candidate: { ...candidate, ...again, points } }, spec: law.spec };
}

/** What was kept before would be compared with itself. */
const nothingKept: Records = {
  ledger: { findEvidence: async () => undefined, recordEvidence: async () => {} },
  store: { has: async () => false, put: async () => {}, get: async () => false },
};
