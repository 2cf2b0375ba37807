import { finiteValues, inferType, type PandasColumn, valueCounts } from "../../../src/drift/evidently/columns.ts";
import { compareLikeEvidently } from "../../../src/drift/evidently/compare-like-evidently.ts";
import { type EvidentlyMeasure, measureSides, numbers, type Side } from "../../../src/drift/evidently/measures.ts";
import { type GoldenTable, madeTable } from "./columns.ts";

const measures = ["ks", "wasserstein", "chi-square", "z", "js", "psi", "kl"] as const satisfies readonly EvidentlyMeasure[];

/** What our preset says otherwise than Evidently did, and the largest difference of two numbers. */
export interface Differences {
  said: string[];
  largest: number;
  compared: number;
}

export function evidentlyDifferences(table: GoldenTable): Differences {
  const [reference, current] = [madeTable(table, 0), madeTable(table, 1)];
  const result = compareLikeEvidently(reference, current);
  const differences: Differences = { said: [], largest: 0, compared: 0 };
  const about = (name: string) => `${name}, ${table.rows.join(" against ")} rows`;
  const equal = (name: string, ours: unknown, theirs: unknown) => {
    differences.compared++;
    if (ours !== theirs) differences.said.push(`${about(name)}: ${String(ours)}, Evidently ${String(theirs)}`);
  };
  const near = (name: string, ours: number, theirs: number) => {
    differences.compared++;
    const difference = Math.abs(ours - theirs) / Math.max(1, Math.abs(theirs));
    if (!(difference <= 1e-6)) differences.said.push(`${about(name)}: ${ours}, Evidently ${theirs}`);
    differences.largest = Math.max(differences.largest, difference);
  };
  for (const [i, { name, is }] of table.columns.entries()) {
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
  if (table.dataset !== null) {
    equal("drifted columns", result.drifted, table.dataset.drifted);
    near("share of drifted columns", result.dataset?.share ?? Number.NaN, table.dataset.share);
    equal("dataset", result.dataset?.drifted, table.dataset.isDrift);
  }
  return differences;
}

function sideOf(column: PandasColumn, type: string): Side {
  if (column.dtype === "datetime") throw new Error("Times are not compared.");
  return type === "numerical" && "values" in column
    ? numbers(finiteValues(column), column.dtype === "int")
    : { kind: "categories", counts: valueCounts(column) };
}
