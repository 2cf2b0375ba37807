import { ByteCursor, type ByteSource, MalformedFile } from "../../files/byte-cursor.ts";

/** What follows an opcode: so many bytes, so many lines, or a count of so many bytes and what it counts. */
type Argument = { bytes: number } | { lines: number } | { counted: 1 | 4 | 8 };

const codes = (text: string, argument: Argument): readonly [number, Argument][] =>
  [...text].map((character) => [character.charCodeAt(0), argument]);

/** All opcodes of protocols 0 to 5, but for STOP (Python's pickletools). */
const opcodes: ReadonlyMap<number, Argument> = new Map([
  ...codes("()012NRQabdelostu]}\x81\x85\x86\x87\x88\x89\x8f\x90\x91\x92\x93\x94\x97\x98", { bytes: 0 }),
  ...codes("Kqh\x80\x82", { bytes: 1 }),
  ...codes("M\x83", { bytes: 2 }),
  ...codes("Jrj\x84", { bytes: 4 }),
  ...codes("G\x95", { bytes: 8 }),
  ...codes("FILSVPgp", { lines: 1 }),
  ...codes("ci", { lines: 2 }),
  ...codes("UC\x8a\x8c", { counted: 1 }),
  ...codes("TXB\x8b", { counted: 4 }),
  ...codes("\x8d\x8e\x96", { counted: 8 }),
]);
const stop = ".".charCodeAt(0);
const lineBreak = 10;
/** Those that name something to load: without one of them nothing is run. */
const naming = new Set([..."ciPQ\x82\x83\x84\x93"].map((character) => character.charCodeAt(0)));

/**
 * Whether the bytes, read as a pickle, come to an end of one that loads something, whatever follows it. A pickle of protocol 0 has no
 * mark at its start, and is plain text.
 */
export async function isPickle(source: ByteSource): Promise<boolean> {
  const cursor = new ByteCursor(source);
  let names = false;
  try {
    for (;;) {
      const opcode = await nextByte(cursor);
      if (opcode === stop) return names;
      const argument = opcodes.get(opcode);
      if (argument === undefined) return false;
      names ||= naming.has(opcode);
      await pass(cursor, argument);
    }
  } catch (error) {
    if (error instanceof MalformedFile) return false;
    throw error;
  }
}

async function nextByte(cursor: ByteCursor): Promise<number> {
  if (!cursor.isLoaded(1)) await cursor.load(1);
  return cursor.uint8();
}

async function pass(cursor: ByteCursor, argument: Argument): Promise<void> {
  if ("bytes" in argument) return cursor.skip(argument.bytes);
  if ("counted" in argument) {
    await cursor.load(argument.counted);
    const { counted } = argument;
    return cursor.skip(counted === 1 ? cursor.uint8() : counted === 4 ? cursor.uint32(true) : cursor.uint64(true));
  }
  for (let line = 0; line < argument.lines; line += 1) while ((await nextByte(cursor)) !== lineBreak);
}
