import { posix } from "node:path";
import { modelName } from "../../spec/values.ts";
import type { RepositoryFacts } from "./facts.ts";
import type { ModelProposal } from "./proposal.ts";
import { proposeModel } from "./propose-model.ts";
import { findTrainings, type TrainingUnit } from "./training-unit.ts";

/** Models for `assay.yml` from what a repository holds; empty where nothing in it trains one. Pure. */
export function propose(facts: RepositoryFacts, script?: string): readonly ModelProposal[] {
  const units = findTrainings(facts, script);
  const names = new Set<string>();
  return units.map((unit) => {
    const { name, why } = nameOf(unit, facts, units.length);
    const free = [name, ...units.map((_, index) => `${name}-${index + 2}`)].find((one) => !names.has(one)) ?? name;
    names.add(free);
    return proposeModel(unit, facts, { name: free, why });
  });
}

function nameOf(unit: TrainingUnit, { name }: RepositoryFacts, models: number): { name: string; why: string } {
  const folder = posix.dirname(unit.script?.path ?? unit.folder);
  if (models > 1 && folder !== ".")
    return { name: clean(folder.replace(/\/(?:src|scripts|code)$/, "")), why: "the folder of its script." };
  const [written] = unit.script?.models.written ?? [];
  const stem = written === undefined ? "" : posix.basename(written).replace(/\.\w+$/, "");
  const telling =
    stem !== "" &&
    !/^(?:<.*|best|final|(?:best|final|my|trained|saved)?[-_]?(?:model|clf|classifier|regressor|pipeline|estimator|net|weights)s?)$/i.test(
      stem,
    );
  return telling ? { name: clean(stem), why: "what its file is called." } : { name: clean(name), why: "the repository's name." };
}

/** A name that tags can carry. */
function clean(text: string): string {
  const name = text
    .replaceAll(/[^a-zA-Z0-9\-_/]+/g, "-")
    .replaceAll(/\/+/g, "/")
    .replaceAll(/^[^a-zA-Z0-9]+|[^a-zA-Z0-9]+$/g, "")
    .slice(0, 60)
    .replace(/[^a-zA-Z0-9]+$/, "");
  return modelName.safeParse(name).success ? name : "model";
}
