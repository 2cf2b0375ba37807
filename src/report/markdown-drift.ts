import { type DriftResult, hasDrifted } from "../evidence/data-evidence.ts";
import { details, table } from "../markdown/blocks.ts";
import { codeSpan, escapeInline } from "../markdown/escape.ts";
import { phraseToMarkdown } from "../markdown/phrase.ts";
import { type DriftRow, driftCaution, driftRows, driftSummary } from "./drift.ts";
import { plural } from "./format.ts";
import type { SideNames } from "./measured.ts";
import { evidenceOf } from "./model-status.ts";
import type { ModelReport } from "./report.ts";

/** Columns that are listed: all that drifted up to this, then as many of the others as bring the list to the second number. */
const maxDrifted = 20;
const maxRows = 8;

/** One fold a table of the training data, open where something drifted. */
export function driftFolds(model: ModelReport): string[] {
  const { drift = [], driftMissing } = evidenceOf(model)?.data ?? {};
  const missing =
    driftMissing === undefined ? [] : [`❔ **Drift**: not all could be looked for. ${escapeInline(driftMissing, 500)}`];
  const folds = drift.map((result) => {
    const isOpen = result.columns.some(hasDrifted);
    return details(
      [isOpen ? "▲ " : "", { strong: "Drift" }, ": ", ...driftSummary(result, result.table)],
      driftBlocks(result, { before: "Baseline", now: "Candidate" }).join("\n\n"),
      { open: isOpen },
    );
  });
  return [...missing, ...folds];
}

/** The columns that tell most, and how they are to be read. */
export function driftBlocks(result: DriftResult, names: SideNames): string[] {
  const rows = driftRows(result);
  const drifted = rows.filter((row) => row.hasDrifted);
  const others = rows.filter((row) => !row.hasDrifted);
  const shown = [...drifted.slice(0, maxDrifted), ...others.slice(0, Math.max(0, maxRows - drifted.length))];
  const more = rows.length - shown.length;
  const blocks = [
    shown.length === 0 ? "" : driftTable(shown, names),
    more > 0 ? `And ${plural(more, "more column")}.` : "",
    driftCaution(result).map(phraseToMarkdown).join(" "),
  ];
  return blocks.filter((block) => block !== "");
}

function driftTable(rows: readonly DriftRow[], { before, now }: SideNames): string {
  return table(
    [
      { title: "Column" },
      { title: "Distance (noise up to)", align: "right" },
      { title: before },
      { title: now },
      { title: "Result" },
    ],
    rows.map((row) => [
      codeSpan(row.column.name, 100),
      row.noise === undefined ? row.distance : `${row.distance} (${row.noise})`,
      row.reference === "" ? "" : codeSpan(row.reference),
      row.current === "" ? "" : codeSpan(row.current),
      `${row.hasDrifted ? "▲ drifted: " : ""}${escapeInline(row.note, 200)}`,
    ]),
  );
}
