import type { Slice } from "../evidence/evidence.ts";
import { nameOfGate } from "../spec/gate-name.ts";
import type { Gate, SliceColumn } from "../spec/spec.ts";
import { type Decision, inconclusive, missing } from "./decision.ts";
import { atLevel, decideOn, type Judged, oneSlice } from "./ground.ts";
import type { JudgedEvaluation } from "./judged-evaluation.ts";

export type SliceGate = Gate & { slice: NonNullable<Gate["slice"]> };

/** Share of false alarms that a gate may have over all its slices together, as one interval has. */
const familyError = 0.05;

/**
 * A gate on the slices of a column, or on one of them. It passes where every judged slice passes by its own 95% interval, which
 * needs no correction (an intersection-union test: Berger 1982). A slice fails it where it still fails with the interval widened
 * by Bonferroni over the judged slices, so that many slices raise no more false alarms than one.
 * @param columns smallest sizes, of the law
 * @returns one result a judged slice, the worst first, and one without a slice where some that it covers were not judged
 */
export function judgeSlices(gate: SliceGate, evaluation: JudgedEvaluation, columns: readonly SliceColumn[]): Judged[] {
  const { column, value } = gate.slice;
  const minRows = columns.find((declared) => declared.column === column)?.minRows ?? 0;
  const ofColumn = (evaluation.slices ?? []).filter((slice) => slice.column === column);
  const asked = ofColumn.filter((slice) => (value ?? slice.value) === slice.value);
  const judged = asked.filter((slice) => !slice.tooSmall && slice.rows >= minRows);
  const results = judged.map((slice) => judgeSlice(gate, slice, evaluation, judged.length)).toSorted(worstFirst);
  const { values = 0, judgeable = 0 } = evaluation.slicesLeftOut?.find((left) => left.column === column) ?? {};
  const unjudged = value === undefined ? leftOut(judgeable, judged.length, minRows) : notFound(ofColumn, asked, values);
  const decision = unjudged ?? (judged.length === 0 ? tooSmall(gate.slice, asked, minRows) : undefined);
  return decision ? [...results, { decision, about: about(gate, evaluation) }] : results;
}

function judgeSlice(gate: SliceGate, slice: Slice, evaluation: JudgedEvaluation, judged: number): Judged {
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

/** A rule on every slice covers those for which the evidence had no room. */
function leftOut(judgeable: number, judged: number, minRows: number): Decision | undefined {
  if (judgeable === 0) return undefined;
  const [what, are] = [judged > 0 ? "more slice" : "slice", judgeable === 1 ? "is" : "are"];
  const size = `${numberOf(minRows, "row")} or more`;
  return missing(
    `${numberOf(judgeable, what)} of ${size} ${are} not in the evidence: raise min-rows, or slice by a coarser column`,
  );
}

/** Why the evidence has not the slice that a rule names. */
function notFound(ofColumn: readonly Slice[], asked: readonly Slice[], leftOut: number): Decision | undefined {
  if (asked.length > 0) return undefined;
  if (leftOut > 0) return missing(`${numberOf(leftOut, "slice")} of its column are not in the evidence, and this may be one`);
  return ofColumn.length === 0 ? undefined : inconclusive("the test set has no rows of this slice");
}

function tooSmall({ column, value }: SliceGate["slice"], asked: readonly Slice[], minRows: number): Decision {
  const [largest] = asked.toSorted((a, b) => b.rows - a.rows);
  if (largest === undefined) return missing(`the evidence has no slices of ${column}`);
  const size = minRows > 0 ? `, and ${minRows.toLocaleString("en-US")} are asked` : "";
  return inconclusive(`${value === undefined ? "its largest slice" : "the slice"} has ${numberOf(largest.rows, "row")}${size}`);
}

function numberOf(count: number, what: string): string {
  return `${count.toLocaleString("en-US")} ${what}${count === 1 ? "" : "s"}`;
}

function about(gate: Gate, { role }: JudgedEvaluation): Judged["about"] {
  return { gate, name: nameOfGate(gate), role };
}

const order = ["fail", "inconclusive", "pass"] as const;

/** Fail before inconclusive before pass, then the least margin left; what has no interval comes last of its kind. */
function worstFirst({ decision: a }: Judged, { decision: b }: Judged): number {
  const byOutcome = order.indexOf(a.outcome) - order.indexOf(b.outcome);
  if (byOutcome !== 0 || a.left === b.left) return byOutcome;
  return (a.left ?? Number.POSITIVE_INFINITY) - (b.left ?? Number.POSITIVE_INFINITY);
}
