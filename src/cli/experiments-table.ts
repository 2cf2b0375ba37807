import type { Evidence } from "../evidence/evidence.ts";
import { phraseToText } from "../markdown/phrase.ts";
import { type ExperimentRow, eachSeed, experimentsTable } from "../report/experiments.ts";
import { type Column, fittingTable } from "./fitting.ts";

/** The experiments that a run was chosen from, and the rule; nothing of a run without any. */
export function experimentsText(evidence: Evidence, width: number): string[] {
  const table = experimentsTable(evidence);
  if (!table) return [];
  const { parameters, seeds, measure, rows, rule, warning } = table;
  const columns: Column<ExperimentRow>[] = [
    { header: "experiment", align: "r", cell: ({ number }) => String(number) },
    ...parameters.map(
      (name, index): Column<ExperimentRow> => ({ header: name, align: "r", cell: ({ values }) => values[index] ?? "" }),
    ),
    { header: measure, align: "r", cell: ({ result }) => result },
    { header: eachSeed(seeds), align: "r", optional: true, cell: (row) => row.seeds.join(", ") },
    {
      header: "",
      align: "l",
      cell: ({ chosen, status }) => `${chosen ? "chosen, " : ""}${phraseToText(status)}`,
    },
  ];
  return [fittingTable(columns, rows, width), phraseToText(rule), ...(warning === undefined ? [] : [phraseToText(warning)])];
}
