import { didYouMean } from "../did-you-mean.ts";
import { maxStages } from "../promote-schema.ts";
import { below, isMap, listOf, type Report } from "../rule.ts";
import type { WrittenModel } from "./model.ts";

export function checkPromote({ promote }: WrittenModel, reportModel: Report): void {
  if (promote === undefined) return;
  const report = below(reportModel, "promote");
  const stages = promote.stages === undefined ? ["production"] : listOf(promote.stages).slice(0, maxStages);
  for (const [index, stage] of stages.entries())
    if (stages.indexOf(stage) !== index)
      report(["stages", index], `${JSON.stringify(stage)} is there already.`, "Keep one of them.");
  const names = stages.filter((stage) => typeof stage === "string");
  for (const name of isMap(promote.approvals) ? Object.keys(promote.approvals).slice(0, maxStages) : []) {
    if (names.includes(name)) continue;
    const meant = didYouMean(name, names);
    const fix = meant === undefined ? `Write one of ${names.join(", ")}, or add it to stages.` : `Did you mean ${meant}?`;
    report(["approvals", name], `${JSON.stringify(name)} is not one of the model's stages.`, fix);
  }
}
