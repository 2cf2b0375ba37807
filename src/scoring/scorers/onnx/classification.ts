import { quoted } from "../../../data/table-request.ts";
import { UserCommandError } from "../../../errors/errors.ts";
import type { Task } from "../../../spec/spec.ts";
import type { RawPredictions } from "../../raw-predictions.ts";
import type { ModelOutputs } from "./outputs.ts";

export interface ClassificationRequest {
  task: Task;
  /** Declared class labels in the order of the model's outputs. */
  classes: readonly string[] | undefined;
  positive: string | undefined;
}

/** Labels and scores of a classifier. Without an output of labels the most probable class is predicted. */
export function classificationOf({ labels, numbers }: ModelOutputs, request: ClassificationRequest): RawPredictions {
  const [single, second] = numbers;
  if (single === undefined) return { ids: undefined, predictions: labels ?? [], scores: new Map() };
  return second === undefined ? singleScore(labels, single, request) : classProbabilities(labels, numbers, request);
}

function classProbabilities(
  labels: readonly string[] | undefined,
  numbers: readonly Float64Array[],
  { classes: declared }: ClassificationRequest,
): RawPredictions {
  const classes = declared ?? countedClasses(labels, numbers.length);
  if (classes.length !== numbers.length)
    throw new UserCommandError(
      `The model gives ${numbers.length} probabilities a row, but evaluate.classes has ${classes.length} labels: ${quoted(classes, 20)}. ` +
        "Name every class, in the order of the model's outputs.",
    );
  const mostProbable = Array.from(numbers[0] ?? [], (_, row) => indexOfLargest(numbers, row));
  if (labels) checkOrder(labels, mostProbable, classes);
  return {
    ids: undefined,
    predictions: labels ?? mostProbable.map((index) => classes[index] ?? ""),
    scores: new Map(classes.map((name, index) => [name, numbers[index] ?? new Float64Array()])),
  };
}

/** One number a row is the score of the second class: of the positive one, unless that is declared first. */
function singleScore(labels: readonly string[] | undefined, score: Float64Array, request: ClassificationRequest): RawPredictions {
  const { task, classes, positive } = request;
  if (task === "multiclass")
    throw new UserCommandError("The task is multiclass, but the model gives one number a row. Export one probability a class.");
  const probability = score.every((value) => value >= 0 && value <= 1);
  const [first, second] = classes?.length === 2 ? classes : [];
  if (!labels && (first === undefined || second === undefined))
    throw new UserCommandError(
      `The model gives one score a row and no label. Declare evaluate.classes with the two labels, the one that the score is for last${
        positive === undefined ? "" : `, such as […, ${JSON.stringify(positive)}]`
      }.`,
    );
  if (!labels && !probability)
    throw new UserCommandError(
      "The model gives one score a row that is not between 0 and 1, and no label. Export it with a sigmoid, or with its label.",
    );
  const isFlipped = positive !== undefined && positive === first;
  const ofPositive = isFlipped ? score.map((value) => (probability ? 1 - value : -value)) : score;
  return {
    ids: undefined,
    predictions: labels ?? Array.from(score, (value) => (value >= 0.5 ? second : first) ?? ""),
    scores: new Map([["", ofPositive]]),
  };
}

/** Labels that count from 0 name the outputs themselves. */
function countedClasses(labels: readonly string[] | undefined, count: number): readonly string[] {
  const counted = Array.from({ length: count }, (_, index) => String(index));
  if (labels?.every((label) => counted.includes(label))) return counted;
  throw new UserCommandError(
    `The model gives ${count} probabilities a row, and it cannot be told which class each is for. ` +
      `Declare evaluate.classes with the ${count} labels in the order of the model's outputs (scikit-learn: model.classes_).`,
  );
}

/**
 * Refuses classes that are declared in another order than the model's, which would swap their probabilities unseen: each
 * output goes with one label of its own in every row, and it is another one than declared.
 */
function checkOrder(labels: readonly string[], mostProbable: readonly number[], classes: readonly string[]): void {
  const seen = new Map<number, string>();
  for (const [row, index] of mostProbable.entries()) {
    const label = labels[row] ?? "";
    if ((seen.get(index) ?? label) !== label) return;
    seen.set(index, label);
  }
  if (seen.size < 2 || new Set(seen.values()).size < seen.size) return;
  const wrong = [...seen].filter(([index, label]) => classes[index] !== label);
  if (wrong.length === 0) return;
  const observed = classes.map((_, index) => seen.get(index) ?? "?");
  throw new UserCommandError(
    `The classes are in another order than the model's outputs: they are taken as ${quoted(classes, 20)}, but where an output is ` +
      `the largest, the model's label is ${quoted(observed, 20)}. Declare evaluate.classes in the model's order.`,
  );
}

function indexOfLargest(numbers: readonly Float64Array[], row: number): number {
  let largest = 0;
  for (let index = 1; index < numbers.length; index++)
    if ((numbers[index]?.[row] ?? 0) > (numbers[largest]?.[row] ?? 0)) largest = index;
  return largest;
}
