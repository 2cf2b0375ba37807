import { ByteCursor, type ByteSource, MalformedFile } from "../../files/byte-cursor.ts";

/** What follows an opcode: so many bytes, so many lines, or a count of so many bytes and what it counts. */
type Argument = { bytes: number } | { lines: number } | { counted: 1 | 4 | 8 };
/** What an opcode takes from the stack and leaves there: so many values, or all since the last mark. */
type Effect = { takes: number | "mark"; leaves: number };

const codesOf = (characters: string) => [...characters].map((character) => character.charCodeAt(0));
const each = <T>(characters: string, what: T): readonly [number, T][] => codesOf(characters).map((code) => [code, what]);

/** All opcodes of protocols 0 to 5, but for STOP (Python's pickletools). */
const argumentsOf: ReadonlyMap<number, Argument> = new Map([
  ...each<Argument>("()012NRQabdelostu]}\x81\x85\x86\x87\x88\x89\x8f\x90\x91\x92\x93\x94\x97\x98", { bytes: 0 }),
  ...each<Argument>("Kqh\x80\x82", { bytes: 1 }),
  ...each<Argument>("M\x83", { bytes: 2 }),
  ...each<Argument>("Jrj\x84", { bytes: 4 }),
  ...each<Argument>("G\x95", { bytes: 8 }),
  ...each<Argument>("FILSVPgp", { lines: 1 }),
  ...each<Argument>("ci", { lines: 2 }),
  ...each<Argument>("UC\x8a\x8c", { counted: 1 }),
  ...each<Argument>("TXB\x8b", { counted: 4 }),
  ...each<Argument>("\x8d\x8e\x96", { counted: 8 }),
]);
const pushes: Effect = { takes: 0, leaves: 1 };
/** Of those that do not push one value. */
const effectOf: ReadonlyMap<number, Effect> = new Map([
  ...each<Effect>("pqr\x80\x94\x95\x98", { takes: 0, leaves: 0 }),
  ...each<Effect>("0", { takes: 1, leaves: 0 }),
  ...each<Effect>("1", { takes: "mark", leaves: 0 }),
  ...each<Effect>("Q\x85", { takes: 1, leaves: 1 }),
  ...each<Effect>("Rab\x81\x86\x93", { takes: 2, leaves: 1 }),
  ...each<Effect>("s\x87\x92", { takes: 3, leaves: 1 }),
  ...each<Effect>("dilot\x91", { takes: "mark", leaves: 1 }),
  ...each<Effect>("eu\x90", { takes: "mark", leaves: 0 }),
]);
const [mark = 0, pop = 0, stop = 0] = codesOf("(0.");
const lineBreak = 10;
/** Those that name something to load: without one of them nothing is run. */
const naming = new Set(codesOf("ciPQ\x82\x83\x84\x93"));
/** Those that run what was named, there and then, whether the pickle ever ends or not. */
const calling = new Set(codesOf("RiobPQ\x81\x92"));

/**
 * Whether the bytes, read as a pickle, run something, or come to an end of one that loads something, whatever follows. A pickle of
 * protocol 0 has no mark at its start, and is plain text.
 */
export async function isPickle(source: ByteSource): Promise<boolean> {
  const cursor = new ByteCursor(source);
  /** How many values lie on the stack above each mark. */
  const stack = [0];
  let names = false;
  try {
    for (;;) {
      const opcode = await nextByte(cursor);
      if (opcode === stop) return names;
      const argument = argumentsOf.get(opcode);
      if (argument === undefined) return false;
      await pass(cursor, argument);
      // What has too little to work on ends the load before it is run.
      if (!apply(opcode, stack)) return false;
      names ||= naming.has(opcode);
      if (names && calling.has(opcode)) return true;
    }
  } catch (error) {
    if (error instanceof MalformedFile) return false;
    throw error;
  }
}

/** @returns false where the stack does not have what the opcode takes */
function apply(opcode: number, stack: number[]): boolean {
  if (opcode === mark) {
    stack.push(0);
    return true;
  }
  // Of what is empty since the last mark it takes the mark.
  if (opcode === pop && stack.length > 1 && stack.at(-1) === 0) {
    stack.pop();
    return true;
  }
  const { takes, leaves } = effectOf.get(opcode) ?? pushes;
  if (takes === "mark") {
    stack.pop();
    if (stack.length === 0) return false;
  }
  const left = (stack.pop() ?? 0) - (takes === "mark" ? 0 : takes);
  stack.push(left + leaves);
  return left >= 0;
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
