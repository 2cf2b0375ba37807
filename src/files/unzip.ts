import { createWriteStream } from "node:fs";
import { type FileHandle, mkdir, open, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createInflateRaw } from "node:zlib";
import { MissingDataError } from "../errors/errors.ts";
import { visible } from "../markdown/escape.ts";
import { readZipDirectory, type ZipEntry, zipStartOf } from "./zip-directory.ts";

export interface UnzipLimits {
  maxFiles: number;
  /** Of all files together, as they are once unpacked. */
  maxBytes: number;
}

/**
 * Unpacks an archive that anybody may have made. What its directory says of sizes is held against the limits before anything is
 * written, and a file that turns out larger or smaller than said is refused as soon as it shows. Links are written as files.
 * @param name of the archive, for messages
 * @throws MissingDataError when it is past a limit, damaged, or would write outside the folder; what was unpacked until then stays
 */
export async function unzip(name: string, archive: string, folder: string, { maxFiles, maxBytes }: UnzipLimits): Promise<void> {
  const file = await open(archive, "r");
  try {
    const entries = await readZipDirectory(file, maxFiles);
    const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
    if (bytes > maxBytes)
      throw new MissingDataError(
        `it holds ${bytes} bytes once unpacked, and at most ${Math.max(0, maxBytes)} are unpacked here. Free disk space, or make it smaller`,
      );
    for (const entry of entries) await unpack(file, entry, join(folder, entry.path));
  } catch (error) {
    if (!(error instanceof Error) || !isAboutArchive(error)) throw error;
    throw new MissingDataError(`${name} cannot be unpacked: ${visible(error.message, 500)}.`, { cause: error });
  } finally {
    await file.close();
  }
}

/** Damaged, or two of its files are of one name, or one is another's folder. The disk's own failures are not the archive's. */
function isAboutArchive(error: Error & { code?: unknown }): boolean {
  if (error instanceof MissingDataError) return true;
  return typeof error.code === "string" && /^(Z_.*|EEXIST|ENOTDIR|EISDIR|ENAMETOOLONG)$/.test(error.code);
}

async function unpack(file: FileHandle, entry: ZipEntry, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  if (entry.bytes === 0) return writeFile(to, "", { flag: "wx" });
  const start = await zipStartOf(file, entry);
  const packed = file.createReadStream({ start, end: start + entry.packedBytes - 1, autoClose: false });
  const target = createWriteStream(to, { flags: "wx" });
  if (entry.method === "stored") await pipeline(packed, exactly(entry), target);
  else await pipeline(packed, createInflateRaw(), exactly(entry), target);
}

function exactly({ path, bytes: expected }: ZipEntry) {
  return async function* (chunks: AsyncIterable<Buffer>) {
    let bytes = 0;
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > expected) throw new MissingDataError(`${path} holds more than the ${expected} bytes that its archive states`);
      yield chunk;
    }
    if (bytes < expected) throw new MissingDataError(`${path} holds ${bytes} bytes, and its archive states ${expected}`);
  };
}
