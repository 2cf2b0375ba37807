import { didYouMean } from "../did-you-mean.ts";
import { isSliceOf, nameOfGate } from "../gate-name.ts";
import { below, isMap, type Report } from "../rule.ts";
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
