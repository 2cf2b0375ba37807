import { below, exactlyOne, isMap, type Loose, listOf, type Report } from "../rule.ts";
import { checkGrid } from "./grid.ts";
import type { WrittenModel } from "./model.ts";
import { checkRecipe } from "./recipe.ts";

export function checkTrain({ task, train }: WrittenModel, reportModel: Report): void {
  if (train === undefined) return;
  const report = below(reportModel, "train");
  exactlyOne(train, ["run", "trainer"], report, "Write run: with your own command, or trainer: tfjs with a recipe.");
  if (train.trainer === "tfjs" && train.run === undefined) checkTfjs(train, report);
  if (train.trainer === "tfjs" && isMap(train.outputs))
    report(["outputs"], "The tfjs trainer knows what it writes.", "Remove outputs.");
  if (train.trainer === undefined && typeof train.run === "string") {
    for (const key of ["recipe", "module", "backend"]) {
      if (train[key] !== undefined)
        report([key], "This key has an effect only with trainer: tfjs.", `Remove ${key}, or replace run by trainer: tfjs.`);
    }
  }
  for (const [index, file] of (isMap(train.inputs) ? listOf(train.inputs.params) : []).entries())
    if (isMap(file) && Object.keys(file).length !== 1)
      report(["inputs", "params", index], "A map of parameter keys is of one file.", "Write one entry a file.");
  checkSeeds(train, report);
  checkGrid(train, task, report);
  if (train.engine !== undefined && train.trainer !== undefined)
    report(["engine"], "An engine runs a command, and trainer: tfjs trains on the runner.", "Remove engine, or train by run.");
  if (train.engine !== undefined && train.grid !== undefined)
    report(["engine"], "The experiments of a grid run on the runner.", "Remove engine, or the grid with its select.");
  if (train.engine !== undefined && train["gpu-memory"] !== undefined)
    report(["gpu-memory"], "Memory is looked at on the runner, and this training runs on an engine.", "Remove gpu-memory.");
  if (train["gpu-memory"] !== undefined && train.gpus === undefined)
    report(["gpu-memory"], "Memory is of GPUs, and gpus is not there.", "Write gpus: 1 beside it.");
  if (!isMap(train.recipe)) return;
  if (task === "multilabel" || task === "scored")
    report(
      ["recipe"],
      `A recipe trains for binary, multiclass and regression tasks, and this task is ${task}.`,
      "Train by a command or a module.",
    );
  checkRecipe(train.recipe, below(report, "recipe"));
}

function checkTfjs({ recipe, module }: Loose, report: Report): void {
  if (recipe === undefined && module === undefined)
    report(["recipe"], "recipe or module is missing.", "Add a recipe with data, target and features.");
  if (recipe !== undefined && module !== undefined) report(["module"], "Both recipe and module are there.", "Keep one of them.");
}

function checkSeeds(train: Loose, report: Report): void {
  const seeds = listOf(train.seeds);
  const seen = new Set<unknown>();
  for (const [index, seed] of seeds.entries()) {
    if (!Number.isInteger(seed)) continue;
    if (seen.has(seed)) report(["seeds", index], `The seed ${seed} is named twice.`, "Name each seed once.");
    seen.add(seed);
  }
  const [first] = seeds;
  const own = isMap(train.recipe) ? train.recipe.seed : undefined;
  if (!Number.isInteger(own) || !Number.isInteger(first) || own === first) return;
  const other = seeds.length === 1 ? `${first} in train.seeds` : `${first} is the first of train.seeds`;
  report(
    ["recipe", "seed"],
    `The seed is ${own} here and ${other}.`,
    seeds.length === 1 ? "Keep one of them." : "Remove it here.",
  );
}
