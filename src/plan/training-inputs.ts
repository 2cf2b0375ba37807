import { canonicalJson, digestOf, type Json } from "../evidence/digest.ts";
import type { Input } from "../evidence/evidence.ts";
import { atPoint } from "../spec/grid.ts";
import type { Grid, GridPoint, Model, Recipe } from "../spec/spec.ts";
import { maxValueCharacters } from "./limits.ts";
import { trainingContract } from "./training-contract.ts";

/** What `assay.yml` itself says of how a model is trained. */
export function trainingInputs(model: Model): Input[] {
  const { train } = model;
  const [first] = train.grid?.points ?? [];
  // What the grid replaces has no effect of its own.
  if (train.grid && first) return [...trainingInputs(atPoint(model, { ...first, params: [] })), ...gridInputs(train.grid)];
  const { trainer, setup, workingDirectory, env, outputs, seeds, engine } = train;
  const command = (name: string, id: string): Input => ({ kind: "command", name: `train.${name}`, id: shortened(id) });
  const inputs: Input[] = [
    command("working-directory", workingDirectory),
    command("outputs.model", outputs.model),
    command("setup", canonicalJson(setup)),
    command("env", canonicalJson([...env].sort())),
    { kind: "seed", name: "train.seeds", id: canonicalJson(seeds) },
    // Its kind alone, since another kind may give another model; where it is does not.
    { kind: "backend", name: "engine", id: engine.kind },
    { kind: "contract", name: "training-contract", id: String(trainingContract) },
  ];
  // What a training reports is a result of it: a run that reported nothing cannot serve a gate on what is reported.
  if (outputs.metrics !== undefined) inputs.push(command("outputs.metrics", outputs.metrics));
  if (train.point) inputs.push(...pointInputs(train.point));
  if (trainer.kind === "command") return [...inputs, command("run", trainer.run)];
  inputs.push({ kind: "backend", name: "train.backend", id: trainer.backend });
  if ("module" in trainer.how) return [...inputs, command("module", trainer.how.module)];
  return [...inputs, ...recipeInputs(trainer.how.recipe)];
}

/** The experiments as a whole: their parameters, and the rule that chooses. */
function gridInputs({ parameters, select }: Grid): Input[] {
  return [
    ...parameters.map(({ name, values }): Input => gridInput(`train.grid#${name}`, [...values])),
    gridInput("train.select#rule", { ...select }),
  ];
}

/** A command may read its parameter file elsewhere than in the copy: its run is not that of the same values in the file itself. */
function pointInputs({ params }: GridPoint): Input[] {
  return params.map(({ file, key, value }) => gridInput(`train.grid#${file}#${key}`, value));
}

function gridInput(name: string, value: Json): Input {
  return { kind: "param", name, id: shortened(canonicalJson(value)) };
}

/** One input a key, so that a change says which. */
function recipeInputs({ optimizer, features, missing, layers, earlyStopping, ...rest }: Recipe): Input[] {
  const parameters: Readonly<Record<string, Json>> = {
    ...rest,
    "early-stopping": earlyStopping ? { ...earlyStopping } : null,
    optimizer: { ...optimizer },
    "features.numeric": features.numeric,
    "features.categorical": features.categorical,
    missing: { ...missing },
    layers: layers.map((layer) => ({ ...layer })),
  };
  return Object.entries(parameters).map(([key, value]) => ({
    kind: "param",
    name: `recipe#${key}`,
    id: shortened(canonicalJson(value)),
  }));
}

function shortened(value: string): string {
  return value.length <= maxValueCharacters ? value : digestOf(value);
}
