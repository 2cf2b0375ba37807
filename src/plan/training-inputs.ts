import { canonicalJson, digestOf, type Json } from "../evidence/digest.ts";
import type { Input } from "../evidence/evidence.ts";
import type { Model, Recipe } from "../spec/spec.ts";
import { maxValueCharacters } from "./limits.ts";
import { engineClass, trainingContract } from "./training-contract.ts";

/** What `assay.yml` itself says of how a model is trained. */
export function trainingInputs({ train }: Model): Input[] {
  const { trainer, setup, workingDirectory, env, outputs, seeds } = train;
  const command = (name: string, id: string): Input => ({ kind: "command", name: `train.${name}`, id: shortened(id) });
  const inputs: Input[] = [
    command("working-directory", workingDirectory),
    command("outputs.model", outputs.model),
    command("setup", canonicalJson(setup)),
    command("env", canonicalJson([...env].sort())),
    { kind: "seed", name: "train.seeds", id: canonicalJson(seeds) },
    { kind: "backend", name: "engine", id: engineClass },
    { kind: "contract", name: "training-contract", id: String(trainingContract) },
  ];
  // What a training reports is a result of it: a run that reported nothing cannot serve a gate on what is reported.
  if (outputs.metrics !== undefined) inputs.push(command("outputs.metrics", outputs.metrics));
  if (trainer.kind === "command") return [...inputs, command("run", trainer.run)];
  inputs.push({ kind: "backend", name: "train.backend", id: trainer.backend });
  if ("module" in trainer.how) return [...inputs, command("module", trainer.how.module)];
  return [...inputs, ...recipeInputs(trainer.how.recipe)];
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
