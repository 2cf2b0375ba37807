import type { Task } from "../../spec/spec.ts";
import { type ChosenTables, columnOf } from "./choose-tables.ts";
import type { TrainingUnit } from "./training-unit.ts";

/** What is predicted, as far as data and scripts tell. */
export interface Judged {
  task: { name: Task; why: string } | undefined;
  positive: { label: string; why: string } | undefined;
  /** In the order of scikit-learn's `classes_`; empty for numbers. */
  labels: readonly string[];
}

const maxClasses = 20;
const usualPositive = [
  "1",
  "true",
  "yes",
  "y",
  "positive",
  "pos",
  "malignant",
  "fraud",
  "spam",
  "churn",
  "churned",
  "default",
  "bad",
  "fail",
  "failed",
  "failure",
];

export function judgeTarget(unit: TrainingUnit, { column, target, test, train }: ChosenTables): Judged {
  const hints = new Set(unit.related.map(({ task }) => task).filter((task) => task !== undefined));
  const hint = hints.size === 1 ? [...hints][0] : unit.script?.task;
  const where = test?.content ? test.path : (train[0]?.path ?? "the data");
  if (!column || !target) return { task: undefined, positive: undefined, labels: [] };
  const { distinct, kind, whole } = column;
  const labels = column.labels.map(({ label }) => label);
  const numbers = kind === "number" && (!whole || distinct > maxClasses || (distinct > 2 && hint === "regression"));
  if (numbers)
    return {
      task: {
        name: "regression",
        why: `${target.name} in ${where} is a number with ${distinct > maxClasses ? "many" : distinct} different values${hint === "regression" ? ", and the script fits a regression" : ""}.`,
      },
      positive: undefined,
      labels: [],
    };
  if (labels.length === 2)
    return {
      task: { name: "binary", why: `${target.name} has two labels in ${where}: ${labels.join(" and ")}.` },
      positive: positiveOf(column.labels),
      labels,
    };
  if (labels.length < 2) return { task: undefined, positive: undefined, labels: [] };
  return {
    task: { name: "multiclass", why: `${target.name} has ${labels.length} labels in ${where}.` },
    positive: undefined,
    labels,
  };
}

function positiveOf(labels: readonly { label: string; rows: number }[]): Judged["positive"] {
  const usual = usualPositive
    .map((name) => labels.find(({ label }) => label.toLowerCase() === name))
    .find((found) => found !== undefined);
  if (usual) return { label: usual.label, why: "a usual name for what is looked for." };
  const [rarer] = [...labels].sort((a, b) => a.rows - b.rows);
  return rarer && { label: rarer.label, why: "the rarer of the two labels: write the other one if that is what is looked for." };
}

/** Columns of the test table that name its rows. */
export function idColumn({ test, target }: ChosenTables): string | undefined {
  return test?.content?.columns.find(
    ({ name, unique, kind, whole }) =>
      unique &&
      name !== target?.name &&
      /^(?:id|.*_id|index|uuid|key|row|passengerid|.*Id)$/i.test(name) &&
      (kind === "text" || whole),
  )?.name;
}

/** Columns of the table that a script lists as what it reads, when it leaves some out. */
export function listedFeatures(
  unit: TrainingUnit,
  { test, target }: ChosenTables,
  id: string | undefined,
): readonly string[] | undefined {
  const { content } = test ?? {};
  if (!content) return undefined;
  const others = content.columns.filter(({ name }) => name !== target?.name && name !== id).length;
  return unit.related
    .flatMap(({ lists }) => lists)
    .find((list) => list.length < others && list.every((name) => name !== target?.name && columnOf(content, name) !== undefined));
}

const margins = [0.005, 0.01, 0.02, 0.03, 0.05, 0.07];

/**
 * A limit of `no-worse-than` for accuracy and its like that so many test rows can decide: about two standard errors of the
 * change of models that disagree on one row in ten (McNemar's table).
 */
export function marginFor(rows: number | undefined): { margin: number; why: string } {
  if (rows === undefined || rows === 0) return { margin: 0.02, why: "a usual limit; the test rows were not counted." };
  const error = 2 * Math.sqrt(0.1 / rows);
  const margin = margins.find((one) => one >= error) ?? 0.1;
  return {
    margin,
    why: `about what ${rows} test rows can decide when the two models disagree on one row in ten${margin === 0.1 && error > 0.1 ? "; more rows would decide less" : ""}.`,
  };
}
