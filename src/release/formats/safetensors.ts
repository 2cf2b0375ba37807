import * as z from "zod/mini";
import { isDeeperThan } from "../../evidence/json-depth.ts";
import { type ByteSource, decodeUtf8, MalformedFile } from "../../files/byte-cursor.ts";

/** The format's own limit. */
const maxHeaderBytes = 100_000_000;
const lengthBytes = 8;
const maxDepth = 4;

const bits: Readonly<Record<string, number>> = {
  ...{ BOOL: 8, F4: 4, F6_E2M3: 6, F6_E3M2: 6, U8: 8, I8: 8, F8_E5M2: 8, F8_E4M3: 8, F8_E8M0: 8 },
  ...{ I16: 16, U16: 16, F16: 16, BF16: 16, I32: 32, U32: 32, F32: 32, C64: 64, F64: 64, I64: 64, U64: 64 },
};

const count = z.int().check(z.gte(0));
const tensorSchema = z.strictObject({
  dtype: z.string(),
  shape: z.array(count).check(z.maxLength(64)),
  data_offsets: z.tuple([count, count]),
});
const metadataSchema = z.record(z.string(), z.string());

/** Length of the header in JSON, when the first bytes are those of a safetensors file. */
export function safetensorsHeaderBytes(head: Uint8Array): number | undefined {
  if (head.length <= lengthBytes || head[lengthBytes] !== "{".charCodeAt(0)) return undefined;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const length = view.getBigUint64(0, true);
  return length <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(length) : undefined;
}

/** Every byte after the header belongs to exactly one tensor. @throws MalformedFile otherwise */
export async function checkSafetensors(source: ByteSource): Promise<void> {
  const headerBytes = safetensorsHeaderBytes(await source.read(0, lengthBytes + 1));
  if (headerBytes === undefined) throw new MalformedFile("it does not begin with a header of safetensors");
  if (headerBytes > maxHeaderBytes) throw new MalformedFile(`its header has ${headerBytes} bytes, more than ${maxHeaderBytes}`);
  if (lengthBytes + headerBytes > source.bytes) throw new MalformedFile("it ends within its header");
  const { __metadata__: metadata, ...tensors } = parseHeader(decodeUtf8(await source.read(lengthBytes, headerBytes)));
  if (metadata !== undefined && !metadataSchema.safeParse(metadata).success)
    throw new MalformedFile("its __metadata__ holds something else than text");
  const ranges = Object.entries(tensors).map(([name, tensor]) => rangeOf(name, tensor));
  let end = 0;
  for (const [from, to] of ranges.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    if (from !== end) throw new MalformedFile(from > end ? `bytes ${end} to ${from} are no tensor's` : "tensors overlap");
    end = to;
  }
  const bytes = source.bytes - lengthBytes - headerBytes;
  if (end !== bytes) throw new MalformedFile(`its tensors have ${end} bytes, and ${bytes} are there`);
}

function parseHeader(text: string): Record<string, unknown> {
  if (isDeeperThan(text, maxDepth)) throw new MalformedFile("its header nests too deep");
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    throw new MalformedFile("its header is not JSON");
  }
}

function rangeOf(name: string, tensor: unknown): [number, number] {
  const parsed = tensorSchema.safeParse(tensor);
  const shown = JSON.stringify(name.slice(0, 100));
  if (!parsed.success) throw new MalformedFile(`its tensor ${shown} is not described as the format has it`);
  const { dtype, shape, data_offsets: range } = parsed.data;
  const size = bits[dtype];
  if (size === undefined)
    throw new MalformedFile(`its tensor ${shown} is of type ${JSON.stringify(dtype.slice(0, 20))}, which is not known`);
  const elements = shape.reduce((product, length) => product * length, 1);
  if ((elements * size) / 8 !== range[1] - range[0])
    throw new MalformedFile(`its tensor ${shown} has another size than its shape and type say`);
  return range;
}
