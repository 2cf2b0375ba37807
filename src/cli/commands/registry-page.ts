import { resolve } from "node:path";
import type { Command } from "commander";
import { createNodeFiles } from "../../files/node-files.ts";
import { createCommandGit } from "../../git/command-git.ts";
import { createNodeProcesses } from "../../processes/node-processes.ts";
import { examples } from "../command.ts";
import {
  apiUrlOption,
  namedRepository,
  openGitHub,
  type RepositoryOptions,
  repositoryOption,
  serverUrlOf,
} from "../github-repository.ts";
import { checkPage } from "../plain-files/write-page.ts";
import { printJson, progress } from "../terminal.ts";

interface Options extends RepositoryOptions {
  output?: string;
  json?: boolean;
}

/** `assay registry page`: the registry as one HTML file. */
export function addRegistryPage(registry: Command): void {
  registry
    .command("page")
    .option("--output <file>", "where to write the page; default: registry.html, and none with --json")
    .option(...repositoryOption)
    .option(...apiUrlOption)
    .option("--json", "print the page's data as JSON")
    .description(
      "Write models, versions, stages and their history as one HTML file that loads nothing: from tags, and with a token in " +
        "GITHUB_TOKEN from releases, their evidence, and the ledger's promotions too.",
    )
    .addHelpText(
      "before",
      examples([
        "assay registry page --output registry.html",
        "GITHUB_TOKEN=$(gh auth token) assay registry page --output site/index.html",
        "assay registry page --json",
      ]),
    )
    .action(async ({ output, json, ...options }: Options) => {
      if (output !== undefined) checkPage(output, [], "--output");
      const processes = createNodeProcesses();
      const files = createNodeFiles();
      const git = await createCommandGit(process.cwd(), processes);
      const github = await openGitHub(options, git.root, processes);
      const { readRegistryPage } = await import("../../flows/registry/read-registry-page.ts");
      const page = await readRegistryPage({
        ...{ git, files, now: new Date() },
        github: "lacking" in github ? { lacking: `${github.lacking}. ${github.fix}` } : github,
        repository: await namedRepository(options, git.root, processes),
        serverUrl: serverUrlOf(options),
      });
      if (page.tagsOnly !== undefined) progress(`From tags alone: ${page.tagsOnly}`);
      for (const note of [...page.problems, ...page.notes]) progress(note);
      if (json) printJson({ schema: "assay.registry/v1", ...page });
      if (json && output === undefined) return;
      const path = output ?? "registry.html";
      const { renderRegistryPage } = await import("../../report/page/registry/registry-page.ts");
      await files.write(resolve(path), renderRegistryPage(page));
      progress(`Wrote ${path}`);
    });
}
