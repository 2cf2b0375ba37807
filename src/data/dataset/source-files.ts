import { join, relative, resolve, sep } from "node:path";
import picomatch from "picomatch";
import { MissingDataError, UsageError } from "../../errors/errors.ts";
import type { Files } from "../../files/files.ts";
import { quoted } from "../table-request.ts";
import { checkBytes, checkDataFile } from "../text-file.ts";
import type { DatasetLimits, DatasetSource } from "./dataset.ts";

export interface SourceFile {
  path: string;
  /** As messages name it: relative to the source's folder. */
  name: string;
  bytes: number;
  /** Of the folders `key=value` that it lies in, below what was asked for; null for a partition without a value. */
  partition: ReadonlyMap<string, string | null>;
}

export type DataFormat = "csv" | "tsv" | "json" | "jsonl" | "parquet";

export interface SourceFiles {
  files: readonly SourceFile[];
  format: DataFormat;
  isCompressed: boolean;
  /** Keys of the partitions, the same for all files. */
  partitionKeys: readonly string[];
}

const extensions: ReadonlyMap<string, DataFormat> = new Map([
  [".csv", "csv"],
  [".tsv", "tsv"],
  [".json", "json"],
  [".jsonl", "jsonl"],
  [".ndjson", "jsonl"],
  [".parquet", "parquet"],
]);

/** The files of a source in a fixed order. In folders and globs files of other kinds, and hidden ones, are passed over. */
export async function findSourceFiles(source: DatasetSource, files: Files, limits: DatasetLimits): Promise<SourceFiles> {
  const found = new Map<string, SourceFile>();
  for (const asked of source.paths)
    for (const file of await filesOf(asked, source.folder, files)) if (!found.has(file.path)) found.set(file.path, file);
  const all = [...found.values()];
  const [first] = all;
  if (!first) throw new UsageError("No data was named: give a file, a glob or a folder.");
  if (all.length > limits.files)
    throw new UsageError(`${quoted(source.paths)} are ${all.length} files; at most ${limits.files} can be read.`);
  const bytes = all.reduce((sum, file) => sum + file.bytes, 0);
  checkBytes(quoted(source.paths), bytes, limits.bytes, "Use a part of them.");

  const type = typeOf(first.name);
  if (!type)
    throw new UsageError(`${first.name}: a table must end in ${[...extensions.keys()].join(", ")}; a text format also in .gz.`);
  const other = all.find(({ name }) => typeOf(name)?.text !== type.text);
  if (other)
    throw new UsageError(`${first.name} and ${other.name} are of different formats; a dataset has one. Name one of them.`);
  const partitionKeys = [...first.partition.keys()];
  const odd = all.find(({ partition }) => [...partition.keys()].join("/") !== partitionKeys.join("/"));
  if (odd)
    throw new UsageError(
      `${first.name} lies in partitions of ${quoted(partitionKeys) || "nothing"}, ${odd.name} in those of ${quoted([...odd.partition.keys()]) || "nothing"}. All files must lie in the same ones.`,
    );
  return { files: all, format: type.format, isCompressed: type.isCompressed, partitionKeys };
}

async function filesOf(asked: string, folder: string, files: Files): Promise<SourceFile[]> {
  const path = resolve(folder, asked);
  const found = await files.stat(path);
  const { base, isGlob } = picomatch.scan(asked);
  if (found?.isFolder) return filesBelow(asked, path, (await files.list(path, { linkedFiles: true })).filter(isData), path);
  if (found || !isGlob) {
    const bytes = await checkDataFile(path, asked, files);
    return [{ path, name: asked, bytes, partition: new Map() }];
  }
  const matches = picomatch(asked, { dot: true });
  const listed = (await files.stat(resolve(folder, base)))?.isFolder
    ? await files.list(resolve(folder, base), { linkedFiles: true })
    : [];
  const matching = listed.filter((name) => matches(base === "" ? name : `${base}/${name}`) && isData(name));
  return filesBelow(asked, resolve(folder, base), matching, resolve(folder, base));

  async function filesBelow(what: string, root: string, names: readonly string[], from: string): Promise<SourceFile[]> {
    if (names.length === 0)
      throw new MissingDataError(
        `${what}: there is no data file (${[...extensions.keys()].join(", ")}). Check the path, and that the data was pulled or made.`,
      );
    return Promise.all(
      names.map(async (name): Promise<SourceFile> => {
        const file = join(root, name);
        const shown = relative(folder, file).split(sep).join("/");
        return {
          path: file,
          name: shown,
          bytes: await checkDataFile(file, shown, files),
          partition: partitionOf(relative(from, file)),
        };
      }),
    );
  }
}

/** Without what tools leave beside data: `.crc` files, `_SUCCESS`, checkpoints. */
function isData(path: string): boolean {
  return typeOf(path) !== undefined && path.split("/").every((part) => !/^[._]/.test(part));
}

function typeOf(name: string): { format: DataFormat; isCompressed: boolean; text: string } | undefined {
  const lower = name.toLowerCase();
  const isCompressed = lower.endsWith(".gz");
  const bare = isCompressed ? lower.slice(0, -3) : lower;
  const format = extensions.get(bare.slice(bare.lastIndexOf(".")));
  return format === undefined || (isCompressed && format === "parquet")
    ? undefined
    : { format, isCompressed, text: `${format}${isCompressed}` };
}

/** As Hive and Spark write it. */
function partitionOf(path: string): ReadonlyMap<string, string | null> {
  const folders = path.split(sep).slice(0, -1);
  return new Map(
    folders.flatMap((folder) => {
      const [, key, value] = /^([^=]+)=(.*)$/.exec(folder) ?? [];
      return key === undefined || value === undefined
        ? []
        : [[unescaped(key), value === "__HIVE_DEFAULT_PARTITION__" ? null : unescaped(value)]];
    }),
  );
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
