import { ByteCursor, type ByteSource, decodeUtf8, MalformedFile } from "../../files/byte-cursor.ts";

const maxDepth = 100;
const maxKeyBytes = 65_535;
const maxKeys = 1_000;
/** Bytes of the values of fixed size, by marker: https://ubjson.org/type-reference */
const sizes: Readonly<Record<string, number>> = {
  ...{ Z: 0, N: 0, T: 0, F: 0, i: 1, U: 1, C: 1, I: 2, l: 4, d: 4, L: 8, D: 8 },
};

/**
 * Walks through a UBJSON object to its end.
 * @returns its own keys
 * @throws MalformedFile when the bytes are not exactly one object
 */
export async function ubjsonKeys(source: ByteSource): Promise<readonly string[]> {
  const cursor = new ByteCursor(source);
  const keys: string[] = [];
  if ((await marker(cursor)) !== "{") throw new MalformedFile("it is no object of UBJSON");
  await object(cursor, 1, keys);
  if (cursor.left > 0) throw new MalformedFile(`${cursor.left} bytes follow its end`);
  return keys;
}

async function value(cursor: ByteCursor, type: string, depth: number): Promise<void> {
  if (depth > maxDepth) throw new MalformedFile(`it nests deeper than ${maxDepth}`);
  const size = sizes[type];
  if (size !== undefined) return cursor.skip(size);
  if (type === "S" || type === "H") return cursor.skip(await length(cursor));
  if (type === "[") return array(cursor, depth + 1);
  if (type === "{") return object(cursor, depth + 1);
  throw new MalformedFile("its structure is broken");
}

async function array(cursor: ByteCursor, depth: number): Promise<void> {
  const { type, count } = await container(cursor);
  const size = type === undefined ? undefined : sizes[type];
  if (size !== undefined && count !== undefined) return cursor.skip(size * count);
  for (let index = 0; count === undefined || index < count; index += 1) {
    if (count === undefined && (await peek(cursor)) === "]") return cursor.skip(1);
    await value(cursor, type ?? (await marker(cursor)), depth);
  }
}

async function object(cursor: ByteCursor, depth: number, keys?: string[]): Promise<void> {
  const { type, count } = await container(cursor);
  for (let index = 0; count === undefined || index < count; index += 1) {
    if (count === undefined && (await peek(cursor)) === "}") return cursor.skip(1);
    const bytes = await length(cursor);
    if (bytes > maxKeyBytes) throw new MalformedFile(`it has a key of ${bytes} bytes`);
    await cursor.load(bytes);
    const key = decodeUtf8(cursor.bytes(bytes));
    if (keys && keys.push(key) > maxKeys) throw new MalformedFile(`it has more than ${maxKeys} keys`);
    await value(cursor, type ?? (await marker(cursor)), depth);
  }
}

/** `$type` and `#count` of an array or object, where they are stated. */
async function container(cursor: ByteCursor): Promise<{ type?: string; count?: number }> {
  let type: string | undefined;
  if ((await peek(cursor)) === "$") {
    cursor.skip(1);
    type = await marker(cursor);
    if ((await peek(cursor)) !== "#") throw new MalformedFile("its structure is broken");
  }
  if ((await peek(cursor)) !== "#") return {};
  cursor.skip(1);
  const count = await length(cursor);
  // Values without bytes of their own would be as many as a number says.
  const least = type === undefined ? 1 : (sizes[type] ?? 1);
  if (least === 0 ? count > 0 : count * least > cursor.left) throw new MalformedFile("it ends too early");
  return type === undefined ? { count } : { type, count };
}

async function length(cursor: ByteCursor): Promise<number> {
  const type = await marker(cursor);
  await cursor.load(sizes[type] ?? 0);
  if (type === "U") return cursor.uint8();
  if (type === "l") return positive(cursor.uint32(false) | 0);
  if (type === "L") return cursor.uint64(false);
  if (type === "i") return positive((cursor.uint8() << 24) >> 24);
  if (type === "I") return positive((((cursor.uint8() << 8) | cursor.uint8()) << 16) >> 16);
  throw new MalformedFile("its structure is broken");
}

function positive(number: number): number {
  if (number < 0) throw new MalformedFile("it has a negative length");
  return number;
}

async function marker(cursor: ByteCursor): Promise<string> {
  const found = await peek(cursor);
  cursor.skip(1);
  return found;
}

async function peek(cursor: ByteCursor): Promise<string> {
  if (!cursor.isLoaded(1)) await cursor.load(1);
  const byte = cursor.uint8();
  cursor.at -= 1;
  return String.fromCharCode(byte);
}
