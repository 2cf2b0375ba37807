import { join } from "node:path";
import { AssayError, UsageError } from "../../errors/errors.ts";
import { maxEvidenceBytes } from "../../evidence/parse-evidence.ts";
import type { Files } from "../../files/files.ts";
import { paperNames } from "../../release/asset-names.ts";
import { checkNames, type FoundFile } from "../../release/verification/check-names.ts";
import { readSums } from "../../release/verification/read-sums.ts";

/** Ends the look with what is wrong. */
export class Wrong extends Error {}

/** @throws Wrong */
export function stopAt(wrong: string | undefined): void {
  if (wrong !== undefined) throw new Wrong(wrong);
}

/** Whether the folder is one that a release of Assay was downloaded into, or once was. */
export async function isReleaseFolder(folder: string, files: Files): Promise<boolean> {
  const papers = [paperNames.sums, paperNames.record, paperNames.evidence];
  return (await Promise.all(papers.map((name) => files.exists(join(folder, name))))).includes(true);
}

/** More is no release. */
const maxFiles = 20_000;

/** What is in the folder, before anything is read. */
export async function listFiles(folder: string, files: Files): Promise<readonly FoundFile[]> {
  if (!(await files.stat(folder))?.isFolder)
    throw new UsageError(`There is no folder ${folder}. Download the release's files into one.`);
  const names = await files.list(folder, { links: true });
  if (names.length > maxFiles)
    throw new Wrong(`The folder has ${names.length} files, more than the ${maxFiles} that a release can have.`);
  const found: FoundFile[] = [];
  for (const name of names) {
    const isLink = (await files.readLink(join(folder, name))) !== undefined;
    found.push({ name, isLink, bytes: isLink ? 0 : ((await files.stat(join(folder, name)))?.bytes ?? 0) });
  }
  return found;
}

/** Files of a release that are held against their checksums. */
export interface Listed {
  folder: string;
  /** SHA-256 by name, as SHA256SUMS has it. */
  listed: ReadonlyMap<string, string>;
  /** What was read already. */
  digests: Map<string, string>;
  files: Files;
}

/** @returns SHA-256 by name, of exactly the files that are there */
export async function readListed(
  folder: string,
  found: readonly FoundFile[],
  files: Files,
): Promise<ReadonlyMap<string, string>> {
  const sums = found.find(({ name }) => name === paperNames.sums);
  if (sums === undefined) throw new Wrong("SHA256SUMS is not there, and every release of Assay has it.");
  if (sums.isLink) throw new Wrong("SHA256SUMS is a link: a release has files alone.");
  if (sums.bytes > maxEvidenceBytes)
    throw new Wrong(`SHA256SUMS has ${sums.bytes} bytes, more than the ${maxEvidenceBytes} that are read.`);
  const read = readSums((await files.readText(join(folder, paperNames.sums))) ?? "");
  if ("wrong" in read) throw new Wrong(read.wrong);
  stopAt(checkNames(found, read.sums));
  return read.sums;
}

/** What was read once is not read again. */
export async function checkSum(name: string, { folder, listed, digests, files }: Listed): Promise<void> {
  if (digests.has(name)) return;
  const sha256 = (await files.digest(join(folder, name))).digest.slice("sha256:".length);
  digests.set(name, sha256);
  const wanted = listed.get(name) ?? "none";
  if (sha256 !== wanted)
    throw new Wrong(
      `${name} is not what was shipped: it has SHA-256 ${sha256.slice(0, 12)}…, SHA256SUMS has ${wanted.slice(0, 12)}….`,
    );
}

/** @param read throws what is wrong */
export async function readPaper<T>(name: string, listed: Listed, read: (text: string) => T): Promise<T> {
  await checkSum(name, listed);
  const text = (await listed.files.readText(join(listed.folder, name))) ?? "";
  try {
    return read(text);
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    throw new Wrong(error.message.startsWith(name) ? error.message : `${name}: ${error.message}`);
  }
}
