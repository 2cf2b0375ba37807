import type { Comparison } from "../evidence/evidence.ts";
import type { GateOutcome, GateResult } from "../gates/verdict.ts";
import type { Phrase, PhrasePart } from "../markdown/phrase.ts";
import { isOnTestRows } from "../spec/gate-name.ts";
import type { Gate, Resource, Task } from "../spec/spec.ts";
import { type ChangeNumbers, changeNumbers, type IntervalText, relativeNumbers, valueNumbers } from "./change-numbers.ts";
import { decimalsForRow, formatFixed, formatLimit, plural } from "./format.ts";
import { type GateStanding, standingNote, standingOf } from "./gate-standing.ts";
import type { MeasuredPair } from "./measured.ts";
import { greaterIsBetter, metricTitle } from "./metric-title.ts";
import { evaluationOf, evidenceOf } from "./model-status.ts";
import { describeNeed } from "./need.ts";
import type { IntervalPlot } from "./plotted-interval.ts";
import type { ModelReport } from "./report.ts";
import { sliceName } from "./slice-name.ts";

/** A gate as a line of a table. Texts may come from outside: escape them. */
export interface GateRow extends ChangeNumbers {
  /** Stable name, `accuracy.no-worse-than`. */
  name: string;
  title: Phrase;
  /** `higher is better`, or empty when not known. */
  direction: string;
  /** Of numbers that the trainer reported: that it did, and the declared noise. */
  source: string | undefined;
  /** 95% interval of the candidate's own value, for gates on it. */
  candidateInterval: IntervalText | undefined;
  needs: string;
  outcome: GateOutcome;
  standing: GateStanding;
  note: Phrase;
  plot: IntervalPlot | undefined;
}

export function describeDirection(greaterIsBetter: boolean | undefined): string {
  if (greaterIsBetter === undefined) return "";
  return greaterIsBetter ? "higher is better" : "lower is better";
}

/** A gate of a report's model. */
export function gateRowOf(model: ModelReport, result: GateResult): GateRow {
  return gateRow(result, evaluationOf(model, result.role), evidenceOf(model)?.task);
}

/** `pair`: both models on the test set that decided, where the result itself does not have the numbers. */
export function gateRow(result: GateResult, pair: MeasuredPair | undefined, task: Task | undefined): GateRow {
  const { gate } = result;
  const comparison = result.comparison ?? findComparison(result, pair);
  const row = "limit" in gate ? valueRow(result, gate, comparison) : changeRow(gate, comparison, pair);
  return {
    name: result.name,
    title: titleOf(result, task),
    direction: describeDirection(
      (gate.resource || gate.data ? false : undefined) ??
        gate.reported?.greaterIsBetter ??
        comparison?.greaterIsBetter ??
        (task === "scored" ? undefined : greaterIsBetter(gate.metric)),
    ),
    source: gate.reported && `reported by the trainer, declared noise ${formatLimit(gate.reported.noise)}`,
    needs: describeNeed(gate),
    outcome: result.outcome,
    standing: standingOf(result),
    note: standingNote(result),
    ...row,
  };
}

/** The gate's title with all that is said of its metric: `Recall, higher is better`. */
export function fullTitle({ title, direction, source }: GateRow): Phrase {
  const words = [direction, source].filter((word) => word !== undefined && word !== "").join("; ");
  return [...partsOf(title), words === "" ? "" : `, ${words}`];
}

/** `Recall`, `Recall, worst slice country=BR (1,204 rows)`. */
function titleOf({ gate, slice }: GateResult, task: Task | undefined): Phrase {
  if (gate.resource) return resourceTitles[gate.resource];
  if (gate.data) return dataTitles[gate.data.check === "quality" ? gate.data.severity : "drift"];
  const title: Phrase = gate.reported ? [{ code: gate.metric }] : metricTitle(gate.metric, task);
  if (gate.slice === undefined) return title;
  const { column, value, worst } = gate.slice;
  if (slice === undefined) {
    const which: PhrasePart[] = value === undefined ? ["slices of ", { code: column }] : sliceName({ column, value });
    return [...partsOf(title), ", ", ...which];
  }
  const which = worst && value === undefined ? ", worst slice " : ", ";
  return [...partsOf(title), which, ...sliceName(slice), ` (${plural(slice.rows, "row")})`];
}

