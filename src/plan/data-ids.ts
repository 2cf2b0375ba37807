import { posix } from "node:path";
import { digestOf } from "../evidence/digest.ts";
import type { TreeEntry } from "../git/git.ts";
import { entryAt, findRecord, formatListing } from "../git/listing.ts";
import type { DataContent, DataIds } from "./data-content.ts";
import { type DvcOutput, isDamaged, readDvcFile, readDvcLock } from "./dvc.ts";
import { compilePattern, matchingRecords } from "./globs.ts";
import { maxDataInputs, maxPointerBytes } from "./limits.ts";
import { dvcFilesFor, type ModelSources, parseSubmodules, submodulesFile } from "./sources.ts";
import { findEntry } from "./tree.ts";

/**
 * Content ids of a declared data path or glob without downloading anything: of git blobs, LFS pointers, `.dvc` files,
 * `dvc.lock` entries and submodules.
 */
export function findDataIds(sources: ModelSources, path: string): Promise<DataIds> {
  const found = sources.dataIds.get(path) ?? lookUp(sources, path);
  sources.dataIds.set(path, found);
  return found;
}

/** Data that a tree names and does not hold itself. */
export interface StoredData {
  /** Where it belongs, from the repository's root; a glob only where nothing more is known. */
  file: string;
  /** As in `DataContent`; undefined when nothing says what it has to be. */
  id: string | undefined;
}

/** What of a declared data path or glob has to be brought from elsewhere. */
export async function findStoredData(sources: ModelSources, path: string): Promise<StoredData[]> {
  const tracked = trackedEntries(sources.listing, path);
  const ids = tracked.length > 0 ? await trackedData(sources, path, tracked) : untrackedData(sources, path);
  if (ids.kind === "unpinned") return [{ file: path, id: undefined }];
  return ids.contents.flatMap(({ file, id }) => (file === undefined ? [] : [{ file, id }]));
}

/** What of a declared data path or glob git itself holds. */
export async function findCommittedData(sources: ModelSources, path: string): Promise<TreeEntry[]> {
  const tracked = trackedEntries(sources.listing, path);
  const ids = await trackedData(sources, path, tracked);
  const held = new Set(
    ids.kind === "pinned" ? ids.contents.filter(({ file }) => file === undefined).map(({ name }) => name) : [],
  );
  return tracked.filter((entry) => held.has(entry.path));
}

async function lookUp(sources: ModelSources, path: string): Promise<DataIds> {
  const tracked = trackedEntries(sources.listing, path);
  if (tracked.length > maxDataInputs) {
    const lines = tracked.map(({ path, id }) => `${id}\t${path}\0`).join("");
    return pinned([{ name: compilePattern(path).base === path ? `${path}/` : path, id: digestOf(lines) }]);
  }
  const known = sources.near?.dataIds.get(path);
  if (tracked.length > 0 && known && sources.near) {
    const there = trackedEntries(sources.near.listing, path);
    if (formatListing(tracked).equals(formatListing(there))) return known;
  }
  if (tracked.length > 0) return trackedData(sources, path, tracked);
  return untrackedData(sources, path);
}

function trackedEntries(listing: Buffer, path: string): TreeEntry[] {
  const exact = findRecord(listing, path);
  if (exact !== undefined) return [entryAt(listing, exact)];
  return [...matchingRecords(listing, compilePattern(path))].map(([at]) => entryAt(listing, at));
}

