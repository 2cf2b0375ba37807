import { type SafeFormat, safeFormats } from "../../spec/format-names.ts";
import type { FormatRule } from "../../spec/spec.ts";
import type { InspectedFile } from "./inspect-model.ts";
import { whyRefused } from "./known-formats.ts";

export type FormatDecision =
  | {
      outcome: "allowed";
      /** Sorted; more than one where a folder holds several models. */
      formats: readonly string[];
      /** The override that was needed. */
      overridden?: { files: readonly InspectedFile[]; reason: string };
    }
  | { outcome: "refused" /** A sentence of plain text each. */; reasons: readonly string[] };

/** Whether a model's files may be shipped. What is broken, or leads out of its folder, is refused whatever the rule says. */
export function decideFormats(
  files: readonly InspectedFile[],
  { formats = safeFormats, override }: FormatRule = {},
): FormatDecision {
  const overridden = files.filter(({ format, problem }) => problem === undefined && contains(override?.formats, format));
  const reasons = files.flatMap((file) => (overridden.includes(file) ? [] : (reasonAgainst(file, formats) ?? [])));
  const models = files.filter(({ format }) => format !== "text");
  if (reasons.length === 0 && models.length === 0) reasons.push("None of the files is a model.");
  if (reasons.length > 0) return { outcome: "refused", reasons };
  const found = [...new Set(models.map(({ format }) => format))].sort();
  if (override === undefined || overridden.length === 0) return { outcome: "allowed", formats: found };
  return { outcome: "allowed", formats: found, overridden: { files: overridden, reason: override.reason } };
}

function reasonAgainst({ path, format, problem }: InspectedFile, allowed: readonly SafeFormat[]): string | undefined {
  if (problem !== undefined) return `${path} cannot be shipped: ${problem}.`;
  if (format === "text" || contains(allowed, format)) return undefined;
  if (contains(safeFormats, format)) return `${path} is of format ${format}; of this model ${allowed.join(", ")} may be shipped.`;
  return `${path} ${whyRefused[format]}.`;
}

function contains<T extends string>(list: readonly T[] | undefined, value: string): value is T {
  return list?.some((item) => item === value) ?? false;
}
