import { join } from "node:path";
import { UsageError } from "../errors/errors.ts";
import { type Evidence, evidenceSchemaId, type Training } from "../evidence/evidence.ts";
import { describeRun } from "../plan/describe-run.ts";
import type { PlannedRun } from "../plan/plan.ts";
import type { Tree } from "../plan/tree.ts";
import { commitTree } from "../plan/tree.ts";
import type { Model, Spec } from "../spec/spec.ts";
import { createTrainer } from "../training/create-trainer.ts";
import type { Machine, RunIdentity } from "./context.ts";
import { partialFilesName, runFilesName } from "./job-files.ts";
import { evidenceText } from "./keep-evidence.ts";

export interface TrainRequest {
  planned: PlannedRun;
  spec: Spec;
  model: Model;
  /** The tree that is trained, and the folder in which it is checked out. */
  tree: Tree;
  folder: string;
  identity: RunIdentity;
}

/**
 * Trains one model at one commit, once a seed, and keeps model and begun evidence under the run's name: also when
 * training failed, so that nothing that is known is lost.
 * @throws UsageError when the checked-out tree is not the one that was planned
 */
export async function trainModel(request: TrainRequest, machine: Machine): Promise<Evidence> {
  const { planned, spec, model, identity } = request;
  const description = await describeRun(request.tree, spec, model);
  if (description.inputHash !== planned.inputHash)
    throw new UsageError(
      `${model.name}: the checked-out tree has input hash ${description.inputHash}, but ${planned.inputHash} was planned. ` +
        `Check out the same commit in every job (${planned.commit}) and let nothing change files before training.`,
    );

  const runFolder = await machine.files.makeTemporaryFolder("assay-run-");
  const { processes, files, environment } = machine;
  const trainer = createTrainer({ model, processes, files, environment });
  const trainings: Training[] = [];
  for (const seed of model.train.seeds) {
    machine.progress(`Training ${model.name} with seed ${seed}: ${planned.because.join("; ")}`);
    trainings.push(
      await trainer.train({
        model: model.name,
        workingDirectory: join(request.folder, model.train.workingDirectory),
        runFolder,
        checkpointFolder: join(runFolder, "checkpoints"),
        seed,
        env: declaredEnvironment(model, machine.environment),
        timeoutMinutes: model.train.timeoutMinutes,
        signal: machine.signal,
        output: machine.output,
        progress: machine.progress,
      }),
    );
  }

  const evidence: Evidence = {
    schema: evidenceSchemaId,
    model: model.name,
    task: model.task,
    inputHash: planned.inputHash,
    inputs: description.inputs,
    source: { ...identity, commit: planned.commit },
    trainings,
    evaluations: [],
    waivers: [],
  };
  const completed = trainings.every(({ outcome }) => outcome === "completed");
  const name = completed ? runFilesName : partialFilesName;
  // Checkpoints are partial work: what completed does not need them.
  if (completed) await machine.files.remove(join(runFolder, "checkpoints"));
  await machine.files.write(join(runFolder, "evidence.json"), evidenceText(evidence));
  await machine.jobFiles.keep(name(model.name, planned.inputHash), runFolder);
  await machine.files.remove(runFolder);
  return evidence;
}

/** Trains at another commit than the one checked out, in a work tree beside it. */
export async function trainElsewhere(request: Omit<TrainRequest, "tree" | "folder">, machine: Machine): Promise<Evidence> {
  return inWorktree(machine, request.planned.commit, (folder) =>
    trainModel({ ...request, tree: commitTree(machine.git, request.planned.commit), folder }, machine),
  );
}

/** Checks the commit out in a temporary folder for as long as `use` runs. */
export async function inWorktree<T>(machine: Machine, commit: string, use: (folder: string) => Promise<T>): Promise<T> {
  const parent = await machine.files.makeTemporaryFolder("assay-tree-");
  const folder = join(parent, "tree");
  if ((await machine.git.resolve(commit)) === undefined) await machine.git.fetchCommit(commit, machine.token);
  const worktree = await machine.git.addWorktree(commit, folder);
  try {
    return await use(folder);
  } finally {
    await worktree.remove();
    await machine.files.remove(parent);
  }
}

/** The declared variables that are set here. */
export function declaredEnvironment(model: Model, environment: Machine["environment"]): Record<string, string> {
  const entries = model.train.env.map((name) => [name, environment[name]] as const);
  return Object.fromEntries(entries.filter((entry): entry is readonly [string, string] => entry[1] !== undefined));
}
