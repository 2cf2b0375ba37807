import { type Field, fieldsOf } from "./wire.ts";

/** Numbers of one step, by the names they were logged under. */
export interface Scalars {
  step: number;
  values: readonly (readonly [name: string, value: number])[];
}

const maxValues = 200;
const maxNameBytes = 400;

/**
 * Reads the numbers of an event: `simple_value`, as PyTorch and TensorFlow 1 write them, or a tensor of no dimensions, as
 * TensorFlow 2 does. Undefined where there are none.
 * Format: https://github.com/tensorflow/tensorboard/blob/master/tensorboard/compat/proto/event.proto
 */
export function readScalars(event: Buffer): Scalars | undefined {
  // A field that is not there has its default.
  let step = 0;
  const values: (readonly [string, number])[] = [];
  for (const field of fieldsOf(event)) {
    if (field.number === 2 && field.type === "varint") step = Number(BigInt.asIntN(64, field.value));
    if (field.number !== 5 || field.type !== "bytes") continue;
    for (const value of fieldsOf(field.bytes)) {
      const read = value.number === 1 && value.type === "bytes" ? readValue(value.bytes) : undefined;
      if (read && values.length < maxValues) values.push(read);
    }
  }
  return values.length === 0 || !Number.isSafeInteger(step) || step < 0 ? undefined : { step, values };
}

function readValue(summary: Buffer): [string, number] | undefined {
  let name: string | undefined;
  let value: number | undefined;
  for (const field of fieldsOf(summary)) {
    if (field.number === 1 && field.type === "bytes" && field.bytes.length <= maxNameBytes) name = field.bytes.toString("utf8");
    if (field.number === 2 && field.type === "fixed32") value = single(field.bytes);
    if (field.number === 8 && field.type === "bytes") value = readTensor(field.bytes);
  }
  return name === undefined || value === undefined ? undefined : [name, value];
}

const [float, double] = [1, 2];

/** A tensor that is one number; TensorFlow writes scalars as `float` or `double`. */
function readTensor(tensor: Buffer): number | undefined {
  let type = 0;
  let dimensions = 0;
  let content: Buffer | undefined;
  let listed: Buffer | undefined;
  for (const field of fieldsOf(tensor)) {
    if (field.number === 1 && field.type === "varint") type = Number(field.value);
    if (field.number === 2 && field.type === "bytes") dimensions = [...fieldsOf(field.bytes)].filter(isDimension).length;
    if (field.number === 4 && field.type === "bytes") content = field.bytes;
    // Packed into one field, or a field by itself.
    if ((field.number === 5 || field.number === 6) && field.type !== "varint") listed = field.bytes;
  }
  const bytes = content ?? listed;
  if (!bytes || dimensions > 0) return undefined;
  if (type === float && bytes.length === 4) return single(bytes);
  return type === double && bytes.length === 8 ? bytes.readDoubleLE() : undefined;
}

/** In single precision 0.1 is 0.10000000149…: the shortest number that says the same. */
function single(bytes: Buffer): number {
  const value = bytes.readFloatLE();
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}

function isDimension({ number }: Field): boolean {
  return number === 2;
}
