import * as z from "zod/mini";
import { metricSchema } from "./metric-schema.ts";
import { list, map, must, optional, rare, required, wholeNumber } from "./shapes.ts";
import { columnName, label, maxMetrics, path, predictCommand } from "./values.ts";

const predict = map(
  {
    onnx: optional(path, { description: "ONNX file among the model's files; Assay scores it." }),
    features: optional(list(columnName, "column names", { min: 1, max: 10_000 }), {
      description: "Columns that the ONNX model reads, in order. Default: every column but id, target, group and weight.",
    }),
    run: optional(predictCommand, {
      description: "Command that reads the model at {model} and the rows at {data} and writes predictions to {out}.",
    }),
  },
  must("a map that says how rows are scored", "Write {onnx: model.onnx}."),
  { oneOf: [{ required: ["onnx"] }, { required: ["run"], not: { required: ["features"] } }] },
);

const slice = () =>
  z.union(
    [
      columnName,
      map(
        {
          column: required(columnName, { description: "The column." }),
          "min-rows": optional(wholeNumber(1, 1_000_000_000), {
            description: "Slices of fewer rows are listed and never judged.",
            default: 50,
          }),
        },
        must("a map of a column", "Write {column: channel, min-rows: 100}."),
      ),
    ],
    must("a column", "Write country, or {column: country, min-rows: 100}."),
  );

export const evaluateSchema = map(
  {
    data: required(path, { description: "The test table (CSV, Parquet or JSON); a .dvc file stands for the file it names." }),
    id: optional(columnName, {
      description: "Column that names a row. Default: the row's number and the test set's digest.",
    }),
    target: optional(columnName, {
      description: "Column with the truth; in multilabel tasks labels with | between them. Required, but not in scored tasks.",
    }),
    positive: optional(label, { description: "Binary tasks: the label that counts as positive." }),
    classes: optional(list(label, "labels", { min: 2, max: 1_000 }), {
      description:
        "Labels in the order of the model's outputs, such as scikit-learn's model.classes_. Default: as the model says; an ONNX file often does not.",
    }),
    predict: optional(predict, {
      description: "How rows are scored. Default with trainer: tfjs: by that model; otherwise it has to be said.",
    }),
    metrics: optional(list(metricSchema, "metrics", { min: 1, max: maxMetrics }), {
      description:
        "Metrics computed from the predictions; in scored tasks names of score columns, required. Default: those of the gates and the usual ones of the task.",
    }),
    "lower-is-better": optional(list(columnName, "names of scores", { min: 1 }), {
      description: "Scored tasks: those among the metrics of which less is better.",
      default: [],
    }),
    primary: optional(metricSchema, {
      description:
        "The one metric by which the headline calls a change better or worse. Default: all of them, corrected for their number after Holm.",
    }),
    group: optional(columnName, {
      description: "Column of the test set whose rows of one value are not independent, such as a customer.",
    }),
    weight: optional(columnName, { description: "Column of the test set with sample weights, 0 or more." }),
    slices: optional(list(rare(slice), "columns", { min: 1, max: 20 }), {
      description: "Columns of the test set whose values are looked at by themselves.",
      default: [],
    }),
  },
  must("a map that says how the model is evaluated", "Write {data: data/test.csv, target: label}."),
  { description: "How the model is evaluated." },
);
