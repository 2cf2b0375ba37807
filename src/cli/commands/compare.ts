import { resolve } from "node:path";
import { Option } from "commander";
import { UsageError } from "../../errors/errors.ts";
import { compareModels } from "../../evaluation/compare-models.ts";
import { defaultMetrics, metricNames } from "../../evaluation/metrics/index.ts";
import { shortDigest } from "../../evidence/digest.ts";
import { joinPredictions } from "../../scoring/join.ts";
import { readPredictions } from "../../scoring/predictions-file.ts";
import { readTestSet } from "../../scoring/test-set.ts";
import type { Task } from "../../spec/spec.ts";
import { type AddCommand, examples } from "../command.ts";
import { comparisonsTable } from "../metrics-table.ts";
import { print, printJson } from "../terminal.ts";

interface Options {
  task: Task;
  data: string;
  target: string;
  id?: string;
  positive?: string;
  metrics?: string;
  json?: boolean;
}

/** `assay compare`: two files of predictions on the same rows, without a spec and without GitHub. */
export const addCompare: AddCommand = (program) => {
  program
    .command("compare")
    .description(
      "Compare two files of predictions (CSV or Parquet) of the same test rows: the change of each metric with its 95% interval.",
    )
    .argument("<baseline>", "predictions of the baseline: id, prediction, and score or proba_<class>")
    .argument("<candidate>", "predictions of the candidate")
    .requiredOption("--data <file>", "the test set")
    .requiredOption("--target <column>", "column of the test set that holds the truth")
    .addOption(
      new Option("--task <task>", "what is predicted").choices(["binary", "multiclass", "regression"]).makeOptionMandatory(),
    )
    .option("--id <column>", "column that names a row; default: the row's number")
    .option("--positive <label>", "binary tasks: the positive label")
    .option("--metrics <names>", "comma-separated; default: the task's")
    .option("--json", "print JSON")
    .addHelpText(
      "before",
      examples(["assay compare old.csv new.csv --data test.csv --id id --target label --task binary --positive 1"]),
    )
    .action(async (baseline: string, candidate: string, options: Options) => {
      const { task, positive } = options;
      const test = await readTestSet({
        path: resolve(options.data),
        name: options.data,
        task,
        id: options.id,
        target: options.target,
      });
      const read = async (path: string) =>
        joinPredictions(await readPredictions(resolve(path)), { truth: test.truth, task, positive, classes: undefined });
      const metrics = parseMetrics(task, options.metrics);
      const result = compareModels({
        task,
        positive,
        metrics,
        truth: test.truth,
        baseline: await read(baseline),
        candidate: await read(candidate),
      });
      if (options.json) return printJson({ schema: "assay.comparison/v1", testSet: test.testSet, ...result });
      print(
        `${test.testSet.rows} rows of ${options.data} (${shortDigest(test.testSet.digest)})\n\n${comparisonsTable(result.comparisons)}`,
      );
    });
};

function parseMetrics(task: Task, given: string | undefined): readonly string[] {
  if (given === undefined) return defaultMetrics(task);
  const names = given.split(",").map((name) => name.trim());
  const known: readonly string[] = metricNames(task);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return names;
  throw new UsageError(`--metrics: ${unknown.join(", ")} is not a metric of ${task} tasks. Known: ${known.join(", ")}.`);
}
