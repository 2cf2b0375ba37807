import { expect, it } from "vitest";
import { createClone } from "./clone.ts";

it("takes groups, weights and slices that base declares into the evidence, whatever the change says of them", () => {
  const { git, edit, commit, evaluate } = createClone();
  // Four rows a customer; every third row counts twice; two countries and one row without.
  edit("data/test.csv", (text) =>
    text
      .trim()
      .split("\n")
      .map((line, row) => {
        if (row === 0) return `${line},customer,weight,country`;
        return `${line},${String(Math.floor((row - 1) / 4)).padStart(3, "0")},${row % 3 === 0 ? 2 : 1},${row === 1 ? "" : row % 4 === 0 ? "PT" : "BR"}`;
      })
      .join("\n"),
  );
  edit("assay.yml", (text) =>
    text.replace(
      "metrics: [accuracy, roc_auc]",
      "metrics: [accuracy, roc_auc]\n      group: customer\n      weight: weight\n      slices: [country]",
    ),
  );
  commit();
  git("checkout", "-qb", "better");
  edit("params.yaml", (text) => text.replace("threshold: 40", "threshold: 50"));
  edit("assay.yml", (text) => text.replace(/ {6}group: customer\n {6}weight: weight\n {6}slices: \[country\]\n/, ""));

  const [evaluation] = evaluate().evaluations;
  expect(evaluation).toMatchObject({ group: { column: "customer", groups: 100 }, weight: "weight" });
  expect(evaluation?.slices?.map(({ column, value, rows, tooSmall }) => [column, value, rows, tooSmall])).toEqual([
    ["country", "BR", 299, undefined],
    ["country", "PT", 100, undefined],
    ["country", "", 1, true],
  ]);
  for (const comparison of evaluation?.slices?.[0]?.comparisons ?? []) expect(comparison).toMatchObject({ rows: 299 });
  expect(evaluation?.slices?.[0]?.comparisons).toHaveLength(2);
});
