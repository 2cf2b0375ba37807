import * as z from "zod/mini";
import { list, map, must, record, required } from "./shapes.ts";
import { text } from "./values.ts";

/** One run each: more is a search, which a grid does badly. */
export const maxPoints = 20;

const value = () => {
  const wrong = must("a number, a text, true or false", "Write for example 0.01.");
  return z.union([z.number(wrong), z.boolean(wrong), text("a text", "relu", 200)], wrong);
};

export const gridSchema = () =>
  record(
    text("a dotted path to a parameter", "optimizer.adam", 500),
    list(value(), "values", { min: 1, max: maxPoints }),
    must("a map of parameters and their values", "Write {optimizer.adam: [0.01, 0.003]}."),
    { minProperties: 1, maxProperties: maxPoints },
  );

export const selectSchema = () =>
  map(
    {
      reported: required(text("the name of a reported number", "val_loss", 200), {
        description:
          "A number that the trainer reports itself, by its name in the file of train.outputs.metrics; of a recipe val_loss or val_accuracy of the rows that it holds out.",
      }),
      better: required(z.enum(["lower", "higher"], must("lower or higher", "Write one of these.")), {
        description: "Which values of it are better. Of several seeds their mean counts; of equal ones the first.",
      }),
    },
    must("a rule that chooses", "Write {reported: val_loss, better: lower}."),
  );
