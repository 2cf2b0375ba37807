import { type Bound, mistakeInBound } from "../bound-mistake.ts";
import { didYouMean } from "../did-you-mean.ts";
import { nameOfGate } from "../gate-name.ts";
import { gateKinds, isShare, shareOf, sliceOf, subjects } from "../gate-schema.ts";
import { meantMetricOf } from "../metrics.ts";
import { below, exactlyOne, isMap, type Loose, listOf, type Report } from "../rule.ts";
import type { Gate } from "../spec.ts";
import { columnOfSlice } from "./columns.ts";
import type { WrittenModel } from "./model.ts";

const example = "Write for example {metric: accuracy, no-worse-than: 0.01}; each rule is a gate of its own.";

export function checkGates(model: WrittenModel, reportModel: Report): void {
  const seen = new Map<string, number>();
  for (const [index, gate] of model.gates.entries()) {
    if (!isMap(gate)) continue;
    const report = below(reportModel, "gates", index);
    const alone = subjectOf(gate);
    const judged = alone === undefined ? ["metric", "reported"] : ["metric", "reported", ...subjects];
    exactlyOne(gate, judged, report, "Write metric: accuracy, or reported: latency_ms.");
    if (alone === undefined) exactlyOne(gate, gateKinds, report, example);
    else checkAlone(gate, alone, report);
    checkReported(gate, model, report);
    checkSlice(gate, model, report);
    checkBound(gate, model, report);
    const identity = identityOf(gate, model);
    if (identity === undefined) continue;
    const name = nameOfGate(identity);
    const first = seen.get(name);
    if (first === undefined) seen.set(name, index);
    else report([], `There is already a gate ${name} on line ${model.line(["gates", first])}.`, "Keep one of them.");
  }
}

/** As `nameOfGate` will read it; undefined where it cannot be told. */
export function identityOf(gate: unknown, { declared, task }: WrittenModel): Pick<Gate, "metric" | "kind" | "slice"> | undefined {
  if (!isMap(gate)) return undefined;
  const alone = subjectOf(gate);
  if (alone !== undefined) return { metric: alone, kind: "at-most", slice: undefined };
  const kind = gateKinds.find((name) => gate[name] !== undefined);
  const metric = gate.reported ?? meantMetricOf(gate.metric, declared, task);
  const slice = sliceOf(gate.slice);
  if (kind === undefined || typeof metric !== "string" || (gate.slice !== undefined && slice === undefined)) return undefined;
  return { metric, kind, slice: slice && { ...slice, worst: false } };
}

type Subject = (typeof subjects)[number];

function subjectOf(gate: Loose): Subject | undefined {
  return subjects.find((name) => gate[name] !== undefined);
}

/** A limit that the metric cannot reach was meant in other units: 5 for 5%. */
function checkBound(gate: Loose, { declared, task }: WrittenModel, report: Report): void {
  const metric = task === "scored" || gate.reported !== undefined ? undefined : meantMetricOf(gate.metric, declared, task);
  if (metric === undefined) return;
  for (const kind of gateKinds) {
    const bound = boundOf(kind, gate[kind]);
    const mistake = bound && mistakeInBound(metric, bound);
    if (mistake !== undefined) report([kind], mistake.problem, mistake.fix);
  }
}

function boundOf(kind: Gate["kind"], written: unknown): Bound | undefined {
  if (typeof written === "number") return { kind, value: written, relative: false };
  return typeof written === "string" && isShare(written) && kind !== "at-least" && kind !== "at-most"
    ? { kind, value: shareOf(written), relative: true }
    : undefined;
}

/** What a run uses has its rule inside, what is looked for in data elsewhere. */
function checkAlone(gate: Loose, alone: Subject, report: Report): void {
  const beside = [...gateKinds, "slice", "worst"].find((key) => gate[key] !== undefined);
  if (beside === undefined) return;
  const example = { drift: "true", quality: "error", "gpu-hours": "{at-most: …}", "gpu-memory": "{at-most: …}" }[alone];
  report([beside], `${beside} is no rule for ${alone}.`, `Write {${alone}: ${example}} alone; each rule is a gate of its own.`);
}

function checkReported(gate: Loose, { train }: WrittenModel, report: Report): void {
  if (gate.reported === undefined) {
    for (const key of ["better", "noise"])
      if (gate[key] !== undefined)
        report([key], "This key has an effect only beside reported.", `Remove ${key}, or replace metric by reported.`);
    return;
  }
  const change = ["no-worse-than", "better-than"].find((kind) => gate[kind] !== undefined);
  if (change !== undefined && gate.noise === undefined)
    report(
      ["noise"],
      `noise is missing: without it nobody can say whether a change is one.`,
      "Add how far two measurements of the same model may be apart, such as noise: 1.",
    );
  const outputs = train?.outputs ?? {};
  if (typeof train?.run === "string" && isMap(outputs) && outputs.metrics === undefined)
    report(
      ["reported"],
      "The training command reports no numbers: train.outputs.metrics is missing.",
      "Add outputs: {metrics: metrics.json} to train.",
    );
}

function checkSlice(gate: Loose, { evaluate }: WrittenModel, report: Report): void {
  if (subjectOf(gate) !== undefined) return;
  if (gate.slice === undefined) {
    if (gate.worst !== undefined) report(["worst"], "worst chooses among slices, and there is none.", "Add slice: a column.");
    return;
  }
  if (gate.reported !== undefined && gate.metric === undefined)
    report(["slice"], "A reported number is one for all rows.", "Remove slice.");
  if (isMap(gate.slice) && Object.keys(gate.slice).length !== 1)
    report(["slice"], "A slice is one value of one column.", "Write {country: BR}.");
  const slice = sliceOf(gate.slice);
  if (slice === undefined) return;
  if (slice.value !== undefined && gate.worst === true)
    report(["worst"], "worst chooses among the slices of a column, and this gate names one.", "Remove worst.");
  const declared = listOf(evaluate?.slices)
    .map(columnOfSlice)
    .filter((column) => column !== undefined);
  if (evaluate === undefined || declared.includes(slice.column)) return;
  const meant = didYouMean(slice.column, declared);
  report(
    ["slice"],
    `${JSON.stringify(slice.column)} is not among evaluate.slices.`,
    meant === undefined ? `Add slices: [${slice.column}] to evaluate.` : `Did you mean ${meant}?`,
  );
}
