import type { FileHandle } from "node:fs/promises";
import { MissingDataError } from "../errors/errors.ts";

/** A file of an archive, as the archive's directory states it. */
export interface ZipEntry {
  /** Relative, with `/`; leads nowhere outside. */
  path: string;
  method: "stored" | "deflated";
  bytes: number;
  packedBytes: number;
  /** Where its own header begins. */
  offset: number;
}

/** Signatures, lengths and places of PKWARE's APPNOTE.TXT 6.3.10, sections 4.3.7 to 4.5.3. */
const directoryEnd = { signature: 0x06054b50, bytes: 22, maxComment: 0xffff };
const largeLocator = { signature: 0x07064b50, bytes: 20 };
const largeEnd = { signature: 0x06064b50, bytes: 56 };
const entryHeader = { signature: 0x02014b50, bytes: 46 };
const localHeader = { signature: 0x04034b50, bytes: 30 };
/** A number that does not fit is stated elsewhere. */
const elsewhere = { short: 0xffff, long: 0xffffffff };
const largeSizes = 0x0001;
const encrypted = 0x0001;
/** A name of a file and what is said of it, on average; most archives' directories are far smaller. */
const maxBytesEach = 1_024;

/** @throws MissingDataError when it is no archive, a damaged one, or one that only an ill-meaning program writes */
export async function readZipDirectory(file: FileHandle, maxFiles: number): Promise<readonly ZipEntry[]> {
  const { entries, bytes, offset } = await findDirectory(file);
  if (entries > maxFiles) throw new MissingDataError(`it holds ${entries} files, and at most ${maxFiles} are unpacked`);
  if (bytes > maxFiles * maxBytesEach) throw new MissingDataError(`its directory has ${bytes} bytes`);
  const directory = await read(file, offset, bytes);
  const { size } = await file.stat();
  const found: ZipEntry[] = [];
  for (let at = 0, index = 0; index < entries; index += 1) {
    const header = slice(directory, at, entryHeader.bytes, entryHeader.signature);
    const [nameBytes, extraBytes, commentBytes] = [header.readUInt16LE(28), header.readUInt16LE(30), header.readUInt16LE(32)];
    const nameAt = at + entryHeader.bytes;
    const path = slice(directory, nameAt, nameBytes).toString("utf8");
    const extra = slice(directory, nameAt + nameBytes, extraBytes);
    // Folders are made for the files in them.
    if (!path.endsWith("/")) found.push(entryOf(path, header, extra, size));
    at = nameAt + nameBytes + extraBytes + commentBytes;
  }
  return found;
}

/** Where the file's content begins: after its own header, which may differ in length from the directory's. */
export async function zipStartOf(file: FileHandle, { offset }: ZipEntry): Promise<number> {
  const header = slice(await read(file, offset, localHeader.bytes), 0, localHeader.bytes, localHeader.signature);
  return offset + localHeader.bytes + header.readUInt16LE(26) + header.readUInt16LE(28);
}

function entryOf(path: string, header: Buffer, extra: Buffer, archiveBytes: number): ZipEntry {
  const parts = path.split("/");
  if (parts.some((part) => part === "" || part === "." || part === "..") || /[\0\\]|^[A-Za-z]:/.test(path))
    throw new MissingDataError(`it names a file ${JSON.stringify(path.slice(0, 200))}, which is no path below a folder`);
  const method = header.readUInt16LE(10);
  if ((header.readUInt16LE(8) & encrypted) !== 0 || (method !== 0 && method !== 8))
    throw new MissingDataError(`${path} is packed in a way that artifacts are not`);
  const large = largeNumbers(extra);
  const next = (place: number) => {
    const number = header.readUInt32LE(place);
    return number === elsewhere.long ? large() : number;
  };
  // The order in which the large ones stand.
  const [bytes, packedBytes, offset] = [next(24), next(20), next(42)];
  if ((packedBytes === 0 && bytes > 0) || offset + packedBytes > archiveBytes) throw damaged();
  return { path, method: method === 0 ? "stored" : "deflated", bytes, packedBytes, offset };
}

/** The numbers of the extra field for large files, one after another. */
function largeNumbers(extra: Buffer): () => number {
  let numbers = extra.subarray(0, 0);
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2))
    if (extra.readUInt16LE(at) === largeSizes) numbers = slice(extra, at + 4, extra.readUInt16LE(at + 2));
  let at = 0;
  return () => {
    at += 8;
    return large(slice(numbers, at - 8, 8), 0);
  };
}

async function findDirectory(file: FileHandle): Promise<{ entries: number; bytes: number; offset: number }> {
  const { size } = await file.stat();
  const tailBytes = Math.min(size, directoryEnd.bytes + directoryEnd.maxComment + largeLocator.bytes);
  const tail = await read(file, size - tailBytes, tailBytes);
  let at = tail.length - directoryEnd.bytes;
  while (at >= 0 && tail.readUInt32LE(at) !== directoryEnd.signature) at -= 1;
  if (at < 0) throw new MissingDataError("it is no ZIP archive, or a part of one");
  const [entries, bytes, offset] = [tail.readUInt16LE(at + 10), tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)];
  if (entries !== elsewhere.short && bytes !== elsewhere.long && offset !== elsewhere.long) return { entries, bytes, offset };
  const locator = slice(tail, at - largeLocator.bytes, largeLocator.bytes, largeLocator.signature);
  const end = slice(await read(file, large(locator, 8), largeEnd.bytes), 0, largeEnd.bytes, largeEnd.signature);
  return { entries: large(end, 32), bytes: large(end, 40), offset: large(end, 48) };
}

function large(from: Buffer, place: number): number {
  const number = Number(from.readBigUInt64LE(place));
  if (!Number.isSafeInteger(number)) throw damaged();
  return number;
}

async function read(file: FileHandle, position: number, bytes: number): Promise<Buffer> {
  if (position + bytes > (await file.stat()).size) throw damaged();
  const buffer = Buffer.alloc(bytes);
  for (let done = 0; done < bytes; ) {
    const { bytesRead } = await file.read(buffer, done, bytes - done, position + done);
    if (bytesRead === 0) throw damaged();
    done += bytesRead;
  }
  return buffer;
}

function slice(from: Buffer, at: number, bytes: number, signature?: number): Buffer {
  if (at < 0 || at + bytes > from.length) throw damaged();
  const part = from.subarray(at, at + bytes);
  if (signature !== undefined && part.readUInt32LE(0) !== signature) throw damaged();
  return part;
}

function damaged(): MissingDataError {
  return new MissingDataError("its directory is damaged");
}
