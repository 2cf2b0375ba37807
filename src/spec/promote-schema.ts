import * as z from "zod/mini";
import { isStageName } from "../registry/tag-name.ts";
import { type RefusedFormat, refusedFormats, safeFormats } from "../release/formats/known-formats.ts";
import { list, map, must, optional, record, required, string, wholeNumber } from "./shapes.ts";
import { path, text } from "./values.ts";

export const maxStages = 20;
const refused = Object.keys(refusedFormats) as RefusedFormat[];

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
      formats: optional(
        list(z.enum(safeFormats, must("a format", `Write one of ${safeFormats.join(", ")}.`)), "formats", { min: 1, max: 20 }),
        {
          description: "What a shipped model may be. Default: every format that holds data alone.",
        },
      ),
      override: optional(
        map(
          {
            formats: required(
              list(
                z.enum(refused, must("a format that is not shipped by itself", `Write one of ${refused.join(", ")}.`)),
                "formats",
                {
                  min: 1,
                  max: 20,
                },
              ),
              { description: "Formats that are shipped all the same, although they can hold code." },
            ),
            reason: required(text("a reason", "the partner's runtime reads nothing else", 2_000), {
              description: "Why. It stands on the release.",
            }),
          },
          must("a map of formats and the reason", "Write {formats: [pickle], reason: why}."),
        ),
        { description: "Ships formats that can hold code." },
      ),
      card: optional(path, {
        description:
          "What the team states of the model, in Markdown: intended use, limitations, risks. It becomes part of the release's model card, apart from what was measured. Default: MODEL_CARD.md, where there is one.",
      }),
      "not-by-author": optional(z.boolean(must("true or false", "Write one of these.")), {
        description: "The approval of who made the change does not count.",
        default: true,
      }),
    },
    must("a map that says how versions are promoted", "Write {stages: [staging, production]}."),
  );
