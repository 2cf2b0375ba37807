import { didYouMean } from "../did-you-mean.ts";
import { aliasOf, isReservedAlias } from "../mlflow-names.ts";
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
  if (isMap(promote.mirrors) && isMap(promote.mirrors.mlflow)) checkAliases(names, report);
  for (const name of isMap(promote.approvals) ? Object.keys(promote.approvals).slice(0, maxStages) : []) {
    if (names.includes(name)) continue;
    const meant = didYouMean(name, names);
    const fix = meant === undefined ? `Write one of ${names.join(", ")}, or add it to stages.` : `Did you mean ${meant}?`;
    report(["approvals", name], `${JSON.stringify(name)} is not one of the model's stages.`, fix);
  }
}

/** Of stages that MLflow cannot show. */
function checkAliases(stages: readonly string[], report: Report): void {
  for (const [index, stage] of stages.entries()) {
    const other = stages.slice(0, index).find((earlier) => earlier !== stage && aliasOf(earlier) === aliasOf(stage));
    if (other !== undefined)
      report(["stages", index], `MLflow would call ${other} and ${stage} the same: ${aliasOf(stage)}.`, "Rename one of them.");
    if (isReservedAlias(aliasOf(stage)))
      report(
        ["stages", index],
        `MLflow takes no alias ${aliasOf(stage)}, and the stage's would be called so.`,
        "Rename the stage.",
      );
  }
}
