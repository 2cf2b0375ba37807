import type { ColumnType, Profile } from "../profile.ts";
import type { TableCounts } from "../profile-counts.ts";
import type { CalendarCycle, CalendarPlaces } from "./calendar.ts";

/** Where a dataset's rows lie. */
export interface DatasetSource {
  /**
   * Files, globs, and folders, whose `key=value` folders below are columns (hive partitions); relative to `folder`. All files
   * are of one format: `.csv`, `.tsv`, `.json`, `.jsonl`, `.ndjson`, each also with `.gz`, or `.parquet`.
   */
  paths: readonly string[];
  /** Absolute. */
  folder: string;
  /** Types of columns where what they hold shall not decide; of one that is not there it says nothing. */
  types?: ReadonlyMap<string, ColumnType> | undefined;
  /** Columns that queries can see as they stand in the file too. */
  written?: ReadonlySet<string> | undefined;
}

export interface DatasetColumn {
  name: string;
  /** What its values are. Whether strings are categories or text is seen when they are counted. */
  kind: ColumnKind;
  /** The column in `query`: its name, unless another column has the same in another case. */
  sqlName: string;
  /** The column in `query` that has its values as they stand in the file, where that was asked for. */
  writtenName?: string;
}

export type ColumnKind = "number" | "boolean" | "time" | "string";

/** A table larger than memory. The same rows give the same answers, whatever their order and the number of threads. */
export interface Dataset {
  name: string;
  rows: number;
  columns: readonly DatasetColumn[];
  /** @throws UsageError with file and line where a value is not of its declared type */
  profile(options?: ProfileOptions): Promise<Profile>;
  /** Counts the rows at the knots and categories of a profile, by the profile's types. */
  count(reference: Profile, options?: ReadOptions): Promise<TableCounts>;
  /** All values of a column of numbers in the order of the rows, NaN where there is none. */
  numbers(column: string): Promise<ColumnNumbers>;
  /** All values of a column as text in the order of the rows, null where there is none. */
  texts(column: string): Promise<readonly (string | null)[]>;
  /** How often each value of a column occurs as text, without missing ones. */
  valueCounts(column: string): Promise<ReadonlyMap<string, number>>;
  /** Which hours of the day, days of the week or months of the year its rows are of, by a column of times. */
  calendarPlaces(column: string, cycle: CalendarCycle): Promise<CalendarPlaces>;
  /** Its rows of the same hours, days or months. */
  during(places: CalendarPlaces): Promise<Dataset>;
  /** Where a row stands, from 0: `data.csv:12`, or `data.parquet, row 11` where there are no lines. */
  place(row: number): Promise<string>;
}

export interface ColumnNumbers {
  values: Float64Array;
  /** Whether the file has them as integers: without point and exponent, or of such a type. */
  areIntegers: boolean;
}

export interface ReadOptions {
  onProgress?: ((progress: Progress) => void) | undefined;
}

export interface ProfileOptions extends ReadOptions {
  /** Columns to read; default: all. */
  columns?: ReadonlySet<string> | undefined;
}

/** How far a long read is. */
export interface Progress {
  /** `Reading data/train.csv`, `Profiling train`. */
  what: string;
  done: number;
  of: number;
}

/** Datasets that queries can join. */
export interface Datasets {
  /** By the names they were opened under. */
  get(name: string): Dataset;
  /**
   * One SELECT over the datasets, each a view under its name that has the column `assay_row` beside its own: the row's number
   * from 0. It can read nothing else.
   * @throws UsageError when it is not that, fails, takes too long or gives too many rows
   */
  query(sql: string, options?: { seconds?: number | undefined }): Promise<QueryResult>;
  /** Removes what was written on the way. */
  close(): Promise<void>;
}

export interface QueryResult {
  columns: readonly string[];
  rows: readonly (readonly QueryValue[])[];
}

/** Times and everything nested are text. */
export type QueryValue = string | number | boolean | null;

/** What reading may cost, at most. */
export interface DatasetLimits {
  /** Of all files of a dataset. */
  bytes: number;
  files: number;
  rows: number;
  columns: number;
  /** Of one record of a text format. */
  recordBytes: number;
  /** Of one question, opening included. */
  seconds: number;
  /** Of a query. */
  resultRows: number;
  /** Rows of `numbers` and `texts`, which are in memory. */
  heldRows: number;
  /** Distinct values of `valueCounts`. */
  distinct: number;
}

export const datasetLimits: DatasetLimits = {
  bytes: 1024 ** 4,
  files: 100_000,
  rows: 4_000_000_000,
  columns: 10_000,
  recordBytes: 16 * 1024 * 1024,
  seconds: 3_600,
  resultRows: 10_000,
  heldRows: 10_000_000,
  distinct: 2_000_000,
};
