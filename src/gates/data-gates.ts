import type { DataEvidence } from "../evidence/data-evidence.ts";
import type { MetricResult } from "../evidence/evidence.ts";
import { nameOfGate } from "../spec/gate-name.ts";
import type { DataGate, Gate } from "../spec/spec.ts";
import { type Decision, fail, missing, pass } from "./decision.ts";
import type { Judged } from "./ground.ts";
import type { GateResult } from "./verdict.ts";

export type GateOnData = Extract<Gate, { limit: number }> & { data: DataGate };

/** A limit on how many columns of the training data drifted. */
export function judgeData(gate: GateOnData, data: DataEvidence | undefined, role: GateResult["role"]): Judged {
  const about = { gate, name: nameOfGate(gate), role };
  if (data?.unchanged)
    return { decision: pass("the data is the baseline's", gate.limit), about: { ...about, value: counted("drift", 0) } };
  const { drift, driftMissing } = data ?? {};
  const columns = (drift ?? []).flatMap((table) =>
    table.columns.filter(({ state }) => !["stable", "not-compared"].includes(state)),
  );
  const found = decide(
    gate,
    columns.map(({ name }) => name),
  );
  // What is over the limit already, no table that could not be compared takes away.
  if (found.outcome === "pass" && (drift === undefined || driftMissing !== undefined))
    return { decision: missing(driftMissing ?? "nothing was looked for in the training data"), about };
  return { decision: found, about: { ...about, value: counted("drift", columns.length) } };
}

function decide({ limit }: GateOnData, names: readonly string[]): Decision {
  const left = limit - names.length;
  if (names.length === 0) return pass("no column has drifted", left);
  const list = names
    .slice(0, 3)
    .map((name) => JSON.stringify(name))
    .join(", ");
  const note = `drifted: ${list}${names.length > 3 ? ` and ${names.length - 3} more` : ""}`;
  return left >= 0 ? pass(note, left) : fail(note, left);
}

function counted(metric: string, value: number): MetricResult {
  return { metric, value, interval: { low: value, high: value }, method: "counted" };
}
