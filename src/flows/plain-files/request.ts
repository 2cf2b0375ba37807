import type { Task } from "../../spec/spec.ts";

/** What is said of files of predictions that belong to no repository. Errors name these as the options of `assay compare`. */
export interface PlainRequest {
  task?: Task | undefined;
  /** Path of the test set. */
  data?: string | undefined;
  id?: string | undefined;
  target?: string | undefined;
  positive?: string | undefined;
  /** Comma-separated as it was written: names of scores may hold commas, which only the files tell. */
  metrics?: string | undefined;
  lowerIsBetter: readonly string[];
  group?: string | undefined;
  weight?: string | undefined;
  /** Columns. */
  slices: readonly string[];
  minRows: number;
}
