/** Bytes of which only parts are held in memory. */
export interface ByteSource {
  bytes: number;
  /** At most `maxBytes` from an offset on; fewer only at the end. */
  read(from: number, maxBytes: number): Promise<Uint8Array>;
}

/** What is read is not what it should be; the message says what is wrong, to follow `because`. */
export class MalformedFile extends Error {
  override readonly name = "MalformedFile";
}

const windowBytes = 64 * 1024;

/** Walks through bytes from the front, a window at a time. What was not loaded ahead of reading is not there. */
export class ByteCursor {
  readonly #source: ByteSource;
  #window: DataView = new DataView(new ArrayBuffer(0));
  #from = 0;
  at = 0;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  get left(): number {
    return this.#source.bytes - this.at;
  }

  /** Makes sure that the next `count` bytes can be read, or all that are left when `atMost`. @throws MalformedFile when there are not so many */
  async load(count: number, atMost = false): Promise<void> {
    const wanted = atMost ? Math.min(count, this.left) : count;
    if (wanted > this.left) throw new MalformedFile("it ends too early");
    if (this.isLoaded(wanted)) return;
    const read = await this.#source.read(this.at, Math.min(Math.max(wanted, windowBytes), this.left));
    if (read.length < wanted) throw new MalformedFile("it ends too early");
    this.#window = new DataView(read.buffer, read.byteOffset, read.byteLength);
    this.#from = this.at;
  }

  isLoaded(count: number): boolean {
    return this.at >= this.#from && this.at + count <= this.#from + this.#window.byteLength;
  }

  skip(count: number): void {
    if (count > this.left) throw new MalformedFile("it ends too early");
    this.at += count;
  }

  uint8(): number {
    return this.#window.getUint8(this.#advance(1));
  }

  uint32(littleEndian: boolean): number {
    return this.#window.getUint32(this.#advance(4), littleEndian);
  }

  /** @throws MalformedFile for a number that no file's size or count can be */
  uint64(littleEndian: boolean): number {
    const value = this.#window.getBigUint64(this.#advance(8), littleEndian);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new MalformedFile("it has a number that is too large");
    return Number(value);
  }

  bytes(count: number): Uint8Array {
    const at = this.#advance(count);
    return new Uint8Array(this.#window.buffer, this.#window.byteOffset + at, count);
  }

  #advance(count: number): number {
    if (count > this.left || !this.isLoaded(count)) throw new MalformedFile("it ends too early");
    const at = this.at - this.#from;
    this.at += count;
    return at;
  }
}

/** @throws MalformedFile when the bytes are no UTF-8 */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new MalformedFile("it has text that is not UTF-8");
  }
}
