import type { InferenceSession, Tensor } from "onnxruntime-node";
import type { Column } from "../../../data/table.ts";
import { quoted } from "../../../data/table-request.ts";
import { UserCommandError } from "../../../errors/errors.ts";
import { defaultFeatures, type TestRows } from "../../scorer.ts";
import { columnsOf, integersOf, numbersOf, textsOf } from "./features.ts";
import type { OnnxRuntime } from "./load-model.ts";

type Metadata = InferenceSession.TensorValueMetadata;

/** The test rows as tensors, batch by batch. */
export interface ModelInputs {
  /** Rows of a batch; every batch has as many. */
  batchRows: number;
  /** Tensors of the batch that begins at the row; rows past the end repeat the last one. */
  feed(start: number): Record<string, Tensor>;
}

const largestBatchRows = 16_384;
const largestBatchValues = 4 * 1024 * 1024;

/**
 * How the test set goes into a model: one matrix [rows, features], or one input [rows] or [rows, 1] a column that is named
 * like it (as skl2onnx writes a pipeline over a table).
 * @throws MissingDataError when a column is not there
 * @throws UserCommandError when the model's inputs and the columns do not fit
 */
export function planInputs(
  runtime: OnnxRuntime,
  metadata: readonly InferenceSession.ValueMetadata[],
  test: TestRows,
  features: readonly string[] | undefined,
): ModelInputs {
  const inputs = metadata.map((input) => {
    if (!input.isTensor) throw unsupported(input.name, "is not a tensor");
    if (input.shape.length > 2) throw unsupported(input.name, `has the shape ${shapeText(input)}`);
    return input;
  });
  const [only] = inputs;
  if (only === undefined) throw new UserCommandError("The model has no inputs. Export it with one input for the features.");

  const isTable = inputs.length > 1 || (features === undefined && isColumnOf(only, test));
  const parts = isTable
    ? inputs.map((input) => ({ input, columns: columnsOf(test, [input.name]) }))
    : [{ input: only, columns: columnsOf(test, features ?? defaultFeatures(test)) }];
  const declared = parts.flatMap(({ columns }) => columns).map(({ name }) => name);
  const unused = (isTable && features?.filter((name) => !declared.includes(name))) || [];
  if (unused.length > 0)
    throw new UserCommandError(`evaluate.predict.features names ${quoted(unused)}, but the model has no input of that name.`);
  for (const { input, columns } of parts) checkWidth(input, columns);

  const batchRows = rowsOfBatch(inputs, test.table.rows, declared.length);
  const fillers = parts.map(({ input, columns }) => ({ input, fill: createFiller(runtime, input, columns, test) }));
  return {
    batchRows,
    feed: (start) => Object.fromEntries(fillers.map(({ input, fill }) => [input.name, fill(start, batchRows)])),
  };
}

/** A model of one column has one input of that name. */
function isColumnOf(input: Metadata, test: TestRows): boolean {
  const width = input.shape[1] ?? 1;
  return (
    input.shape.length > 0 && width === 1 && test.table.columns.some(({ name }) => name === input.name && name !== test.idColumn)
  );
}

function checkWidth(input: Metadata, columns: readonly Column[]): void {
  const width = input.shape.length === 1 ? 1 : input.shape[1];
  if (!isFixed(width) || width === columns.length) return;
  throw new UserCommandError(
    `The model's input ${JSON.stringify(input.name)} is ${shapeText(input)}, but there ${columns.length === 1 ? "is" : "are"} ${columns.length} ` +
      `feature column${columns.length === 1 ? "" : "s"}: ${quoted(
        columns.map(({ name }) => name),
        20,
      )}. Declare the ${width} columns that the model reads, in its order, with evaluate.predict.features.`,
  );
}

function rowsOfBatch(inputs: readonly Metadata[], rows: number, columns: number): number {
  const fixed = inputs.map(({ shape }) => shape[0]).find(isFixed);
  return fixed ?? Math.min(rows, largestBatchRows, Math.max(1, Math.floor(largestBatchValues / columns)));
}

/** A dimension that the model fixes; others are names, or not positive. */
function isFixed(dimension: number | string | undefined): dimension is number {
  return typeof dimension === "number" && dimension > 0;
}

function createFiller(runtime: OnnxRuntime, input: Metadata, columns: readonly Column[], { name: file, table }: TestRows) {
  const { Tensor } = runtime;
  const dims = (rows: number) => (input.shape.length === 1 ? [rows] : [rows, columns.length]);
  const width = columns.length;
  /** Row by row, as tensors lie in memory. */
  function fill<T>(target: { [index: number]: T }, sources: readonly ArrayLike<T>[], start: number, rows: number): void {
    for (let row = 0; row < rows; row++) {
      const from = Math.min(start + row, table.rows - 1);
      for (const [column, source] of sources.entries()) {
        const value = source[from];
        if (value !== undefined) target[row * width + column] = value;
      }
    }
  }
  switch (input.type) {
    case "float32": {
      const sources = columns.map((column) => numbersOf(column, file));
      return (start: number, rows: number) => {
        const data = new Float32Array(rows * width);
        fill(data, sources, start, rows);
        return new Tensor("float32", data, dims(rows));
      };
    }
    case "float64": {
      const sources = columns.map((column) => numbersOf(column, file));
      return (start: number, rows: number) => {
        const data = new Float64Array(rows * width);
        fill(data, sources, start, rows);
        return new Tensor("float64", data, dims(rows));
      };
    }
    case "int32":
    case "int64":
    case "bool": {
      const sources = columns.map((column) => integersOf(column, file));
      return (start: number, rows: number) => {
        const data = new Float64Array(rows * width);
        fill(data, sources, start, rows);
        if (input.type === "int32") return new Tensor("int32", Int32Array.from(data), dims(rows));
        if (input.type === "bool") return new Tensor("bool", Uint8Array.from(data, Number), dims(rows));
        return new Tensor("int64", BigInt64Array.from(Array.from(data, BigInt)), dims(rows));
      };
    }
    case "string": {
      const sources = columns.map(textsOf);
      return (start: number, rows: number) => {
        const data = new Array<string>(rows * width).fill("");
        fill(data, sources, start, rows);
        return new Tensor("string", data, dims(rows));
      };
    }
    default:
      throw unsupported(input.name, `has the type ${input.type}`);
  }
}

function shapeText({ shape }: Metadata): string {
  return `[${shape.map((dimension) => (isFixed(dimension) ? dimension : "any")).join(", ")}]`;
}

function unsupported(name: string, what: string): UserCommandError {
  return new UserCommandError(
    `The model's input ${JSON.stringify(name)} ${what}. One matrix [rows, features] of numbers or texts, or one input a column, ` +
      "can be scored; use a predict command for other models.",
  );
}
