import { exitCodes } from "../../errors/errors.ts";
import { createNodeFiles } from "../../files/node-files.ts";
import { specPaths } from "../../flows/read-law.ts";
import { createCommandGit } from "../../git/command-git.ts";
import { type DoctorRequest, diagnose } from "../../onboarding/doctor/diagnose.ts";
import type { Finding } from "../../onboarding/doctor/finding.ts";
import { createNodeProcesses } from "../../processes/node-processes.ts";
import type { Processes } from "../../processes/processes.ts";
import { type AddCommand, examples } from "../command.ts";
import { apiUrlOption, openGitHub, type RepositoryOptions, repositoryOption } from "../github-repository.ts";
import { print, printJson } from "../terminal.ts";

interface DoctorOptions extends RepositoryOptions {
  spec?: string;
  machine: boolean;
  json?: boolean;
}

/** `assay doctor`: what a repository and a machine lack, each with its fix. */
export const addDoctor: AddCommand = (program, finish) => {
  program
    .command("doctor")
    .description("Say what this repository, this machine and the settings on GitHub lack, each with its fix. Changes nothing.")
    .option("--spec <file>", "path of assay.yml in the repository")
    .option("--no-machine", "leave this machine out: another one trains")
    .option(...repositoryOption)
    .option(...apiUrlOption)
    .option("--json", "print JSON")
    .addHelpText(
      "before",
      examples(["assay doctor", "GITHUB_TOKEN=$(gh auth token) assay doctor", "assay doctor --no-machine --json"]),
    )
    .action(async (options: DoctorOptions) => {
      const processes = createNodeProcesses();
      const files = createNodeFiles();
      const git = await createCommandGit(process.cwd(), processes);
      const findings = await diagnose({
        git,
        files,
        processes,
        environment: process.env,
        specPaths: options.spec === undefined ? specPaths : [options.spec],
        github: await settingsOf(options, git.root, processes),
        machine: options.machine,
      });
      const count = (status: Finding["status"]) => findings.filter((finding) => finding.status === status).length;
      if (options.json) printJson({ schema: "assay.doctor/v1", broken: count("broken"), unknown: count("unknown"), findings });
      else print(render(findings));
      if (count("broken") > 0) finish(exitCodes.gateFailed);
    });
};

async function settingsOf(options: DoctorOptions, folder: string, processes: Processes): Promise<DoctorRequest["github"]> {
  const github = await openGitHub(options, folder, processes);
  if (!("lacking" in github)) return github;
  const { lacking, fix } = github;
  return { notAsked: `Required checks, rulesets, runners and permissions were not looked at: ${lacking}.`, fix };
}

const icons = { broken: "❌", unknown: "❔", fine: "✅" } as const;

function render(findings: readonly Finding[]): string {
  const of = (status: Finding["status"]) => findings.filter((finding) => finding.status === status);
  const shown = [...of("broken"), ...of("unknown")].map(
    ({ status, check, message, fix }) => `${icons[status]} ${status}  ${check}: ${message}\n     Fix: ${fix}`,
  );
  const fine = of("fine").map(({ check }) => check);
  return [
    ...shown,
    `${icons.fine} fine  ${[...new Set(fine)].join(", ")}`,
    "",
    `${of("broken").length} broken, ${of("unknown").length} unknown, ${fine.length} fine.`,
  ].join("\n");
}
