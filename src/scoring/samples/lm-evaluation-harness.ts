import { recordsOf } from "../../data/json.ts";
import type { Column, Table } from "../../data/table.ts";
import { quoted } from "../../data/table-request.ts";
import { UsageError } from "../../errors/errors.ts";

/** What lm-evaluation-harness writes of every sample besides its metrics, which stand beside these by name. */
const sampleFields: ReadonlySet<string> = new Set([
  "doc_id",
  "doc",
  "target",
  "arguments",
  "resps",
  "filtered_resps",
  "filter",
  "metrics",
  "doc_hash",
  "prompt_hash",
  "target_hash",
]);

type Fields = Readonly<Record<string, unknown>>;

export interface HarnessSamples {
  /** `id` (the doc_id), one column a score, `doc_hash` and `doc.<field>` for what is a plain value. A document may be there several times. */
  table: Table;
  /** The columns of `table` that are scores. */
  scores: ReadonlySet<string>;
  notes: readonly string[];
}

/** Whether the first line of a JSON Lines text is a sample of lm-evaluation-harness. */
export function isHarnessSample(record: string | undefined): boolean {
  if (record === undefined) return false;
  try {
    const fields = parseRecord(record);
    return isFields(fields) && "doc_id" in fields && ("filtered_resps" in fields || "resps" in fields);
  } catch {
    return false;
  }
}

/**
 * Reads what `lm_eval --log_samples` writes for a task (lm-evaluation-harness 0.4, `EvaluationTracker.save_results_samples`): an
 * object a line, all documents once for each filter. Scores are the names in `metrics` whose values are numbers or true and
 * false; with several filters they are called `metric,filter`, as the harness itself calls them.
 * @param file as messages name it
 * @throws UsageError when a line is no sample, or one doc_id stands for several documents
 */
export function readHarnessSamples(text: string, file: string): HarnessSamples {
  const samples = [...recordsOf(text)].map(({ line, record }) => readSample(line, record, file));
  const filters = new Set(samples.map(({ filter }) => filter));
  const scores = new Map<string, Map<number, unknown>>();
  const rows = new Map<string, { id: string; fields: Fields }>();
  const position = new Map<string, number>();
  const times = new Map<string, number>();
  for (const { id, filter, metrics, fields } of samples) {
    // A document that was sampled several times has a row for each, shared by the filters.
    const time = times.get(`${filter}\n${id}`) ?? 0;
    times.set(`${filter}\n${id}`, time + 1);
    const key = `${time}\n${id}`;
    const known = rows.get(key);
    if (known && known.fields["doc_hash"] !== fields["doc_hash"]) throw otherDocument(id, file);
    const first = rows.get(`0\n${id}`);
    if (first && first.fields["doc_hash"] !== fields["doc_hash"]) throw otherDocument(id, file);
    if (!known) {
      position.set(key, rows.size);
      rows.set(key, { id, fields });
    }
    for (const metric of metrics) {
      const name = filters.size > 1 ? `${metric},${filter}` : metric;
      const values = scores.get(name) ?? new Map<number, unknown>();
      scores.set(name, values.set(position.get(key) ?? -1, fields[metric]));
    }
  }
  const numeric = [...scores].filter(([, values]) => [...values.values()].every(isNumber));
  const left = [...scores.keys()].filter((name) => !numeric.some(([kept]) => kept === name));
  if (numeric.length === 0)
    throw new UsageError(
      `${file}: no metric of these samples is one number a document (${quoted(left)}). Compare a metric such as acc or exact_match.`,
    );
  const columns: Column[] = [
    { kind: "text", name: "id", values: [...rows.values()].map(({ id }) => id) },
    ...numeric.map(([name, values]) => numberColumn(name, values, rows.size)),
    ...documentColumns([...rows.values()].map(({ fields }) => fields)),
  ];
  return {
    table: { rows: rows.size, columns },
    scores: new Set(numeric.map(([name]) => name)),
    notes: left.length === 0 ? [] : [`left out ${quoted(left)}: not one number a document`],
  };
}

interface Sample {
  id: string;
  filter: string;
  metrics: readonly string[];
  fields: Fields;
}

function readSample(line: number, record: string, file: string): Sample {
  const fields = parseLine(line, record, file);
  const { doc_id: id, filter, metrics } = fields;
  if (typeof id !== "number" && typeof id !== "string")
    throw new UsageError(
      `${file}:${line}: "doc_id" is ${JSON.stringify(id ?? null)}; a number or text was expected. Write the samples again (--log_samples).`,
    );
  return {
    id: String(id),
    filter: typeof filter === "string" ? filter : "none",
    // Versions before 0.4.8 do not list them.
    metrics: Array.isArray(metrics) ? metrics.map(String) : Object.keys(fields).filter((name) => !sampleFields.has(name)),
    fields,
  };
}

function parseLine(line: number, record: string, file: string): Fields {
  try {
    const fields = parseRecord(record);
    if (isFields(fields)) return fields;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new UsageError(
    `${file}:${line}: this is no sample of lm-evaluation-harness, or it ends too early; one JSON object a line was expected. Write the samples again (--log_samples).`,
  );
}

/** Python writes NaN and Infinity into JSON: in a document they do not matter, as a score they are missing. */
function parseRecord(record: string): unknown {
  try {
    return JSON.parse(record);
  } catch {
    return JSON.parse(record.replaceAll(/("(?:[^"\\]|\\.)*")|-?\b(?:NaN|Infinity)\b/g, (_, text?: string) => text ?? "null"));
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNumber(value: unknown): boolean {
  return typeof value === "number" || typeof value === "boolean" || value === null || value === undefined;
}

function numberColumn(name: string, values: ReadonlyMap<number, unknown>, rows: number): Column {
  const number = (value: unknown) => (value === null || value === undefined ? Number.NaN : Number(value));
  return { kind: "number", name, values: Float64Array.from({ length: rows }, (_, row) => number(values.get(row))) };
}

/** `doc.category` and `doc.meta.level`; lists are no plain values. */
function documentColumns(samples: readonly Fields[]): Column[] {
  const columns = new Map<string, (string | null)[]>();
  const set = (name: string, row: number, value: unknown): void => {
    if (isFields(value)) {
      for (const [key, inner] of Object.entries(value)) set(`${name}.${key}`, row, inner);
      return;
    }
    if (value === null || value === undefined || typeof value === "object") return;
    const values = columns.get(name) ?? new Array<string | null>(samples.length).fill(null);
    values[row] = String(value) === "" ? null : String(value);
    columns.set(name, values);
  };
  for (const [row, { doc, doc_hash: hash, target }] of samples.entries()) {
    set("doc_hash", row, hash);
    set("target", row, target);
    if (isFields(doc)) set("doc", row, doc);
  }
  return [...columns].map(([name, values]) => ({ kind: "text", name, values }));
}

function otherDocument(id: string, file: string): UsageError {
  return new UsageError(
    `${file}: doc_id ${id} stands for several documents (their doc_hash differs), so the file holds the samples of several tasks. Give each task's file by itself.`,
  );
}
