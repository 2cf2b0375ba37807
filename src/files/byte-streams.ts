import { createHash } from "node:crypto";
import { createWriteStream, openAsBlob } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { UsageError } from "../errors/errors.ts";

type Digest = `sha256:${string}`;

/** The bytes of a file as a request's body, read from disk only while they are sent. */
export async function openFile(file: string): Promise<Blob> {
  try {
    return await openAsBlob(file);
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : error}. Check its path.`);
  }
}

export async function digestOfBlob(blob: Blob): Promise<Digest> {
  const hash = createHash("sha256");
  for await (const chunk of Readable.fromWeb(blob.stream())) hash.update(chunk);
  return `sha256:${hash.digest("hex")}`;
}

/** Writes a stream beside the file and renames it when it is complete and, if a digest is expected, has that one. */
export async function saveStream(
  stream: ReadableStream<Uint8Array>,
  file: string,
  expected?: Digest,
): Promise<{ digest: Digest; bytes: number }> {
  const hash = createHash("sha256");
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  const partial = `${file}.partial-${process.pid}`;
  await mkdir(dirname(file), { recursive: true });
  try {
    await pipeline(Readable.fromWeb(stream), count, createWriteStream(partial));
    const digest: Digest = `sha256:${hash.digest("hex")}`;
    if (expected === undefined || digest === expected) await rename(partial, file);
    return { digest, bytes };
  } finally {
    await rm(partial, { force: true });
  }
}
