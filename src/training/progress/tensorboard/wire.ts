/** One field of a protobuf message: a number as it is written, or the bytes of what lies inside. */
export type Field = { number: number } & (
  | { type: "varint"; value: bigint }
  | { type: "fixed64"; bytes: Buffer }
  | { type: "bytes"; bytes: Buffer }
  | { type: "fixed32"; bytes: Buffer }
);

/**
 * The fields of a message in their order, up to the first that is not well-formed.
 * Format: https://protobuf.dev/programming-guides/encoding/
 */
export function* fieldsOf(message: Buffer): Generator<Field> {
  let at = 0;
  while (at < message.length) {
    const key = varint();
    if (key === undefined) return;
    const number = Number(key >> 3n);
    switch (Number(key & 7n)) {
      case 0: {
        const value = varint();
        if (value === undefined) return;
        yield { number, type: "varint", value };
        break;
      }
      case 1: {
        const bytes = take(8);
        if (!bytes) return;
        yield { number, type: "fixed64", bytes };
        break;
      }
      case 2: {
        const bytes = take(Number(varint() ?? -1n));
        if (!bytes) return;
        yield { number, type: "bytes", bytes };
        break;
      }
      case 5: {
        const bytes = take(4);
        if (!bytes) return;
        yield { number, type: "fixed32", bytes };
        break;
      }
      default:
        return;
    }
  }

  function varint(): bigint | undefined {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = message[at++];
      if (byte === undefined) return undefined;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    return undefined;
  }

  function take(count: number): Buffer | undefined {
    if (count < 0 || at + count > message.length) return undefined;
    at += count;
    return message.subarray(at - count, at);
  }
}
