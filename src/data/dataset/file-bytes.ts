import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { UsageError } from "../../errors/errors.ts";
import type { Files } from "../../files/files.ts";
import type { SourceFile } from "./source-files.ts";

const partBytes = 4 * 1024 * 1024;

/** The bytes of a text file, decompressed; at most so many. */
export async function* bytesOf(file: SourceFile, isCompressed: boolean, files: Files, maxBytes: number): AsyncGenerator<Buffer> {
  const raw = partsOf(file, files);
  let bytes = 0;
  try {
    for await (const part of isCompressed ? Readable.from(raw).pipe(createGunzip({ chunkSize: partBytes })) : raw) {
      bytes += part.length;
      if (bytes > maxBytes)
        throw new UsageError(`${file.name} unpacks to more than ${maxBytes} bytes, the most that can be read.`);
      yield part;
    }
  } catch (error) {
    if (error instanceof UsageError || !isCompressed) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${file.name} is no complete gzip file: ${why}. Write or fetch the file again.`, { cause: error });
  }
}

async function* partsOf({ path, bytes }: SourceFile, files: Files): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes; at += partBytes) {
    const part = await files.readPart(path, at, Math.min(partBytes, bytes - at));
    if (part.length === 0) return;
    yield part;
  }
}
