import { UsageError } from "../../errors/errors.ts";
import type { TestSet } from "../../evidence/evidence.ts";
import type { Files } from "../../files/files.ts";
import { joinPredictions, shownLabels } from "../../scoring/join.ts";
import { RowsError } from "../../scoring/match-rows.ts";
import { findOtherLabels } from "../../scoring/other-labels.ts";
import type { Predictions, RowDesign, Truth } from "../../scoring/predictions.ts";
import type { PredictionsFile } from "../../scoring/predictions-file.ts";
import { meantMetricOf } from "../../spec/metrics.ts";
import type { Task } from "../../spec/spec.ts";
import { chooseScores, parseMetrics } from "./chosen-metrics.ts";
import { type ComparedRows, designOf, rowsOfData, rowsOfFiles } from "./compared-rows.ts";
import type { PlainRequest } from "./request.ts";
import { asUsage, readSide, type Side } from "./sides.ts";

/** A model's predictions on the rows, one a training. */
export interface JoinedSide {
  name: string;
  predictions: readonly Predictions[];
}

/** Files of predictions on the same rows. */
export interface PlainFiles {
  task: Task;
  testSet: TestSet;
  truth: Truth;
  design: RowDesign;
  weight: string | undefined;
  metrics: readonly string[];
  sides: readonly JoinedSide[];
  /** For people. */
  notes: readonly string[];
}

/**
 * Reads files of predictions and the rows that they are about.
 * @param given of each model its file, or its files, written `seed1.csv,seed2.csv`
 * @param primary the metric that comes first
 * @throws UsageError when something does not fit: which file, what, and what to do
 */
export async function readPlainFiles(
  given: readonly string[],
  request: PlainRequest,
  files: Files,
  primary?: string,
): Promise<PlainFiles> {
  const asked = request.task ?? (request.target === undefined ? undefined : needTask("the predictions of --target"));
  const declared = asked === undefined || asked === "scored" ? undefined : parseMetrics(asked, request.metrics);
  if (asked !== undefined && asked !== "scored" && request.data === undefined)
    throw new UsageError(`--data is missing: name the test set that holds the truth of a ${asked} task.`);
  const data = request.data === undefined ? undefined : await rowsOfData(asked ?? "scored", request.data, request, files);
  const sides: Side[] = [];
  for (const side of given) sides.push(await readSide(side, request, files));
  const task = asked ?? recognise(sides);
  const scores = declared ? { metrics: declared, notes: [] } : chooseScores(sides, request.metrics);
  const rows = data ?? rowsOfFiles(sides);
  const joined: JoinedSide[] = [];
  for (const { name, trainings } of sides) {
    const predictions: Predictions[] = [];
    for (const file of trainings) predictions.push(await join(file, rows, { ...request, task }, scores.metrics));
    joined.push({ name, predictions });
  }
  const { truth, testSet } = rows;
  return {
    task,
    testSet,
    truth,
    design: await designOf(rows, sides, request, files),
    weight: request.weight,
    metrics: primaryFirst(scores.metrics, primary, task),
    sides: joined,
    notes: [...scores.notes, ...notesOf(sides, joined, truth)],
  };
}

function needTask(what: string): never {
  throw new UsageError(
    `--task is missing: say what ${what} predict: binary, multiclass, multilabel or regression; scored where every row has numbers such as exact_match.`,
  );
}

/** Files of scores are known by having no predictions. */
function recognise(sides: readonly Side[]): Task {
  const labelled = sides.flatMap(({ trainings }) => trainings).find(({ raw }) => raw.predictions.length > 0);
  return labelled ? needTask(`the predictions in ${labelled.raw.source}`) : "scored";
}

function join(
  file: PredictionsFile,
  { truth, table }: ComparedRows,
  { task, id, positive }: PlainRequest & { task: Task },
  scores: readonly string[],
): Promise<Predictions> {
  const named = id === undefined ? table.columns.find(({ name }) => name.toLowerCase() === "id")?.name : undefined;
  const hint = named === undefined ? "" : ` If the column ${named} of the test set names its rows, add --id ${named}.`;
  return asUsage(
    () => joinPredictions(file.raw, { truth, task, positive, classes: undefined, scores }),
    file.raw.source ?? "",
    (error) => (error instanceof RowsError ? hint : ""),
  );
}

function primaryFirst(metrics: readonly string[], written: string | undefined, task: Task): readonly string[] {
  if (written === undefined) return metrics;
  const primary = meantMetricOf(written, metrics, task);
  if (primary === undefined || !metrics.includes(primary))
    throw new UsageError(
      `--primary: ${JSON.stringify(written)} is none of the metrics ${metrics.join(", ")}. Write one of them.`,
    );
  return [primary, ...metrics.filter((metric) => metric !== primary)];
}

/** What is said of several files alike is said once. */
function notesOf(sides: readonly Side[], joined: readonly JoinedSide[], truth: Truth): string[] {
  const clauses = new Map<string, string[]>();
  const unknown: string[] = [];
  for (const [at, { trainings }] of sides.entries())
    for (const [training, file] of trainings.entries()) {
      const path = file.raw.source ?? "";
      const predictions = joined[at]?.predictions[training];
      for (const clause of [...file.notes, ...(predictions ? repeatsClause(predictions) : [])])
        clauses.set(clause, [...(clauses.get(clause) ?? []), path]);
      if (predictions) unknown.push(...unknownLabels(path, predictions, truth));
    }
  return [...[...clauses].map(([clause, paths]) => `${paths.join(", ")}: ${clause}.`), ...unknown];
}

function unknownLabels(path: string, predictions: Predictions, truth: Truth): string[] {
  const { labels, rows } = findOtherLabels(predictions, truth);
  if (rows === 0) return [];
  const share = `${rows} of ${predictions.ids.length} rows`;
  return [`Note: in ${share} ${path} predicts what is no label of the test set: ${shownLabels(labels)}.`];
}

function repeatsClause(predictions: Predictions): string[] {
  if (predictions.kind !== "scored" || predictions.repeats === undefined) return [];
  const [least, most] = [
    predictions.repeats.reduce((a, b) => Math.min(a, b)),
    predictions.repeats.reduce((a, b) => Math.max(a, b)),
  ];
  const times = least === most ? `${most} times` : `${least} to ${most} times`;
  return [`rows were scored ${times}; each counts once, by the mean of its scores`];
}
