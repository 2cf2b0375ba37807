import { createHash } from "node:crypto";
import { extname } from "node:path";
import { recordsOf } from "../data/json.ts";
import { parseNumber } from "../data/number-text.ts";
import { readTable } from "../data/read-table.ts";
import type { Column, Table } from "../data/table.ts";
import { quoted } from "../data/table-request.ts";
import { readDataText } from "../data/text-file.ts";
import { MissingDataError, UsageError, UserCommandError } from "../errors/errors.ts";
import type { Digest } from "../evidence/digest.ts";
import type { Files } from "../files/files.ts";
import { createNodeFiles } from "../files/node-files.ts";
import type { PredictionRows } from "./predictions.ts";
import type { RawPredictions } from "./raw-predictions.ts";
import { isHarnessSample, readHarnessSamples } from "./samples/lm-evaluation-harness.ts";

const probabilityPrefix = "proba_";

/** The formats of predictions, by the file's extension. */
const extensions = [".csv", ".tsv", ".parquet", ".jsonl", ".ndjson"];

export interface ReadPredictionsOptions {
  /** The file as messages name it; default: the path. */
  name?: string | undefined;
  /** Column that names a row where there is no `id`; a file with other columns must have one of the two. */
  id?: string | undefined;
  /** Columns that are read as text, as written, and are no scores: what rows are told apart by. */
  text?: readonly string[] | undefined;
  files?: Files | undefined;
}

/** A file of predictions, and all that it says of its rows. */
export interface PredictionsFile {
  raw: RawPredictions;
  format: "table" | "lm-evaluation-harness";
  /** Every column, in the file's order; of samples of lm-evaluation-harness also `doc.<field>`. */
  table: Table;
  /** What was left out and why, as clauses for people. */
  notes: readonly string[];
}

/**
 * Reads a predictions file: CSV, TSV, Parquet or JSON Lines with `id`, and `prediction` and for classification `score` (binary:
 * of the positive class) or one `proba_<class>` a class; or for `scored` tasks numeric columns; or the `samples_*.jsonl` of
 * lm-evaluation-harness, known by their content. Other columns are ignored. Ids and predictions are kept as written.
 * @throws UserCommandError when the file is not that, since a user's command wrote it
 */
export async function readPredictions(path: string, options: ReadPredictionsOptions = {}): Promise<RawPredictions> {
  return (await readPredictionsFile(path, options)).raw;
}

/** As `readPredictions`, with everything else that the file holds. */
export async function readPredictionsFile(path: string, options: ReadPredictionsOptions = {}): Promise<PredictionsFile> {
  const file = options.name ?? path;
  const extension = extname(path).toLowerCase();
  const files = options.files ?? createNodeFiles();
  try {
    const found = await files.stat(path);
    if (found && !found.isFolder && !extensions.includes(extension))
      throw new UserCommandError(
        `${file}: predictions must be a file that ends in ${extensions.join(", ")}, but ${extension === "" ? "its name has no ending" : `it ends in ${JSON.stringify(extension)}`}. Write one of these formats.`,
      );
    if (extension === ".jsonl" || extension === ".ndjson") {
      const text = await readDataText(path, file, files);
      if (isHarnessSample(recordsOf(text).next().value?.record)) {
        const { table, scores, notes } = readHarnessSamples(text, file);
        return { raw: rawOf(table, scores, file), format: "lm-evaluation-harness", table, notes };
      }
    }
    const text = ["id", "prediction", options.id, ...(options.text ?? [])].filter((name) => name !== undefined);
    const table = await readTable(path, { text, name: file, files });
    const scores = new Set(table.columns.map(({ name }) => name).filter((name) => !text.includes(name)));
    return { raw: rawOf(table, scores, file, options.id), format: "table", table, notes: [] };
  } catch (error) {
    throw error instanceof UsageError || error instanceof MissingDataError
      ? new UserCommandError(`Predictions: ${error.message}`, { cause: error })
      : error;
  }
}

/** @param scores the columns that may be scores */
function rawOf(table: Table, scores: ReadonlySet<string>, file: string, otherId?: string): RawPredictions {
  const { columns } = table;
  if (table.rows === 0)
    throw new UserCommandError(`${file} has column names but no rows; one row for each row of the test set was expected.`);
  const column = (wanted: string | undefined) => columns.find(({ name }) => name === wanted);
  const prediction = column("prediction");
  const id = column("id") ?? column(otherId);
  if (!id && otherId !== undefined) refuseUnnamedRows(columns, scores, otherId, file);
  return {
    source: file,
    ids: id && idsOf(id, file),
    predictions: prediction ? textsOf(prediction).map((value) => value ?? "") : [],
    scores: new Map(
      prediction ? columns.filter(isScore).map((column) => [classOf(column.name), numbersOf(column, file)] as const) : [],
    ),
    columns: columns.filter(({ name }) => scores.has(name)),
  };
}

