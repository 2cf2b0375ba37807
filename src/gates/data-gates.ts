import { type DataEvidence, type DriftResult, hasDrifted } from "../evidence/data-evidence.ts";
import type { MetricResult } from "../evidence/evidence.ts";
import type { Fault } from "../evidence/quality-evidence.ts";
import { isNew } from "../quality/new-faults.ts";
import type { Severity } from "../spec/data-rule.ts";
import { nameOfGate } from "../spec/gate-name.ts";
import type { DataGate, Gate } from "../spec/spec.ts";
import { type Decision, fail, missing, pass } from "./decision.ts";
import type { Judged } from "./ground.ts";
import type { GateResult } from "./verdict.ts";

export type GateOnData = Extract<Gate, { limit: number }> & { data: DataGate };

/** A limit on what was found in the data that the candidate was trained on. */
export function judgeData(gate: GateOnData, data: DataEvidence | undefined, role: GateResult["role"]): Judged {
  return gate.data.check === "drift" ? judgeDrift(gate, data, role) : judgeQuality(gate, gate.data.severity, data, role);
}

/** How many columns of the training data drifted. */
function judgeDrift(gate: GateOnData, data: DataEvidence | undefined, role: GateResult["role"]): Judged {
  const about = { gate, name: nameOfGate(gate), role };
  if (data?.unchanged)
    return { decision: pass("the data is the baseline's", gate.limit), about: { ...about, value: counted("drift", 0) } };
  const { drift, driftMissing } = data ?? {};
  const columns = (drift ?? []).flatMap((table) => table.columns.filter(hasDrifted));
  // Of very many not all are listed.
  const count = (drift ?? []).reduce((sum, table) => sum + Math.max(table.drifted, table.columns.filter(hasDrifted).length), 0);
  const found = decide(
    gate,
    columns.map(({ name }) => name),
    count,
  );
  // What is over the limit already, no table that could not be compared takes away.
  if (found.outcome === "pass" && (drift === undefined || driftMissing !== undefined))
    return { decision: missing(driftMissing ?? "nothing was looked for in the training data"), about };
  return { decision: found, about: { ...about, value: counted("drift", count) } };
}

/** How many faults the change brings. */
function judgeQuality(gate: GateOnData, severity: Severity, data: DataEvidence | undefined, role: GateResult["role"]): Judged {
  const about = { gate, name: nameOfGate(gate), role };
  const { quality, qualityMissing } = data ?? {};
  const faults = (quality ?? []).flatMap((table) => table.faults);
  const counting = faults.filter((fault) => severity === "warn" || fault.severity === "error");
  const brought = counting.filter(isNew);
  // What is wrong already, no table that could not be looked at takes away.
  if (brought.length === 0 && (quality === undefined || qualityMissing !== undefined))
    return { decision: missing(qualityMissing ?? "nobody looked for what is wrong with the data"), about };
  const before = counting.length - brought.length;
  const decision =
    brought.length > 0
      ? fail(listOf(brought.map(titleOf)), -brought.length)
      : pass(before === 0 ? "nothing is wrong" : `nothing new: ${before} ${before === 1 ? "was" : "were"} there before`, 0);
  return { decision, about: { ...about, value: counted("quality", brought.length) } };
}

/** `rule.mass.min "mass"`, without saying twice which column it is. */
function titleOf({ check, columns: [column] }: Fault): string {
  return column === undefined || check.startsWith("rule.") ? check : `${check} of ${JSON.stringify(column)}`;
}

/** The first three of a list. */
function listOf(names: readonly string[], count = names.length): string {
  return `${names.slice(0, 3).join(", ")}${count > 3 ? ` and ${count - 3} more` : ""}`;
}

/** Whether more columns drifted than may. */
export function isOverDriftLimit({ drifted }: Pick<DriftResult, "drifted">, maxDrifted: number): boolean {
  return drifted > maxDrifted;
}

/** @param names of the first ones */
function decide({ limit }: GateOnData, names: readonly string[], count: number): Decision {
  const left = limit - count;
  if (count === 0) return pass("no column has drifted", left);
  const note = `drifted: ${listOf(
    names.map((name) => JSON.stringify(name)),
    count,
  )}`;
  return left >= 0 ? pass(note, left) : fail(note, left);
}

function counted(metric: string, value: number): MetricResult {
  return { metric, value, interval: { low: value, high: value }, method: "counted" };
}
