import { posix } from "node:path";
import { type Stage, stagesUpTo } from "./dvc-pipeline.ts";
import { type RepositoryFacts, withImports } from "./facts.ts";
import type { Script } from "./script.ts";
import { plainPath, scriptFolder } from "./script-paths.ts";

/** What trains one model. Paths are the repository's. */
export interface TrainingUnit {
  /** The script that fits; undefined where a stage runs something else. */
  script: Script | undefined;
  /** It and what else of the repository has a part in the training. */
  related: readonly Script[];
  /** Stages of DVC up to the one that trains, in order; empty without a pipeline. */
  stages: readonly Stage[];
  /** Where the script expects to run. */
  runsIn: string;
  /** `train.working-directory`. */
  folder: string;
}

/** The trainings of a repository, at most one a folder. `chosen`: the script that somebody named. */
export function findTrainings(facts: RepositoryFacts, chosen?: string): readonly TrainingUnit[] {
  if (chosen !== undefined) {
    const script = facts.scripts.find(({ path }) => path === chosen);
    return script ? [byScript(script, facts)] : [];
  }
  const piped = facts.stages.filter((stage) => trainsInPipeline(stage, facts));
  const last = piped.at(-1);
  if (last) return [byStage(last, facts)];
  const best = new Map<string, Script>();
  for (const script of facts.scripts) {
    const folder = posix.dirname(script.path);
    const other = best.get(folder);
    if (standing(script) > 0 && (!other || standing(script) > standing(other))) best.set(folder, script);
  }
  const highest = Math.max(0, ...[...best.values()].map(standing));
  // A monorepo has its models in folders that look alike; anything less sure stays out.
  return [...best.values()].filter((script) => standing(script) === highest).map((script) => byScript(script, facts));
}

/** How much a script looks like the one that trains; 0: not at all. */
function standing({ path, fits, models }: Script): number {
  if (!fits) return 0;
  const name = posix.basename(path);
  const named = /train|fit/i.test(name) ? 2 : 0;
  const other = /test|eval|predict|infer|plot|explore|utils|tune|search|conftest|setup/i.test(name) ? 3 : 0;
  return Math.max(0, 2 + named - other + (models.written.length > 0 ? 3 : 0));
}

function trainsInPipeline(stage: Stage, facts: RepositoryFacts): boolean {
  const script = scriptOf(stage, facts);
  if (/train|fit/i.test(stage.name) && stage.outs.length > 0) return true;
  return script?.fits === true && stage.outs.some((out) => /\.(?:onnx|pkl|pickle|joblib|keras|h5|pt|pth|cbm|rds)$/i.test(out));
}

function scriptOf({ command = "", folder, deps }: Stage, { scripts }: RepositoryFacts): Script | undefined {
  const words = command.split(/[\s;&|]+/).map((word) => posix.join(folder, plainPath(word) || "."));
  const modules = [...command.matchAll(/-m\s+([\w.]+)/g)].map(([, name = ""]) =>
    posix.join(folder, `${name.replaceAll(".", "/")}.py`),
  );
  return (
    scripts.find(({ path }) => words.includes(path) || modules.includes(path)) ??
    scripts.find(({ path, fits }) => fits && deps.includes(path))
  );
}

function byStage(stage: Stage, facts: RepositoryFacts): TrainingUnit {
  const stages = stagesUpTo(stage, facts.stages);
  const script = scriptOf(stage, facts);
  const others = stages.map((one) => scriptOf(one, facts)).filter((one) => one !== undefined);
  const related = [...(script ? withImports(script, facts.scripts) : []), ...others];
  return { script, related: [...new Set(related)], stages, runsIn: stage.folder, folder: "." };
}

function byScript(script: Script, facts: RepositoryFacts): TrainingUnit {
  const related = withImports(script, facts.scripts);
  const own = posix.dirname(script.path);
  const runsIn = own === "." || hits(".") >= hits(own) ? "." : own;
  // Paths of a model may not leave its working directory.
  const outside = named(runsIn).some((path) => facts.tracked.has(path) && !path.startsWith(`${runsIn}/`));
  return { script, related, stages: [], runsIn, folder: outside ? "." : runsIn };

  function named(folder: string): string[] {
    return [...script.tables, ...script.settings].map((path) => inRepository(path, script.path, folder));
  }
  function hits(folder: string): number {
    return named(folder).filter((path) => facts.tracked.has(path) || facts.tracked.has(`${path}.dvc`)).length;
  }
}

/** A path that a script spells, as the repository has it. */
export function inRepository(spelled: string, script: string, runsIn: string): string {
  if (spelled.startsWith(scriptFolder))
    return posix.join(posix.dirname(script), plainPath(spelled.slice(scriptFolder.length)) || ".");
  return posix.join(runsIn, plainPath(spelled) || ".");
}

/** Whether the script that fits names the table. */
export function namesTable({ script, runsIn }: TrainingUnit, path: string): boolean {
  return script?.tables.some((table) => inRepository(table, script.path, runsIn) === path) ?? false;
}

/** A path of the repository as the model's own entries write it. */
export function fromFolder(path: string, folder: string): string {
  return folder === "." ? path : posix.relative(folder, path);
}
