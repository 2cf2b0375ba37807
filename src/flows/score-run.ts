import { join } from "node:path";
import { createScorer } from "../scoring/create-scorer.ts";
import { joinPredictions } from "../scoring/join.ts";
import type { Predictions } from "../scoring/predictions.ts";
import { readPredictions } from "../scoring/predictions-file.ts";
import type { TestSetRows } from "../scoring/test-set.ts";
import type { Model } from "../spec/spec.ts";
import type { Machine } from "./context.ts";
import { commandsOf } from "./model-commands.ts";
import { inWorktree } from "./train-model.ts";

export interface ScoreRequest {
  model: Model;
  /** `scored` tasks: scores that must be there in every row. */
  scores: readonly string[];
  /** One a training. */
  modelFolders: readonly string[];
  /** Commit whose predict code and environment score the model; undefined: the tree that is checked out. */
  worktreeOf: string | undefined;
  test: TestSetRows;
  /** Predictions of exactly these rows that were kept, a file a training. */
  kept: readonly string[] | undefined;
}

/** A run's predictions of the test rows, one a training: those that were kept, else scored now. */
export async function scoreRun(
  request: ScoreRequest,
  machine: Machine,
): Promise<{ predictions: readonly Predictions[]; how: "kept" | "rescored" }> {
  const { model, test, kept } = request;
  const { positive, classes } = model.evaluate;
  const contract = { truth: test.truth, task: model.task, positive, classes, scores: request.scores };
  if (kept) {
    const predictions: Predictions[] = [];
    for (const file of kept) predictions.push(joinPredictions(await readPredictions(file, { files: machine.files }), contract));
    return { predictions, how: "kept" };
  }
  // Only a command needs the commit's own files; Assay's scorers need the model alone.
  const command = model.evaluate.predict.kind === "command";
  const predictions =
    command && request.worktreeOf !== undefined
      ? await inWorktree(machine, request.worktreeOf, score)
      : await score(machine.git.root);
  return { predictions, how: "rescored" };

  async function score(repositoryFolder: string): Promise<readonly Predictions[]> {
    const workingDirectory = join(repositoryFolder, model.train.workingDirectory);
    const { env, setUp } = commandsOf(model, repositoryFolder, machine);
    // Every time: on a fresh runner nothing was set up for a run that is reused, and the other model's setup may have come between.
    if (command) await setUp();
    const predictions: Predictions[] = [];
    for (const modelFolder of request.modelFolders) {
      const raw = await scorerOf(modelFolder, workingDirectory, env).score(test.rows);
      predictions.push(joinPredictions(raw, contract));
    }
    return predictions;
  }

  function scorerOf(modelFolder: string, workingDirectory: string, env: Readonly<Record<string, string>>) {
    return createScorer({
      predict: model.evaluate.predict,
      task: model.task,
      modelFolder,
      workingDirectory,
      classes: model.evaluate.classes,
      positive: model.evaluate.positive,
      env,
      timeoutMinutes: model.train.timeoutMinutes,
      processes: machine.processes,
      files: machine.files,
      signal: machine.signal,
      output: machine.output,
    });
  }
}
