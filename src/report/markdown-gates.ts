import type { GateResult } from "../gates/verdict.ts";
import { table } from "../markdown/blocks.ts";
import { link } from "../markdown/escape.ts";
import { phraseToMarkdown } from "../markdown/phrase.ts";
import { nameOfGate } from "../spec/gate-name.ts";
import type { IntervalText } from "./change-numbers.ts";
import { plural } from "./format.ts";
import { fullTitle, type GateRow, gateRowOf } from "./gate-row.ts";
import { standingOf, standingWords, waivedGates } from "./gate-standing.ts";
import type { Limits } from "./markdown-limits.ts";
import { evaluationOf, gatesWorstFirst } from "./model-status.ts";
import type { ModelReport, Report } from "./report.ts";
import { oldTestSetPhrases } from "./test-set.ts";

/** The gates of a model on each test set. */
export function gateTables(report: Report, model: ModelReport, limits: Limits): string[] {
  const current = gateTable(report, model, gatesWorstFirst(model, "current"), limits);
  const old = evaluationOf(model, "base");
  if (old === undefined) return [current];
  const oldTable = gateTable(report, model, gatesWorstFirst(model, "base"), limits);
  return [current, "#### On the old test set", oldTestSetPhrases(old).map(phraseToMarkdown).join(" "), oldTable];
}

function gateTable(report: Report, model: ModelReport, gates: readonly GateResult[], limits: Limits): string {
  const wanted = withoutRepeats(gates).filter((gate) => limits.passing || standingOf(gate) !== "pass");
  const shown = wanted.slice(0, limits.rows);
  const left = gates.filter((gate) => !shown.includes(gate));
  const notShown = (
    [
      ["fail", "failed"],
      ["inconclusive", "inconclusive"],
      ["waived", "waived"],
      ["pass", "passing"],
    ] as const
  ).flatMap(([standing, word]) => {
    const [slices, others] = partition(left.filter((gate) => standingOf(gate) === standing));
    return [
      ...(others === 0 ? [] : [plural(others, `more ${word} gate`)]),
      ...(slices === 0 ? [] : [plural(slices, `more ${word} slice`)]),
    ];
  });
  const where = report.links.page ? `: see the ${link("full report", report.links.page)}` : "";
  return [
    shown.length === 0
      ? ""
      : table(
          [
            { title: "Gate" },
            { title: "Baseline", align: "right" },
            { title: report.event === "pull_request" ? "This PR" : "This commit", align: "right" },
            { title: "Change (95% interval)", align: "right" },
            { title: "Needs" },
            { title: "Result" },
          ],
          shown.map((gate) => gateCells(gateRowOf(model, gate))),
        ),
    notShown.length === 0 ? "" : `And ${notShown.join(", ")}${where}.`,
  ]
    .filter((block) => block !== "")
    .join("\n\n");
}

/** Of a gate on every slice that passes only the closest result. */
function withoutRepeats(gates: readonly GateResult[]): GateResult[] {
  const told = new Set(gates.filter((gate) => standingOf(gate) !== "pass").map(({ gate }) => nameOfGate(gate)));
  return gates.filter((result) => {
    if (!isOfEverySlice(result) || standingOf(result) !== "pass") return true;
    const name = nameOfGate(result.gate);
    return told.has(name) ? false : told.add(name);
  });
}

function isOfEverySlice({ gate, slice }: GateResult): boolean {
  return slice !== undefined && gate.slice !== undefined && gate.slice.value === undefined && !gate.slice.worst;
}

/** How many are of one slice among several, and how many are not. */
function partition(gates: readonly GateResult[]): [slices: number, others: number] {
  const slices = gates.filter(isOfEverySlice).length;
  return [slices, gates.length - slices];
}

function gateCells(row: GateRow): string[] {
  const note = phraseToMarkdown(row.note);
  const separator = row.standing === "waived" ? " " : ", ";
  return [
    phraseToMarkdown(fullTitle(row)),
    row.baseline,
    withInterval(row.candidate, row.candidateInterval),
    `${withInterval(row.change, row.interval)}${row.couldShow === undefined ? "" : `<br><sub>could show ${row.couldShow}</sub>`}`,
    row.needs,
    `${standingWords[row.standing]}${note === "" ? "" : `${separator}${note}`}`,
  ];
}

export function withInterval(number: string, interval: IntervalText | undefined): string {
  return interval ? `${number} (${interval.low},\u00a0${interval.high})` : number;
}

/** Characters of a reason; the full report has it all. */
const maxReason = 300;

/** Who accepted what, until when and why. */
export function waivers(report: Report, model: ModelReport, { rows }: Limits): string {
  const all = waivedGates(gatesWorstFirst(model), maxReason);
  if (all.length === 0) return "";
  const shown = all.slice(0, Math.max(1, rows));
  const where = report.links.page ? `: see the ${link("full report", report.links.page)}` : "";
  return [
    "**Waivers**\n",
    ...shown.map(({ phrase, inForce }) => `- ${inForce ? "⚠️ " : ""}${phraseToMarkdown(phrase)}`),
    ...(all.length > shown.length ? [`- and ${all.length - shown.length} more${where}`] : []),
  ].join("\n");
}
