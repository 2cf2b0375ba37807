import { z } from "zod";
import { allMetrics } from "./metrics.ts";
import { exactlyOne, rule } from "./rule.ts";
import { columnName, command, label, list, must, path } from "./values.ts";

const predict = z
  .strictObject(
    {
      onnx: path.optional().meta({ description: "ONNX file among the model's files; Assay scores it." }),
      features: list(columnName, "column names", { min: 1, max: 10_000 })
        .optional()
        .meta({ description: "Columns that the ONNX model reads, in order. Default: every column but id and target." }),
      run: command
        .regex(
          /^(?=[\s\S]*\{model\})(?=[\s\S]*\{data\})(?=[\s\S]*\{out\})/,
          must(
            "a command with {model}, {data} and {out} in it",
            "Write python predict.py --model {model} --data {data} --out {out}.",
          ),
        )
        .optional()
        .meta({ description: "Command that reads the model at {model} and the rows at {data} and writes predictions to {out}." }),
    },
    must("a map that says how rows are scored", "Write {onnx: model.onnx}."),
  )
  .check(
    exactlyOne(["onnx", "run"], "Write {onnx: model.onnx} or {run: a command}."),
    rule(z.object({ run: z.string(), features: z.array(z.unknown()) }), (_, report) =>
      report(["features"], "A predict command chooses its own columns.", "Remove features."),
    ),
  )
  .meta({
    description: "How rows are scored. Default with trainer: tfjs: by that model; otherwise it has to be said.",
    oneOf: [{ required: ["onnx"] }, { required: ["run"], not: { required: ["features"] } }],
  });

export const evaluateSchema = z
  .strictObject(
    {
      data: path.meta({ description: "The test table (CSV, Parquet or JSON); a .dvc file stands for the file it names." }),
      id: columnName
        .optional()
        .meta({ description: "Column that names a row. Default: the row's number and the test set's digest." }),
      target: columnName.meta({ description: "Column with the truth." }),
      positive: label.optional().meta({ description: "Binary tasks: the label that counts as positive." }),
      classes: list(label, "labels", { min: 2, max: 1_000 }).optional().meta({
        description:
          "Labels in the order of the model's outputs, such as scikit-learn's model.classes_. Default: as the model says; an ONNX file often does not.",
      }),
      predict: predict.optional(),
      metrics: list(z.enum(allMetrics, must("a metric", `Write one of ${allMetrics.join(", ")}.`)), "metrics", { min: 1 })
        .optional()
        .meta({
          description: "Metrics computed from the predictions. Default: those of the gates and the usual ones of the task.",
        }),
    },
    must("a map that says how the model is evaluated", "Write {data: data/test.csv, target: label}."),
  )
  .meta({ description: "How the model is evaluated." });
