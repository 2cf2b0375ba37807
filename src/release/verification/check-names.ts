import { visible } from "../../markdown/escape.ts";
import { paperNames } from "../asset-names.ts";

/** A file of the folder, before anything of it is read. */
export interface FoundFile {
  name: string;
  bytes: number;
  isLink: boolean;
}

/** What a checksum cannot be in: the list itself, and what is signed last. */
const unlisted: readonly string[] = [paperNames.sums, paperNames.signature];

const needed = [paperNames.evidence, paperNames.record, paperNames.bom, paperNames.card, paperNames.page] as const;

/** More than GitHub takes as one file of a release. */
const maxPaperBytes = 64 * 1024 * 1024;

/** Whether the folder has exactly the files that are listed. @returns what is wrong first */
export function checkNames(found: readonly FoundFile[], sums: ReadonlyMap<string, string>): string | undefined {
  const names = new Set(found.map(({ name }) => name));
  const link = found.find(({ isLink }) => isLink);
  if (link) return `${visible(link.name)} is a link: a release has files alone.`;
  const added = found.find(({ name }) => !sums.has(name) && !unlisted.includes(name));
  if (added) return `${visible(added.name)} is not listed in SHA256SUMS: it was added.`;
  const selfListed = unlisted.find((name) => sums.has(name));
  if (selfListed) return `SHA256SUMS lists ${selfListed}, which no release of Assay does.`;
  const gone = [...sums.keys()].find((name) => !names.has(name));
  if (gone !== undefined) return `${visible(gone)} is listed in SHA256SUMS and is not there.`;
  const missing = needed.find((name) => !names.has(name));
  if (missing) return `${missing} is not there, and every release of Assay has it.`;
  const papers: readonly string[] = Object.values(paperNames);
  const large = found.find(({ name, bytes }) => papers.includes(name) && bytes > maxPaperBytes);
  return large && `${large.name} has ${large.bytes} bytes, more than the ${maxPaperBytes} that are read.`;
}
