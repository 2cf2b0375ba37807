import type { Fault, TableQuality } from "../evidence/quality-evidence.ts";
import type { Phrase, PhrasePart } from "../markdown/phrase.ts";
import { isNew, newFirst } from "../quality/new-faults.ts";
import { formatFixed, plural } from "./format.ts";

/** A fault as a line of a table. Texts may come from outside: escape them. */
export interface FaultRow {
  fault: Fault;
  isNew: boolean;
  /** `error`, `warning`, `as before`. */
  standing: string;
  /** What was found, and what was found in the baseline's data where it is less. */
  found: string;
  /** `12, 40, 77, …`: the first rows at fault. */
  rows: string;
}

/** What a change brings first, errors before warnings. */
export function faultRows({ faults }: Pick<TableQuality, "faults">, maxExamples: number): FaultRow[] {
  return newFirst(faults).map((fault) => {
    const isOfChange = isNew(fault);
    const { severity, message, before } = fault;
    return {
      fault,
      isNew: isOfChange,
      standing: isOfChange ? words[severity] : "as before",
      found:
        isOfChange && before?.rows
          ? `${message} Before: ${formatFixed(before.rows.count, 0)} of ${formatFixed(before.rows.of, 0)}.`
          : message,
      rows: rowNumbers(fault, maxExamples),
    };
  });
}

const words: Readonly<Record<Fault["severity"], string>> = { error: "error", warn: "warning" };

const tests: Readonly<Record<"test" | "old-test", string>> = {
  test: "of the test set: ",
  "old-test": "of the old test set: ",
};

function rowNumbers({ examples, examplesOf, rows }: Fault, most: number): string {
  if (examples.length === 0) return "";
  const shown = examples.slice(0, most).map((number) => formatFixed(number, 0));
  const isMore = (rows?.count ?? examples.length) > shown.length;
  return `${examplesOf === undefined ? "" : tests[examplesOf]}${shown.join(", ")}${isMore ? ", …" : ""}`;
}

/** `1 error and 2 warnings in data/train.csv, 1 fault as before · 12,000 rows, 21 checks in order`. */
export function qualitySummary({ table, rows, faults, passed, leftOut }: TableQuality, isNamed = true): readonly PhrasePart[] {
  const brought = faults.filter(isNew);
  const before = faults.length - brought.length;
  const counts = (["error", "warn"] as const)
    .map((severity) => ({ severity, count: brought.filter((fault) => fault.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => plural(count, words[severity]));
  const what = counts.length === 0 ? (before === 0 ? "nothing is wrong" : "nothing new is wrong") : counts.join(" and ");
  const of: PhrasePart[] = isNamed ? [counts.length === 0 ? " with " : " in ", { code: table }] : [];
  const beside = [
    ...(before > 0 ? [`, ${plural(before, "fault")} as before`] : []),
    ...(leftOut > 0 ? [`, ${formatFixed(leftOut, 0)} more`] : []),
  ];
  return [what, ...of, ...beside, ` · ${plural(rows, "row")}, ${plural(passed, "check")} in order`];
}

/** How the list is to be read. */
export function qualityCaution(faults: readonly Fault[]): Phrase[] {
  return [
    ...(faults.some(({ examples }) => examples.length > 0) ? ["Row 1 is the first row of data."] : []),
    ...(faults.some((fault) => !isNew(fault))
      ? ["As before: the baseline's data does not pass the check either, with no fewer rows at fault."]
      : []),
  ];
}
