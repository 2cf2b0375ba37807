import { exitCodes, UsageError } from "../../errors/errors.ts";
import { createNodeFiles } from "../../files/node-files.ts";
import { createCommandGit } from "../../git/command-git.ts";
import { originUrl, repositoryOfUrl } from "../../git/origin.ts";
import { proposePromotion } from "../../onboarding/init/propose-promotion.ts";
import { filesInTheWay, proposeSetup, type Setup, writeSetup } from "../../onboarding/init/set-up.ts";
import { createNodeProcesses } from "../../processes/node-processes.ts";
import { type AddCommand, examples } from "../command.ts";
import { print, printJson, progress } from "../terminal.ts";

interface InitOptions {
  script?: string;
  pin?: string;
  promote?: boolean;
  dryRun?: boolean;
  force?: boolean;
  json?: boolean;
}

/** `assay init`: a repository that was not written for Assay gets its two files. */
export const addInit: AddCommand = (program, finish) => {
  program
    .command("init")
    .description("Look at a repository and write its assay.yml and workflow, with each guess explained. Asks nothing.")
    .option("--script <file>", "the script that trains, where it is not found or another one is meant")
    .option("--promote", "write only .github/workflows/promote.yml, by which versions of its models are shipped")
    .option("--pin <sha>", "commit of Assay's release that the workflow calls")
    .option("--dry-run", "print the files and write nothing")
    .option("--force", "write over files that are there")
    .option("--json", "print JSON")
    .addHelpText(
      "before",
      examples(["assay init --dry-run", "assay init", "assay init --script src/train.py --force", "assay init --promote"]),
    )
    .action(async (options: InitOptions) => {
      if (options.promote && options.script !== undefined)
        throw new UsageError("--promote writes one workflow, for which no script is looked at. Leave --script out.");
      if (options.pin !== undefined && !/^[0-9a-f]{40}$/.test(options.pin))
        throw new UsageError(`--pin ${options.pin} is no full commit id. Write the 40 hexadecimal digits of a commit.`);
      const processes = createNodeProcesses();
      const files = createNodeFiles();
      const git = await createCommandGit(process.cwd(), processes);
      const url = await originUrl(processes, git.root);
      const repository = url === undefined ? undefined : repositoryOfUrl(url);
      const request = { git, files, repository, script: options.script, commit: options.pin };
      const setup = await (options.promote ? proposePromotion(request) : proposeSetup(request));
      const inTheWay = await filesInTheWay(setup, { git, files });
      if (inTheWay.length > 0 && !options.force && !options.dryRun)
        throw new UsageError(
          `${inTheWay.join(" and ")} ${inTheWay.length === 1 ? "is" : "are"} there already, and nothing was written. ` +
            "See what would be written with --dry-run, or write over it with --force.",
        );
      if (!options.dryRun) await writeSetup(setup, { git, files });
      if (options.json) printJson(asJson(setup, options.dryRun !== true));
      else show(setup, options.dryRun === true);
      if (setup.open.length > 0) finish(exitCodes.inconclusive);
    });
};

function asJson({ files, ...said }: Setup, written: boolean) {
  return { schema: "assay.init/v1", written, files: [...files].map(([path, text]) => ({ path, text })), ...said };
}

function show(setup: Setup, dryRun: boolean): void {
  for (const { path, value, why } of setup.guesses) progress(`${path}: ${short(value)}\n    ${why}`);
  for (const note of setup.notes) progress(`Note: ${note}`);
  if (dryRun) print([...setup.files].map(([path, text]) => `# ${path}\n${text}`).join("\n"));
  else print(`Written: ${[...setup.files.keys()].join(", ")}.`);
  print(
    `${setup.open.length > 0 ? "Not finished" : "Next"}:\n${setup.next.map((step, index) => `  ${index + 1}. ${step}`).join("\n")}`,
  );
}

function short(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}
