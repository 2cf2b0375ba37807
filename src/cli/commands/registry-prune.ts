import type { Command } from "commander";
import { UsageError } from "../../errors/errors.ts";
import { createNodeFiles } from "../../files/node-files.ts";
import { createCommandGit } from "../../git/command-git.ts";
import type { Judged, Retention } from "../../model-store/decide-retention.ts";
import { createNodeProcesses } from "../../processes/node-processes.ts";
import { examples } from "../command.ts";
import { type Column, fittingTable } from "../fitting.ts";
import { apiUrlOption, openGitHub, type RepositoryOptions, repositoryOption } from "../github-repository.ts";
import { print, printJson, progress, terminalWidth } from "../terminal.ts";

interface Options extends RepositoryOptions {
  dryRun?: boolean;
  json?: boolean;
}

/** `assay registry prune`: the model store without what nothing needs. */
export function addRegistryPrune(registry: Command): void {
  registry
    .command("prune")
    .option("--dry-run", "only list what would be deleted")
    .option(...repositoryOption)
    .option(...apiUrlOption)
    .option("--json", "print JSON")
    .description(
      "Delete from the model store, the prerelease assay-store, what is older than `retention.store` of the default branch's " +
        "assay.yml and needed by nothing. What a release or a tagged version has never goes, nor a baseline in use; evidence and " +
        "releases are not touched. Needs a clone with all tags, and a token in GITHUB_TOKEN with contents: write.",
    )
    .addHelpText(
      "before",
      examples(["assay registry prune --dry-run", "GITHUB_TOKEN=$(gh auth token) assay registry prune --json"]),
    )
    .action(async ({ dryRun = false, json, ...options }: Options) => {
      const processes = createNodeProcesses();
      const git = await createCommandGit(process.cwd(), processes);
      const github = await openGitHub(options, git.root, processes);
      if ("lacking" in github) throw new UsageError(`The model store is on GitHub, and ${github.lacking}. ${github.fix}`);
      const { pruneStore } = await import("../../flows/registry/prune-store.ts");
      const token = process.env["GITHUB_TOKEN"] ?? process.env["GH_TOKEN"];
      const pruned = await pruneStore(dryRun, {
        ...{ files: createNodeFiles(), git, github, token, progress },
        now: () => new Date(),
      });
      if (json) printJson({ schema: "assay.prune/v1", dryRun, ...pruned });
      else print(told(pruned, dryRun));
    });
}

const columns: readonly Column<Judged>[] = [
  { header: "file", align: "l", cell: ({ digest }) => digest.slice("sha256:".length, 19) },
  { header: "MiB", align: "r", cell: ({ bytes }) => mebibytes(bytes) },
  { header: "days", align: "r", cell: ({ days }) => String(days) },
  { header: "what it is", align: "l", cell: ({ why }) => why },
];

function told({ goes, stays, storeDays }: Retention & { storeDays: number }, dryRun: boolean): string {
  const reasons = new Map<string, number>();
  for (const { why } of stays) reasons.set(why, (reasons.get(why) ?? 0) + 1);
  const kept = [...reasons].map(
    ([why, count]) => `  ${count} because ${why.startsWith("younger") ? `${count === 1 ? "it is" : "they are"} ${why}` : why}`,
  );
  const bytes = goes.reduce((sum, file) => sum + file.bytes, 0);
  const done = dryRun ? "would be deleted" : "deleted";
  return [
    ...(goes.length > 0 ? [fittingTable(columns, goes, terminalWidth()), ""] : []),
    `${goes.length} of ${goes.length + stays.length} files of the model store ${done}, ${mebibytes(bytes)} MiB: older than ${storeDays} days, and nothing needs them.`,
    ...(kept.length > 0 ? ["Kept:", ...kept] : []),
  ].join("\n");
}

function mebibytes(bytes: number): string {
  return (bytes / 1024 ** 2).toFixed(1);
}
