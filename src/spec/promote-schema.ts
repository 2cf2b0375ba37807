import * as z from "zod/mini";
import { refusedFormats, safeFormats } from "./format-names.ts";
import { isMlflowUrl, registeredModelPattern } from "./mlflow-names.ts";
import { list, map, must, optional, record, required, string, wholeNumber } from "./shapes.ts";
import { isStageName } from "./stage-name.ts";
import { path, reason } from "./values.ts";

export const maxStages = 20;
const notAnAddress = must(
  "an address without a password, such as https://mlflow.acme.example",
  "Credentials go into MLFLOW_TRACKING_TOKEN.",
);
const notARegisteredModel = must(
  "a name that MLflow takes for a model, with no / or : in it",
  "Letters, digits, spaces and . _ - between letters or digits: fraud, or ml.risk.fraud.",
);
const notAnExperiment = must("the name of an experiment", "Letters, digits, spaces and . _ - / between them: assay.");

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
                z.enum(
                  refusedFormats,
                  must("a format that is not shipped by itself", `Write one of ${refusedFormats.join(", ")}.`),
                ),
                "formats",
                {
                  min: 1,
                  max: 20,
                },
              ),
              { description: "Formats that are shipped all the same, although they can hold code." },
            ),
            reason: required(reason("Write for example the partner's runtime reads nothing else."), {
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
      mirrors: optional(
        map(
          {
            mlflow: required(
              map(
                {
                  url: optional(string(notAnAddress, z.maxLength(500, notAnAddress), z.refine(isMlflowUrl, notAnAddress)), {
                    description: "Address of the server. Default: what MLFLOW_TRACKING_URI says.",
                  }),
                  "registered-model": optional(
                    string(notARegisteredModel, z.regex(registeredModelPattern, notARegisteredModel)),
                    {
                      description: "Name of the registered model. Default: the model's own, - for /.",
                    },
                  ),
                  experiment: optional(string(notAnExperiment, z.regex(/^[\w/](?:[\w ./@-]{0,198}[\w])?$/, notAnExperiment)), {
                    description: "Where the runs are that hold the files.",
                    default: "assay",
                  }),
                },
                must("a map that says where, or {}", "Write {registered-model: fraud}."),
              ),
              {
                description:
                  "An MLflow server: a version that comes into a stage is uploaded and registered there, and the alias that is called like the stage moves to it. Credentials: MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, in the environment of who promotes.",
              },
            ),
          },
          must("a map of mirrors", "Write {mlflow: {registered-model: fraud}}."),
        ),
        { description: "Where else promotions are shown." },
      ),
      "not-by-author": optional(z.boolean(must("true or false", "Write one of these.")), {
        description: "The approval of who made the change does not count.",
        default: true,
      }),
    },
    must("a map that says how versions are promoted", "Write {stages: [staging, production]}."),
  );
