import { posix } from "node:path";
import type { RepositoryFacts } from "./facts.ts";
import type { ColumnFacts, TableFacts } from "./table-facts.ts";
import { inRepository, type TrainingUnit } from "./training-unit.ts";

/** The tables of a training, and the column that it predicts. */
export interface ChosenTables {
  train: readonly TableFacts[];
  test: TableFacts | undefined;
  /** Every table whose name says that it is held out, the test table first. */
  heldOut: readonly TableFacts[];
  /** Why there is no test table, or which one was chosen. */
  aboutTest: string;
  target: { name: string; why: string } | undefined;
  /** Of the target in the test table, else in a training table. */
  column: ColumnFacts | undefined;
}

const testNames = ["test", "holdout", "hold_out", "eval", "evaluation", "valid", "validation", "val", "dev"];
const usualTargets = [
  "target",
  "label",
  "class",
  "y",
  "outcome",
  "response",
  "is_fraud",
  "churn",
  "churned",
  "species",
  "diagnosis",
  "quality",
  "price",
  "survived",
  "default",
];

export function chooseTables(unit: TrainingUnit, facts: RepositoryFacts): ChosenTables {
  const { train, tests } = candidates(unit, facts);
  const target = chooseTarget(unit, facts, [...train, ...tests]);
  const labelled = tests.filter(({ content }) => target === undefined || content === undefined || columnOf(content, target.name));
  const [test] = labelled;
  const content = test?.content ?? train.find((table) => table.content)?.content;
  return {
    train: train.filter((table) => table !== test),
    test,
    heldOut: tests,
    aboutTest: test ? testFound(test, unit) : testMissing(tests, train, target?.name),
    target,
    column: target && content ? columnOf(content, target.name) : undefined,
  };
}

function testFound({ path, content, unread, kept }: TableFacts, unit: TrainingUnit): string {
  const rows = content
    ? `its name says test set, and it has ${content.rows} rows`
    : `its name says test set; ${unread ?? "it was not read"}`;
  const stage = kept === "stage" ? unit.stages.find(({ outs }) => outs.some((out) => path.startsWith(out))) : undefined;
  return `${rows}${stage ? `; stage ${stage.name} makes it` : ""}.`;
}

function testMissing(tests: readonly TableFacts[], train: readonly TableFacts[], target: string | undefined): string {
  const [unlabelled] = tests;
  if (unlabelled) return `a table of rows with the truth that training never sees; ${unlabelled.path} has no column ${target}`;
  const [first] = train;
  return `a table of rows with the truth that training never sees${first ? `, split off ${first.path} and committed` : ""}`;
}

function candidates(unit: TrainingUnit, facts: RepositoryFacts): { train: readonly TableFacts[]; tests: readonly TableFacts[] } {
  const named = new Set(
    unit.related.flatMap((script) => [
      ...script.tables.map((path) => inRepository(path, script.path, unit.runsIn)),
      ...script.tables.map((path) => posix.basename(path)),
    ]),
  );
  for (const values of facts.params.values())
    for (const value of values.values())
      if (typeof value === "string") named.add(posix.join(unit.runsIn, value)).add(posix.basename(value));
  const deps = unit.stages.flatMap((stage) => [...stage.deps, ...stage.outs]);
  const mentioned = ({ path }: TableFacts) =>
    named.has(path)
      ? 3
      : deps.some((dep) => path === dep || path.startsWith(`${dep}/`))
        ? 2
        : named.has(posix.basename(path))
          ? 1
          : 0;
  const folders = new Set(facts.tables.filter((table) => mentioned(table) > 0).map(({ path }) => posix.dirname(path)));
  const near = facts.tables.filter(
    (table) => mentioned(table) > 0 || (isTest(table.path) && (folders.size === 0 || folders.has(posix.dirname(table.path)))),
  );
  const keptOrder = { git: 0, "dvc-file": 1, stage: 2 };
  const tests = near
    .filter(({ path }) => isTest(path))
    .sort((a, b) => keptOrder[a.kept] - keptOrder[b.kept] || mentioned(b) - mentioned(a) || testRank(a.path) - testRank(b.path));
  const read = near.filter(
    (table) => !isTest(table.path) && (mentioned(table) > 1 || (mentioned(table) === 1 && folders.size === 1)),
  );
  // A script that is told its table on the command line names none.
  const byName = facts.tables.filter(({ path }) => /train/i.test(posix.basename(path)) && below(path, unit.folder));
  const others = read.length > 0 ? read : byName;
  // What a stage makes is no input: what it is made from is.
  const train = unit.stages.length > 0 ? others.filter(({ kept }) => kept !== "stage") : others;
  return { train: train.length > 0 ? train : others, tests };
}

function below(path: string, folder: string): boolean {
  return folder === "." || path.startsWith(`${folder}/`);
}

function isTest(path: string): boolean {
  return testRank(path) < testNames.length;
}

function testRank(path: string): number {
  const words = posix
    .basename(path)
    .toLowerCase()
    .replace(/\.\w+$/, "")
    .split(/[^a-z]+/);
  const folder = posix.basename(posix.dirname(path)).toLowerCase();
  const rank = testNames.findIndex(
    (name) => words.includes(name) || folder === name || (words.join("_").includes(name) && name === "hold_out"),
  );
  return rank === -1 ? testNames.length : rank;
}

function chooseTarget(unit: TrainingUnit, facts: RepositoryFacts, tables: readonly TableFacts[]): ChosenTables["target"] {
  const columns = new Set(tables.flatMap(({ content }) => content?.columns.map(({ name }) => name) ?? []));
  const known = (name: string) => columns.size === 0 || columns.has(name);
  // The script that fits knows best; what it imports and earlier stages may split and rename.
  for (const script of unit.script ? [unit.script, ...unit.related] : unit.related) {
    const found = script.targets.find(known);
    if (found !== undefined) return { name: found, why: `${script.path} takes this column as the truth.` };
  }
  for (const [path, values] of facts.params)
    for (const [key, value] of values)
      if (typeof value === "string" && /target|label|response/i.test(key) && known(value))
        return { name: value, why: `${path} says so by ${key}.` };
  const usual = usualTargets
    .map((name) => [...columns].find((column) => column.toLowerCase() === name))
    .find((name) => name !== undefined);
  return usual === undefined
    ? undefined
    : { name: usual, why: "a usual name for the truth; no script says it in a way that is understood." };
}

export function columnOf(content: NonNullable<TableFacts["content"]>, name: string): ColumnFacts | undefined {
  return content.columns.find((column) => column.name === name);
}
