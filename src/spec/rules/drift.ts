import { isMap, type Report } from "../rule.ts";
import type { WrittenModel } from "./model.ts";

export function checkDrift({ drift }: WrittenModel, report: Report): void {
  if (!isMap(drift?.embeddings) || (drift.preset ?? "assay") === "assay") return;
  report(
    ["drift", "embeddings"],
    `Preset ${JSON.stringify(drift.preset)} looks at the columns of an embedding one by one.`,
    "Leave embeddings out, or take preset assay.",
  );
}
