import { didYouMean } from "../did-you-mean.ts";
import { parameterOf } from "../grid.ts";
import { maxPoints } from "../grid-schema.ts";
import { recipeSchema } from "../recipe-schema.ts";
import { below, isMap, type Loose, listOf, once, type Report } from "../rule.ts";
import type { Task } from "../spec.ts";

/** They decide which rows are held out: numbers of different rows say nothing of each other. */
const decidesHeldOutRows = /^(data|target|validation|seed|missing)(\.|$)/;
const heldOut = ["val_loss", "val_accuracy"];

export function checkGrid(train: Loose, task: Task | undefined, report: Report): void {
  const { grid, select } = train;
  if (grid === undefined) {
    if (select !== undefined)
      report(["select"], "select chooses among the points of a grid, and there is none.", "Add grid, or remove select.");
    return;
  }
  if (select === undefined)
    report(
      ["select"],
      "select is missing: nothing says which point of the grid is best.",
      "Add {reported: val_loss, better: lower}.",
    );
  if (!isMap(grid)) return;
  const parameters = Object.entries(grid);
  if (parameters.length === 0) report(["grid"], "The grid has no parameter.", "Write {optimizer.adam: [0.01, 0.003]}.");
  const points = parameters.reduce((count, [, values]) => count * listOf(values).length, 1);
  if (points > maxPoints)
    report(["grid"], `The grid has ${points} points, more than ${maxPoints}.`, "Name fewer parameters or values.");
  for (const [name, values] of parameters) checkDuplicates(listOf(values), below(report, "grid", name));
  if (isMap(train.recipe)) {
    for (const [name, values] of parameters)
      checkRecipeParameter(train.recipe, name, listOf(values), below(report, "grid", name));
    if (isMap(select)) checkHeldOut(train.recipe, task, select, below(report, "select"));
  } else
    checkParameters(
      train,
      parameters.map(([name]) => name),
      report,
    );
}

function checkDuplicates(values: readonly unknown[], report: Report): void {
  for (const [index, value] of values.entries())
    if (values.indexOf(value) < index) report([index], `The value ${JSON.stringify(value)} is named twice.`, "Keep one of them.");
}

function checkRecipeParameter(recipe: Loose, name: string, values: readonly unknown[], report: Report): void {
  const parts = name.split(".");
  const found = parts.reduce<unknown>(
    (value, part) => (isHolder(value) && Object.hasOwn(value, part) ? value[part] : undefined),
    recipe,
  );
  if (found === undefined || typeof found === "object") {
    const known = leaves(recipe, "").filter((path) => !decidesHeldOutRows.test(path));
    const meant = didYouMean(name, known);
    const fix = meant === undefined ? `It has ${known.slice(0, 12).join(", ")}.` : `Did you mean ${meant}?`;
    report([], `The recipe has no single value at ${JSON.stringify(name)}.`, fix);
    return;
  }
  if (decidesHeldOutRows.test(name)) {
    report(
      [],
      `${name} decides which rows are held out, so that the numbers of its values could not be compared.`,
      "Remove it from the grid.",
    );
    return;
  }
  for (const [index, value] of values.slice(0, maxPoints).entries()) {
    if (isHolder(value)) continue;
    const placed = structuredClone(recipe);
    const holder = parts.slice(0, -1).reduce<unknown>((inner, part) => (isHolder(inner) ? inner[part] : undefined), placed);
    if (isHolder(holder)) holder[parts.at(-1) ?? ""] = value;
    const issue = recipeSchema()
      .safeParse(placed, once)
      .error?.issues.find(({ path }) => path.map(String).join(".") === name);
    const [be, fix] = issue?.message.split("\n") ?? [];
    if (issue) report([index], `${JSON.stringify(value)} is not ${be ?? "a value of it"}.`, fix ?? "Write one that is.");
  }
}

/** A map or a list, whose members are named alike here. */
function isHolder(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function leaves(value: unknown, path: string): string[] {
  if (!isHolder(value)) return [path];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === "" ? key : `${path}.${key}`));
}

function checkHeldOut(recipe: Loose, task: Task | undefined, { reported }: Loose, report: Report): void {
  if (recipe.validation === undefined || recipe.validation === 0)
    report(["reported"], "The recipe holds no rows out, so there is nothing to choose by.", "Add validation: 0.2 to the recipe.");
  const known = task === "regression" ? heldOut.slice(0, 1) : heldOut;
  if (typeof reported === "string" && !known.includes(reported))
    report(["reported"], `A recipe reports ${known.join(" and ")}, and no ${JSON.stringify(reported)}.`, "Write one of these.");
}

function checkParameters({ run, module, inputs, outputs }: Loose, names: readonly string[], report: Report): void {
  if (module !== undefined)
    report(["grid"], "A module reports no number to choose by.", "Train by a recipe or a command, or remove grid.");
  if (typeof run !== "string") return;
  if (outputs === undefined || (isMap(outputs) && outputs.metrics === undefined))
    report(
      ["select"],
      "The training command reports no numbers: train.outputs.metrics is missing.",
      "Add outputs: {metrics: metrics.json} to train.",
    );
  const files = listOf(isMap(inputs) ? inputs.params : undefined).flatMap((file) =>
    typeof file === "string" ? [{ path: file }] : isMap(file) ? Object.keys(file).map((path) => ({ path })) : [],
  );
  if (files.length === 0)
    report(
      ["grid"],
      "A grid sets values of parameter files, and train.inputs.params names none.",
      "Add inputs: {params: [params.yaml]} to train.",
    );
  else checkNames(names, files, below(report, "grid"));
}

function checkNames(names: readonly string[], files: readonly { path: string }[], report: Report): void {
  const seen = new Set<string>();
  for (const name of names) {
    const parameter = parameterOf(name, files);
    const identity = parameter && `${parameter.file}#${parameter.key}`;
    if (identity === undefined)
      report(
        [name],
        `${JSON.stringify(name)} does not say which parameter file it is in.`,
        `Write for example ${files[0]?.path}#${name.split("#").at(-1)}.`,
      );
    else if (seen.has(identity)) report([name], `${identity} is there twice.`, "Keep one of them.");
    else seen.add(identity);
  }
}