const resourceTitles: Readonly<Record<Resource, string>> = {
  "gpu-hours": "GPU-hours of training",
  "gpu-memory": "Peak GPU memory in GiB",
};

const dataTitles = {
  drift: "Drifted columns of the training data",
  error: "New errors in the data",
  warn: "New errors and warnings in the data",
};

export function partsOf(phrase: Phrase): readonly PhrasePart[] {
  return typeof phrase === "string" ? [phrase] : phrase;
}

function findComparison({ gate, slice }: GateResult, pair: MeasuredPair | undefined): Comparison | undefined {
  if (!isOnTestRows(gate) || pair === undefined) return undefined;
  const all =
    gate.slice === undefined
      ? pair.comparisons
      : pair.slices?.find(({ column, value }) => column === slice?.column && value === slice.value)?.comparisons;
  return all?.find(({ metric }) => metric === gate.metric);
}

type Numbers = ChangeNumbers & Pick<GateRow, "candidateInterval" | "plot">;

function changeRow(
  gate: Extract<Gate, { margin: number }>,
  comparison: Comparison | undefined,
  pair: MeasuredPair | undefined,
): Numbers {
  if (comparison === undefined) return { ...changeNumbers(undefined), ...ownNumbers(gate, pair), plot: undefined };
  const allowedLoss = gate.kind === "no-worse-than" ? -gate.margin : gate.margin;
  const limit = (comparison.greaterIsBetter ? allowedLoss : -allowedLoss) + 0;
  const { change, interval } = gate.relative ? (comparison.relative ?? { change: null }) : comparison;
  // A share of the baseline's value is drawn and written in percent.
  const unit = gate.relative ? 100 : 1;
  return {
    ...changeNumbers(comparison, gate.relative ? undefined : limit),
    ...(gate.relative ? relativeNumbers(comparison, limit) : {}),
    // The spread of two measurements is declared, not estimated.
    ...(gate.reported ? { couldShow: undefined } : {}),
    candidateInterval: undefined,
    plot:
      change === null
        ? undefined
        : {
            quantity: "change",
            point: change * unit,
            interval: interval && { low: interval.low * unit, high: interval.high * unit },
            limit: limit * unit,
            badSide: comparison.greaterIsBetter ? "below" : "above",
            reference: 0,
          },
  };
}

/** Of a model without another to compare it with. */
function ownNumbers(gate: Gate, pair: MeasuredPair | undefined): Pick<Numbers, "candidate" | "candidateInterval"> {
  const isWhole = gate.slice === undefined && isOnTestRows(gate);
  const result = isWhole ? pair?.candidate?.metrics.find(({ metric }) => metric === gate.metric) : undefined;
  if (result === undefined) return { candidate: formatFixed(undefined, 0), candidateInterval: undefined };
  const { value, interval } = valueNumbers(result);
  return { candidate: value, candidateInterval: interval };
}

function valueRow({ value }: GateResult, gate: Extract<Gate, { limit: number }>, comparison: Comparison | undefined): Numbers {
  const candidate = value?.value ?? comparison?.candidate;
  // What was used and what was counted is known exactly: there is no interval to show.
  const interval = gate.resource || gate.data ? undefined : value?.interval;
  const baseline = comparison?.baseline;
  const decimals = gate.data ? 0 : decimalsForRow({ baseline, candidate, interval, limit: gate.limit });
  return {
    ...changeNumbers(comparison),
    baseline: formatFixed(baseline, decimals),
    candidate: formatFixed(candidate, decimals),
    candidateInterval: interval && { low: formatFixed(interval.low, decimals), high: formatFixed(interval.high, decimals) },
    noIntervalBecause: value?.undefinedBecause ?? value?.noIntervalBecause,
    couldShow: undefined,
    plot:
      typeof candidate !== "number"
        ? undefined
        : {
            quantity: "value",
            point: candidate,
            interval,
            limit: gate.limit,
            badSide: gate.kind === "at-least" ? "below" : "above",
            reference: baseline ?? undefined,
          },
  };
}
