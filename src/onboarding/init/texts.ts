import { stringify } from "yaml";
import { type Entry, flatten, type ModelProposal } from "./proposal.ts";

/** The reusable workflow that a repository calls, as the examples do. */
export const reusableWorkflow = {
  uses: "assay-ml/assay/.github/workflows/model-ci.yml",
  commit: "0000000000000000000000000000000000000000",
  comment: "set when a release is made",
};

/** Whether a commit is none: before there is a release. */
export function isNoCommit(commit: string): boolean {
  return /^0+$/.test(commit);
}

/** @param commit that somebody gave; undefined: none is known */
export function pinOf(commit: string | undefined): { commit: string; comment: string } {
  return commit === undefined ? reusableWorkflow : { commit, comment: "pinned by assay init" };
}

const commentWidth = 120;

/** `assay.yml`, with each guess explained above its line. */
export function specText(models: readonly ModelProposal[]): string {
  const open = models.some((model) => openLines(model).length > 0);
  return [
    "# yaml-language-server: $schema=https://raw.githubusercontent.com/assay-ml/assay/main/docs/assay.schema.json",
    "# Written by `assay init` from what this repository holds. Check what it guessed, then keep the comments or not.",
    ...(open ? ["# Lines that end in FILL IN are not known: the file is not valid until they are."] : []),
    "version: 1",
    "",
    "models:",
    ...models.flatMap((model) => [
      ...comment(model.why, "  "),
      `  ${scalar(model.name)}:`,
      ...model.entries.flatMap((entry) => lines(entry, "    ")),
    ]),
    "",
  ].join("\n");
}

/** What a person still has to write, by dotted key. */
export function openLines(model: ModelProposal): readonly { path: string; what: string }[] {
  return flatten(model.entries, `models.${model.name}`).flatMap(({ path, entry }) =>
    "missing" in entry.content ? [{ path, what: entry.content.missing }] : [],
  );
}

function lines({ key, why, content }: Entry, indent: string): string[] {
  if ("missing" in content) return [...comment(content.missing, indent, "FILL IN: "), `${indent}${key}: # FILL IN`];
  if ("entries" in content) return [`${indent}${key}:`, ...content.entries.flatMap((entry) => lines(entry, `${indent}  `))];
  return [...(why === undefined ? [] : comment(why, indent)), `${indent}${key}: ${scalar(content.value)}`];
}

/** On one line: `[a, b]`, `{ a: 1 }`, and text in quotes where YAML would take it for something else. */
function scalar(given: unknown): string {
  return stringify(given, { collectionStyle: "flow", lineWidth: 0, flowCollectionPadding: false }).trim();
}

function comment(text: string, indent: string, before = ""): string[] {
  const width = commentWidth - indent.length - 2;
  const rows: string[] = [];
  for (const word of `${before}${oneLine(text)}`.split(" ")) {
    const last = rows.at(-1);
    if (last !== undefined && last.length + word.length < width) rows[rows.length - 1] = `${last} ${word}`;
    else rows.push(word);
  }
  return rows.map((row) => `${indent}# ${row}`);
}

/** Labels and file names come from the repository: none of them ends a comment. */
function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: to replace them.
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ");
}

/** `.github/workflows/models.yml`: one job that calls ours. */
export function workflowText(defaultBranch: string, given: string | undefined): string {
  const { commit, comment } = pinOf(given);
  return `# The whole of a user's workflow: one job that calls Assay's.
name: Models
on:
  pull_request:
    types: [opened, synchronize, reopened, ready_for_review]
  push: { branches: [${scalar(defaultBranch)}] }
permissions: {}
jobs:
  models:
    name: Models
    permissions:
      contents: write # records baselines on ${oneLine(defaultBranch)}; training gets read only
      pull-requests: write # the comment
      checks: write # the check
      actions: read # jobs and artifacts
    uses: ${reusableWorkflow.uses}@${commit} # ${comment}
`;
}
