import { type ByteSource, MalformedFile } from "../../files/byte-cursor.ts";

const partBytes = 1024 * 1024;

/** @throws MalformedFile when the bytes are no UTF-8 or hold a character that no text has */
export async function checkText(source: ByteSource): Promise<void> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for (let from = 0; from < source.bytes; from += partBytes) {
    const part = await source.read(from, Math.min(partBytes, source.bytes - from));
    if (part.length === 0) throw new MalformedFile("it ends too early");
    if (part.includes(0)) throw new MalformedFile("it is no text: it holds a byte 0");
    decode(decoder, part, from + part.length >= source.bytes);
  }
}

function decode(decoder: InstanceType<typeof TextDecoder>, part: Uint8Array, isLast: boolean): void {
  try {
    decoder.decode(part, { stream: !isLast });
  } catch {
    throw new MalformedFile("it is no text in UTF-8");
  }
}
