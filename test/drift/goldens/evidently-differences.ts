import { finiteValues, inferType, type PandasColumn, valueCounts } from "../../../src/drift/evidently/columns.ts";
import { compareLikeEvidently } from "../../../src/drift/evidently/compare-like-evidently.ts";
import { type EvidentlyMeasure, measureSides, type Side } from "../../../src/drift/evidently/measures.ts";
import { createDifferenceFinder, type Differences } from "./differences.ts";
import type { EvidentlyGolden } from "./evidently-schema.ts";
import { madePandasTable } from "./made-columns.ts";

const measures = ["ks", "wasserstein", "chi-square", "z", "js", "psi", "kl"] as const satisfies readonly EvidentlyMeasure[];

export function evidentlyDifferences(golden: EvidentlyGolden): Differences {
  const [reference, current] = [madePandasTable(golden, 0), madePandasTable(golden, 1)];
  const result = compareLikeEvidently(reference, current);
  const { equal, near, found } = createDifferenceFinder(golden.rows);
  for (const [i, { name, is }] of golden.columns.entries()) {
    const [before, now] = [reference.columns[i], current.columns[i]];
    const column = result.columns.find((other) => other.name === name);
    if (!before || !now || !column) throw new Error(`Column ${name} was not made.`);
    equal(name, inferType(now), is.type);
    if (is.default === undefined) {
      equal(name, column.state, "not-compared");
      continue;
    }
    const [test] = column.tests;
    equal(name, test?.measure, is.default.measure);
    equal(name, column.state, is.default.drifted ? "drifted" : "stable");
    near(name, test?.pValue ?? test?.value ?? Number.NaN, is.default.score);
    for (const [byName, theirs] of Object.entries(is.byMeasure ?? {})) {
      const measure = measures.find((known) => known === byName);
      if (measure === undefined) throw new Error(`There is no measure ${byName}.`);
      const { score, drifted } = measureSides(measure, sideOf(before, is.type), sideOf(now, is.type));
      near(`${name} by ${measure}`, score, theirs.score);
      equal(`${name} by ${measure}`, drifted, theirs.drifted);
    }
  }
  if (golden.dataset !== null) {
    equal("drifted columns", result.drifted, golden.dataset.drifted);
    near("share of drifted columns", result.dataset?.share ?? Number.NaN, golden.dataset.share);
    equal("dataset", result.dataset?.drifted, golden.dataset.isDrift);
  }
  return found;
}

function sideOf(column: PandasColumn, type: string): Side {
  if (column.dtype === "datetime") throw new Error("Times are not compared.");
  return type === "numerical" && "values" in column
    ? { kind: "numbers", values: finiteValues(column), areIntegers: column.dtype === "int" }
    : { kind: "categories", counts: valueCounts(column) };
}
