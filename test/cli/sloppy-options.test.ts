import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "./assay.ts";
import { runHere } from "./run-here.ts";

const rows = Array.from({ length: 60 }, (_, index) => ({ id: `r${index}`, label: index % 2, region: index % 3 ? "a" : "b" }));
const test = `id,target,region,w\n${rows.map(({ id, label, region }) => `${id},${label},${region},1\n`).join("")}`;
const good = `id,prediction,score\n${rows.map(({ id, label }, index) => `${id},${label},${(label + index / 100) / 2}\n`).join("")}`;

function workplace() {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder, name);
  writeFileSync(at("test.csv"), test);
  writeFileSync(at("good.csv"), good);
  mkdirSync(at("folder.html"));
  const onTest = ["--task", "binary", "--data", at("test.csv"), "--id", "id", "--target", "target", "--positive", "1"];
  const evaluate = (...more: string[]) => runHere(folder, "evaluate", "--predictions", at("good.csv"), ...onTest, ...more);
  return { folder, at, onTest, evaluate };
}

describe("an option gets one clear error and exit code 2", () => {
  it.each<[string[], RegExp]>([
    [
      ["--metrics", "recall_at_fpr=2"],
      /^--metrics: 2 is not a number from 0\.000001 to 0\.999999, as the highest false .* Write recall_at_fpr=0\.01\.$/,
    ],
    [["--metrics", "precision_at_k=1.5"], /^--metrics: 1\.5 is not a whole number from 1 to 1000000000/],
    [["--metrics", "accuracy=3"], /^--metrics: accuracy takes no number\. Write accuracy\.$/],
    [
      ["--metrics", "mean_absolute_error"],
      /^--metrics: .* a metric of regression tasks, and this task is binary\. Write one of accuracy/,
    ],
    [["--metrics", "accuracy f1"], /^--metrics: "accuracy f1" is not a metric\. Did you mean accuracy,f1\?/],
    [["--metrics", "{recall_at_fpr: 0.01}"], /^--metrics: .* Did you mean recall_at_fpr=0\.01\?/],
    [["--metrics", ""], /^--metrics: "" names nothing\. Write what it is, or leave the option out\.$/],
    [["--metrics", " , "], /^--metrics: " , " names nothing/],
    [["--slices="], /^--slices: "" names nothing/],
    [["--id="], /^--id: "" names nothing/],
    [["--id", "ID"], /^test\.csv has no column "ID", which --id names; .* Did you mean "id"\?$/],
    [["--target", "label"], /^test\.csv has no column "label", which --target names; it has "id", "target"/],
    [["--slices", "Region"], /^--slices: no column "Region" .* Did you mean "region"\?$/],
    [["--group", "w", "--weight", "w"], /^test\.csv: "w" is declared as both group and weight/],
    [["--weight", "target"], /^test\.csv: "target" is declared as both target and weight/],
    [["--base", "main"], /^--base is about the models of a repository/],
    [["--page", "report.csv"], /^--page: "report\.csv" must end in \.html/],
  ])("%j", async (options, says) => {
    const { status, stdout, stderr } = await workplace().evaluate(...options);
    expect(stderr.trim()).toMatch(says);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  });

  it.each([
    ["a.csv,", /^"a\.csv,": the name of a file is missing at a comma\. Write a\.csv;/],
    ["a.csv,,b.csv", /Write a\.csv,b\.csv; commas part the trainings of one model\.$/],
    ["", /^"" names no file/],
    [" , ", /^" , " names no file/],
  ])("of trainings that lack a name: %j", async (given, says) => {
    const { folder, at, onTest } = workplace();
    const { status, stderr } = await runHere(folder, "compare", at("good.csv"), given, ...onTest);
    expect(stderr.trim()).toMatch(says);
    expect(status).toBe(2);
  });

  it.each<[string[], RegExp]>([
    [["--metric", "accuracy,f1", "--task", "binary"], /^--task is about files of predictions\. Name two as a pilot/],
    [["--metric", "accuracy", "--metrics", "f1"], /^--metrics: --rows-needed is about the one metric/],
    [["--metric", "accuracy", "--page", "x.html"], /^--page: --rows-needed writes no page/],
    [["--metric", "accuracy", "--rows", "100"], /^--rows is about how many seeds are needed/],
    [["--metric", " "], /^--metric: " " is not one metric/],
  ])("that --rows-needed does not read: %j", async (options, says) => {
    const usual = ["compare", "--rows-needed", "--no-worse-than", "0.01", "--disagreement", "0.1"];
    const { status, stderr } = await runHere("/nowhere", ...usual, ...options);
    expect(stderr.trim()).toMatch(says);
    expect(status).toBe(2);
  });

  it("about a pilot's metric names --metric", async () => {
    const { folder, at, onTest } = workplace();
    const pilot = ["compare", at("good.csv"), at("good.csv"), ...onTest, "--rows-needed", "--no-worse-than", "0.01", "--metric"];
    expect((await runHere(folder, ...pilot, "recall_at_fpr=2")).stderr).toMatch(/^--metric: 2 is not a number from/);
    expect((await runHere(folder, ...pilot, "accuracy,f1")).stderr).toMatch(/^--metric: "accuracy,f1" is not one metric/);
  });
});

