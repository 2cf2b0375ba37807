import { ByteCursor, type ByteSource, decodeUtf8, MalformedFile } from "../../../files/byte-cursor.ts";

/**
 * Where messages of ONNX hold other messages that can hold tensors, by field number (onnx.proto3): graphs have nodes and
 * initializers, nodes have attributes, attributes have tensors and graphs again.
 */
const parts = {
  model: { 7: "graph", 20: "training", 25: "function" },
  training: { 1: "graph", 2: "graph" },
  function: { 7: "node" },
  graph: { 1: "node", 5: "tensor", 15: "sparse" },
  node: { 5: "attribute" },
  attribute: { 5: "tensor", 6: "graph", 10: "tensor", 11: "graph", 22: "sparse", 23: "sparse" },
  sparse: { 1: "tensor", 2: "tensor" },
  tensor: { 13: "externalData" },
  externalData: {},
} as const satisfies Record<string, Record<number, string>>;

type Message = keyof typeof parts;

const graphField = 7;
const keyField = 1;
const valueField = 2;
const maxDepth = 64;
const maxText = 4_096;
/** A tag and a length are at most so long. */
const maxHead = 20;

/**
 * The files that an ONNX model names for weights kept outside of it, as written in the model. Weights in it are not read.
 * @throws MalformedFile when the bytes are not an ONNX model
 */
export async function externalDataLocations(model: ByteSource): Promise<readonly string[]> {
  const locations = new Set<string>();
  const cursor = new ByteCursor(model);
  let hasGraph = false;

  async function visit(message: Message, end: number, depth: number): Promise<void> {
    if (depth > maxDepth) throw new MalformedFile(`its graphs are nested deeper than ${maxDepth}`);
    const within: Record<number, Message | undefined> = parts[message];
    // Fields can come in any order.
    const keys: string[] = [];
    const values: string[] = [];
    while (cursor.at < end) {
      if (!cursor.isLoaded(maxHead)) await cursor.load(maxHead, true);
      const field = nextField(cursor);
      if (field === undefined) continue;
      const { number, length } = field;
      const after = cursor.at + length;
      if (message === "model" && number === graphField) hasGraph = true;
      const part = within[number];
      if (part !== undefined) await visit(part, after, depth + 1);
      if (message === "externalData" && number === keyField) keys.push(await readText(cursor, length));
      if (message === "externalData" && number === valueField) values.push(await readText(cursor, length));
      cursor.at = after;
    }
    if (cursor.at > end) throw new MalformedFile("it ends too early");
    if (keys.includes("location")) for (const value of values) locations.add(value);
  }

  await visit("model", model.bytes, 0);
  if (!hasGraph) throw new MalformedFile("it has no graph");
  return [...locations];
}

async function readText(cursor: ByteCursor, length: number): Promise<string> {
  if (length > maxText) throw new MalformedFile("it has a path that is too long");
  await cursor.load(length);
  return decodeUtf8(cursor.bytes(length));
}

/** The next field of a protobuf message when it holds bytes, a text or a message: the cursor is then where they begin. */
function nextField(cursor: ByteCursor): { number: number; length: number } | undefined {
  const tag = varint(cursor);
  const wireType = tag % 8;
  if (wireType === 0) varint(cursor);
  else if (wireType === 1) cursor.skip(8);
  else if (wireType === 5) cursor.skip(4);
  else if (wireType === 2) return { number: Math.floor(tag / 8), length: varint(cursor) };
  else throw new MalformedFile("its structure is broken");
  return undefined;
}

function varint(cursor: ByteCursor): number {
  let value = 0;
  for (let scale = 1; ; scale *= 128) {
    const byte = cursor.uint8();
    value += (byte % 128) * scale;
    if (byte < 128) return value;
    if (scale > 2 ** 63) throw new MalformedFile("its structure is broken");
  }
}
