import { ByteCursor, type ByteSource, decodeUtf8, MalformedFile } from "../../files/byte-cursor.ts";

/** Layout of GGUF 2 and 3: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md */
const versions = [2, 3];
const maxEntries = 1_000_000;
const maxKeyBytes = 65_535;
const maxNameBytes = 1_000;
const maxDimensions = 8;
const stringType = 8;
const arrayType = 9;
/** Bytes of a value of each type that has a fixed size. */
const sizes: Readonly<Record<number, number>> = { 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8 };

/** What stands before the tensors can be read to its end, and each tensor begins within the file. @throws MalformedFile otherwise */
export async function checkGguf(source: ByteSource): Promise<void> {
  const cursor = new ByteCursor(source);
  await cursor.load(24);
  cursor.skip(4);
  const version = cursor.uint32(true);
  if (!versions.includes(version)) throw new MalformedFile(`it is of version ${version}, and ${versions.join(" and ")} are read`);
  const tensors = countOf(cursor.uint64(true), "tensors");
  const pairs = countOf(cursor.uint64(true), "pairs of metadata");
  let alignment = 32;
  for (let pair = 0; pair < pairs; pair += 1) {
    const key = await text(cursor, maxKeyBytes);
    await cursor.load(4);
    const type = cursor.uint32(true);
    if (key === "general.alignment" && type === 4) {
      await cursor.load(4);
      alignment = cursor.uint32(true);
      if (alignment === 0) throw new MalformedFile("its alignment is 0");
    } else await skipValue(cursor, type);
  }
  const offsets: number[] = [];
  for (let tensor = 0; tensor < tensors; tensor += 1) {
    await text(cursor, maxNameBytes);
    await cursor.load(4);
    const dimensions = cursor.uint32(true);
    if (dimensions > maxDimensions) throw new MalformedFile(`it has a tensor of ${dimensions} dimensions`);
    cursor.skip(8 * dimensions + 4);
    await cursor.load(8);
    offsets.push(cursor.uint64(true));
  }
  const data = Math.ceil(cursor.at / alignment) * alignment;
  if (offsets.some((offset) => data + offset >= source.bytes)) throw new MalformedFile("it ends before its tensors");
  if (offsets.some((offset) => offset % alignment !== 0)) throw new MalformedFile("it has a tensor that is not aligned");
}

async function skipValue(cursor: ByteCursor, type: number): Promise<void> {
  if (type === stringType) {
    await cursor.load(8);
    return cursor.skip(cursor.uint64(true));
  }
  if (type !== arrayType) return cursor.skip(sizeOf(type));
  await cursor.load(12);
  const of = cursor.uint32(true);
  const length = cursor.uint64(true);
  if (of !== stringType) return cursor.skip(sizeOf(of) * length);
  for (let index = 0; index < length; index += 1) {
    if (!cursor.isLoaded(8)) await cursor.load(8);
    cursor.skip(cursor.uint64(true));
  }
}

function sizeOf(type: number): number {
  const size = sizes[type];
  if (size === undefined) throw new MalformedFile(`it has a value of type ${type}, which is not known`);
  return size;
}

async function text(cursor: ByteCursor, maxBytes: number): Promise<string> {
  await cursor.load(8);
  const length = cursor.uint64(true);
  if (length > maxBytes) throw new MalformedFile(`it has a name of ${length} bytes`);
  await cursor.load(length);
  return decodeUtf8(cursor.bytes(length));
}

function countOf(count: number, what: string): number {
  if (count > maxEntries) throw new MalformedFile(`it has ${count} ${what}, more than ${maxEntries}`);
  return count;
}
