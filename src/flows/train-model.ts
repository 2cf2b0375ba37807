import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { AssayError, UsageError } from "../errors/errors.ts";
import { type Evidence, evidenceSchemaId, type Source, type Training } from "../evidence/evidence.ts";
import { describeRun } from "../plan/describe-run.ts";
import type { PlannedRun } from "../plan/plan.ts";
import type { Tree } from "../plan/tree.ts";
import { commitTree } from "../plan/tree.ts";
import type { Model, Spec } from "../spec/spec.ts";
import { checkMachine } from "../training/check-machine.ts";
import { commandEnvironment } from "../training/command-environment.ts";
import { createEngine } from "../training/create-engine.ts";
import { createTrainer } from "../training/create-trainer.ts";
import type { Engine } from "../training/engine.ts";
import { withGpus } from "../training/gpu/preflight.ts";
import { watchGpus } from "../training/gpu/watch-gpus.ts";
import { watchProgress } from "../training/progress/watch-progress.ts";
import { cancelledBy, type TrainingFailure } from "../training/shell-outcome.ts";
import type { TrainerSetting } from "../training/trainer-setting.ts";
import { createCheckpoints } from "./checkpoints.ts";
import type { Machine, RunIdentity } from "./context.ts";
import { partialFilesName, runFilesName, trainingFolder } from "./job-files.ts";
import { evidenceText, keepSealed } from "./keep-evidence.ts";
import { obtainData } from "./obtain-data.ts";

/** As long as evidence may quote. */
const maxMessage = 4_000;

export interface TrainRequest {
  planned: PlannedRun;
  spec: Spec;
  model: Model;
  /** The tree that is trained, and the folder in which it is checked out. */
  tree: Tree;
  folder: string;
  identity: RunIdentity;
  /** Waits for a training that might be handed off, since nothing else is missing. */
  waits?: boolean;
}

/**
 * Trains one model at one commit, once a seed, and keeps models and begun evidence under the run's name; when a training
 * failed under another one, with its evidence sealed, so that nothing that is known is lost.
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

  const source: Source = { ...identity, commit: planned.commit };
  const runFolder = await machine.files.makeTemporaryFolder("assay-run-");
  const isPinned = description.unpinned.size === 0;
  const engine = await engineOf(request, { source, isPinned }, machine);
  const { unfit, chosen } = await examine(request, { runFolder, engine }, machine);
  const environment = withGpus(machine.environment, chosen);
  const { trainings, unfinished } = unfit
    ? { trainings: [unfit] }
    : await trainSeeds(request, { runFolder, source, isPinned, engine }, { ...machine, environment });
  const evidence: Evidence = {
    schema: evidenceSchemaId,
    model: model.name,
    task: model.task,
    inputHash: planned.inputHash,
    inputs: description.inputs,
    source,
    trainings,
    evaluations: [],
    waivers: [],
  };
  const completed = trainings.every(({ outcome }) => outcome === "completed");
  const name = completed ? runFilesName : partialFilesName;
  await machine.files.write(join(runFolder, "evidence.json"), evidenceText(evidence));
  await machine.jobFiles.keep(name(model.name, planned.inputHash), runFolder);
  await machine.files.remove(runFolder);
  // Nothing will be evaluated: the report, or the evaluation of the other model, reads here why.
  const kept = completed ? evidence : await keepSealed(evidence, {}, machine);
  // Last, since it is the largest and a cancelled job has seconds.
  await unfinished?.();
  return kept;
}

/** Where the model's command runs, if not here. */
async function engineOf(
  { model, planned, waits = false }: TrainRequest,
  { source, isPinned }: Pick<RunSetting, "source" | "isPinned">,
  { environment, secrets, files }: Machine,
): Promise<Engine | undefined> {
  const { repository } = source;
  const scope = engineScope(source, isPinned);
  const origin = { repository, scope, model: model.name, inputHash: planned.inputHash };
  return createEngine(model, { origin, waits, environment: { ...environment, ...secrets }, files });
}

/**
 * Who may go on with whose training: the runs of one pull request, and those of one commit. A run of a protected branch so never
 * finds what a pull request began. What has no content id may differ between two runs, and is shared by the attempts of one.
 */
function engineScope({ pullRequest, commit, run }: Source, isPinned: boolean): string {
  const whose = run === undefined ? "by-hand" : pullRequest === undefined ? `commit/${commit}` : `pull/${pullRequest}`;
  return isPinned ? whose : `${whose}/run-${run?.id ?? randomUUID()}`;
}

