import { basename, join } from "node:path";
import { ConfigError, GitHubError } from "../../errors/errors.ts";
import type { Files } from "../../files/files.ts";
import type { Git } from "../../git/git.ts";
import { parseListing } from "../../git/listing.ts";
import type { GitHub } from "../../github/github.ts";
import type { Processes } from "../../processes/processes.ts";
import { parseSpec } from "../../spec/parse-spec.ts";
import type { Spec } from "../../spec/spec.ts";
import { callingWorkflows } from "./calling-workflows.ts";
import { checkData } from "./data.ts";
import { broken, type Finding, fine, unknown } from "./finding.ts";
import { checkGitHub, readGitHubState } from "./github.ts";
import { checkMachine } from "./machine.ts";
import { checkReleases } from "./releases.ts";
import { checkWorkflows } from "./workflow.ts";

export interface DoctorRequest {
  git: Git;
  files: Files;
  processes: Processes;
  environment: Readonly<Record<string, string | undefined>>;
  /** Where `assay.yml` may be, in this order. */
  specPaths: readonly string[];
  /** Undefined: why GitHub is not asked. */
  github: GitHub | { notAsked: string; fix: string };
  /** Whether this machine is one that trains. */
  machine: boolean;
}

/** Labels that start trainings. */
function labelsOf(spec: Spec | undefined): readonly string[] {
  return [...(spec?.models.values() ?? [])].flatMap(({ train: { when } }) => (when === "push" ? [] : [when.label]));
}

/** Variables that trainings are to get. */
function envOf(spec: Spec | undefined): readonly string[] {
  return [...new Set([...(spec?.models.values() ?? [])].flatMap(({ train }) => train.env))];
}

/** Everything that a repository and a machine lack. Changes nothing. */
export async function diagnose(request: DoctorRequest): Promise<readonly Finding[]> {
  const { git, files, github } = request;
  const tracked = parseListing(await git.listWorkTreeRaw()).map(({ path }) => path);
  const { spec, finding } = await readSpec(request);
  const calling = callingWorkflows(await readWorkflows(git, files));
  const state = "notAsked" in github ? undefined : await askGitHub(github, spec);
  const branch = state?.defaultBranch ?? (await git.defaultBranch()) ?? (await git.currentBranch()) ?? "main";
  const uses = { dvc: tracked.some((path) => path.endsWith(".dvc")), lfs: await usesLfs(tracked, git, files) };
  return [
    finding,
    ...checkWorkflows(calling.judging, branch, { labels: labelsOf(spec), env: envOf(spec), writer: spec?.writer }),
    ...checkReleases(calling.promoting, spec),
    ...(spec ? await checkData(spec, git, files) : []),
    ...(request.machine ? await checkMachine({ ...request, spec, uses }) : []),
    ...(state?.findings ?? ("notAsked" in github ? [unknown("github", github.notAsked, github.fix)] : [])),
  ];
}

async function readSpec({ git, files, specPaths }: DoctorRequest): Promise<{ spec: Spec | undefined; finding: Finding }> {
  const check = "assay.yml";
  for (const path of specPaths) {
    const text = await files.readText(join(git.root, path));
    if (text === undefined) continue;
    try {
      return { spec: parseSpec(text, path), finding: fine(check, `${path} is valid.`) };
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      const [first] = error.message.split("\n");
      const more = error.diagnostics.length - 1;
      const message = `${path} is not valid: ${first}${more > 0 ? ` (and ${more} more)` : ""}`;
      return { spec: undefined, finding: broken(check, message, "`assay validate` names every mistake with a fix.") };
    }
  }
  return {
    spec: undefined,
    finding: broken(check, `There is no ${specPaths.join(" or ")}.`, "`assay init` proposes one from what the repository holds."),
  };
}

/** Those that lie there: a new one need not be tracked yet. */
async function readWorkflows({ root }: Git, files: Files): Promise<ReadonlyMap<string, string>> {
  const folder = join(root, ".github/workflows");
  const texts = new Map<string, string>();
  if (!(await files.stat(folder))?.isFolder) return texts;
  for (const path of (await files.list(folder)).filter((one) => /^[^/]+\.ya?ml$/.test(one))) {
    const text = await files.readText(join(folder, path));
    if (text !== undefined) texts.set(`.github/workflows/${path}`, text);
  }
  return texts;
}

async function usesLfs(tracked: readonly string[], { root }: Git, files: Files): Promise<boolean> {
  for (const path of tracked.filter((one) => basename(one) === ".gitattributes"))
    if (/\bfilter=lfs\b/.test((await files.readText(join(root, path))) ?? "")) return true;
  return false;
}

/** A token that does not work is one thing that is broken, and the rest is not known. */
async function askGitHub(
  github: GitHub,
  spec: Spec | undefined,
): Promise<{ defaultBranch?: string; findings: readonly Finding[] }> {
  try {
    const state = await readGitHubState(github.settings);
    return { defaultBranch: state.repository.defaultBranch, findings: checkGitHub(state, spec) };
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    const { owner, name } = github.repository;
    if (error.status === 401 || error.status === 404)
      return {
        findings: [
          broken(
            "github",
            `The token does not open ${owner}/${name}: ${error.message}`,
            "Give a token of somebody who may read the repository.",
          ),
        ],
      };
    return { findings: [unknown("github", error.message, "Run it again when GitHub answers.")] };
  }
}
