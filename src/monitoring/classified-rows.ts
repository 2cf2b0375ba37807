/** What a classifier said of rows, and what turned out. Columns are as long as there are rows. */
export interface ClassifiedRows {
  /** Of each class, or of the positive one alone where there are two. NaN: missing. */
  probabilities: readonly Float64Array[];
  /** Positions among the classes; of two classes 1 is the positive one. Below 0: missing, or a label that is none of the classes. */
  predicted: Int32Array;
  /** As `predicted`. */
  truth: Int32Array;
}

/** One class against the rest, without rows of which something is missing. */
export interface ClassView {
  /** What the model said. */
  scores: Float64Array;
  /** 1 where it is this class. */
  predicted: Uint8Array;
  truth: Uint8Array;
}

/** The rows of which what the model said is known and, where asked for, what turned out. */
export function completeRows({ probabilities, predicted, truth }: ClassifiedRows, withTruth: boolean): ClassifiedRows {
  const rows = Uint32Array.from(predicted.keys()).filter(
    (row) =>
      (predicted[row] ?? -1) >= 0 &&
      (!withTruth || (truth[row] ?? -1) >= 0) &&
      probabilities.every((values) => !Number.isNaN(values[row])),
  );
  return rows.length === predicted.length
    ? { probabilities, predicted, truth }
    : pickRows({ probabilities, predicted, truth }, rows);
}

export function pickRows({ probabilities, predicted, truth }: ClassifiedRows, rows: Uint32Array): ClassifiedRows {
  return {
    probabilities: probabilities.map((values) => Float64Array.from(rows, (row) => values[row] ?? Number.NaN)),
    predicted: Int32Array.from(rows, (row) => predicted[row] ?? -1),
    truth: Int32Array.from(rows, (row) => truth[row] ?? -1),
  };
}

/** Each class against the rest; of two classes the positive one alone. */
export function viewsOf({ probabilities, predicted, truth }: ClassifiedRows): ClassView[] {
  return probabilities.map((scores, i) => {
    const position = probabilities.length === 1 ? 1 : i;
    const flags = (values: Int32Array) => Uint8Array.from(values, (value) => (value === position ? 1 : 0));
    return { scores, predicted: flags(predicted), truth: flags(truth) };
  });
}
