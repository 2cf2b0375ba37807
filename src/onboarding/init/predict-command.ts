import { posix } from "node:path";
import type { RepositoryFacts } from "./facts.ts";
import { interpreter } from "./run-command.ts";
import type { Script } from "./script.ts";
import type { ArgumentRole } from "./script-arguments.ts";
import { fromFolder, inRepository, type TrainingUnit } from "./training-unit.ts";

/** A command of the repository that scores rows, or why none is known. */
export type PredictCommand =
  | { kind: "command"; run: string; why: string; script: Script; notes: readonly string[] }
  | { kind: "none"; why: string };

const roles: readonly ArgumentRole[] = ["model", "data", "out"];

/** Looks for a script that takes a table and writes predictions, and puts its command line together. */
export function findPredictCommand(
  unit: TrainingUnit,
  facts: RepositoryFacts,
  model: string,
  artefacts: readonly string[],
): PredictCommand {
  const [script] = facts.scripts.filter(
    (one) => one.predicts && isNear(one, unit) && /predict|infer|score/i.test(posix.basename(one.path)),
  );
  if (!script) return { kind: "none", why: "the repository has no script that is named predict, inference or score" };
  const { path, arguments: declared } = script;
  const missing = (role: ArgumentRole) => !declared.some((argument) => argument.role === role);
  const unknown = declared.filter(({ required, role }) => required && role === undefined).map(({ name }) => name);
  const open = roles.filter((role) => role !== "model" && missing(role));
  if (open.length > 0 || unknown.length > 0)
    return {
      kind: "none",
      why: `${path} ${unknown.length > 0 ? `also wants ${unknown.join(", ")}` : `takes no argument that is seen to be the ${open.map((role) => (role === "out" ? "output" : "table")).join(" or the ")}`}`,
    };
  const others = script.models.read
    .map((one) => inRepository(one, path, unit.runsIn))
    .filter((one) => one !== model && artefacts.includes(one));
  if (others.length > 0)
    return {
      kind: "none",
      why: `${path} reads ${others.join(", ")} beside the model: train one file or one folder that holds both`,
    };
  const taken = new Set<ArgumentRole>();
  const words = declared.flatMap(({ name, positional, required, role }) => {
    if (role === undefined || taken.has(role) || (!required && role === "data" && /train/i.test(name))) return [];
    taken.add(role);
    return positional ? [`{${role}}`] : [`${name} {${role}}`];
  });
  const call = `${interpreter(script, facts)} ${fromFolder(path, unit.folder)} ${words.join(" ")}`;
  const place = fromFolder(model, unit.folder);
  const run = missing("model") ? `cp {model} ${place} && ${call}` : call;
  return {
    kind: "command",
    run,
    script,
    why: `${path} scores rows${missing("model") ? `; it reads ${place} by itself, so the model is laid there first` : ""}.`,
    notes:
      script.quotes("prediction") || /prediction=/.test(words.join(" "))
        ? []
        : [
            `${path} does not seem to write a column called prediction. Assay reads that, and for probabilities score or proba_<class>; see docs/assay-yml.md.`,
          ],
  };
}

/** Beside what trains, below it, or at the root. */
function isNear({ path }: Script, unit: TrainingUnit): boolean {
  const folder = posix.dirname(path);
  const own = unit.script ? posix.dirname(unit.script.path) : unit.folder;
  return (
    (unit.folder === "." || path.startsWith(`${unit.folder}/`)) &&
    (folder === own || folder === "." || folder.startsWith(`${own}/`))
  );
}
