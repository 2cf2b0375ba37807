import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskedCrc32c } from "../../../../src/training/progress/tensorboard/crc32c.ts";
import { readScalars, type Scalars } from "../../../../src/training/progress/tensorboard/event.ts";
import { createRecordReader } from "../../../../src/training/progress/tensorboard/records.ts";

const fixtures = join(import.meta.dirname, "..", "..", "..", "fixtures", "tensorboard");
const [torch, keras, tensors] = await Promise.all(
  ["runs/model", "logs/fit/validation", "tensors"].map((folder) =>
    readFile(join(fixtures, folder, "events.out.tfevents.1795265355")),
  ),
);
if (!torch || !keras || !tensors) throw new Error("the fixtures are gone");

/** Reads a file in the given pieces. */
function read(file: Buffer, ends: readonly number[] = []): Scalars[] {
  const reader = createRecordReader();
  const scalars: Scalars[] = [];
  for (const end of [...ends, file.length]) {
    for (const record of reader.push(file.subarray(reader.position, Math.max(reader.position, end)))) {
      const found = readScalars(record);
      if (found) scalars.push(found);
    }
  }
  return scalars;
}

function framed(data: Buffer): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(data.length));
  const checksum = (bytes: Buffer) => {
    const written = Buffer.alloc(4);
    written.writeUInt32LE(maskedCrc32c(bytes));
    return written;
  };
  return Buffer.concat([length, checksum(length), data, checksum(data)]);
}

describe("an event file of TensorBoard", () => {
  it("has PyTorch's numbers", () => {
    const numbers = read(torch).map(({ step, values }) => [step, ...values]);
    expect(numbers.slice(0, 5)).toEqual(
      [
        [1, ["Loss/train", 0.5]],
        [1, ["learning_rate", 0.1]],
        [2, ["Loss/train", 0.333333]],
        [2, ["learning_rate", 0.1]],
        [2, ["Loss/val", 0.666667]],
      ].map(([step, pair]) => [step, Array.isArray(pair) ? [pair[0], expect.closeTo(Number(pair[1]), 5)] : pair]),
    );
    expect(numbers).toHaveLength(12);
  });

  it("has Keras' numbers", () => {
    expect(read(keras).map(({ step, values }) => [step, values[0]?.[1]])).toEqual([
      [0, 2],
      [1, 1],
      [2, expect.closeTo(2 / 3)],
      [3, 0.5],
      [4, 0.4],
    ]);
  });

  it("has numbers in single and double precision, and no vectors or texts", () => {
    expect(read(tensors)).toEqual([
      {
        step: 7,
        values: [
          ["content", 0.1],
          ["double", 0.1],
          ["nan", Number.NaN],
        ],
      },
    ]);
  });

  it("says the same in whatever pieces it comes", () => {
    const whole = read(torch);
    fc.assert(
      fc.property(fc.array(fc.nat(torch.length), { maxLength: 30 }), (cuts) => {
        expect(
          read(
            torch,
            cuts.sort((a, b) => a - b),
          ),
        ).toEqual(whole);
      }),
    );
  });

  it("waits for the end of what is half written", () => {
    const reader = createRecordReader();
    const all = reader.push(keras).length;
    for (let length = 0; length < keras.length; length++) {
      const cut = createRecordReader();
      expect(cut.push(keras.subarray(0, length)).length).toBeLessThan(all);
      expect(cut.brokenAt).toBeUndefined();
    }
  });

  it("is read up to the first damage, which is named, and never throws", () => {
    const whole = read(keras);
    fc.assert(
      fc.property(fc.nat(keras.length - 1), fc.integer({ min: 1, max: 255 }), fc.nat(keras.length), (at, change, cut) => {
        const damaged = Buffer.from(keras);
        damaged[at] = (damaged[at] ?? 0) ^ change;
        const scalars = read(damaged, [cut]);
        expect(scalars).toEqual(whole.slice(0, scalars.length));
        const reader = createRecordReader();
        reader.push(damaged);
        expect(reader.brokenAt).toBeLessThanOrEqual(at);
        expect(reader.push(keras)).toEqual([]);
      }),
    );
  });

  it("may hold anything in its records", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 5 }), (records) => {
        const reader = createRecordReader();
        const found = reader.push(Buffer.concat(records.map((record) => framed(Buffer.from(record)))));
        expect(found.map((record) => [...record])).toEqual(records.map((record) => [...record]));
        for (const record of found) readScalars(record);
      }),
    );
    for (let length = 0; length < keras.length; length++) readScalars(keras.subarray(length));
  });

  it("is not read where it holds pictures: they are stepped over", () => {
    const picture = framed(Buffer.alloc(3 * 1024 ** 2, 1));
    const file = Buffer.concat([picture, keras]);
    const reader = createRecordReader();
    expect(reader.push(file.subarray(0, 1_000))).toEqual([]);
    expect(reader.position).toBe(picture.length);
    expect(reader.push(keras)).toHaveLength(6);
    expect(read(file)).toEqual(read(keras));
  });
});
