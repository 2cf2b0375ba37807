import { markdownTable } from "markdown-table";
import type { GateResult } from "../gates/verdict.ts";
import { phraseToText } from "../markdown/phrase.ts";
import { claimPhrases } from "../report/change-headline.ts";
import { gateRow as describeGate, type GateRow, gateRowOf } from "../report/gate-row.ts";
import { waivedGates } from "../report/gate-standing.ts";
import { evaluationOf, evidenceOf, waitPhrase } from "../report/model-status.ts";
import { otherLabelsPhrases } from "../report/other-labels.ts";
import type { ModelReport, Report } from "../report/report.ts";
import { sliceName } from "../report/slice-name.ts";

/** Of a waiver's reason. */
const maxReason = 500;

/** The verdict as a terminal shows it. */
export function gatesTable(report: Report): string {
  return [`Verdict: ${report.verdict}`, ...report.models.map(modelTable)].join("\n\n");
}

function modelTable(model: ModelReport): string {
  const { name, state } = model;
  if (state.kind === "unchanged" || state.kind === "pending") return `${name}: ${state.kind}`;
  if (state.kind === "unevaluated") return `${name}: not evaluated. ${state.message}`;
  if ("message" in state) return `${name}: ${state.kind}: ${state.message}`;
  if (state.kind === "waiting") return `${name}: not trained yet. ${phraseToText(waitPhrase(model) ?? "")}`;
  const { outcome, gates, reasons } = state.verdict;
  const evaluation = evaluationOf(model, "current");
  const others = otherLabelsPhrases(evaluation ?? {});
  const whole = [...others, ...claimPhrases(state.verdict, evaluation, evidenceOf(model)?.task)].map(phraseToText);
  const header = ["gate", "baseline", "candidate", "change", "95% interval", "could show", "result", ""];
  const rows = gates.map((result) => {
    const row = gateRowOf(model, result);
    return cells(result, row).toSpliced(5, 0, row.couldShow ?? "");
  });
  return [
    [`${name}: ${outcome}`, ...whole, ...reasons].join("\n"),
    ...(gates.length > 0 ? [markdownTable([header, ...rows])] : []),
    ...(waivedGates(gates, maxReason).length > 0
      ? [
          waivedGates(gates, maxReason)
            .map(({ phrase }) => phraseToText(phrase))
            .join("\n"),
        ]
      : []),
  ].join("\n\n");
}

/** A gate by itself: name, baseline, candidate, change, interval, result, and why. */
export function gateRow(result: GateResult): string[] {
  return cells(result, describeGate(result, undefined, undefined));
}

function cells({ role, gate, slice }: GateResult, row: GateRow): string[] {
  const interval = row.candidateInterval ?? row.interval;
  const noise = gate.reported ? ` (noise ${gate.reported.noise})` : "";
  const worst = slice && gate.slice?.worst ? `, worst: ${phraseToText(sliceName(slice))}` : "";
  const where = role === "base" ? " (base's test set)" : "";
  return [
    `${row.name}${worst}${where}`,
    row.baseline,
    row.candidate,
    row.change,
    interval ? `${interval.low} to ${interval.high}${noise}` : "",
    row.standing === "waived" ? `${row.outcome}, waived` : row.standing,
    phraseToText(row.note),
  ];
}
