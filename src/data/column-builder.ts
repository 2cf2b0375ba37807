import { isMissingMarker, parseNumber } from "./number-text.ts";
import type { Column } from "./table.ts";

/**
 * Builds a column from texts, by one rule: a column is numeric when every value that is not empty spells a number
 * (`parseNumber`); beside numbers, `NA`, `N/A`, `null`, `None` and `nan` are missing values. Every other column is text,
 * kept exactly as written; there only an empty value is missing (`NA` is a country).
 */
export interface ColumnBuilder {
  readonly name: string;
  /** True while the column may be numeric; texts are then not kept. */
  isNumeric(): boolean;
  /** @returns false when the column has just turned out to be text, and `addText` must be given all rows again. */
  add(value: string): boolean;
  build(): Column | "read again as text";
}

const firstCapacity = 1_024;

export function createColumnBuilder(name: string, asText: boolean): ColumnBuilder {
  let numbers: Float64Array | undefined = asText ? undefined : new Float64Array(firstCapacity);
  let texts: (string | null)[] | undefined = asText ? [] : undefined;
  let rows = 0;
  let spelledNumbers = 0;
  let markers = 0;

  function numberOf(value: string): number | undefined {
    if (value === "") return Number.NaN;
    const number = parseNumber(value);
    if (number !== undefined) spelledNumbers++;
    else if (isMissingMarker(value)) markers++;
    else return undefined;
    return number ?? Number.NaN;
  }

  return {
    name,
    isNumeric: () => numbers !== undefined,
    add(value) {
      if (texts) {
        texts.push(value === "" ? null : value);
        return true;
      }
      if (!numbers) return false;
      const number = numberOf(value);
      if (number === undefined) {
        numbers = undefined;
        // Nothing was lost when this is the first value.
        texts = rows === 0 ? [value] : undefined;
        return texts !== undefined;
      }
      if (rows === numbers.length) numbers = grow(numbers);
      numbers[rows++] = number;
      return true;
    },
    build() {
      if (texts) return { kind: "text", name, values: texts };
      if (!numbers || (markers > 0 && spelledNumbers === 0)) return "read again as text";
      return { kind: "number", name, values: numbers.slice(0, rows) };
    },
  };
}

function grow(values: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(values.length * 2);
  larger.set(values);
  return larger;
}

/** The column of texts that are all in memory; null and the empty text are missing. */
export function columnOf(name: string, values: readonly (string | null)[], asText: boolean): Column {
  const builder = createColumnBuilder(name, asText);
  const fits = values.every((value) => builder.add(value ?? ""));
  const column = fits ? builder.build() : "read again as text";
  return column === "read again as text" ? columnOf(name, values, true) : column;
}
