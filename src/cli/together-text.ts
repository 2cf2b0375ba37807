import type { TogetherDrift } from "../drift/domain-classifier/domain-classifier.ts";
import { formatFixed, formatNumber } from "../report/format.ts";

/** What a classifier says of all columns of two tables together. */
export function togetherText(together: TogetherDrift | string): string {
  if (typeof together === "string") return `All columns together were not compared: ${together}.`;
  const { auc, limit, noise, pValue, drifted, rows, columns } = together;
  const says = drifted
    ? `DRIFTED: a classifier tells the tables apart with an AUC of ${formatNumber(auc)}, over ${limit}`
    : `a classifier tells the tables apart with an AUC of ${formatNumber(auc)}, ${pValue > 0.05 ? "which chance explains" : `within ${limit}`}`;
  const told = columns.map(({ name, loss }) => `${name} (−${formatFixed(loss, 3)} without it)`);
  return [
    `All columns together: ${says} (noise up to ${formatNumber(noise)}; ${formatFixed(rows.reference, 0)} and ${formatFixed(rows.current, 0)} rows).`,
    ...(drifted && told.length > 0 ? [`Most telling: ${told.join(", ")}.`] : []),
  ].join(" ");
}
