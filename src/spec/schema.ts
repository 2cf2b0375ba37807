import * as z from "zod/mini";
import { dataRulesSchema } from "./data-rule-schema.ts";
import { driftSchema } from "./drift-schema.ts";
import { evaluateSchema } from "./evaluate-schema.ts";
import { gateSchema } from "./gate-schema.ts";
import { tasks } from "./metrics.ts";
import { promoteSchema } from "./promote-schema.ts";
import { list, map, must, optional, rare, record, required } from "./shapes.ts";
import { trainSchema } from "./train-schema.ts";
import { appName, columnName, command, daysUpTo, maxGates, modelName, numberFrom, owner } from "./values.ts";
import { waiversSchema } from "./waiver-schema.ts";

/**
 * The shape of `assay.yml` as people write it, and the words that explain it in editors and in the reference; `rules/` has what
 * holds between its keys. It accepts only what has an effect. Defaults are filled in by `resolve`; here they are named for
 * readers.
 */
export const modelSchema = map(
  {
    task: required(z.enum(tasks, must("a task", `Write one of ${tasks.join(", ")}.`)), {
      description:
        "What the model predicts: one of two labels, one of several, any number of labels, or a number. scored: nothing is compared with a truth; a command gives scores of each row.",
    }),
    owners: optional(list(owner, "owners", { min: 1, max: 50 }), {
      description: 'People and teams who decide about the model: ["@acme/risk"].',
      default: [],
    }),
    train: trainSchema,
    evaluate: evaluateSchema,
    data: optional(
      map(
        {
          pull: optional(command, {
            description:
              "Brings data that is not in the clone, only when it is needed: dvc, lfs, or a command run in the working directory after setup. Data in DVC or LFS is then checked against its content id.",
          }),
          unpinned: optional(z.enum(["fail", "train"], must("fail or train", "Write one of these.")), {
            description: "What to do with training data that has no content id: refuse, or train every time.",
            default: "fail",
          }),
          public: optional(list(columnName, "column names", { min: 1, max: 10_000 }), {
            description:
              "Columns whose values may be shown in reports. Of others only those of few values are, and rows by their number.",
            default: [],
          }),
          rules: optional(rare(dataRulesSchema), {
            description: "What tables have to keep, beside what is looked at anyway. The base branch's count.",
            default: [],
          }),
        },
        must("a map", "Write {pull: dvc}."),
      ),
      { description: "How data is treated.", default: {} },
    ),
    drift: optional(rare(driftSchema), {
      description: "Compares training data that a change brings with the baseline's, column by column.",
    }),
    gates: optional(list(gateSchema, "gates", { max: maxGates }), {
      description: "Rules that a change has to keep.",
      default: [],
    }),
    waivers: optional(rare(waiversSchema), {
      description: "Gates whose result does not count until a day. They count only as they stand in the base branch.",
      default: [],
    }),
    promote: optional(rare(promoteSchema), {
      description: "How versions of the model come into stages. Without it none does. The default branch's holds.",
    }),
  },
  must("a map that describes a model", "Write task, train and evaluate below it."),
  { description: "A model: how it is trained, evaluated and judged." },
);

const budget = () =>
  map(
    {
      "gpu-hours": required(numberFrom(0), {
        description:
          "Declared GPUs times hours of the jobs that trained and evaluated. Once it is used up, nothing more is trained on GPUs.",
      }),
    },
    must("a map of what may be used", "Write {gpu-hours: 8}."),
  );

const tenYears = 3_650;
const retention = () =>
  map(
    {
      store: required(daysUpTo(tenYears), {
        description:
          "Age from which `assay registry prune` deletes models, predictions and profiles of the model store that are not needed: 180d. What a release or a tagged version has, and baselines in use, never go.",
      }),
    },
    must("a map of what is kept for how long", "Write {store: 180d}."),
  );

export const specSchema = map(
  {
    version: required(z.literal(1, must("the version of this format", "Write version: 1.")), {
      description: "Version of this format.",
    }),
    baseline: optional(z.literal("base", must("a baseline", "Write base, or leave the key out.")), {
      description: "What a change is compared with: base, the commit that it merges into.",
      default: "base",
    }),
    writer: optional(z.enum(["action", "app"], must("a writer", "Write action or app.")), {
      description:
        "Who writes the comment and the check: the report action, or Assay's app where that is installed. The base branch's word holds.",
      default: "action",
    }),
    app: optional(appName, {
      description:
        "Name of Assay's app as in its address, github.com/apps/assay-acme. Promotions believe the approvals and waivers that it recorded. The default branch's word holds.",
    }),
    "on-inconclusive": optional(z.enum(["block", "allow"], must("block or allow", "Write one of these.")), {
      description: "Whether a change that could be neither shown good nor bad may be merged.",
      default: "block",
    }),
    budget: optional(rare(budget), {
      description:
        "What trainings of one pull request may use together. The base branch's holds, for models that it does not know too.",
    }),
    retention: optional(rare(retention), {
      description: "How long is kept what nothing needs any more; without it all is. The default branch's holds.",
    }),
    models: record(modelName, modelSchema, must("a map of models by name", "Write models: and a name below it."), {
      description: "The models of the repository, by name.",
      minProperties: 1,
      maxProperties: 100,
    }),
  },
  must("a map with version and models", "Write version: 1 and models: below it."),
  { title: "assay.yml", description: "Models of a repository: how they are trained, evaluated and judged." },
);

export type Authored = z.output<typeof specSchema>;
export type AuthoredModel = z.output<typeof modelSchema>;
