import { type BrokenRule, below, isMap, type Report } from "./rule.ts";
import { checkColumns } from "./rules/columns.ts";
import { checkDataRules } from "./rules/data-rules.ts";
import { checkDrift } from "./rules/drift.ts";
import { checkGates } from "./rules/gates.ts";
import { checkLabels } from "./rules/labels.ts";
import { checkMetrics } from "./rules/metrics.ts";
import { readModel } from "./rules/model.ts";
import { checkPredict } from "./rules/predict.ts";
import { checkPromote } from "./rules/promote.ts";
import { checkTrain } from "./rules/train.ts";
import { checkWaivers } from "./rules/waivers.ts";
import type { YamlSource } from "./yaml-source.ts";

const maxModels = 100;

/** What is wrong between the keys of a file, whatever else is wrong with it. */
export function brokenRules({ value, position }: YamlSource): BrokenRule[] {
  const broken: BrokenRule[] = [];
  const report: Report = (path, message, fix, anyOf) =>
    broken.push({ code: "custom", path: [...path], message, params: { fix, anyOf } });
  if (!isMap(value) || !isMap(value.models)) return broken;
  const models = Object.entries(value.models);
  if (models.length === 0) report(["models"], "There is no model.", "Add one.");
  if (models.length > maxModels)
    report(["models"], `There are ${models.length} models, more than ${maxModels}.`, "Split the repository's models.");
  for (const [name, model] of models.slice(0, maxModels)) {
    if (!isMap(model)) continue;
    const read = readModel(model, (path) => position(["models", name, ...path]).line);
    for (const check of checks) check(read, below(report, "models", name));
  }
  return broken;
}

const checks = [
  checkTrain,
  checkLabels,
  checkPredict,
  checkColumns,
  checkMetrics,
  checkGates,
  checkWaivers,
  checkDataRules,
  checkPromote,
  checkDrift,
];
