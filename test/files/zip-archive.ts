import { deflateRawSync } from "node:zlib";

export interface Packed {
  path: string;
  content: string | Buffer;
  /** What the archive's directory says of the file, where that is not so. */
  claims?: Partial<Record<"bytes" | "packedBytes" | "method" | "flags", number>>;
  stored?: boolean;
}

/** A ZIP archive as bytes, and whatever somebody may write in place of one. @param large as archives of files over 4 GiB are written */
export function zipArchive(files: readonly Packed[], { large = false, count = files.length } = {}): Buffer {
  const [parts, directory]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const { path, content, claims = {}, stored = false } of files) {
    const packed = stored ? Buffer.from(content) : deflateRawSync(content);
    const name = Buffer.from(path);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    // Longer than in the directory, as many programs write it.
    local.writeUInt16LE(4, 28);
    parts.push(local, name, Buffer.alloc(4), packed);

    const numbers = [claims.bytes ?? Buffer.byteLength(content), claims.packedBytes ?? packed.length, offset];
    const extra = large
      ? Buffer.concat([fields([2, 1], [2, 24]), ...numbers.map((number) => fields([8, number]))])
      : Buffer.alloc(0);
    const [bytes = 0, packedBytes = 0, at = 0] = large ? numbers.map(() => 0xffffffff) : numbers;
    directory.push(
      fields([4, 0x02014b50], [2, 20], [2, 20], [2, claims.flags ?? 0], [2, claims.method ?? (stored ? 0 : 8)], [4, 0], [4, 0]),
      fields([4, packedBytes], [4, bytes], [2, name.length], [2, extra.length], [2, 0], [2, 0], [2, 0], [4, 0], [4, at]),
      name,
      extra,
    );
    offset += local.length + name.length + 4 + packed.length;
  }
  const bytes = Buffer.concat(directory).length;
  const largeEnd = [
    fields([4, 0x06064b50], [8, 44], [2, 45], [2, 45], [4, 0], [4, 0], [8, count], [8, count], [8, bytes], [8, offset]),
    fields([4, 0x07064b50], [4, 0], [8, offset + bytes], [4, 1]),
  ];
  const [entries, size, start] = large ? [0xffff, 0xffffffff, 0xffffffff] : [count, bytes, offset];
  const end = fields([4, 0x06054b50], [2, 0], [2, 0], [2, entries], [2, entries], [4, size], [4, start], [2, 7]);
  return Buffer.concat([...parts, ...directory, ...(large ? largeEnd : []), end, Buffer.from("comment")]);
}

function fields(...numbers: readonly (readonly [bytes: number, value: number])[]): Buffer {
  return Buffer.concat(
    numbers.map(([bytes, value]) => {
      const buffer = Buffer.alloc(8);
      buffer.writeBigUInt64LE(BigInt(value));
      return buffer.subarray(0, bytes);
    }),
  );
}
