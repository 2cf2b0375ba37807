import { join } from "node:path";
import type { Files } from "../files/files.ts";
import { createNodeFiles } from "../files/node-files.ts";
import { runFilesName } from "../flows/job-files.ts";
import { createCommandGit } from "../git/command-git.ts";
import type { Git } from "../git/git.ts";
import type { DefaultBase } from "../plan/default-base.ts";
import type { Plan } from "../plan/plan.ts";
import type { FoundRun, RunLookup } from "../plan/run-lookup.ts";
import { createNodeProcesses } from "../processes/node-processes.ts";
import type { Processes } from "../processes/processes.ts";

/** Where runs made by hand are kept, at the root of the repository; it ignores itself. */
export const folderName = ".assay";

export interface WorkspaceOptions {
  spec?: string | undefined;
  base?: string | undefined;
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
  // Git takes longest for this: it looks at every file while the rest is loaded.
  const status = git.status();
  status.catch(() => {});
  const { planHere } = await import("../flows/plan-change.ts");
  const folder = join(git.root, folderName);
  const lookup = folderLookup(files, folder);
  const { spec: specPath, base: revision } = options;
  const planned = await planHere({ git, files, lookup, specPath, revision, event: "manual", status });
  return { files, git, processes, folder, ...planned };
}

/** Runs that were made by hand in this clone. */
function folderLookup(files: Files, folder: string): RunLookup {
  async function findRun(model: string, inputHash: FoundRun["run"]["inputHash"]): Promise<FoundRun | undefined> {
    const artifactName = runFilesName(model, inputHash);
    if (!(await files.exists(join(folder, "runs", artifactName)))) return undefined;
    return { run: { kind: "artifact", inputHash, artifactName, origin: `${folderName}/runs/${artifactName}` }, mayReuse: true };
  }
  return {
    findRun,
    async findBaseline(model, inputHash) {
      const found = await findRun(model, inputHash);
      return found ? { kind: "recorded", run: found.run } : { kind: "none" };
    },
  };
}
