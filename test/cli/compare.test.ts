import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { assay, temporaryFolder } from "./assay.ts";

const ids = Array.from({ length: 200 }, (_, index) => `row-${index}`);
const truth = (index: number) => index % 2;
/** Wrong in every `every`th row. */
const predicted = (index: number, every: number) => (index % every === 0 ? 1 - truth(index) : truth(index));
const predictions = (every: number) =>
  ["id,prediction", ...ids.map((id, index) => `${id},${predicted(index, every)}`)].join("\n");

const files = {
  "test.csv": ["id,x,label", ...ids.map((id, index) => `${id},0,${truth(index)}`)].join("\n"),
  "old.csv": predictions(5),
  "new.csv": predictions(20),
};

const options = [
  "--data",
  "test.csv",
  "--id",
  "id",
  "--target",
  "label",
  "--task",
  "binary",
  "--positive",
  "1",
  "--metrics",
  "accuracy",
];

function compare(changes: Readonly<Record<string, string>>, ...more: string[]) {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries({ ...files, ...changes })) writeFileSync(join(folder, name), text);
  return assay(folder, "compare", "old.csv", "new.csv", ...options, ...more);
}

describe("assay compare", () => {
  it("shows each metric of both, the change and its interval", () => {
    const { status, stdout, stderr } = compare({});
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^200 rows of test\.csv \([0-9a-f]+\)/);
    expect(stdout).toMatch(/\| accuracy \|\s+0\.80\d* \|\s+0\.95\d* \|\s+\+0\.15\d* \|\s+\+0\.\d+ to \+0\.\d+ \|/);
  });

  it("prints one JSON document", () => {
    const { status, stdout } = compare({}, "--json");
    expect(status).toBe(0);
    const { schema, testSet, comparisons } = JSON.parse(stdout);
    expect(schema).toBe("assay.comparison/v1");
    expect(testSet).toMatchObject({ path: "test.csv", rows: 200 });
    expect(comparisons).toMatchObject([{ metric: "accuracy", baseline: 0.8, candidate: 0.95, identical: false, rows: 200 }]);
    expect(comparisons[0].change).toBeCloseTo(0.15, 12);
    expect(comparisons[0].interval.low).toBeGreaterThan(0);
  });

  it("does not mind the order of rows", () => {
    const [head = "", ...rows] = files["new.csv"].split("\n");
    const reversed = compare({ "new.csv": [head, ...rows.reverse()].join("\n") });
    expect(reversed.stdout).toBe(compare({}).stdout);
  });

  it.each([
    ["a row of the test set is missing", files["new.csv"].replace(/^row-7,.*\n/m, ""), /row-7/],
    ["a row is of another test set", files["new.csv"].replace(/^row-7,/m, "other-7,"), /other-7/],
    ["a row is there twice", `${files["new.csv"]}\nrow-7,1`, /row-7/],
    ["there is no column `prediction`", files["new.csv"].replace("prediction", "answer"), /prediction/],
    ["it is empty", "", /^Predictions: new\.csv is empty/],
    [
      "predictions are missing",
      files["new.csv"].replace("row-7,1", "row-7,"),
      /^new\.csv: "prediction" is empty in 1 of 200 rows/,
    ],
    ["no label is one of the test set's", files["new.csv"].replaceAll(/,[01]$/gm, ",yes"), /^new\.csv: No predicted label/],
  ])("says which rows or what is wrong when %s", (_, text, says) => {
    const { status, stdout, stderr } = compare({ "new.csv": text });
    expect(status).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toMatch(says);
  });

  it("names the metrics that it knows when it is asked for another", () => {
    const { status, stderr } = compare({}, "--metrics", "acuracy");
    expect(status).toBe(2);
    expect(stderr).toMatch(/"acuracy" is not a metric\. Did you mean accuracy\? The metrics of binary tasks: accuracy/);
  });

  it("says which label could be positive", () => {
    const { status, stdout, stderr } = compare({}, "--positive", "yes");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toBe('--positive: "yes" is not a label of test.csv; the column "label" has "0", "1". Write one of them.\n');
  });

  it("refuses a positive label of a task that has none", () => {
    const { status, stderr } = compare({}, "--task", "multiclass");
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: "--positive: a multiclass task has no positive label. Leave the option out.\n",
    });
  });

  it("notes labels that the test set does not have", () => {
    const changed = { "new.csv": files["new.csv"].replace("row-7,1", "row-7,maybe") };
    const { status, stdout } = compare(changed);
    expect(status).toBe(0);
    const note = 'Note: in 1 of 200 rows new.csv predicts what is no label of the test set: "maybe".';
    expect(stdout).toMatch(new RegExp(`\n\n${note.replaceAll(".", "\\.")}\n$`));
    expect(JSON.parse(compare(changed, "--json").stdout)).toMatchObject({ notes: [note] });
  });

  it.each([
    ["are others", files["new.csv"]],
    ["are not there and the rows do not fit", "prediction\n1\n0\n"],
  ])("proposes the id column of the test set when ids %s", (_, text) => {
    const folder = temporaryFolder();
    for (const [name, content] of Object.entries({ ...files, "new.csv": text })) writeFileSync(join(folder, name), content);
    const without = options.filter((_, index) => index !== 2 && index !== 3);
    const { status, stderr } = assay(folder, "compare", "new.csv", "new.csv", ...without);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^new\.csv: .* If the column id of the test set names its rows, add --id id\.\n$/);
  });

  it("names a file of predictions that is not there", () => {
    const { status, stderr } = assay(temporaryFolder(), "compare", "no.csv", "new.csv", ...options);
    expect(status).toBe(3);
    expect(stderr).toContain("test.csv: there is no such file");
    const folder = temporaryFolder();
    writeFileSync(join(folder, "test.csv"), files["test.csv"]);
    const other = assay(folder, "compare", "no.csv", "new.csv", ...options);
    expect(other.status).toBe(2);
    expect(other.stderr).toMatch(/no\.csv: there is no such file/);
  });

  it("names a file that is not there", () => {
    const { status, stderr } = compare({}, "--data", "nothing.csv");
    expect(status).toBe(3);
    expect(stderr).toContain("nothing.csv");
  });

  it("names the columns that the test set has when the target is not among them", () => {
    const { status, stderr } = compare({}, "--target", "lable");
    expect(status).toBe(2);
    expect(stderr).toMatch(/lable[\s\S]*label/);
  });
});
