import { UsageError } from "../../errors/errors.ts";
import { createCommandGit } from "../../git/command-git.ts";
import type { Git } from "../../git/git.ts";
import { createNodeProcesses } from "../../processes/node-processes.ts";
import { dvcYamlOf, parseAnnotations } from "../../registry/annotations.ts";
import { checkRef, showHistory } from "../../registry/history.ts";
import { type RegistryState, readRegistry } from "../../registry/registry-state.ts";
import { type Annotations, listVersions, showRegistry } from "../../registry/show.ts";
import { isModelName } from "../../registry/tag-name.ts";
import { type AddCommand, examples } from "../command.ts";
import { annotationLine, historyTable, registryTable, versionsTable } from "../registry-tables.ts";
import { print, printJson, progress, terminalWidth } from "../terminal.ts";
import { addRegistryPage } from "./registry-page.ts";
import { addRegistryPrune } from "./registry-prune.ts";

/** `assay registry`: models, versions and stages, read from this clone's annotated tags. */
export const addRegistry: AddCommand = (program) => {
  const registry = program
    .command("registry")
    .description("Models, their versions and stages, read from this clone's annotated tags. The tags are those of GTO.")
    .addHelpText("before", examples(["assay registry show", "assay registry show fraud", "assay registry history fraud --json"]));
  registry
    .command("show")
    .argument("[model]", "one model's versions")
    .description("The highest version of each model and what its stages point at; of one model, all versions.")
    .option("--deprecated", "deprecated models too")
    .option("--json", "print JSON; of all models in the shape of `gto show --json`, with what artifacts: of dvc.yaml says")
    .addHelpText("before", examples(["assay registry show", "assay registry show fraud", "assay registry show --json"]))
    .action(async (model: string | undefined, options: { deprecated?: boolean; json?: boolean }) => {
      const git = await openGit();
      const state = await openRegistry(git);
      if (model !== undefined) {
        const versions = listVersions(modelOf(state, model));
        if (options.json) return printJson(versions);
        const annotation = (await readAnnotations([model], git)).get(model);
        return print(
          [...(annotation ? [annotationLine(annotation), ""] : []), versionsTable(versions, terminalWidth())].join("\n"),
        );
      }
      const shown = showRegistry(state, { ...options, annotations: await readAnnotations([...state.models.keys()], git) });
      if (options.json) printJson(shown);
      else if (Object.keys(shown).length === 0)
        print("No model has an annotated tag here. `git fetch --tags` brings those of the remote.");
      else print(registryTable(shown));
    });
  registry
    .command("history")
    .argument("[model]", "of one model")
    .description("What was registered, assigned, undone and deprecated: when, by whom, at which commit. Newest first.")
    .option("--ascending", "oldest first")
    .option("--json", "print JSON, in the shape of `gto history --json`")
    .addHelpText(
      "before",
      examples(["assay registry history", "assay registry history fraud --ascending", "assay registry history --json"]),
    )
    .action(async (model: string | undefined, options: { ascending?: boolean; json?: boolean }) => {
      const state = await openRegistry();
      if (model !== undefined) modelOf(state, model);
      const entries = showHistory(state, { model, ascending: options.ascending });
      if (options.json) printJson(entries);
      else print(historyTable(entries, terminalWidth()));
    });
  registry
    .command("check-ref")
    .argument("<tag>", "such as fraud@v1.2.0 or refs/tags/fraud#production#3")
    .description("What a tag did. Prints nothing where it is no annotated tag about a model.")
    .option("--json", "print JSON, in the shape of `gto check-ref --json`")
    .addHelpText("before", examples(["assay registry check-ref fraud@v1.2.0", 'assay registry check-ref "$GITHUB_REF" --json']))
    .action(async (tag: string, options: { json?: boolean }) => {
      const found = checkRef(await openRegistry(), tag);
      if (!found) return;
      if (options.json) printJson(found);
      else
        print(
          `${found.event} of ${found.artifact}${found.stage ? `, stage ${found.stage}` : ""}${found.version ? `, ${found.version}` : ""}`,
        );
    });
  addRegistryPage(registry);
  addRegistryPrune(registry);
};

function openGit(): Promise<Git> {
  return createCommandGit(process.cwd(), createNodeProcesses());
}

async function openRegistry(git?: Git): Promise<RegistryState> {
  const here = git ?? (await openGit());
  const state = readRegistry(await here.listTags());
  for (const problem of state.problems) progress(problem);
  return state;
}

/** By the models' names, of the commit that is checked out. */
async function readAnnotations(models: readonly string[], git: Git): Promise<Annotations> {
  if ((await git.resolve("HEAD")) === undefined) return new Map();
  const found = await git.readMany("HEAD", [...new Set(models.map(dvcYamlOf))]);
  return new Map([...found].flatMap(([path, bytes]) => [...parseAnnotations(path, bytes)]));
}

function modelOf(state: RegistryState, name: string) {
  const model = state.models.get(name);
  if (model) return model;
  if (!isModelName(name))
    throw new UsageError(
      `"${name}" is no name of a model. Letters, digits, - _ and / are allowed, such as fraud or models:fraud.`,
    );
  const known = [...state.models.keys()].sort().slice(0, 20);
  throw new UsageError(
    `No annotated tag is about the model "${name}". ${known.length > 0 ? `Here are: ${known.join(", ")}.` : "`git fetch --tags` brings those of the remote."}`,
  );
}
