import { crc32, deflateRawSync } from "node:zlib";

export interface ZipEntry {
  path: string;
  content: Uint8Array;
  executable: boolean;
}

/** As many as an archive without extensions of the format can have. */
export const maxZipEntries = 65_534;

const utf8Names = 0x0800;
const deflated = 8;
/** Midnight of 1 January 1980, where the format's time begins: the same files are the same archive. */
const date = 0x21;
const regularFile = 0o100000;

/** A ZIP archive of the files, for less than 4 GiB of them. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { path, content, executable } of entries) {
    const name = Buffer.from(path);
    const packed = deflateRawSync(content);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(utf8Names, 2);
    shared.writeUInt16LE(deflated, 4);
    shared.writeUInt16LE(date, 8);
    shared.writeUInt32LE(crc32(content), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(content.length, 18);
    shared.writeUInt16LE(name.length, 22);
    parts.push(Buffer.from("PK\x03\x04"), shared, name, packed);

    const made = Buffer.alloc(6, "PK\x01\x02\x14\x03", "latin1");
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(((regularFile | (executable ? 0o755 : 0o644)) << 16) >>> 0, 6);
    rest.writeUInt32LE(offset, 10);
    directory.push(made, shared, rest, name);
    offset += 4 + shared.length + name.length + packed.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, listing, end]);
}