describe("--page", () => {
  it("takes the place of no file that is read", async () => {
    const { at, evaluate } = workplace();
    for (const name of ["good.csv", "test.csv"]) {
      const { status, stderr } = await evaluate("--page", at(name));
      expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringMatching(/is one of the files that are read/) });
    }
    expect(readFileSync(at("good.csv"), "utf8")).toBe(good);
  });

  it("that is a folder is no bug of ours", async () => {
    const { at, evaluate } = workplace();
    const { status, stderr } = await evaluate("--page", at("folder.html"));
    expect({ status, stderr }).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^folder\.html cannot be written: it is a folder/),
    });
  });
});

describe("one metric written in two ways", () => {
  it("is one, and --primary may leave its number out", async () => {
    const { folder, at, onTest } = workplace();
    const metrics = ["--metrics", "accuracy,precision_at_k=10,precision_at_k=1e1", "--primary", "precision_at_k"];
    const { status, stdout } = await runHere(folder, "compare", at("good.csv"), at("good.csv"), ...onTest, ...metrics, "--json");
    expect(status).toBe(0);
    const names = JSON.parse(stdout).candidates[0].metrics.map(({ name }: { name: string }) => name);
    expect(names).toEqual(["precision_at_k=10", "accuracy"]);
  });
});

describe("predictions of other people's making", () => {
  it("whose ids were written anew are told what differs", async () => {
    const { folder, at, onTest } = workplace();
    writeFileSync(at("test.csv"), test.replaceAll(/^r/gm, ""));
    writeFileSync(
      at("good.csv"),
      good.replaceAll(/^r(\d+)/gm, (_, digits) => digits.padStart(3, "0")),
    );
    const { stderr } = await runHere(folder, "evaluate", "--predictions", at("good.csv"), ...onTest);
    expect(stderr).toMatch(/Ids are compared as they are written: "000" is not "0"\./);
  });

  it("whose column is spelt otherwise are told to rename it", async () => {
    const { at, evaluate } = workplace();
    writeFileSync(at("good.csv"), good.replace("prediction", " Prediction "));
    expect((await evaluate()).stderr).toMatch(/Rename " Prediction " to "prediction", exactly so\./);
  });

  it("can be sliced by their score", async () => {
    const { evaluate } = workplace();
    const { status, stdout } = await evaluate("--slices", "score", "--json");
    expect(status).toBe(0);
    expect(JSON.parse(stdout).metrics[3]).toMatchObject({ name: "roc_auc", value: expect.any(Number) });
  });

  it("are told which labels of many a row the test set never has", async () => {
    const { folder, at } = workplace();
    writeFileSync(at("test.csv"), test.replaceAll(/,[01],/g, ",red|round,"));
    writeFileSync(
      at("good.csv"),
      `id,prediction\n${rows.map(({ id }, row) => `${id},red${row % 6 ? "" : "|purple"}\n`).join("")}`,
    );
    const task = ["--task", "multilabel", "--data", at("test.csv"), "--id", "id", "--target", "target"];
    const { stdout } = await runHere(folder, "evaluate", "--predictions", at("good.csv"), ...task);
    expect(stdout).toMatch(/Note: in 10 of 60 rows good\.csv predicts what is no label of the test set: "purple"\./);
  });
});
