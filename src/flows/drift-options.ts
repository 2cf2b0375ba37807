import { parseTypedColumn } from "../data/column-type.ts";
import type { CalendarCycle } from "../data/dataset/calendar.ts";
import type { Period } from "../data/periods.ts";
import { columnTypes } from "../data/profile.ts";
import { UsageError } from "../errors/errors.ts";
import { type Called, sentence } from "./called.ts";
import type { CompareTablesRequest } from "./compare-tables.ts";

/** Of a command line or a workflow, lists taken apart. */
interface WrittenDrift {
  exclude: readonly string[];
  types: readonly string[];
  weights: readonly string[];
  embeddings: readonly string[];
  same?: CalendarCycle | undefined;
  sameBy?: string | undefined;
  chunkSize?: number | undefined;
  chunkBy?: string | undefined;
  chunkPeriod?: Period | undefined;
}

/** How two tables are compared, without the preset. */
export type DriftSettings = Pick<
  CompareTablesRequest,
  "exclude" | "types" | "weights" | "embeddings" | "same" | "chunkSize" | "chunkPeriod"
>;

export function parseDriftOptions(written: WrittenDrift, called: Called): DriftSettings {
  const { exclude, chunkSize } = written;
  return {
    ...{ exclude, chunkSize, same: parseSame(written, called), chunkPeriod: parseChunkPeriod(written, called) },
    types: new Map(written.types.map((pair) => parseType(pair, called))),
    weights: Object.fromEntries(written.weights.map((pair) => parseWeight(pair, called))),
    embeddings: Object.fromEntries(written.embeddings.map((pair) => parseEmbedding(pair, called))),
  };
}

function parseType(pair: string, called: Called): NonNullable<ReturnType<typeof parseTypedColumn>> {
  const typed = parseTypedColumn(pair);
  if (typed) return typed;
  throw wrong(
    called("types"),
    pair,
    `a column and what it holds. Write postcode=category; the types are ${columnTypes.join(", ")}.`,
  );
}

function parseWeight(pair: string, called: Called): [string, number] {
  const [, column = "", weight] = /^(.+)=\s*(\d+(?:\.\d+)?)$/.exec(pair) ?? [];
  if (weight !== undefined) return [column.trim(), Number(weight)];
  throw wrong(called("weights"), pair, "a column and a number from 0. Write amount=3.");
}

function parseEmbedding(pair: string, called: Called): [string, string] {
  const [, name, prefix] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
  if (name !== undefined && prefix !== undefined) return [name.trim(), prefix.trim()];
  throw wrong(called("embeddings"), pair, "what is embedded and how its columns' names begin. Write review=review_.");
}

function parseSame({ same: cycle, sameBy: by }: WrittenDrift, called: Called): DriftSettings["same"] {
  if (cycle === undefined && by === undefined) return undefined;
  if (cycle !== undefined && by !== undefined) return { by, cycle };
  const both = `${called("same")} says what comes round and ${called("same-by")} which column of times says when`;
  throw new UsageError(sentence(`${both}: both are needed.`));
}

function parseChunkPeriod({ chunkBy: by, chunkPeriod: period }: WrittenDrift, called: Called): DriftSettings["chunkPeriod"] {
  if (by === undefined && period === undefined) return undefined;
  if (by !== undefined && period !== undefined) return { by, period };
  const both = `${called("chunk-by")} names a column of times and ${called("chunk-period")} what of it makes a chunk`;
  throw new UsageError(sentence(`${both}: both are needed.`));
}

function wrong(option: string, pair: string, expected: string): UsageError {
  return new UsageError(sentence(`${option}: ${JSON.stringify(pair)} is not ${expected}`));
}
