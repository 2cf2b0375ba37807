import { maskedCrc32c } from "./crc32c.ts";

/** Larger records are pictures and the like: they are stepped over without being read. */
const maxRecordBytes = 1024 ** 2;
const headerBytes = 12;
const checksumBytes = 4;

export interface RecordReader {
  /** Offset in the file of the bytes that `push` expects next. */
  readonly position: number;
  /** Offset of a record whose checksum is wrong: nothing is read from there on. */
  readonly brokenAt: number | undefined;
  /** Takes the bytes at `position`, however many; returns the records that are whole now. */
  push(bytes: Uint8Array): Buffer[];
}

/**
 * Reads a file of TFRecords while it is written: what is not whole yet is waited for.
 * Format: https://www.tensorflow.org/tutorials/load_data/tfrecord#tfrecords_format_details
 */
export function createRecordReader(): RecordReader {
  /** Begins at a record. */
  let rest: Buffer = Buffer.alloc(0);
  let restAt = 0;
  let brokenAt: number | undefined;
  return {
    get position() {
      return restAt + rest.length;
    },
    get brokenAt() {
      return brokenAt;
    },
    push(bytes) {
      const records: Buffer[] = [];
      rest = rest.length === 0 ? Buffer.from(bytes) : Buffer.concat([rest, bytes]);
      while (brokenAt === undefined && rest.length >= headerBytes) {
        const length = Number(rest.readBigUInt64LE());
        const whole = headerBytes + length + checksumBytes;
        if (!Number.isSafeInteger(restAt + whole) || !isIntact(rest.subarray(0, 8), rest.readUInt32LE(8))) brokenAt = restAt;
        else if (length > maxRecordBytes) stepOver(whole);
        else if (rest.length < whole) break;
        else {
          const record = rest.subarray(headerBytes, headerBytes + length);
          if (!isIntact(record, rest.readUInt32LE(headerBytes + length))) brokenAt = restAt;
          else {
            records.push(record);
            stepOver(whole);
          }
        }
      }
      // A view would keep all bytes that ever came with it.
      rest = Buffer.from(brokenAt === undefined ? rest : []);
      return records;
    },
  };

  function stepOver(bytes: number): void {
    restAt += bytes;
    rest = rest.subarray(bytes);
  }
}

function isIntact(bytes: Uint8Array, checksum: number): boolean {
  return maskedCrc32c(bytes) === checksum;
}
