import type { TogetherDrift } from "../drift/domain-classifier/domain-classifier.ts";
import type { Together } from "../drift/together.ts";
import type { PhrasePart } from "../markdown/phrase.ts";
import { formatFixed, formatNumber } from "./format.ts";

/** What a classifier says of all columns of two tables together. */
export function togetherPhrase(together: Together): readonly PhrasePart[] {
  if (typeof together === "string") return [`not compared, since ${together}.`];
  const { auc, limit, noise, pValue, drifted, rows } = together;
  const says = drifted
    ? `a classifier tells the tables apart with an AUC of ${formatNumber(auc)}, over ${limit}`
    : `a classifier tells the tables apart with an AUC of ${formatNumber(auc)}, ${pValue > 0.05 ? "which chance explains" : `within ${limit}`}`;
  return [
    `${says} (noise up to ${formatNumber(noise)}; ${formatFixed(rows.reference, 0)} and ${formatFixed(rows.current, 0)} rows).`,
    ...tellingPhrase(together),
  ];
}

function tellingPhrase({ drifted, columns }: TogetherDrift): readonly PhrasePart[] {
  if (!drifted || columns.length === 0) return [];
  const told = columns.flatMap(({ name, loss }, i): PhrasePart[] => [
    i === 0 ? "" : ", ",
    { code: name },
    ` (−${formatFixed(loss, 3)} without it)`,
  ]);
  return [" Most telling: ", ...told, "."];
}
