import { findDataIds } from "../plan/data-ids.ts";
import { readSources } from "../plan/sources.ts";
import type { Tree } from "../plan/tree.ts";
import { isTable } from "../spec/data-rule.ts";
import { dataFile, inRepository } from "../spec/paths.ts";
import type { Model } from "../spec/spec.ts";

/** Declared training data, and where it lies in the repository. */
export interface TrainingTable {
  declared: string;
  path: string;
}

const maxTables = 10;

/** The tables that are looked at: what is one by its ending, the first ten. */
export function tablesOf(model: Model): TrainingTable[] {
  return model.train.inputs.data
    .filter(isTable)
    .slice(0, maxTables)
    .map((declared) => ({ declared, path: inRepository(model, dataFile(declared)) }));
}

/** A model as a tree has it. */
interface ModelAt {
  model: Model;
  tree: Tree;
}

/** What of the declared data nobody looks at although it is not the baseline's: why, a sentence each. */
export async function notLookedAt({ model, tree }: ModelAt, baseline: ModelAt): Promise<string[]> {
  const { data } = model.train.inputs;
  const open = [...data.filter(isTable).slice(maxTables), ...data.filter((declared) => !isTable(declared))];
  if (open.length === 0) return [];
  const [ours, theirs] = [await readSources(tree, model), await readSources(baseline.tree, baseline.model)];
  const changed: string[] = [];
  for (const declared of open) {
    const path = inRepository(model, declared);
    const [now, before] = [await findDataIds(ours, path), await findDataIds(theirs, path)];
    const isSame = now.kind === "pinned" && before.kind === "pinned" && idsOf(now) === idsOf(before);
    if (!isSame) changed.push(declared);
  }
  return changed.map((declared) =>
    isTable(declared)
      ? `${declared} was not looked at: the first ${maxTables} tables are.`
      : `${declared} was not looked at: by its ending it is no table. Of a folder of tables name the files: ${declared.replace(/\/+$/, "")}/*.csv.`,
  );
}

function idsOf({ contents }: { contents: readonly { name: string; id: string }[] }): string {
  return JSON.stringify(contents.map(({ name, id }) => [name, id]).sort());
}