async function trackedData(sources: ModelSources, declared: string, entries: readonly TreeEntry[]): Promise<DataIds> {
  const blobs = entries.filter(({ mode }) => mode.startsWith("100")).map(({ path }) => path);
  const small = await sources.tree.read(blobs, maxPointerBytes);
  const contents: DataContent[] = [];
  for (const { path, mode, id } of entries) {
    if (mode === "120000")
      return {
        kind: "unpinned",
        why: `${path === declared ? "is" : `holds ${path},`} a symbolic link: declare the file that it points to`,
      };
    const bytes = small.get(path) ?? sources.contents.get(path);
    const outputs = path.endsWith(".dvc") && bytes ? readDvcFile(path, bytes) : undefined;
    if (outputs) {
      const open = outputs.find((output) => output.id === undefined);
      if (open || outputs.length === 0)
        return {
          kind: "unpinned",
          why: path === declared ? "records no md5 (run `dvc commit`)" : `holds ${path}, which records no md5`,
        };
      const names = (output: DvcOutput) => (outputs.length === 1 ? path : output.path);
      contents.push(...outputs.map((output) => ({ name: names(output), id: output.id ?? "", file: output.path })));
    } else contents.push(fileContent(path, mode, id, bytes));
  }
  return pinned(contents);
}

function fileContent(path: string, mode: string, id: string, bytes: Buffer | undefined): DataContent {
  if (mode === "160000") return { name: path, id: `submodule:${id}`, file: path };
  const oid = bytes && lfsPointer(bytes);
  return oid ? { name: path, id: `lfs:sha256:${oid}`, file: path } : { name: path, id: `git:${id}` };
}

/** Format: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
function lfsPointer(bytes: Buffer): string | undefined {
  if (bytes.length > maxPointerBytes) return undefined;
  const pattern =
    /^version https:\/\/(?:git-lfs\.github\.com|hawser\.github\.com)\/spec\/v1\n(?:ext-[^\n]*\n)*oid sha256:([0-9a-f]{64})\nsize \d+\n?$/;
  return pattern.exec(bytes.toString("latin1"))?.[1];
}

/** Not in this repository's trees: in a submodule, or kept by DVC. */
function untrackedData({ listing, contents }: ModelSources, path: string): DataIds {
  for (const submodule of parseSubmodules(contents.get(submodulesFile))) {
    const entry = isAtOrBelow(path, submodule) ? findEntry(listing, submodule) : undefined;
    if (entry?.mode === "160000") return pinned([{ name: path, id: `submodule:${entry.id}`, file: path }], [submodule]);
  }
  let why = "is not tracked by git, LFS, DVC or a submodule";
  let damaged: string | undefined;
  for (const file of dvcFilesFor(path)) {
    const content = contents.get(file);
    if (content && isDamaged(file, content)) damaged ??= file;
    const outputs = dvcOutputs(file, contents);
    const exact = outputs.filter((output) => isAtOrBelow(path, output.path));
    const found = exact.find((output) => output.id !== undefined);
    if (found?.id !== undefined) return pinned([{ name: path, id: found.id, file: found.path }], [file]);
    // A folder or glob that several outputs lie in.
    const pattern = compilePattern(path);
    const inside = outputs.filter((output) => pattern.matches(output.path) && output.path !== path);
    if (inside.length > 0 && inside.every((output) => output.id !== undefined))
      return pinned(
        inside.map((output) => ({ name: output.path, id: output.id ?? "", file: output.path })),
        [file],
      );
    if (exact.length + inside.length > 0)
      why = `is declared by DVC, but ${file} records no md5 of it (run \`dvc repro\` or \`dvc commit\`)`;
  }
  // What it would say is not known.
  if (damaged !== undefined) why = `may be kept by DVC, but ${damaged} cannot be read: it is not YAML as DVC writes it`;
  return { kind: "unpinned", why };
}

function dvcOutputs(file: string, contents: ReadonlyMap<string, Buffer>): DvcOutput[] {
  const content = contents.get(file);
  if (file.endsWith(".dvc")) return (content && readDvcFile(file, content)) ?? [];
  if (posix.basename(file) !== "dvc.lock") return [];
  return readDvcLock(file, content, contents.get(posix.join(posix.dirname(file), "dvc.yaml")));
}

function pinned(contents: readonly DataContent[], readFrom: readonly string[] = []): DataIds {
  return { kind: "pinned", contents, readFrom };
}

function isAtOrBelow(path: string, parent: string): boolean {
  return path === parent || path.startsWith(`${parent}/`);
}
