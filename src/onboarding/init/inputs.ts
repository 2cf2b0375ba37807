import type { ChosenTables } from "./choose-tables.ts";
import { isAtOrBelow } from "./dvc-pipeline.ts";
import type { RepositoryFacts } from "./facts.ts";
import { type Entry, value } from "./proposal.ts";
import { fromFolder, inRepository, namesTable, type TrainingUnit } from "./training-unit.ts";

export function dataInputs(
  unit: TrainingUnit,
  { tracked, tables: all }: RepositoryFacts,
  { train, test }: ChosenTables,
): string[] {
  // What training reads decides it, whatever else it is for.
  const read = test && namesTable(unit, test.path) ? [...train, test] : train;
  if (unit.stages.length === 0)
    return read.map(({ path, kept }) => (kept === "dvc-file" && tracked.has(`${path}.dvc`) ? `${path}.dvc` : path));
  const made = unit.stages.flatMap(({ outs }) => outs);
  const roots = unit.stages.flatMap(({ deps }) => deps).filter((dep) => !made.some((out) => isAtOrBelow(dep, out)));
  const isData = (path: string) =>
    tracked.has(`${path}.dvc`) ||
    all.some((table) => isAtOrBelow(table.path, path)) ||
    (/\.\w+$/.test(path) && !/\.(?:py|R|r|js|mjs|ts|sh|ya?ml|toml|lock|txt)$/.test(path));
  return [...new Set(roots.filter((path) => isData(path) && path !== test?.path))].map((path) =>
    tracked.has(`${path}.dvc`) ? `${path}.dvc` : path,
  );
}

export function paramsInputs(unit: TrainingUnit, { params }: RepositoryFacts): Entry | undefined {
  const declared = unit.stages.flatMap((stage) => stage.params).filter(({ path }) => params.has(path));
  if (declared.length > 0) {
    const files = new Map<string, Set<string> | undefined>();
    for (const { path, keys } of declared) files.set(path, keys && new Set([...(files.get(path) ?? []), ...keys]));
    const written = [...files].map(([path, keys]) =>
      keys ? { [fromFolder(path, unit.folder)]: [...keys] } : fromFolder(path, unit.folder),
    );
    return value("params", written, "the keys that dvc.yaml names; others of the file do not count.");
  }
  const read = unit.related.flatMap((script) => script.settings.map((path) => inRepository(path, script.path, unit.runsIn)));
  const found = [...new Set(read)].filter(
    (path) => params.has(path) && (unit.folder === "." || path.startsWith(`${unit.folder}/`)),
  );
  return found.length === 0
    ? undefined
    : value(
        "params",
        found.map((path) => fromFolder(path, unit.folder)),
        "the script reads it.",
      );
}

/** Only where the default would be wrong: what the training writes must not count as what it is made from. */
export function codeInputs(
  unit: TrainingUnit,
  { tracked }: RepositoryFacts,
  outputs: readonly (string | undefined)[],
): Entry | undefined {
  const made = [...outputs.filter((path) => path !== undefined), ...unit.stages.flatMap(({ outs }) => outs)];
  const own = [...tracked].find((path) => made.some((output) => isAtOrBelow(path, output)));
  if (own === undefined) return undefined;
  const ending = { python: "py", r: "R", javascript: "{js,mjs,ts}" }[unit.script?.language ?? "python"];
  return value("code", [`**/*.${ending}`], `git tracks ${own}, which the training writes: by default it would count as code.`);
}
