import { details, table } from "../markdown/blocks.ts";
import { codeSpan, escapeInline } from "../markdown/escape.ts";
import { phraseToMarkdown } from "../markdown/phrase.ts";
import { type DriftRow, driftCaution, driftRows, driftSummary } from "./drift.ts";
import { plural } from "./format.ts";
import { evidenceOf } from "./model-status.ts";
import type { ModelReport } from "./report.ts";

/** Columns that are listed: all that drifted up to this, then as many of the others as bring the list to the second number. */
const maxDrifted = 20;
const maxRows = 8;

/** One fold a table of the training data, open where something drifted. */
export function driftFolds(model: ModelReport): string[] {
  return (evidenceOf(model)?.data?.drift ?? []).map((result) => {
    const rows = driftRows(result);
    const drifted = rows.filter(({ hasDrifted }) => hasDrifted);
    const others = rows.filter(({ hasDrifted }) => !hasDrifted);
    const shown = [...drifted.slice(0, maxDrifted), ...others.slice(0, Math.max(0, maxRows - drifted.length))];
    const more = rows.length - shown.length;
    const body = [
      shown.length === 0 ? "" : driftTable(shown),
      more > 0 ? `And ${plural(more, "more column")}.` : "",
      driftCaution(result).map(phraseToMarkdown).join(" "),
    ];
    const icon = drifted.length > 0 ? "▲ " : "";
    return details(
      [icon, { strong: "Drift" }, ": ", ...driftSummary(result, result.table)],
      body.filter((block) => block !== "").join("\n\n"),
      {
        open: drifted.length > 0,
      },
    );
  });
}

function driftTable(rows: readonly DriftRow[]): string {
  return table(
    [
      { title: "Column" },
      { title: "Distance (noise up to)", align: "right" },
      { title: "Baseline" },
      { title: "Candidate" },
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
