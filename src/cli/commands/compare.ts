import { resolve } from "node:path";
import { Option } from "commander";
import { UsageError, UserCommandError } from "../../errors/errors.ts";
import { compareModels } from "../../evaluation/compare-models.ts";
import { defaultMetrics, metricNames } from "../../evaluation/metrics/index.ts";
import { shortDigest } from "../../evidence/digest.ts";
import { createNodeFiles } from "../../files/node-files.ts";
import { joinPredictions, shownLabels } from "../../scoring/join.ts";
import { RowsError } from "../../scoring/match-rows.ts";
import type { Predictions, Truth } from "../../scoring/predictions.ts";
import { readPredictions } from "../../scoring/predictions-file.ts";
import { readTestSet, type TestSetRows } from "../../scoring/test-set.ts";
import { meantMetric } from "../../spec/meant-metric.ts";
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
      const metrics = parseMetrics(task, options.metrics);
      const test = await readTestSet({
        path: resolve(options.data),
        name: options.data,
        task,
        id: options.id,
        target: options.target,
        files: createNodeFiles(),
      });
      checkPositive(test, options);
      const models = [
        { path: baseline, predictions: await read(baseline, test, options) },
        { path: candidate, predictions: await read(candidate, test, options) },
      ] as const;
      const [{ predictions: before }, { predictions: after }] = models;
      const result = compareModels({ task, positive, metrics, truth: test.truth, baseline: before, candidate: after });
      const notes = models.flatMap(({ path, predictions }) => unknownLabels(path, predictions, test.truth));
      if (options.json) return printJson({ schema: "assay.comparison/v1", testSet: test.testSet, ...result, notes });
      const head = `${test.testSet.rows} rows of ${options.data} (${shortDigest(test.testSet.digest)})`;
      print([head, comparisonsTable(result.comparisons), ...notes].join("\n\n"));
    });
};

/** @throws UsageError: no command of the user's ran here, so files that do not fit are wrong usage */
async function read(path: string, { truth, rows }: TestSetRows, { task, id, positive }: Options): Promise<Predictions> {
  try {
    const raw = await readPredictions(resolve(path), { name: path });
    return joinPredictions(raw, { truth, task, positive, classes: undefined });
  } catch (error) {
    if (!(error instanceof UserCommandError)) throw error;
    const about = error.message.includes(path) ? "" : `${path}: `;
    const named = id === undefined ? rows.table.columns.find(({ name }) => name.toLowerCase() === "id")?.name : undefined;
    const hint = named === undefined ? "" : ` If the column ${named} of the test set names its rows, add --id ${named}.`;
    throw new UsageError(`${about}${error.message}${error instanceof RowsError ? hint : ""}`, { cause: error });
  }
}

function checkPositive({ truth }: TestSetRows, { task, positive, data, target }: Options): void {
  if (positive === undefined) return;
  if (task !== "binary") throw new UsageError(`--positive: a ${task} task has no positive label. Leave the option out.`);
  const labels = new Set(truth.kind === "classification" ? truth.labels : []);
  if (!labels.has(positive))
    throw new UsageError(
      `--positive: ${JSON.stringify(positive)} is not a label of ${data}; the column ${JSON.stringify(target)} has ${shownLabels(labels)}. Write one of them.`,
    );
}

/** What a model predicts and the test set never has: a misspelt label, or one that the test set happens to lack. */
function unknownLabels(path: string, predictions: Predictions, truth: Truth): string[] {
  if (predictions.kind !== "classification" || truth.kind !== "classification") return [];
  const known = new Set(truth.labels);
  const unknown = predictions.labels.filter((label) => !known.has(label));
  if (unknown.length === 0) return [];
  const rows = `${unknown.length} of ${predictions.labels.length} rows`;
  return [`Note: in ${rows} ${path} predicts what is no label of the test set: ${shownLabels(new Set(unknown))}.`];
}

function parseMetrics(task: Task, given: string | undefined): readonly string[] {
  if (given === undefined) return defaultMetrics(task);
  const names = given.split(",").map((name) => name.trim());
  const known: readonly string[] = metricNames(task);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return names;
  const meant = unknown.map((name) => meantMetric(name, known)).filter((name) => name !== undefined);
  const question = meant.length === 0 ? "" : ` Did you mean ${meant.join(", ")}?`;
  throw new UsageError(
    `--metrics: ${unknown.join(", ")} is not a metric of ${task} tasks.${question} Known: ${known.join(", ")}.`,
  );
}
