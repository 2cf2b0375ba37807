import type { InferenceSession, Tensor } from "onnxruntime-node";
import { quoted } from "../../../data/table-request.ts";
import { UserCommandError } from "../../../errors/errors.ts";
import type { Task } from "../../../spec/spec.ts";

/** Which outputs of a model are read: the predicted label, and the numbers (probabilities, score or value). */
export interface OutputRoles {
  label: string | undefined;
  numbers: string | undefined;
}

/** What a model gave, row by row. */
export interface ModelOutputs {
  labels: readonly string[] | undefined;
  /** One array a column of the output; empty when there is none. */
  numbers: readonly Float64Array[];
}

const labelTypes: ReadonlySet<string> = new Set(["int64", "int32", "string", "bool"]);
const numberTypes: ReadonlySet<string> = new Set(["float32", "float64"]);

/** @throws UserCommandError when the outputs cannot be told apart */
export function chooseOutputs(metadata: readonly InferenceSession.ValueMetadata[], task: Task): OutputRoles {
  const maps = metadata.filter(({ isTensor }) => !isTensor).map(({ name }) => name);
  if (maps.length > 0)
    throw new UserCommandError(
      `The model's output ${quoted(maps)} is a list of dictionaries, not a tensor. Export it as a matrix: with skl2onnx, options={"zipmap": False}.`,
    );
  const tensors = metadata.filter((output) => output.isTensor);
  const labels = tensors.filter(({ type }) => labelTypes.has(type));
  const numbers = tensors.filter(({ type }) => numberTypes.has(type));
  const chosen = numbers.length > 1 ? numbers.filter(({ name }) => /prob|score|^(output|variable)$/i.test(name)) : numbers;
  if (numbers.length > 1 && chosen.length !== 1)
    throw new UserCommandError(
      `The model has ${numbers.length} outputs of numbers: ${quoted(numbers.map(({ name }) => name))}. ` +
        'Export one, or name the one with probabilities "probabilities".',
    );
  const roles = { label: task === "regression" ? undefined : labels[0]?.name, numbers: chosen[0]?.name };
  if (roles.label === undefined && roles.numbers === undefined)
    throw new UserCommandError(
      `The model has no output that is ${task === "regression" ? "numbers" : "a label or probabilities"}: it has ${quoted(
        metadata.map(({ name }) => name),
      )}.`,
    );
  return roles;
}

/** Collects the batches of one run over the test set. */
export function collectOutputs(roles: OutputRoles, rows: number) {
  const labels: string[] = [];
  let numbers: Float64Array[] | undefined;
  return {
    /** Takes the first `count` rows of a batch of `batchRows`. */
    add(outputs: Readonly<Record<string, Tensor>>, start: number, count: number, batchRows: number): void {
      if (roles.label !== undefined) {
        const { data } = checked(outputs, roles.label, batchRows, 1);
        for (let row = 0; row < count; row++) labels.push(String(data[row]));
      }
      if (roles.numbers === undefined) return;
      const { data, width } = checked(outputs, roles.numbers, batchRows);
      numbers ??= Array.from({ length: width }, () => new Float64Array(rows));
      for (const [column, values] of numbers.entries())
        for (let row = 0; row < count; row++) values[start + row] = Number(data[row * width + column]);
    },
    result: (): ModelOutputs => ({ labels: roles.label === undefined ? undefined : labels, numbers: numbers ?? [] }),
  };
}

/** The output's values and its number of columns. */
function checked(outputs: Readonly<Record<string, Tensor>>, name: string, rows: number, expectedWidth?: number) {
  const tensor = outputs[name];
  const width = tensor?.dims[1] ?? 1;
  if (!tensor || tensor.dims.length > 2 || tensor.dims[0] !== rows || width === 0 || (expectedWidth ?? width) !== width)
    throw new UserCommandError(
      `The model's output ${JSON.stringify(name)} has the shape [${tensor?.dims.join(", ") ?? ""}] for ${rows} rows; ` +
        `[${rows}] or [${rows}, ${expectedWidth ?? "classes"}] was expected.`,
    );
  return { data: tensor.data, width };
}

/** @throws UserCommandError when a number is NaN or infinite */
export function refuseNonFinite(numbers: readonly Float64Array[], rows: number): void {
  let count = 0;
  let first = -1;
  for (let row = 0; row < rows; row++) {
    if (numbers.every((values) => Number.isFinite(values[row]))) continue;
    if (count++ === 0) first = row;
  }
  if (count > 0)
    throw new UserCommandError(
      `The model gives NaN or infinity for ${count} of ${rows} test rows, first for row ${first + 1}. ` +
        "Look for missing values that it was not trained on, or for a training that diverged.",
    );
}
