import { posix } from "node:path";
import type { RepositoryFacts } from "./facts.ts";
import { environmentFiles } from "./facts.ts";
import type { Script } from "./script.ts";
import { fromFolder, inRepository, type TrainingUnit } from "./training-unit.ts";

/** The program that runs a script here. */
export function interpreter(script: Script, { tracked }: Pick<RepositoryFacts, "tracked">): string {
  if (script.language === "r") return "Rscript";
  if (script.language === "javascript") return "node";
  const python = script.notebook.ipython ? "ipython" : "python";
  if (tracked.has("uv.lock")) return `uv run ${python}`;
  return tracked.has("poetry.lock") ? `poetry run ${python}` : python;
}

export interface RunCommand {
  run: string;
  why: string;
}

/** The command that trains; undefined when the script wants what cannot be guessed, which `problem` says. */
export function trainCommand(
  unit: TrainingUnit,
  facts: RepositoryFacts,
  tables: { train: readonly string[]; heldOut: readonly string[]; model: string | undefined },
): RunCommand | { problem: string } {
  if (unit.stages.length > 0) return pipelineCommand(unit);
  const { script } = unit;
  if (!script) return { problem: "the command that trains the model" };
  const values = { data: tables.train[0], out: tables.model, model: tables.model };
  const words: string[] = [];
  for (const { name, positional, required, role } of script.arguments.filter(({ required }) => required)) {
    const given = role === "data" && /test|eval|val/i.test(name) ? heldOut(name, tables) : role && values[role];
    if (required && given === undefined) return { problem: `the command that trains the model: ${script.path} wants ${name}` };
    if (given !== undefined)
      words.push(positional ? quote(fromFolder(given, unit.folder)) : `${name} ${quote(fromFolder(given, unit.folder))}`);
  }
  const away = posix.relative(unit.folder, unit.runsIn);
  const path = posix.relative(unit.runsIn, script.path);
  const package_ = facts.packageScripts.has("train") && script.language === "javascript" && unit.folder === ".";
  const call = package_ ? "npm run train" : [interpreter(script, facts), quote(path), ...words].join(" ");
  return { run: away === "" ? call : `cd ${quote(away)} && ${call}`, why: `${script.path} ${reasons(script, unit)}.` };
}

/** A table to watch the training by: of the same word where there is one. */
function heldOut(name: string, tables: { heldOut: readonly string[] }): string | undefined {
  const word = /test|eval|val/i.exec(name)?.[0].toLowerCase() ?? "";
  return tables.heldOut.find((path) => posix.basename(path).toLowerCase().includes(word)) ?? tables.heldOut[0];
}

function reasons({ path, models, notebook }: Script, { runsIn }: TrainingUnit): string {
  const written = models.written.map((one) => inRepository(one, path, runsIn)).join(", ");
  const saved = written === "" ? "fits a model" : `fits a model and saves ${written}`;
  if (!notebook.cells && !notebook.ipython) return saved;
  return `was a notebook; it ${saved}${notebook.ipython ? ", and calls what only IPython knows: setup has to install ipython" : ""}`;
}

/** The stages' own commands: \`dvc repro\` would leave outputs alone that it thinks are fresh, and a training must write its model. */
function pipelineCommand({ stages, folder }: TrainingUnit): RunCommand | { problem: string } {
  const last = stages.at(-1);
  const names = stages.map(({ name }) => name).join(", then ");
  if (stages.some(({ command }) => command === undefined))
    return {
      run: `dvc repro --force ${last?.name}`,
      why: `dvc.yaml trains by ${names}; a command of it is known to DVC only. --force, since a training has to write its model.`,
    };
  const lines = stages.map((stage) => {
    const away = posix.relative(folder, stage.folder);
    return away === "" ? stage.command : `(cd ${quote(away)} && ${stage.command})`;
  });
  return {
    run: lines.join(" && "),
    why: `${stages.length === 1 ? "the command of stage" : "the commands of stages"} ${names} of dvc.yaml. Not dvc repro, which leaves alone what it thinks is fresh.`,
  };
}

/** Commands before a training, by the files that pin its packages. */
export function setupCommands(
  unit: TrainingUnit,
  { tracked }: RepositoryFacts,
): { commands: string[]; file: string | undefined } {
  const language = unit.script?.language ?? "python";
  const file = environmentFiles[language]
    .flatMap((name) => [...new Set([posix.join(unit.folder, name), name])])
    .find((path) => tracked.has(path) && (unit.folder === "." || path.startsWith(`${unit.folder}/`)));
  if (file === undefined) return { commands: [], file };
  const name = fromFolder(file, unit.folder);
  const command = {
    "uv.lock": "uv sync --frozen",
    "poetry.lock": "poetry install --no-interaction",
    "environment.yml": `conda env update --name base --file ${name}`,
    "environment.yaml": `conda env update --name base --file ${name}`,
    "pyproject.toml": "python -m pip install --quiet .",
    "renv.lock": "Rscript -e 'renv::restore(prompt = FALSE)'",
    DESCRIPTION: "Rscript -e 'remotes::install_deps()'",
    "package-lock.json": "npm ci",
    "package.json": "npm install",
  }[posix.basename(file)];
  return { commands: [command ?? `python -m pip install --quiet -r ${quote(name)}`], file };
}

function quote(word: string): string {
  return /^[\w./@%+=:,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
