import { UsageError } from "../../errors/errors.ts";
import { createCommandGit } from "../../git/command-git.ts";
import { createNodeProcesses } from "../../processes/node-processes.ts";
import { checkRef, showHistory } from "../../registry/history.ts";
import { type RegistryState, readRegistry } from "../../registry/registry-state.ts";
import { listVersions, showRegistry } from "../../registry/show.ts";
import { isModelName } from "../../registry/tag-name.ts";
import { type AddCommand, examples } from "../command.ts";
import { historyTable, registryTable, versionsTable } from "../registry-tables.ts";
import { print, printJson, progress, terminalWidth } from "../terminal.ts";

/** `assay registry`: models, versions and stages, read from this clone's annotated tags alone. */
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
    .option("--json", "print JSON; of all models in the shape of `gto show --json`")
    .addHelpText("before", examples(["assay registry show", "assay registry show fraud", "assay registry show --json"]))
    .action(async (model: string | undefined, options: { deprecated?: boolean; json?: boolean }) => {
      const state = await openRegistry();
      if (model !== undefined) {
        const versions = listVersions(modelOf(state, model));
        return options.json ? printJson(versions) : print(versionsTable(versions, terminalWidth()));
      }
      const shown = showRegistry(state, options);
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
};

async function openRegistry(): Promise<RegistryState> {
  const git = await createCommandGit(process.cwd(), createNodeProcesses());
  const state = readRegistry(await git.listTags());
  for (const problem of state.problems) progress(problem);
  return state;
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
