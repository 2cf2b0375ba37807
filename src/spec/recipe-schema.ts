import { z } from "zod";
import { exactlyOne, rule } from "./rule.ts";
import { columnName, list, must, numberFrom, path, wholeNumber } from "./values.ts";

const columns = list(columnName, "column names", { max: 10_000 });
const features = z
  .strictObject(
    {
      numeric: columns.optional().meta({ description: "Columns of numbers; they are standardised.", default: [] }),
      categorical: columns.optional().meta({ description: "Columns of categories; they are one-hot encoded.", default: [] }),
    },
    must("a map of feature columns", "Write {numeric: [...], categorical: [...]}."),
  )
  .meta({ description: "The columns that the model reads." });

const missing = z
  .strictObject(
    {
      numeric: z.enum(["median", "mean", "drop-row"], must("median, mean or drop-row", "Write one of these.")).optional().meta({
        description: "Fill with the training rows' median or mean, or leave such rows out of training.",
        default: "median",
      }),
      categorical: z
        .enum(
          ["most-frequent", "own-category", "drop-row"],
          must("most-frequent, own-category or drop-row", "Write one of these."),
        )
        .optional()
        .meta({
          description: "Fill with the commonest category, treat missing as a category, or leave such rows out of training.",
          default: "most-frequent",
        }),
    },
    must("a map", "Write {numeric: median, categorical: most-frequent}."),
  )
  .meta({ description: "What to do with missing values." });

const layer = z
  .strictObject(
    {
      dense: wholeNumber(1, 4_096).optional().meta({ description: "A fully connected layer of so many units." }),
      activation: z
        .enum(["relu", "tanh", "sigmoid", "linear"], must("relu, tanh, sigmoid or linear", "Write one of these."))
        .optional()
        .meta({ description: "Activation of a dense layer.", default: "relu" }),
      dropout: numberFrom(0, 0.99).optional().meta({ description: "Share of the units that are dropped at random in training." }),
    },
    must("a layer", "Write {dense: 16, activation: relu} or {dropout: 0.2}."),
  )
  .check(
    exactlyOne(["dense", "dropout"], "Write {dense: 16} or {dropout: 0.2}."),
    rule(z.object({ dropout: z.number(), activation: z.string() }), (_, report) =>
      report(["activation"], "A dropout layer has no activation.", "Remove activation."),
    ),
  )
  .meta({ oneOf: [{ required: ["dense"] }, { required: ["dropout"], not: { required: ["activation"] } }] });

const learningRate = numberFrom(1e-9, 100).optional();
const optimizer = z
  .strictObject(
    {
      adam: learningRate.meta({ description: "Adam with this learning rate." }),
      sgd: learningRate.meta({ description: "Stochastic gradient descent with this learning rate." }),
      rmsprop: learningRate.meta({ description: "RMSProp with this learning rate." }),
    },
    must("an optimiser with its learning rate", "Write {adam: 0.01}."),
  )
  .check(exactlyOne(["adam", "sgd", "rmsprop"], "Write {adam: 0.01}."))
  .meta({ minProperties: 1, maxProperties: 1, description: "The optimiser and its learning rate.", default: { adam: 0.01 } });

export const recipeSchema = z
  .strictObject(
    {
      data: path.meta({ description: "The training table (CSV, Parquet or JSON); it counts as an input by itself." }),
      target: columnName.meta({ description: "Column to predict." }),
      features,
      missing: missing.optional(),
      layers: list(layer, "layers", { max: 50 })
        .optional()
        .meta({ description: "Hidden layers, in order; without any the model is linear.", default: [] }),
      optimizer: optimizer.optional(),
      epochs: wholeNumber(1, 10_000).optional().meta({ description: "Passes over the training rows.", default: 50 }),
      "batch-size": wholeNumber(1, 1_000_000).optional().meta({ description: "Rows a step.", default: 32 }),
      "early-stopping": z
        .strictObject(
          {
            patience: wholeNumber(1, 10_000).meta({
              description: "Epochs without a lower validation loss before training stops.",
            }),
          },
          must("a map", "Write {patience: 8}."),
        )
        .optional()
        .meta({ description: "Stop when the validation loss no longer falls; needs validation." }),
      validation: numberFrom(0, 0.9)
        .optional()
        .meta({ description: "Share of the training rows held out to watch the loss.", default: 0 }),
      seed: wholeNumber(0, 2_147_483_647)
        .optional()
        .meta({ description: "Seed of the weights and the row order; default: the first of train.seeds." }),
    },
    must("a recipe", "Write a map with data, target and features."),
  )
  .check(
    rule(z.object({ "early-stopping": z.object({}), validation: z.literal(0).optional() }), (_, report) =>
      report(["early-stopping"], "Early stopping watches the validation loss, and no rows are held out.", "Add validation: 0.2."),
    ),
    rule(
      z.object({
        target: z.string(),
        features: z.object({ numeric: z.array(z.unknown()).default([]), categorical: z.array(z.unknown()).default([]) }),
      }),
      ({ target, features: { numeric, categorical } }, report) => {
        if (numeric.length + categorical.length === 0) {
          report(["features"], "The recipe has no feature.", "Name at least one column under numeric or categorical.");
        }
        const seen = new Set<unknown>([target]);
        for (const [kind, names] of Object.entries({ numeric, categorical })) {
          for (const [index, name] of names.entries()) {
            if (seen.has(name)) {
              const why = name === target ? "is the target" : "is named twice";
              report(["features", kind, index], `The column ${JSON.stringify(name)} ${why}.`, "Remove it here.");
            }
            seen.add(name);
          }
        }
      },
    ),
  )
  .meta({ description: "A table trained by Assay itself." });
