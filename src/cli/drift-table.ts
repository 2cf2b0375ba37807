import { markdownTable } from "markdown-table";
import type { DriftResult } from "../evidence/data-evidence.ts";
import { phraseToText } from "../markdown/phrase.ts";
import { type DriftRow, driftCaution, driftRows, driftSummary } from "../report/drift.ts";
import { plural } from "../report/format.ts";

/** Columns without drift that are listed. */
const maxStable = 20;

/** What changed from one table to the other, as a terminal shows it. */
export function driftTable(result: DriftResult): string {
  const rows = driftRows(result);
  const drifted = rows.filter(({ hasDrifted }) => hasDrifted);
  const others = rows.filter(({ hasDrifted }) => !hasDrifted);
  const shown = [...drifted, ...others.slice(0, maxStable)];
  const more = rows.length - shown.length;
  const header = ["column", "type", "distance", "noise up to", "reference", "current", "result"];
  return [
    phraseToText(driftSummary(result, undefined)),
    ...(shown.length > 0 ? [markdownTable([header, ...shown.map(cells)])] : []),
    ...(more > 0 ? [`And ${plural(more, "more column")} without drift.`] : []),
    driftCaution(result).map(phraseToText).join(" "),
  ].join("\n\n");
}

function cells({ column, distance, noise, note, hasDrifted, reference, current }: DriftRow): string[] {
  const result = `${hasDrifted ? "DRIFTED: " : ""}${note}`;
  return [column.name, column.type ?? "", distance, noise ?? "", reference, current, result];
}
