import { exitCodes, UsageError } from "../../errors/errors.ts";
import { createNodeFiles } from "../../files/node-files.ts";
import { specPaths } from "../../flows/read-law.ts";
import { createCommandGit } from "../../git/command-git.ts";
import { originUrl, repositoryOfUrl } from "../../git/origin.ts";
import { type DoctorRequest, diagnose } from "../../onboarding/doctor/diagnose.ts";
import type { Finding } from "../../onboarding/doctor/finding.ts";
import { createNodeProcesses } from "../../processes/node-processes.ts";
import { type AddCommand, examples } from "../command.ts";
import { print, printJson } from "../terminal.ts";

interface DoctorOptions {
  spec?: string;
  repository?: string;
  apiUrl?: string;
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
    .option("--repository <owner/name>", "on GitHub; default: GITHUB_REPOSITORY, or that of origin")
    .option("--api-url <url>", "of GitHub; default: GITHUB_API_URL, or https://api.github.com")
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
        github: await openGitHub(options, await originUrl(processes, git.root)),
        machine: options.machine,
      });
      const count = (status: Finding["status"]) => findings.filter((finding) => finding.status === status).length;
      if (options.json) printJson({ schema: "assay.doctor/v1", broken: count("broken"), unknown: count("unknown"), findings });
      else print(render(findings));
      if (count("broken") > 0) finish(exitCodes.gateFailed);
    });
};

async function openGitHub(options: DoctorOptions, origin: string | undefined): Promise<DoctorRequest["github"]> {
  const environment = process.env;
  const repository =
    options.repository ?? environment["GITHUB_REPOSITORY"] ?? (origin === undefined ? undefined : repositoryOfUrl(origin));
  const token = environment["GITHUB_TOKEN"] ?? environment["GH_TOKEN"];
  const left = "Required checks, rulesets, runners and permissions were not looked at";
  if (!repository) return { notAsked: `${left}: origin is no repository on GitHub.`, fix: "Name it: --repository owner/name." };
  const [owner, name, ...more] = repository.split("/");
  if (!owner || !name || more.length > 0)
    throw new UsageError(`--repository ${repository} is not owner/name. Write for example acme/models.`);
  if (!token)
    return { notAsked: `${left}: there is no token.`, fix: "Set GITHUB_TOKEN, for example to what `gh auth token` prints." };
  const { createOctokitGitHub } = await import("../../github/octokit/octokit-github.ts");
  return createOctokitGitHub({ owner, name, token, apiUrl: options.apiUrl ?? environment["GITHUB_API_URL"] });
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
