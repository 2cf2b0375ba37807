import * as z from "zod/mini";
import { columnTypes } from "../data/profile.ts";
import { list, map, must, optional, record, wholeNumber } from "./shapes.ts";
import { profilePresets } from "./spec.ts";
import { columnName, numberFrom } from "./values.ts";

const embeddingColumns = () =>
  z.union(
    [columnName, list(columnName, "column names", { min: 1, max: 10_000 })],
    must("how the names of columns begin, or a list of them", "Write review_ or [e1, e2]."),
  );

export const driftSchema = () =>
  map(
    {
      preset: optional(z.enum(profilePresets, must("a preset", `Write one of ${profilePresets.join(", ")}.`)), {
        description:
          "How columns are compared. assay: an effect and a significance, with false alarms under control. psi-deciles: the " +
          "population stability index over the baseline's deciles, drifted above 0.2, also by chance where rows are few.",
        default: "assay",
      }),
      exclude: optional(list(columnName, "column names", { min: 1, max: 10_000 }), {
        description: "Columns that are not compared, such as ids.",
        default: [],
      }),
      types: optional(
        record(
          columnName,
          z.enum(columnTypes, must("what a column holds", `Write one of ${columnTypes.join(", ")}.`)),
          undefined,
          {
            maxProperties: 10_000,
          },
        ),
        { description: "What columns hold, where it should not be inferred: {postcode: category}.", default: {} },
      ),
      weights: optional(record(columnName, numberFrom(0, 1_000_000), undefined, { maxProperties: 10_000 }), {
        description:
          "How much columns matter to the model, such as their importance; 1 where it is not said: {amount: 3}. What drifted is " +
          "named in the order of how far it did, times this.",
        default: {},
      }),
      embeddings: optional(record(columnName, embeddingColumns(), undefined, { maxProperties: 100 }), {
        description:
          "Columns of numbers that are looked at together, as one column, by what they embed: all whose names begin so, or a list. " +
          "{review: review_} or {review: [e1, e2]}. By preset assay.",
        default: {},
      }),
      "max-drifted": optional(wholeNumber(0, 10_000), {
        description: "So many columns may have drifted before the gate {drift: true} fails.",
        default: 0,
      }),
    },
    must("a map that says how data is compared", "Write {preset: assay}."),
  );
