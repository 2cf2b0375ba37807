import { join } from "node:path";
import type { Files } from "../files/files.ts";
import { createNodeFiles } from "../files/node-files.ts";
import { runFilesName } from "../flows/job-files.ts";
import { createCommandGit } from "../git/command-git.ts";
import type { Git, WorkTreeStatus } from "../git/git.ts";
import type { DefaultBase } from "../plan/default-base.ts";
import type { Plan } from "../plan/plan.ts";
import { type FoundRun, noRunLookup, type RunLookup } from "../plan/run-lookup.ts";
import type { ListedCommit } from "../plan/side.ts";
import { createNodeProcesses } from "../processes/node-processes.ts";
import type { Processes } from "../processes/processes.ts";

/** Where runs made by hand are kept, at the root of the repository; it ignores itself. */
export const folderName = ".assay";

export interface WorkspaceOptions {
  spec?: string | undefined;
  base?: string | undefined;
  /** Training was asked for: what nothing changed has a run afterwards too. */
  asked?: boolean;
}

/** The repository of the current folder, planned. */
export interface PlannedWorkspace {
  files: Files;
  git: Git;
  processes: Processes;
  /** Where runs made by hand are kept. */
  folder: string;
  plan: Plan;
  /** What is compared with what. */
  found: DefaultBase;
}

export async function planWorkspace(options: WorkspaceOptions): Promise<PlannedWorkspace> {
  const processes = createNodeProcesses();
  const files = createNodeFiles();
  const git = await createCommandGit(process.cwd(), processes);
  const { spec: specPath, base: revision, asked } = options;
  const begun = (await concernsEverything(git, files, specPath)) ? await lookEverywhere(git) : {};
  const { planHere } = await import("../flows/plan-change.ts");
  const folder = join(git.root, folderName);
  const lookup = folderLookup(files, folder);
  const planned = await planHere({ git, files, lookup, specPath, revision, asked, event: "manual", ...begun });
  return { files, git, processes, folder, ...planned };
}

/** A guess, for speed only: where neither key narrows it, a model's code is the whole repository. */
async function concernsEverything({ root }: Git, files: Files, specPath = "assay.yml"): Promise<boolean> {
  const text = await files.readText(join(root, specPath));
  return text !== undefined && !/\bcode:|\bworking-directory: *[^. ]/.test(text);
}

/** What takes git longest goes on while the rest is loaded. */
async function lookEverywhere(git: Git): Promise<{ status: Promise<WorkTreeStatus>; listed: ListedCommit | undefined }> {
  const status = git.status();
  status.catch(() => {});
  const head = await git.resolve("HEAD");
  if (head === undefined) return { status, listed: undefined };
  const listing = git.listTreeRaw(head);
  listing.catch(() => {});
  return { status, listed: { commit: head, listing } };
}

/** Runs that were made by hand in this clone. */
function folderLookup(files: Files, folder: string): RunLookup {
  async function findRun(model: string, inputHash: FoundRun["run"]["inputHash"]): Promise<FoundRun | undefined> {
    const artifactName = runFilesName(model, inputHash);
    if (!(await files.exists(join(folder, "runs", artifactName)))) return undefined;
    return { run: { kind: "artifact", inputHash, artifactName, origin: `${folderName}/runs/${artifactName}` }, mayReuse: true };
  }
  return {
    ...noRunLookup,
    findRun,
    findPoint: findRun,
    async findBaseline(model, inputHash) {
      const found = await findRun(model, inputHash);
      return found ? { kind: "recorded", run: found.run } : { kind: "none" };
    },
  };
}
