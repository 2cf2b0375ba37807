import { join } from "node:path";
import { MissingDataError } from "../errors/errors.ts";
import { shortDigest } from "../evidence/digest.ts";
import { collectEvidence, readJobFile } from "../flows/collect-evidence.ts";
import type { Machine, RunIdentity } from "../flows/context.ts";
import type { Records } from "../flows/fetch-run.ts";
import { createFolderJobFiles } from "../flows/folder-job-files.ts";
import { judge } from "../flows/judge.ts";
import { readLaw } from "../flows/read-law.ts";
import { createGitLedger } from "../ledger/git-ledger.ts";
import { createFolderStore } from "../model-store/folder-store.ts";
import type { Plan } from "../plan/plan.ts";
import { cancellation } from "../processes/cancellation.ts";
import type { Report } from "../report/report.ts";
import type { Law, Spec } from "../spec/spec.ts";
import { folderName, planWorkspace, type WorkspaceOptions } from "./plan-workspace.ts";
import { progress } from "./terminal.ts";

/** A repository on somebody's own machine, planned. */
export interface Workspace {
  machine: Machine;
  records: Records;
  plan: Plan;
  spec: Spec;
  base: Law | null;
  uncommitted: boolean;
  identity: RunIdentity;
}

/** Opens the repository of the current folder and plans it. */
export async function openWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const { files, git, processes, folder, plan, found } = await planWorkspace(options);
  const machine: Machine = {
    files,
    git,
    processes,
    jobFiles: createFolderJobFiles(files, join(folder, "runs")),
    environment: process.env,
    signal: cancellation(),
    output: (chunk) => process.stderr.write(chunk),
    progress,
    now: () => new Date(),
  };
  const uncommitted = found.target === "work-tree";
  const readHere = async (path: string) =>
    uncommitted ? files.readText(join(git.root, path)) : (await git.read(plan.commit, path))?.toString("utf8");
  const law = await readLaw(readHere, plan.commit, options.spec);
  if (!law) throw new MissingDataError("There is no assay.yml that can be read here; `assay validate` says what is wrong.");
  const baseCommit = plan.base === plan.commit && !uncommitted ? null : plan.base;
  return {
    machine,
    records: { ledger: createGitLedger(git, processes), store: createFolderStore(files, join(folder, "store")) },
    plan,
    spec: law.spec,
    base:
      baseCommit === null
        ? null
        : await readLaw(async (path) => (await git.read(baseCommit, path))?.toString("utf8"), baseCommit, options.spec),
    uncommitted,
    identity: { repository: "local" },
  };
}

/** Keeps `.assay/` out of commits without touching the user's own `.gitignore`. */
export async function ignoreWorkspaceFolder({ files, git }: Machine): Promise<void> {
  await files.write(join(git.root, folderName, ".gitignore"), "*\n");
}

/** Judges what was evaluated by hand: by base's rules where there are some, else by the tree's own. */
export async function judgeWorkspace(workspace: Workspace): Promise<Report> {
  const { plan, machine, spec, base } = workspace;
  const collected = await collectEvidence(
    { ...plan, models: plan.models.map((model) => ({ ...model, evaluate: true })) },
    readJobFile(machine),
  );
  const models = plan.models.filter(({ model }) => collected.evidence.has(model) || collected.refused.has(model));
  const missing = plan.models.filter(({ model, evaluate }) => evaluate && !models.some((found) => found.model === model));
  if (models.length === 0 && plan.models.length > 0)
    throw new MissingDataError(
      `Nothing has been evaluated for this tree (${plan.models.map(({ model, candidate }) => `${model} ${shortDigest(candidate.inputHash)}`).join(", ")}). ` +
        "Run `assay train` and `assay evaluate` first.",
    );
  const evidence = new Map(
    [...collected.evidence].map(([model, sealed]) => [model, { evidence: sealed, trust: "pull-request" as const }]),
  );
  return judge({
    repository: "local",
    serverUrl: "https://github.com",
    plan: { ...plan, models: [...models.map((model) => ({ ...model, evaluate: true })), ...missing] },
    law: base ?? { commit: plan.commit, spec },
    headSpec: spec,
    evidence,
    refused: collected.refused,
    jobs: [],
    links: {},
    today: machine.now().toISOString().slice(0, 10),
  });
}
