import type { Evaluation, Slice } from "../evidence/evidence.ts";
import { nameOfGate } from "../spec/gate-name.ts";
import type { Gate, SliceColumn } from "../spec/spec.ts";
import { type Decision, inconclusive, missing } from "./decision.ts";
import { atLevel, decideOn, type Judged, oneSlice } from "./ground.ts";

export type SliceGate = Gate & { slice: NonNullable<Gate["slice"]> };

/** Share of false alarms that a gate may have over all its slices together, as one interval has. */
const familyError = 0.05;

/**
 * A gate on the slices of a column, or on one of them. It passes where every judged slice passes by its own 95% interval, which
 * needs no correction (an intersection-union test: Berger 1982). A slice fails it where it still fails with the interval widened
 * by Bonferroni over the judged slices, so that many slices raise no more false alarms than one.
 * @param columns smallest sizes, of the law
 * @returns one result a judged slice, or the worst alone where the gate asks for it; one result too where there is none to judge
 */
export function judgeSlices(gate: SliceGate, evaluation: Evaluation, columns: readonly SliceColumn[]): Judged[] {
  const { column, value, worst } = gate.slice;
  const minRows = columns.find((declared) => declared.column === column)?.minRows ?? 0;
  const asked = (evaluation.slices ?? []).filter((slice) => slice.column === column && (value ?? slice.value) === slice.value);
  const judged = asked.filter((slice) => !slice.tooSmall && slice.rows >= minRows);
  if (judged.length === 0) return [{ decision: noSlice(gate.slice, evaluation, asked, minRows), about: about(gate, evaluation) }];
  const all = judged.map((slice) => judgeSlice(gate, slice, evaluation, judged.length)).toSorted(worstFirst);
  const [first] = all;
  if (!worst || first === undefined) return all;
  const { decision, about: slice } = first;
  const note = judged.length === 1 ? decision.note : `${decision.note}; worst of ${judged.length} slices`;
  return [{ decision: { ...decision, note }, about: { ...slice, name: nameOfGate(gate) } }];
}

function judgeSlice(gate: SliceGate, slice: Slice, evaluation: Evaluation, judged: number): Judged {
  const { column, value, rows } = slice;
  const ground = oneSlice(gate.metric, slice, evaluation);
  const ofSlice = {
    ...about(gate, evaluation),
    name: nameOfGate({ ...gate, slice: { ...gate.slice, value } }),
    slice: { column, value, rows },
    comparison: ground.comparison,
    ...("limit" in gate ? { value: ground.value } : {}),
  };
  const alone = decideOn(gate, ground);
  if (alone.outcome !== "fail" || judged === 1) return { decision: alone, about: ofSlice };
  const among = decideOn(gate, atLevel(ground, 1 - familyError / judged));
  if (among.outcome === "fail") return { decision: alone, about: ofSlice };
  const note = `${alone.note}, which may be chance in one of ${judged} slices`;
  return { decision: { ...alone, outcome: "inconclusive", note }, about: ofSlice };
}

function noSlice(
  { column, value }: SliceGate["slice"],
  { slices = [], slicesMissing = [] }: Evaluation,
  asked: readonly Slice[],
  minRows: number,
): Decision {
  const size = minRows > 0 ? `, and ${minRows.toLocaleString("en-US")} are asked` : "";
  const [largest] = asked.toSorted((a, b) => b.rows - a.rows);
  if (largest !== undefined) {
    const rows = `${largest.rows.toLocaleString("en-US")} ${largest.rows === 1 ? "row" : "rows"}`;
    return inconclusive(value === undefined ? `its largest slice has ${rows}${size}` : `the slice has ${rows}${size}`);
  }
  const told = slicesMissing.find((text) => text.includes(column));
  const why = told === undefined ? "" : `: ${told}`;
  if (value === undefined || !slices.some((slice) => slice.column === column))
    return missing(`the evidence has no slices of ${column}${why}`);
  return inconclusive(`the test set has no rows of this slice${why}`);
}

function about(gate: Gate, { role }: Evaluation): Judged["about"] {
  return { gate, name: nameOfGate(gate), role };
}

const order = ["fail", "inconclusive", "pass"] as const;

/** Fail before inconclusive before pass, then the least margin left; what has no interval comes last of its kind. */
function worstFirst({ decision: a }: Judged, { decision: b }: Judged): number {
  const byOutcome = order.indexOf(a.outcome) - order.indexOf(b.outcome);
  if (byOutcome !== 0 || a.left === b.left) return byOutcome;
  return (a.left ?? Number.POSITIVE_INFINITY) - (b.left ?? Number.POSITIVE_INFINITY);
}
