import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseSpec } from "../../src/spec/parse-spec.ts";
import type { Model } from "../../src/spec/spec.ts";

const examples = ["penguins", "breast-cancer-python"];

function read(example: string, path: string): string {
  return readFileSync(new URL(`../../examples/${example}/${path}`, import.meta.url), "utf8");
}

function onlyModel(example: string): Model {
  const [model] = parseSpec(read(example, "assay.yml"), "assay.yml").models.values();
  if (!model) throw new Error("no model");
  return model;
}

/** None of the examples' cells holds a comma or a quote. */
function csv(example: string, path: string): { columns: string[]; rows: string[][] } {
  const text = read(example, path);
  expect(text).not.toMatch(/["\r]/);
  const [columns = [], ...rows] = text
    .trimEnd()
    .split("\n")
    .map((line) => line.split(","));
  return { columns, rows };
}

describe.each(examples)("the example %s", (example) => {
  const model = onlyModel(example);
  const train = csv(example, model.train.inputs.data[0] ?? "");
  const test = csv(example, model.evaluate.data);

  it("has the columns that it declares", () => {
    expect(test.columns).toEqual(train.columns);
    expect(test.columns).toContain(model.evaluate.id);
    expect(test.columns).toContain(model.evaluate.target);
    const { trainer } = model.train;
    if (trainer.kind === "tfjs" && "recipe" in trainer.how) {
      const { numeric, categorical } = trainer.how.recipe.features;
      for (const name of [...numeric, ...categorical, trainer.how.recipe.target]) expect(train.columns).toContain(name);
    }
  });

  it("has rows of one length and ids that name one row each", () => {
    for (const row of [...train.rows, ...test.rows]) expect(row).toHaveLength(train.columns.length);
    const at = train.columns.indexOf(model.evaluate.id ?? "");
    const ids = [...train.rows, ...test.rows].map((row) => row[at]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("has no row in both tables, whatever its id", () => {
    const at = train.columns.indexOf(model.evaluate.id ?? "");
    const withoutId = (row: string[]) => row.toSpliced(at, 1).join(",");
    const trained = new Set(train.rows.map(withoutId));
    expect(test.rows.map(withoutId).filter((row) => trained.has(row))).toEqual([]);
  });

  it("has every label in both tables", () => {
    const at = train.columns.indexOf(model.evaluate.target ?? "");
    const labels = (rows: string[][]) => [...new Set(rows.map((row) => row[at]))].sort();
    expect(labels(test.rows)).toEqual(labels(train.rows));
    if (model.evaluate.positive !== undefined) expect(labels(test.rows)).toContain(model.evaluate.positive);
  });

  it("calls the reusable workflow at a pinned commit", () => {
    expect(read(example, ".github/workflows/models.yml")).toMatch(
      /uses: assay-ml\/assay\/\.github\/workflows\/model-ci\.yml@[0-9a-f]{40} # /,
    );
  });
});
