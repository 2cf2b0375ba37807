import { UserCommandError } from "../../../errors/errors.ts";

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

const keyField = 1;
const valueField = 2;
const maxDepth = 64;

/**
 * The files that an ONNX model names for weights kept outside of it, as written in the model.
 * @throws UserCommandError when the bytes are not an ONNX model
 */
export function externalDataLocations(model: Uint8Array, file: string): readonly string[] {
  const locations = new Set<string>();

  function visit(message: Message, bytes: Uint8Array, depth: number): void {
    if (depth > maxDepth) throw notOnnx(file, `its graphs are nested deeper than ${maxDepth}`);
    const within: Record<number, Message | undefined> = parts[message];
    let key = "";
    for (const { number, content } of fields(bytes, file)) {
      const part = within[number];
      if (part !== undefined) visit(part, content, depth + 1);
      if (message !== "externalData") continue;
      if (number === keyField) key = text(content);
      if (number === valueField && key === "location") locations.add(text(content));
    }
  }

  visit("model", model, 0);
  return [...locations];
}

/** The fields of a protobuf message that hold bytes: texts and messages. */
function* fields(bytes: Uint8Array, file: string): Generator<{ number: number; content: Uint8Array }> {
  let at = 0;
  while (at < bytes.length) {
    const tag = varint();
    const wireType = tag % 8;
    if (wireType === 0) varint();
    else if (wireType === 1) at += 8;
    else if (wireType === 5) at += 4;
    else if (wireType === 2) {
      const length = varint();
      if (at + length > bytes.length) throw notOnnx(file, "it ends too early");
      yield { number: Math.floor(tag / 8), content: bytes.subarray(at, at + length) };
      at += length;
    } else throw notOnnx(file, "its structure is broken");
  }
  if (at > bytes.length) throw notOnnx(file, "it ends too early");

  function varint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      if (byte === undefined) throw notOnnx(file, "it ends too early");
      value += (byte % 128) * scale;
      if (byte < 128) return value;
      if (scale > 2 ** 63) throw notOnnx(file, "its structure is broken");
    }
  }
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function notOnnx(file: string, why: string): UserCommandError {
  return new UserCommandError(`${file} is not a complete ONNX model: ${why}. Export it again.`);
}
