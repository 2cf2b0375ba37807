import { type DataRule, isTable } from "./data-rule.ts";
import { dataFile } from "./paths.ts";
import type { Model } from "./spec.ts";

/** Paths of the training data that are tables, without `.dvc`; globs stand for the files together. */
export function trainingTables({ train }: Pick<Model, "train">): string[] {
  return train.inputs.data.filter(isTable).map(dataFile);
}

/** Whether the law looks for what is wrong with the data of a change. */
export function looksForFaults({ data, gates }: Pick<Model, "data" | "gates">): boolean {
  return data.rules.length > 0 || gates.some((gate) => gate.data?.check === "quality");
}

/**
 * What a table has to keep: its own rules, and of a training table those that name none.
 * @param path as the model names it
 */
export function rulesOfTable(rules: readonly DataRule[], path: string, role: "training" | "test"): DataRule[] {
  return rules.filter(({ table }) => (table === undefined ? role === "training" : dataFile(table) === dataFile(path)));
}
