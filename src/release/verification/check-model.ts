import type { Evidence } from "../../evidence/evidence.ts";
import { modelDigest } from "../../evidence/model-digest.ts";
import { visible } from "../../markdown/escape.ts";
import { assetNames } from "../asset-names.ts";
import { shippedModel } from "../release-facts.ts";
import type { FoundFile } from "./check-names.ts";

/** A file of the model that was evaluated, as a release has it. */
export interface EvaluatedFile {
  name: string;
  sha256: string;
  bytes: number;
}

/** The files that a release of this evidence ships; or why it cannot be told. */
export function evaluatedFiles(evidence: Evidence): { files: readonly EvaluatedFile[] } | { wrong: string } {
  const model = shippedModel(evidence);
  if (!model || model.files.length === 0)
    return { wrong: "evidence.json has no model, so nothing was evaluated that could be shipped." };
  if (modelDigest(model.files) !== model.digest)
    return {
      wrong: "evidence.json was changed after it was sealed: the digest of its model is not that of the files which it lists.",
    };
  // GitHub takes no empty file.
  const files = model.files.filter(({ bytes }) => bytes > 0);
  const names = assetNames(files.map(({ path }) => path));
  return {
    files: files.map(({ digest, bytes }, index) => ({ name: names[index] ?? "", sha256: digest.slice("sha256:".length), bytes })),
  };
}

/** Whether the files beside the papers are the model's, by name and size: before what may be huge is read. @returns what is wrong first */
export function checkModelNames(
  evaluated: readonly EvaluatedFile[],
  found: readonly FoundFile[],
  papers: readonly string[],
): string | undefined {
  const sizes = new Map(found.map(({ name, bytes }) => [name, bytes]));
  const lacking = evaluated.find(({ name }) => !sizes.has(name));
  if (lacking) return `${lacking.name} is a file of the model that was evaluated (evidence.json), and is not there.`;
  const wanted = new Set([...evaluated.map(({ name }) => name), ...papers]);
  const more = found.find(({ name }) => !wanted.has(name));
  if (more)
    return `${visible(more.name)} is no file of the model that was evaluated (evidence.json), nor one of a release's papers.`;
  const other = evaluated.find(({ name, bytes }) => sizes.get(name) !== bytes);
  return other && `${other.name} has ${sizes.get(other.name)} bytes, and what was evaluated has ${other.bytes} (evidence.json).`;
}

/** @param sha256 of the file that is there @returns what is wrong */
export function checkModelFile(
  { name, sha256: evaluated }: EvaluatedFile,
  { sha256, listed }: { sha256: string; listed: string | undefined },
): string | undefined {
  if (sha256 === evaluated) return undefined;
  return sha256 === listed
    ? `${name} is not what was evaluated: it and SHA256SUMS have ${short(sha256)}, evidence.json has ${short(evaluated)}.`
    : `${name} is not what was shipped: it has SHA-256 ${short(sha256)}, SHA256SUMS has ${short(listed ?? "none")}.`;
}

function short(sha256: string): string {
  return `${sha256.slice(0, 12)}…`;
}
