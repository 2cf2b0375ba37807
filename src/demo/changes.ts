import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Change } from "./team.ts";

/** A change that makes the model better: it may look at the bill too. */
export const improvesTheModel: Change = {
  branch: "look-at-the-bill",
  title: "Tell species apart by their bills too",
  edit: (folder) => replaceIn(join(folder, "assay.yml"), "numeric: [", "numeric: [bill_length_mm, bill_depth_mm, "),
};

/** A further improvement. */
export const takesLargerSteps: Change = {
  branch: "take-larger-steps",
  title: "Train in larger steps",
  edit: (folder) => replaceIn(join(folder, "assay.yml"), "{ adam: 0.01 }", "{ adam: 0.02 }"),
};

/**
 * A change that damages the training data: labels joined by row number to rows that were sorted another way, and every fifth
 * penguin weighed in kilograms, not in grams.
 */
export const damagesTheData: Change = {
  branch: "refresh-training-data",
  title: "Refresh the training data",
  edit: (folder) => {
    const path = join(folder, "data", "penguins.csv");
    const [header = "", ...rows] = readFileSync(path, "utf8").trimEnd().split("\n");
    const column = header.split(",").indexOf("species");
    const mass = header.split(",").indexOf("body_mass_g");
    const shift = Math.floor(rows.length / 5);
    const damaged = rows.map((row, index) => {
      const cells = row.split(",");
      cells[column] = rows[(index + shift) % rows.length]?.split(",")[column] ?? "";
      if (index % 5 === 0) cells[mass] = String(Number(cells[mass]) / 1_000);
      return cells.join(",");
    });
    writeFileSync(path, `${[header, ...damaged].join("\n")}\n`);
  },
};

/** A further model, which the base branch has no rules for. */
export const addsAModel: Change = {
  branch: "predict-the-island",
  title: "Predict the island too",
  edit: (folder) => appendFileSync(join(folder, "assay.yml"), islandModel),
};

const islandModel = `
  island:
    task: multiclass
    train:
      trainer: tfjs
      recipe:
        data: data/penguins.csv
        target: island
        features: { numeric: [bill_length_mm, bill_depth_mm, flipper_length_mm, body_mass_g] }
        layers: [{ dense: 8, activation: relu }]
        optimizer: { adam: 0.01 }
        epochs: 40
        batch-size: 32
        validation: 0.2
        seed: 7
    evaluate:
      data: data/penguins-test.csv
      id: id
      target: island
      metrics: [accuracy, balanced_accuracy]
    gates:
      - { metric: accuracy, no-worse-than: 0.03 }
`;

function replaceIn(path: string, from: string, to: string): void {
  const text = readFileSync(path, "utf8");
  if (!text.includes(from)) throw new Error(`${path} has no "${from}" to change`);
  writeFileSync(path, text.replace(from, to));
}
