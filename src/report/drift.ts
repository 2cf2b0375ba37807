import {
  type DriftColumn,
  type DriftResult,
  type DriftTest,
  type Histogram,
  hasDrifted,
  timesLimit,
} from "../evidence/data-evidence.ts";
import type { Phrase, PhrasePart } from "../markdown/phrase.ts";
import { formatFixed, formatNumber, plural } from "./format.ts";
import { sparkline } from "./sparkline.ts";

export interface DriftRow {
  column: DriftColumn;
  /** The comparison that tells most: of a drifted column the one that is furthest over its limit. */
  test: DriftTest | undefined;
  /** `KS 0.31`. */
  distance: string;
  /** What chance alone exceeds in 1 of 20; undefined where it is not known. */
  noise: string | undefined;
  /** `over 0.05`, `below the limit`, `the column is new`. */
  note: string;
  hasDrifted: boolean;
  /** Both sides as bars of text on one scale; empty where there is nothing to draw. */
  reference: string;
  current: string;
}

/** Columns in the result's order, which is that of how much they drifted. */
export function driftRows({ columns }: DriftResult): DriftRow[] {
  return columns.map((column) => {
    const test = tellingTest(column);
    return {
      column,
      test,
      distance: test === undefined ? "—" : distanceOf(test),
      noise: test?.noise === undefined ? undefined : effectOf(test, test.noise),
      note: noteOf(column, test),
      hasDrifted: hasDrifted(column),
      ...bars(column.histogram),
    };
  });
}

function tellingTest({ tests }: DriftColumn): DriftTest | undefined {
  return tests.toSorted((a, b) => Number(b.drifted) - Number(a.drifted) || timesLimit(b) - timesLimit(a))[0];
}

/** `KS 0.312`, `4.0% in new categories`. */
function distanceOf(test: DriftTest): string {
  const effect = effectOf(test, test.value);
  return test.measure === "share"
    ? `${effect} ${shareOf[test.of] ?? ""}`.trim()
    : `${titles[test.measure] ?? test.measure} ${effect}`;
}

const shareOf: Readonly<Partial<Record<DriftTest["of"], string>>> = {
  missing: "missing",
  infinite: "more or fewer infinite",
  "new-categories": "in new categories",
  "out-of-range": "out of range",
};

function effectOf({ measure }: DriftTest, value: number): string {
  return measure === "share" ? percent(value) : formatEffect(value);
}

const titles: Readonly<Record<string, string>> = { ks: "KS", js: "JS", psi: "PSI", kl: "KL", "chi-square": "χ²" };

function noteOf({ state, why, tests, missing }: DriftColumn, test: DriftTest | undefined): string {
  if (state === "added") return "the column is new";
  if (state === "removed") return "the column is gone";
  if (state === "retyped") return why ?? "it holds something else now";
  if (state === "not-compared") return why ?? "not compared";
  const others = tests.filter((other) => other.drifted && other !== test).map(({ of }) => what[of]);
  const beside = others.length === 0 ? "" : `; also ${others.join(", ")}`;
  if (test === undefined) return "nothing to compare";
  if (test.of === "missing" && missing) return `missing ${percent(missing.reference)} → ${percent(missing.current)}${beside}`;
  const limit = test.measure === "share" ? `${formatNumber(test.limit * 100)}%` : formatNumber(test.limit);
  if (test.drifted) return `over ${limit}${test.of === "embedding" ? " in its embedding" : ""}${beside}`;
  return test.value > test.limit ? "may be chance" : `within ${limit}`;
}

const what: Readonly<Record<DriftTest["of"], string>> = {
  values: "values",
  missing: "missing values",
  infinite: "infinite values",
  "new-categories": "new categories",
  "out-of-range": "out of range",
  embedding: "its embedding",
};

function formatEffect(value: number): string {
  return Math.abs(value) < 10 ? formatFixed(value, 3) : formatNumber(value);
}

function percent(share: number): string {
  return `${formatFixed(share * 100, 1)}%`;
}

/** Shares of rows, so that sides of different size look alike where they are. */
function bars(histogram: Histogram | undefined): { reference: string; current: string } {
  if (histogram === undefined) return { reference: "", current: "" };
  const [reference, current] = [sharesOf(histogram.reference), sharesOf(histogram.current)];
  const most = Math.max(...reference, ...current);
  if (!(most > 0)) return { reference: "", current: "" };
  const draw = (shares: readonly number[]) => sparkline(shares.map((share) => (share / most) * 99.9));
  return { reference: draw(reference), current: draw(current) };
}

/** Each between 0 and 1; of no rows zeros. */
export function sharesOf(counts: readonly number[]): number[] {
  const all = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (all === 0 ? 0 : count / all));
}

/** `1 of 38 columns of data/train.csv drifted · rows 12,000 → 12,400`. */
export function driftSummary(result: DriftResult, table: string | undefined): readonly PhrasePart[] {
  const { drifted, leftOut } = result;
  const listed = result.columns.filter(({ state }) => state !== "not-compared").length;
  // Those that were not compared come last.
  const compared = Math.max(drifted, listed + (leftOut?.columns ?? 0));
  const of: PhrasePart[] = table === undefined ? [] : [" of ", { code: table }];
  const rows = ` · rows ${formatFixed(result.rows.reference, 0)} → ${formatFixed(result.rows.current, 0)}`;
  const count = drifted === 0 ? `none of ${plural(compared, "column")}` : `${drifted} of ${plural(compared, "column")}`;
  return [count, ...of, " drifted", rows];
}

/** How the numbers are to be read. */
export function driftCaution({ preset, smallestShift, leftOut }: DriftResult): Phrase[] {
  const rule: Phrase =
    preset === "assay"
      ? "A column drifted when the effect is over its limit and chance does not explain it, corrected for all columns together: without any drift at most 1 of 20 tables has a column marked."
      : ["By the rules of preset ", { code: preset }, ", with its false alarms."];
  const smallest =
    smallestShift === undefined
      ? []
      : [
          `With so many rows a shift of ${formatNumber(Number(smallestShift.toPrecision(2)))} standard deviations is found in 9 of 10 cases.`,
        ];
  const lacking = [
    ...(leftOut !== undefined && leftOut.columns > 0
      ? [`${plural(leftOut.columns, "column")} that drifted less not listed`]
      : []),
    ...(leftOut !== undefined && leftOut.pictures > 0 ? [`${plural(leftOut.pictures, "column")} without a picture`] : []),
  ];
  const rest = lacking.length > 0 ? [`Too many for the record: ${lacking.join(", ")}.`] : [];
  return [rule, ...smallest, ...rest];
}
