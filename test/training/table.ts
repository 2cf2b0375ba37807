import { seededRandom } from "../../src/training/seeded-random.ts";

/** A table of made-up measurements as CSV, with some values missing: `size` and `colour` say most about `kind` and `price`. */
export function createCsv(rows: number, seed = 1): string {
  const random = seededRandom(seed);
  const lines = Array.from({ length: rows }, (_, row) => {
    const kind = row % 3;
    const size = random() < 0.05 ? "" : (kind * 2 + random()).toFixed(3);
    const colour = random() < 0.05 ? "" : (["red", "green", "blue"][random() < 0.8 ? kind : 0] ?? "");
    return `r${row},${size},${(random() * 100).toFixed(2)},${colour},${["ant", "bee", "cat"][kind]},${(kind * 50 + random() * 5).toFixed(2)}`;
  });
  return `id,size,noise,colour,kind,price\n${lines.join("\n")}\n`;
}

export interface DeclaredRecipe {
  task?: "binary" | "multiclass" | "regression";
  target?: string;
  /** Further lines of the recipe, in YAML. */
  more?: readonly string[];
  backend?: string;
}

/** `assay.yml` of a model of that table. */
export function recipeSpec({ task = "multiclass", target = "kind", more = [], backend = "wasm" }: DeclaredRecipe = {}): string {
  const given = new Set(more.map((line) => line.slice(0, line.indexOf(":"))));
  const lines = [
    "features: {numeric: [size, noise], categorical: [colour]}",
    "layers: [{dense: 8, activation: relu}]",
    "optimizer: {adam: 0.02}",
    "epochs: 20",
  ].filter((line) => !given.has(line.slice(0, line.indexOf(":"))));
  return `version: 1
models:
  table:
    task: ${task}
    train:
      trainer: tfjs
      backend: ${backend}
      recipe:
        data: train.csv
        target: ${target}
${[...lines, ...more].map((line) => `        ${line}`).join("\n")}
    evaluate: {data: test.csv, id: id, target: ${target}, metrics: [${task === "regression" ? "root_mean_squared_error" : "accuracy"}]}
`;
}
