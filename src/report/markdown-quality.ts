import type { TableQuality } from "../evidence/quality-evidence.ts";
import { details, table } from "../markdown/blocks.ts";
import { codeSpan, escapeInline } from "../markdown/escape.ts";
import { phraseToMarkdown } from "../markdown/phrase.ts";
import { isNew } from "../quality/new-faults.ts";
import { plural } from "./format.ts";
import { evidenceOf } from "./model-status.ts";
import { type FaultRow, faultRows, qualityCaution, qualitySummary } from "./quality.ts";
import type { ModelReport } from "./report.ts";

/** Faults that are listed, and row numbers of each. */
const maxRows = 12;
const maxExamples = 8;

/** One fold a table that was looked at, open where the change brings faults. */
export function qualityFolds(model: ModelReport): string[] {
  const { quality = [], qualityMissing } = evidenceOf(model)?.data ?? {};
  const missing =
    qualityMissing === undefined ? [] : [`❔ **Quality**: not all could be looked at. ${escapeInline(qualityMissing, 500)}`];
  return [...missing, ...quality.map(qualityFold)];
}

function qualityFold(found: TableQuality): string {
  const isOpen = found.faults.some(isNew);
  return details([isOpen ? "▲ " : "", { strong: "Quality" }, ": ", ...qualitySummary(found)], faultBlocks(found).join("\n\n"), {
    open: isOpen,
  });
}

function faultBlocks(found: TableQuality): string[] {
  if (found.faults.length === 0) return ["All of what is looked for in any table and the rules of `assay.yml` are in order."];
  const rows = faultRows(found, maxExamples);
  const more = rows.length + found.leftOut - Math.min(maxRows, rows.length);
  const blocks = [
    faultTable(rows.slice(0, maxRows)),
    more > 0 ? `And ${plural(more, "more fault")}.` : "",
    qualityCaution(found.faults).map(phraseToMarkdown).join(" "),
  ];
  return blocks.filter((block) => block !== "");
}

function faultTable(rows: readonly FaultRow[]): string {
  return table(
    [{ title: "Check" }, { title: "Found" }, { title: "Rows" }, { title: "Result" }],
    rows.map(({ fault, isNew: isOfChange, standing, found, rows: numbers }) => [
      codeSpan(fault.check, 100),
      escapeInline(found, 300),
      numbers,
      isOfChange ? `▲ ${standing}` : standing,
    ]),
  );
}
