import { join } from "node:path";
import { ConfigError, UsageError } from "../../errors/errors.ts";
import type { Files } from "../../files/files.ts";
import type { Git } from "../../git/git.ts";
import { parseSpec } from "../../spec/parse-spec.ts";
import { flatten, type ModelProposal } from "./proposal.ts";
import { propose } from "./propose.ts";
import { readFacts } from "./read-facts.ts";
import { isNoCommit, openLines, reusableWorkflow, specText, workflowText } from "./texts.ts";

/** What `assay init` writes into a repository, and what it has to say. */
export interface Setup {
  /** By path in the repository, in the order in which they are shown. */
  files: ReadonlyMap<string, string>;
  models: readonly string[];
  /** Each guess: where it stands, what it is, what it was guessed from. */
  guesses: readonly { path: string; value: unknown; why: string }[];
  /** Lines that a person fills in. */
  open: readonly { path: string; what: string }[];
  notes: readonly string[];
  /** What to do next, in order. */
  next: readonly string[];
}

export interface SetupRequest {
  git: Git;
  files: Files;
  /** `owner/name` on GitHub; undefined where it is not known. */
  repository: string | undefined;
  /** The script that trains, when somebody says so. */
  script: string | undefined;
  /** Commit of Assay's release that the workflow calls. */
  commit: string | undefined;
}

const specPath = "assay.yml";
const workflowPath = ".github/workflows/models.yml";

/**
 * Looks at a repository and proposes its `assay.yml` and workflow. Writes nothing.
 * @throws UsageError where nothing is seen that trains a model
 */
export async function proposeSetup({ git, files, repository, script, commit }: SetupRequest): Promise<Setup> {
  const facts = await readFacts(git, files, repository);
  if (script !== undefined && !facts.scripts.some(({ path }) => path === script))
    throw new UsageError(
      `${script} is no Python, R or JavaScript file that git tracks here. Name one by its path in the repository.`,
    );
  const models = propose(facts, script);
  if (models.length === 0) throw new UsageError(nothingTrains(facts.tracked));
  const text = specText(models);
  const open = models.flatMap(openLines);
  const notes = models.flatMap((model) => model.notes);
  return {
    files: new Map([
      [specPath, text],
      [workflowPath, workflowText(facts.defaultBranch, commit)],
      ...models.flatMap((model) => [...model.files]),
    ]),
    models: models.map(({ name }) => name),
    guesses: models.flatMap(guessesOf),
    open,
    notes: [...new Set(notes)],
    next: nextSteps(open, mistakesIn(text), facts.defaultBranch, commit ?? reusableWorkflow.commit),
  };
}

function nothingTrains(tracked: ReadonlySet<string>): string {
  const notebook = [...tracked].find((path) => path.endsWith(".ipynb"));
  const advice = notebook
    ? `Make a script of the notebook (\`jupyter nbconvert --to script ${notebook}\`) and commit it, or name`
    : "Commit it, or name";
  return `No file that git tracks here is seen to train a model: no Python, R or JavaScript script that fits one, and no such stage in dvc.yaml. ${advice} the script: \`assay init --script train.py\`.`;
}

function guessesOf({ name, why, entries }: ModelProposal): Setup["guesses"] {
  const guesses = flatten(entries, `models.${name}`).flatMap(({ path, entry: { content, why } }) =>
    "value" in content && why !== undefined ? [{ path, value: content.value, why }] : [],
  );
  return [{ path: `models.${name}`, value: name, why }, ...guesses];
}

/** A proposal is held to the same rules as any file. */
function mistakesIn(text: string): readonly string[] {
  try {
    parseSpec(text, specPath);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split("\n");
    throw error;
  }
}

function nextSteps(open: Setup["open"], mistakes: readonly string[], branch: string, commit: string): string[] {
  const fill = open.map(({ path, what }) => `Fill in ${path} in ${specPath}: ${what}.`);
  return [
    ...fill,
    // Beside what is to be filled in, which the same check finds again.
    ...(open.length === 0 ? mistakes.map((mistake) => `Mend ${mistake}`) : []),
    "`assay validate`, then `assay train && assay evaluate`: the same as in a pull request, here.",
    ...pinStep(commit, workflowPath, "assay init --force"),
    `Commit the files and merge them to ${branch}: the first run there records the baseline.`,
    "`assay doctor` says what the repository and its machines still lack.",
  ];
}

/** What is to be done where no release is known that could be named. */
export function pinStep(commit: string, path: string, command: string): string[] {
  if (!isNoCommit(commit)) return [];
  return [`Assay has no release yet: put a commit of it in place of the zeros in ${path} (\`${command} --pin <sha>\`).`];
}

/**
 * Which of the files may not be written because something is there.
 * @returns paths in the repository
 */
export async function filesInTheWay(
  setup: Setup,
  { git, files }: Pick<SetupRequest, "git" | "files">,
): Promise<readonly string[]> {
  const there: string[] = [];
  const paths = [...setup.files.keys()];
  // It is read where there is no other.
  if (paths.includes(specPath)) paths.push(".github/assay.yml");
  for (const path of paths) if (await files.exists(join(git.root, path))) there.push(path);
  return there;
}

export async function writeSetup(setup: Setup, { git, files }: Pick<SetupRequest, "git" | "files">): Promise<void> {
  for (const [path, text] of setup.files) await files.write(join(git.root, path), text);
}
