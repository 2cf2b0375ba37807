import { didYouMean } from "../did-you-mean.ts";
import { nameOfGate } from "../gate-name.ts";
import { below, isMap, type Report } from "../rule.ts";
import type { Gate } from "../spec.ts";
import { identityOf } from "./gates.ts";
import type { WrittenModel } from "./model.ts";

export function checkWaivers(model: WrittenModel, reportModel: Report): void {
  const gates = model.gates.map((gate) => identityOf(gate, model)).filter((gate) => gate !== undefined);
  const names = gates.map(nameOfGate);
  const seen = new Map<string, number>();
  for (const [index, waiver] of model.waivers.entries()) {
    if (!isMap(waiver) || typeof waiver.gate !== "string") continue;
    const { gate } = waiver;
    const report = below(reportModel, "waivers", index, "gate");
    const first = seen.get(gate);
    if (first === undefined) seen.set(gate, index);
    else report([], `There is already a waiver of ${gate} on line ${model.line(["waivers", first])}.`, "Keep one of them.");
    if (names.includes(gate) || gates.some((judged) => isSliceOf(gate, judged))) continue;
    const meant = didYouMean(gate, names);
    const fix = names.length === 0 ? "The model has no gate; remove it." : `Write one of ${names.slice(0, 20).join(", ")}.`;
    report([], `${JSON.stringify(gate)} is not a gate of this model.`, meant === undefined ? fix : `Did you mean ${meant}?`);
  }
}

/** Of a gate on all slices of a column one may be waived: `recall[country=BR].no-worse-than`. */
function isSliceOf(name: string, { metric, kind, slice }: Pick<Gate, "metric" | "kind" | "slice">): boolean {
  if (slice === undefined || slice.value !== undefined) return false;
  return name.startsWith(`${metric}[${slice.column}=`) && name.endsWith(`].${kind}`);
}
