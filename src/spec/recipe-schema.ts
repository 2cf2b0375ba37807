import * as z from "zod/mini";
import { list, map, must, optional, required, wholeNumber } from "./shapes.ts";
import { columnName, numberFrom, path } from "./values.ts";

const columns = () => list(columnName, "column names", { max: 10_000 });

const features = () =>
  map(
    {
      numeric: optional(columns(), { description: "Columns of numbers; they are standardised.", default: [] }),
      categorical: optional(columns(), { description: "Columns of categories; they are one-hot encoded.", default: [] }),
    },
    must("a map of feature columns", "Write {numeric: [...], categorical: [...]}."),
    { description: "The columns that the model reads." },
  );

const missing = () =>
  map(
    {
      numeric: optional(z.enum(["median", "mean", "drop-row"], must("median, mean or drop-row", "Write one of these.")), {
        description: "Fill with the training rows' median or mean, or leave such rows out of training.",
        default: "median",
      }),
      categorical: optional(
        z.enum(
          ["most-frequent", "own-category", "drop-row"],
          must("most-frequent, own-category or drop-row", "Write one of these."),
        ),
        {
          description: "Fill with the commonest category, treat missing as a category, or leave such rows out of training.",
          default: "most-frequent",
        },
      ),
    },
    must("a map", "Write {numeric: median, categorical: most-frequent}."),
  );

const layer = () =>
  map(
    {
      dense: optional(wholeNumber(1, 4_096), { description: "A fully connected layer of so many units." }),
      activation: optional(
        z.enum(["relu", "tanh", "sigmoid", "linear"], must("relu, tanh, sigmoid or linear", "Write one of these.")),
        { description: "Activation of a dense layer.", default: "relu" },
      ),
      dropout: optional(numberFrom(0, 0.99), { description: "Share of the units that are dropped at random in training." }),
    },
    must("a layer", "Write {dense: 16, activation: relu} or {dropout: 0.2}."),
    { oneOf: [{ required: ["dense"] }, { required: ["dropout"], not: { required: ["activation"] } }] },
  );

const optimizer = () => {
  const learningRate = numberFrom(1e-9, 100);
  return map(
    {
      adam: optional(learningRate, { description: "Adam with this learning rate." }),
      sgd: optional(learningRate, { description: "Stochastic gradient descent with this learning rate." }),
      rmsprop: optional(learningRate, { description: "RMSProp with this learning rate." }),
    },
    must("an optimiser with its learning rate", "Write {adam: 0.01}."),
    { minProperties: 1, maxProperties: 1 },
  );
};

const earlyStopping = () =>
  map(
    {
      patience: required(wholeNumber(1, 10_000), {
        description: "Epochs without a lower validation loss before training stops.",
      }),
    },
    must("a map", "Write {patience: 8}."),
  );

export const recipeSchema = () =>
  map(
    {
      data: required(path, { description: "The training table (CSV, Parquet or JSON); it counts as an input by itself." }),
      target: required(columnName, { description: "Column to predict." }),
      features: features(),
      missing: optional(missing(), { description: "What to do with missing values." }),
      layers: optional(list(layer(), "layers", { max: 50 }), {
        description: "Hidden layers, in order; without any the model is linear.",
        default: [],
      }),
      optimizer: optional(optimizer(), { description: "The optimiser and its learning rate.", default: { adam: 0.01 } }),
      epochs: optional(wholeNumber(1, 10_000), { description: "Passes over the training rows.", default: 50 }),
      "batch-size": optional(wholeNumber(1, 1_000_000), { description: "Rows a step.", default: 32 }),
      "early-stopping": optional(earlyStopping(), {
        description: "Stop when the validation loss no longer falls; needs validation.",
      }),
      validation: optional(numberFrom(0, 0.9), {
        description: "Share of the training rows held out to watch the loss.",
        default: 0,
      }),
      seed: optional(wholeNumber(0, 2_147_483_647), {
        description:
          "The same as train.seeds with this one seed; beside train.seeds it has to be their first. It sets the weights and the row order.",
      }),
    },
    must("a recipe", "Write a map with data, target and features."),
  );
