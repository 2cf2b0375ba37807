import { mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "./assay.ts";
import { runHere } from "./run-here.ts";

const rows = Array.from({ length: 6 }, (_, index) => ({ id: `r${index}`, label: index % 2 }));
const test = `id,target\n${rows.map(({ id, label }) => `${id},${label}\n`).join("")}`;
const good = `id,prediction,proba_0,proba_1\n${rows.map(({ id, label }) => `${id},${label},${label ? "0.1,0.9" : "0.8,0.2"}\n`).join("")}`;
const row3 = "r3,1,0.1,0.9";

function evaluate(name: string, write: (path: string) => void) {
  const folder = temporaryFolder();
  const at = (file: string) => join(folder, file);
  writeFileSync(at("test.csv"), test);
  write(at(name));
  const options = ["--task", "binary", "--data", at("test.csv"), "--id", "id", "--target", "target", "--positive", "1"];
  return runHere(folder, "evaluate", "--predictions", at(name), ...options);
}

describe("a predictions file gets one clear error, and exit code 2, when it", () => {
  it.each<[string, string, string | Uint8Array, RegExp]>([
    [
      "lacks a column",
      "p.csv",
      good.replace("prediction", "answer"),
      /^p\.csv has no column "prediction"; it has "id", "answer", .* Write the columns/,
    ],
    [
      "has other class names",
      "p.csv",
      good.replaceAll(/^(r\d),0/gm, "$1,no").replaceAll(/^(r\d),1/gm, "$1,yes"),
      /^p\.csv: No predicted label .* predicted "no", "yes", but the labels are "0", "1"\. Write labels exactly/,
    ],
    [
      "has probabilities of other classes",
      "p.csv",
      good.replace("proba_0,proba_1", "proba_no,proba_yes"),
      /^p\.csv: .*"proba_no", "proba_yes", but the labels are "0", "1"/,
    ],
    [
      "has probabilities that do not sum to 1",
      "p.csv",
      good.replace(row3, "r3,1,0.1,0.5"),
      /^p\.csv: the probabilities .* do not sum to 1 in 1 of 6 rows, with id "r3" \(the first is 0\.6\)/,
    ],
    [
      "names its rows by a column that is not the declared one",
      "p.csv",
      good.replace("id,", "ID,"),
      /^p\.csv has no column "id".*, which names its rows; it has "ID", "prediction"/,
    ],
    [
      "has NaN",
      "p.csv",
      good.replace(row3, "r3,1,NaN,0.9"),
      /^p\.csv: proba_0 is not a finite number in 1 of 6 rows, with id "r3" \(the first is empty or NaN\)/,
    ],
    ["has logits", "p.csv", good.replace(row3, "r3,1,-2,3"), /^p\.csv: proba_0 is not between 0 and 1 .* \(the first is -2\)/],
    [
      "has text as a probability",
      "p.csv",
      good.replace(row3, "r3,1,low,high"),
      /^p\.csv: "proba_0" must be numbers, but row 4 has "low"/,
    ],
    ["has an id twice", "p.csv", `${good}${row3}\n`, /^p\.csv: .* 1 id is predicted more than once \("r3"\)/],
    ["lacks a row", "p.csv", good.replace(`${row3}\n`, ""), /^p\.csv: .* 1 id has no prediction \("r3"\)/],
    ["has an empty id", "p.csv", good.replace("r3,", ","), /^p\.csv: "id" is empty in 1 of 6 rows, first in row 4/],
    [
      "has an empty prediction",
      "p.csv",
      good.replace("r3,1,", "r3,,"),
      /^p\.csv: "prediction" is empty in 1 of 6 rows, first in row 4/,
    ],
    [
      "has NaN as a prediction",
      "p.csv",
      good.replace("r3,1,", "r3,NaN,"),
      /^p\.csv: "prediction" is "NaN", which is no label, in 1 of 6 rows, first in row 4\. Write one for every row\./,
    ],
    ["is empty", "p.csv", "", /^Predictions: p\.csv is empty/],
    ["has no rows", "p.csv", "id,prediction\n", /^p\.csv has column names but no rows/],
    [
      "is UTF-16",
      "p.csv",
      Buffer.from(`\uFEFF${good}`, "utf16le"),
      /^Predictions: p\.csv is not UTF-8 text: it looks like UTF-16.* Save it as UTF-8/,
    ],
    [
      "is separated by blanks",
      "p.csv",
      good.replaceAll(",", " "),
      /^p\.csv has no column "prediction".* Columns are told apart by a comma, a semicolon, a tab or \|/,
    ],
    [
      "is separated in two ways",
      "p.csv",
      good.replaceAll(/(?<=^r.*),/gm, ";"),
      /^Predictions: p\.csv: every line must have 4 fields, .* line 2 has 1, .* Separate values by ","/,
    ],
    [
      "has a short line",
      "p.csv",
      good.replace(row3, "r3,1,0.1"),
      /every line must have 4 fields, like the header, but line 5 has 3/,
    ],
    [
      "is no Parquet",
      "p.parquet",
      "PAR0",
      /^Predictions: p\.parquet is no complete Parquet file: .*\. Write or fetch the file again/,
    ],
    ["is no JSON Lines", "p.jsonl", '{"id":"r0","prediction":1}\n{"id":', /^Predictions: p\.jsonl:2: this is not valid JSON/],
    ["is of another format", "p.pkl", "abc", /^p\.pkl: predictions must be a file that ends in \.csv, .* but it ends in "\.pkl"/],
  ])("%s", async (_, name, content, says) => {
    const { status, stdout, stderr } = await evaluate(name, (path) => writeFileSync(path, content));
    expect(stderr).toMatch(says);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  });

  it.each([["p.csv"], ["p.tsv"], ["p.jsonl"], ["p.parquet"]])("has 10 GB: %s", async (name) => {
    const { status, stderr } = await evaluate(name, (path) => {
      writeFileSync(path, "");
      truncateSync(path, 10 * 2 ** 30);
    });
    expect(stderr).toMatch(
      new RegExp(`^Predictions: ${name} has 10 GiB; at most \\d+ [MG]iB can be read as this format\\. [UK]\\w+ .*\\n$`),
    );
    expect(status).toBe(2);
  });

  it("is a folder", async () => {
    const { status, stderr } = await evaluate("p.csv", (path) => mkdirSync(path));
    expect({ status, stderr }).toEqual({ status: 2, stderr: "Predictions: p.csv is a folder; one file was expected.\n" });
  });

  it("is not there", async () => {
    const { status, stderr } = await evaluate("p.csv", () => {});
    expect(stderr).toMatch(/^Predictions: p\.csv: there is no such file\. Check the path/);
    expect(status).toBe(2);
  });
});

describe("a file of scores gets one clear error when", () => {
  const ok = '{"id":"a","acc":1}\n{"id":"b","acc":0}\n';
  it.each([
    [
      "a score is missing",
      '{"id":"a","acc":1}\n{"id":"b","acc":null}\n',
      /^b\.jsonl: the score "acc" is missing or no finite number in 1 of 2 rows, with id "b"/,
    ],
    ["a score is NaN", '{"id":"a","acc":1}\n{"id":"b","acc":NaN}\n', /^Predictions: b\.jsonl:2: .* not NaN/],
    [
      "a score is text",
      '{"id":"a","acc":"1"}\n{"id":"b","acc":"good"}\n',
      /no score in common: a\.jsonl has acc; b\.jsonl has none/,
    ],
    [
      "its rows are others",
      '{"id":"a","acc":1}\n{"id":"c","acc":0}\n',
      /^a\.jsonl and b\.jsonl are not about the same rows: of their ids 1 only in a\.jsonl \("b"\) and 1 only in b\.jsonl \("c"\)/,
    ],
    ["it has no ids", '{"q":"a","acc":1}\n', /^b\.jsonl has no column "id"; it has "q", "acc"/],
    ["it holds predictions", '{"id":"a","prediction":"x"}\n', /^--task is missing: say what the predictions in b\.jsonl predict/],
  ])("%s", async (_, text, says) => {
    const folder = temporaryFolder();
    const [a, b] = [join(folder, "a.jsonl"), join(folder, "b.jsonl")];
    writeFileSync(a, ok);
    writeFileSync(b, text);
    const { status, stdout, stderr } = await runHere(folder, "compare", a, b);
    expect(stderr).toMatch(says);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  });
});
