import { createHash } from "node:crypto";
import { extname } from "node:path";
import { readTable } from "../data/read-table.ts";
import type { Column } from "../data/table.ts";
import { quoted } from "../data/table-request.ts";
import { UsageError, UserCommandError } from "../errors/errors.ts";
import type { Digest } from "../evidence/digest.ts";
import type { Files } from "../files/files.ts";
import type { PredictionRows } from "./predictions.ts";
import type { RawPredictions } from "./raw-predictions.ts";

const probabilityPrefix = "proba_";

/**
 * Reads a predictions file, CSV or Parquet: `id`, `prediction`, and for classification `score` (binary: of the positive
 * class) or one `proba_<class>` a class. Other columns are ignored. Ids and predictions are kept as written.
 * @throws UserCommandError when the file is not that, since a user's command wrote it
 */
export async function readPredictions(path: string, options: { name?: string; files?: Files } = {}): Promise<RawPredictions> {
  const file = options.name ?? path;
  if (![".csv", ".parquet"].includes(extname(path).toLowerCase()))
    throw new UserCommandError(`${file}: predictions must be a .csv or a .parquet file.`);
  const { columns } = await readTable(path, { text: ["id", "prediction"], name: file, files: options.files }).catch(
    (error: unknown) => {
      throw error instanceof UsageError ? new UserCommandError(`Predictions: ${error.message}`, { cause: error }) : error;
    },
  );
  const prediction = columns.find(({ name }) => name === "prediction");
  if (!prediction)
    throw new UserCommandError(
      `${file} has no column "prediction"; it has ${quoted(
        columns.map(({ name }) => name),
        20,
      )}. Write the columns id, prediction, and score or proba_<class>.`,
    );
  const id = columns.find(({ name }) => name === "id");
  return {
    ids: id && texts(id, file),
    predictions: texts(prediction, file),
    scores: new Map(columns.filter(isScore).map((column) => [classOf(column.name), numbers(column, file)])),
  };
}

function isScore({ name }: Column): boolean {
  return name === "score" || (name.startsWith(probabilityPrefix) && name.length > probabilityPrefix.length);
}

function classOf(name: string): string {
  return name === "score" ? "" : name.slice(probabilityPrefix.length);
}

function texts(column: Column, file: string): readonly string[] {
  const values: readonly (string | null)[] = column.kind === "text" ? column.values : Array.from(column.values, String);
  const empty = values.indexOf(null);
  if (empty === -1) return values.filter((value) => value !== null);
  const count = values.filter((value) => value === null).length;
  throw new UserCommandError(
    `${file}: "${column.name}" is empty in ${count} of ${values.length} rows, first in row ${empty + 1}. Write one for every row.`,
  );
}

function numbers(column: Column, file: string): Float64Array {
  if (column.kind === "number") return column.values;
  throw new UserCommandError(
    `${file}: "${column.name}" must be numbers, but some values are text. Write them with a decimal point.`,
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
  if (predictions.kind === "multilabel" || predictions.kind === "scored")
    throw new UserCommandError(`Predictions of ${predictions.kind} tasks cannot be written yet.`);
  const scores = predictions.kind === "classification" ? predictions.probabilities : [];
  const scoreNames =
    predictions.kind === "classification" && scores.length > 1
      ? predictions.classes.map((name) => `${probabilityPrefix}${name}`)
      : scores.map(() => "score");
  yield `${["id", "prediction", ...scoreNames].map(field).join(",")}\n`;
  for (const [row, id] of predictions.ids.entries()) {
    const prediction = predictions.kind === "classification" ? (predictions.labels[row] ?? "") : number(predictions.values[row]);
    let line = `${field(id)},${field(prediction)}`;
    for (const column of scores) line += `,${number(column[row])}`;
    yield `${line}\n`;
  }
}

function number(value: number | undefined): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

function field(text: string): string {
  return /[",\r\n;\t|\uFEFF]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