/** The GPUs chosen for the training, or with `unfit` the training as the machine's check ended it. */
async function examine(
  { model, folder }: TrainRequest,
  { runFolder, engine }: Pick<RunSetting, "runFolder" | "engine">,
  machine: Machine,
): Promise<{ unfit?: Training; chosen?: readonly number[] | undefined }> {
  const [startedAt, started] = [new Date().toISOString(), performance.now()];
  const folders = [join(folder, model.train.workingDirectory), runFolder];
  const { problems, warnings, chosen } = engine ? await engine.check() : await checkMachine({ ...machine, model, folders });
  // The trainer says that the job was cancelled.
  if (machine.signal.aborted) return {};
  for (const warning of warnings) machine.progress(`Warning: ${warning}`);
  if (problems.length === 0) {
    if (chosen) machine.progress(`Training on GPU ${chosen.join(" and ")} of this machine.`);
    return { chosen };
  }
  const unfit: Training = {
    seed: model.train.seeds[0],
    trainer: model.train.trainer.kind,
    startedAt,
    durationSeconds: (performance.now() - started) / 1_000,
    outcome: "failed",
    message: `This machine cannot train ${model.name}, and nothing was run: ${problems.join(" ")}`.slice(0, maxMessage),
    unfit: true,
  };
  return { unfit };
}

interface RunSetting {
  runFolder: string;
  source: Source;
  /** The input hash covers all that determines the run. */
  isPinned: boolean;
  /** Undefined: this machine trains. */
  engine: Engine | undefined;
}

/**
 * One training a seed, up to the first that does not complete: without it there is no run, and the rest would be for nothing.
 * @returns `unfinished` keeps what that one left for the next attempt
 */
async function trainSeeds(
  { model, planned, tree, folder }: TrainRequest,
  { runFolder, source, isPinned, engine }: RunSetting,
  machine: Machine,
): Promise<{ trainings: Training[]; unfinished?: () => Promise<void> }> {
  const { processes, files, environment, signal, output, progress } = machine;
  const { seeds, timeoutMinutes, workingDirectory } = model.train;
  const obtain: TrainerSetting["obtainData"] = (run) =>
    obtainData({ model, tree, folder, paths: model.train.inputs.data, checked: "lfs" }, machine, run).catch((error: unknown) =>
      failureOfData(error, signal),
    );
  const trainer = createTrainer({ model, processes, files, environment, obtainData: obtain }, engine);
  const trainings: Training[] = [];
  for (const [index, seed] of seeds.entries()) {
    const which = seeds.length === 1 ? `seed ${seed}` : `seed ${seed} (${index + 1} of ${seeds.length})`;
    progress(`Training ${model.name} with ${which}: ${planned.because.join("; ")}`);
    const partial = await files.makeTemporaryFolder("assay-partial-");
    const checkpoints = createCheckpoints({ model: model.name, planned, seed, source, folder: partial }, machine);
    await checkpoints.open(isPinned);
    const gpus = engine
      ? undefined
      : watchGpus(processes, {
          env: commandEnvironment({ environment, declared: {} }),
          visible: environment["CUDA_VISIBLE_DEVICES"],
        });
    const written = trainingFolder(runFolder, seed);
    const folders = [join(folder, workingDirectory), written, checkpoints.folder] as const;
    const said = await watchProgress({ files, folders, output, progress });
    const trained = await trainer.train({
      model: model.name,
      workingDirectory: join(folder, workingDirectory),
      tracked: () => trackedBelow(tree, workingDirectory),
      runFolder: written,
      checkpointFolder: checkpoints.folder,
      checkpointed: checkpoints.keepWhenDue,
      commandEnded: said.readFiles,
      seed,
      env: declaredEnvironment(model, machine),
      ...{ timeoutMinutes, signal, output: said.output, progress },
    });
    const history = await said.stop();
    const use = gpus?.stop({ declared: model.train.gpus, seconds: trained.durationSeconds });
    const training: Training = { ...(trained.history ? {} : history), ...trained, ...(use && { gpus: use }) };
    const close = async () => {
      await checkpoints.close(training);
      await files.remove(partial);
    };
    const named = seeds.length === 1 || training.outcome === "completed" ? training : naming(which, training);
    trainings.push(named);
    if (training.outcome !== "completed" && training.outcome !== "handed-off") {
      const left = seeds.slice(index + 1);
      if (left.length > 0) progress(`${model.name} is not trained with seed ${left.join(", ")}: seed ${seed} did not complete.`);
      return { trainings, unfinished: close };
    }
    await close();
  }
  return { trainings };
}

/** Data that cannot be had ends the training; anything else is a bug and is thrown. */
function failureOfData(error: unknown, signal: AbortSignal): TrainingFailure {
  if (signal.aborted) return cancelledBy(String(signal.reason));
  if (error instanceof AssayError) return { outcome: "failed", message: error.message.slice(0, maxMessage) };
  throw error;
}

async function trackedBelow(tree: Tree, folder: string): Promise<{ path: string; mode: string }[]> {
  const entries = await tree.list([folder]);
  if (folder === ".") return [...entries];
  return entries.map(({ path, mode }) => ({ path: path.slice(folder.length + 1), mode }));
}

function naming(which: string, training: Training): Training {
  const message = `With ${which}: ${training.message ?? `training ended as ${training.outcome}.`}`;
  return { ...training, message: message.slice(0, maxMessage) };
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
export function declaredEnvironment(
  model: Model,
  { environment, secrets = {} }: Pick<Machine, "environment" | "secrets">,
): Record<string, string> {
  const entries = model.train.env.map((name) => [name, secrets[name] ?? environment[name]] as const);
  return Object.fromEntries(entries.filter((entry): entry is readonly [string, string] => entry[1] !== undefined));
}
