import { posix } from "node:path";
import type { Stage } from "./dvc-pipeline.ts";
import type { Script } from "./script.ts";
import type { TableFacts } from "./table-facts.ts";

/** What a repository holds, as far as a proposal is made from it. Paths are the repository's. */
export interface RepositoryFacts {
  /** Of the repository, for a model that has no better name. */
  name: string;
  defaultBranch: string;
  tracked: ReadonlySet<string>;
  scripts: readonly Script[];
  tables: readonly TableFacts[];
  stages: readonly Stage[];
  /** Outputs of stages whose content `dvc.lock` records. */
  locked: ReadonlySet<string>;
  /** Files of parameters with their values by dotted key. */
  params: ReadonlyMap<string, ReadonlyMap<string, unknown>>;
  /** Scripts that `package.json` names. */
  packageScripts: ReadonlySet<string>;
}

/** Files of the repository that pin or name what a training needs, the most exact first. */
export const environmentFiles: Readonly<Record<Script["language"], readonly string[]>> = {
  python: [
    "uv.lock",
    "poetry.lock",
    "requirements.lock",
    "requirements.txt",
    "requirements-train.txt",
    "requirements/train.txt",
    "environment.yml",
    "environment.yaml",
    "pyproject.toml",
  ],
  r: ["renv.lock", "DESCRIPTION"],
  javascript: ["package-lock.json", "package.json"],
};

/** The script and those of the repository that it imports, directly or not. */
export function withImports(script: Script, scripts: readonly Script[]): readonly Script[] {
  const found = [script];
  for (const one of found) {
    const folder = posix.dirname(one.path);
    for (const name of one.imports) {
      const places =
        name.includes("/") || /\.\w+$/.test(name) ? [posix.join(folder, name), posix.join(folder, `${name}.js`)] : [];
      const dotted = name.replace(/^\.+/, "").replaceAll(".", "/");
      for (const home of [folder, "."]) places.push(posix.join(home, `${dotted}.py`), posix.join(home, dotted, "__init__.py"));
      const next = scripts.find((other) => places.includes(other.path));
      if (next && !found.includes(next)) found.push(next);
    }
  }
  return found;
}
