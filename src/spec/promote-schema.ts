import * as z from "zod/mini";
import { isStageName } from "../registry/tag-name.ts";
import { list, map, must, optional, record, string, wholeNumber } from "./shapes.ts";

export const maxStages = 20;

const notAStage = must(
  "the name of a stage",
  "Letters, digits, - _ and / between a letter or digit at either end: production, or eu/production.",
);
const stage = () => string(notAStage, z.maxLength(100, notAStage), z.refine(isStageName, notAStage));

export const promoteSchema = () =>
  map(
    {
      stages: optional(list(stage(), "stages", { min: 1, max: maxStages }), {
        description: "Stages in their order: a version is in one before it comes to the next.",
        default: ["production"],
      }),
      approvals: optional(record(stage(), wholeNumber(0, 20), undefined, { maxProperties: maxStages }), {
        description:
          "How many owners have to have approved the result before a version comes to a stage: {production: 2}; 1 for others.",
        default: {},
      }),
      "not-by-author": optional(z.boolean(must("true or false", "Write one of these.")), {
        description: "The approval of who made the change does not count.",
        default: true,
      }),
    },
    must("a map that says how versions are promoted", "Write {stages: [staging, production]}."),
  );
