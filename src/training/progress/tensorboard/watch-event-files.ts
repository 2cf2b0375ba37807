import { basename, dirname, relative, sep } from "node:path";
import type { Files } from "../../../files/files.ts";
import type { NumberFiles } from "../number-files.ts";
import { isMeasureName, type Reading } from "../read-line.ts";
import { createSeries } from "../series.ts";
import { readScalars } from "./event.ts";
import { findEventFiles } from "./find-event-files.ts";
import { createRecordReader, type RecordReader } from "./records.ts";

const maxFiles = 20;
const maxFileBytes = 256 * 1024 ** 2;
const chunkBytes = 256 * 1024;
/** Looking for new files costs more than reading on in those that are known: often only as long as a training begins. */
const searchEveryMs = 30_000;
const beginningMs = 60_000;
/** However slow the disk, it is left alone so many times as long as a search took. */
const restPerSearch = 20;

interface Followed {
  path: string;
  reader: RecordReader;
  series: ReturnType<typeof createSeries>;
  /** What large records hold is not read. */
  bytesRead: number;
  closed: boolean;
}

export interface WatchEventFilesOptions {
  files: Files;
  /** Absolute; where a training may write. */
  folders: readonly string[];
  note: (line: string) => void;
  /** Milliseconds of a clock that only goes on. */
  clock?: () => number;
}

/** Follows the event files of TensorBoard that appear from now on. */
export async function watchEventFiles({
  files,
  folders,
  note,
  clock = () => performance.now(),
}: WatchEventFilesOptions): Promise<NumberFiles> {
  const known = new Set(await findEventFiles(files, folders));
  const followed: Followed[] = [];
  let tooMany = false;
  const begunAt = clock();
  let nextSearchAt = begunAt;

  return {
    async poll({ last }) {
      if (last || clock() >= nextSearchAt) await search();
      let newest: Reading | undefined;
      for (const file of followed) {
        const reading = await readOn(file);
        if (reading && (reading.step ?? 0) >= (newest?.step ?? 0)) newest = reading;
      }
      return newest;
    },
    history() {
      const all = createSeries();
      const folder = commonFolder(followed.map(({ path }) => dirname(path)));
      for (const { path, series } of followed) {
        const run = relative(folder, dirname(path)).split(sep).join("/");
        series.each((name, step, value) => all.add(run === "" ? name : `${run}/${name}`, step, value));
      }
      return all.history();
    },
  };

  async function search(): Promise<void> {
    const startedAt = clock();
    const found = await findEventFiles(files, folders);
    const rest = (clock() - startedAt) * restPerSearch;
    for (const path of found) {
      if (known.has(path)) continue;
      known.add(path);
      if (followed.length < maxFiles)
        followed.push({ path, reader: createRecordReader(), series: createSeries(), bytesRead: 0, closed: false });
      else if (!tooMany) {
        tooMany = true;
        note(`There are more than ${maxFiles} TensorBoard event files; the rest are not read.`);
      }
    }
    const isBeginning = followed.length === 0 && clock() - begunAt < beginningMs;
    nextSearchAt = clock() + Math.max(rest, isBeginning ? 0 : searchEveryMs);
  }

  /** Reads what was written since; returns what is said of the last step. */
  async function readOn(file: Followed): Promise<Reading | undefined> {
    let reading: { step: number; measures: Record<string, number> } | undefined;
    while (!file.closed) {
      const { reader, path } = file;
      const bytes = await files.readPart(path, reader.position, chunkBytes).catch(() => Buffer.alloc(0));
      file.bytesRead += bytes.length;
      for (const record of reader.push(bytes)) {
        const scalars = readScalars(record);
        if (!scalars) continue;
        if (scalars.step !== reading?.step) reading = { step: scalars.step, measures: {} };
        for (const [name, value] of scalars.values) {
          file.series.add(name, scalars.step, value);
          if (isMeasureName(name) && Number.isFinite(value)) reading.measures[name] = value;
        }
      }
      if (bytes.length === 0) break;
      const why =
        reader.brokenAt !== undefined
          ? `is damaged at byte ${reader.brokenAt}`
          : file.bytesRead > maxFileBytes
            ? `has more than ${maxFileBytes / 1024 ** 2} MiB`
            : undefined;
      if (why === undefined) continue;
      file.closed = true;
      note(`The TensorBoard event file ${JSON.stringify(basename(path))} ${why}: what comes after that is not read.`);
    }
    return reading;
  }
}

function commonFolder(folders: readonly string[]): string {
  const [first = "", ...rest] = folders;
  let common = first.split(sep);
  for (const folder of rest) {
    const parts = folder.split(sep);
    const differs = common.findIndex((part, index) => part !== parts[index]);
    if (differs !== -1) common = common.slice(0, differs);
  }
  return common.join(sep);
}