/** A column that is none of ours may be the one that names the rows, misspelt: then their order means nothing. */
function refuseUnnamedRows(columns: readonly Column[], scores: ReadonlySet<string>, id: string, file: string): void {
  const others = columns.filter((column) => scores.has(column.name) && !isScore(column));
  if (!columns.some(({ name }) => name === "prediction") || others.length === 0) return;
  throw new UserCommandError(
    `${file} has no column "id" or ${JSON.stringify(id)}, which names its rows; it has ${quoted(
      columns.map(({ name }) => name),
      20,
    )}. Name the column so, or write predictions alone, in the test set's order.`,
  );
}

function isScore({ name }: Column): boolean {
  return name === "score" || (name.startsWith(probabilityPrefix) && name.length > probabilityPrefix.length);
}

function classOf(name: string): string {
  return name === "score" ? "" : name.slice(probabilityPrefix.length);
}

function textsOf(column: Column): readonly (string | null)[] {
  return column.kind === "text" ? column.values : Array.from(column.values, String);
}

function idsOf(column: Column, file: string): readonly string[] {
  const values = textsOf(column);
  const empty = values.indexOf(null);
  if (empty === -1) return values.filter((value) => value !== null);
  const count = values.filter((value) => value === null).length;
  throw new UserCommandError(
    `${file}: "${column.name}" is empty in ${count} of ${values.length} rows, first in row ${empty + 1}. Write one for every row.`,
  );
}

function numbersOf(column: Column, file: string): Float64Array {
  if (column.kind === "number") return column.values;
  const row = column.values.findIndex((value) => value !== null && parseNumber(value) === undefined);
  // Of slices by this column it was read as text.
  if (row === -1)
    return Float64Array.from(column.values, (value) => (value === null ? Number.NaN : (parseNumber(value) ?? Number.NaN)));
  throw new UserCommandError(
    `${file}: "${column.name}" must be numbers, but row ${row + 1} has ${quoted([column.values[row] ?? ""])}. Write numbers, with a decimal point.`,
  );
}

/** The canonical CSV of predictions. Floats are the shortest text that reads back as the same float64. */
export function formatPredictions(predictions: PredictionRows): string {
  return [...lines(predictions)].join("");
}

/** SHA-256 over the canonical CSV, which need not fit into one string. */
export function digestPredictions(predictions: PredictionRows): Digest {
  const hash = createHash("sha256");
  let block = "";
  for (const line of lines(predictions)) {
    block += line;
    if (block.length < 65_536) continue;
    hash.update(block);
    block = "";
  }
  return `sha256:${hash.update(block).digest("hex")}`;
}

function* lines(predictions: PredictionRows): Generator<string> {
  const numbers = numberColumns(predictions);
  const names = predictions.kind === "scored" ? ["id"] : ["id", "prediction"];
  yield `${[...names, ...numbers.map(([name]) => name)].map(field).join(",")}\n`;
  for (const [row, id] of predictions.ids.entries()) {
    const prediction = predictionOf(predictions, row);
    let line = prediction === undefined ? field(id) : `${field(id)},${field(prediction)}`;
    for (const [, values] of numbers) line += `,${number(values[row])}`;
    yield `${line}\n`;
  }
}

function predictionOf(predictions: PredictionRows, row: number): string | undefined {
  switch (predictions.kind) {
    case "classification":
      return predictions.labels[row] ?? "";
    case "regression":
      return number(predictions.values[row]);
    case "multilabel":
      return predictions.classes.filter((_, index) => predictions.indicators[index]?.[row] === 1).join("|");
    case "scored":
      return undefined;
  }
}

type NumberColumn = readonly [name: string, values: Float64Array | Int32Array];

function numberColumns(predictions: PredictionRows): readonly NumberColumn[] {
  switch (predictions.kind) {
    case "regression":
      return [];
    case "scored": {
      const { scores, repeats } = predictions;
      return [...scores, ...(repeats ? [["repeats", repeats] as const] : [])];
    }
    case "multilabel":
      return predictions.probabilities.map((values, index) => [`${probabilityPrefix}${predictions.classes[index]}`, values]);
    case "classification": {
      const { classes, probabilities } = predictions;
      return probabilities.map((values, index) => [
        probabilities.length > 1 ? `${probabilityPrefix}${classes[index]}` : "score",
        values,
      ]);
    }
  }
}

function number(value: number | undefined): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

function field(text: string): string {
  return /[",\r\n;\t|\uFEFF]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
