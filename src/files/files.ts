/** Port to the file system; `node-files.ts` implements it. Paths are absolute. */
export interface Files {
  /** Undefined when there is no such file. Rejects with UsageError past `maxBytes` (default 64 MiB). */
  readText(path: string, maxBytes?: number): Promise<string | undefined>;
  /** Text of a symbolic link; undefined when there is no such file or it is no link. */
  readLink(path: string): Promise<string | undefined>;
  readBytes(path: string, maxBytes?: number): Promise<Buffer | undefined>;
  /** At most `maxBytes` bytes from an offset on, of a file that may still grow; empty at its end, or when there is no such file. */
  readPart(path: string, from: number, maxBytes: number): Promise<Buffer>;
  /** Creates folders on the way; replaces the file in one step (write beside, then rename). */
  write(path: string, content: string | Uint8Array): Promise<void>;
  copy(from: string, to: string): Promise<void>;
  exists(path: string): Promise<boolean>;
  /**
   * Regular files below the folder, relative paths with `/`, sorted; links to folders are not followed, and those to files left out.
   * @param options `links: true` names every link too, whatever it leads to
   */
  list(folder: string, options?: { linkedFiles?: boolean; links?: boolean }): Promise<readonly string[]>;
  /** Regular files and folders in a folder, not those below, the first so many; none when there is no such folder. */
  entries(folder: string, limit: number): Promise<readonly { name: string; isFolder: boolean }[]>;
  /** Streaming MD5, in hex. */
  md5(path: string): Promise<string>;
  /** Streaming SHA-256 and size. */
  digest(path: string): Promise<{ digest: `sha256:${string}`; bytes: number }>;
  /** Size and modification time in nanoseconds; undefined when there is none. */
  stat(path: string): Promise<{ bytes: number; modifiedNs: bigint; isFolder: boolean } | undefined>;
  /** Bytes that may still be written where the path is. */
  freeBytes(path: string): Promise<number>;
  /** Whether a folder is or could be made there and be written to. Makes nothing. */
  mayWrite(folder: string): Promise<boolean>;
  makeFolder(path: string): Promise<void>;
  /** A fresh empty folder under the system's or the runner's temp folder. */
  makeTemporaryFolder(prefix: string): Promise<string>;
  remove(path: string): Promise<void>;
}
