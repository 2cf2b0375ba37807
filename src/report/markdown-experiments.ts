import { details, table } from "../markdown/blocks.ts";
import { codeSpan, escapeInline } from "../markdown/escape.ts";
import { phraseToMarkdown } from "../markdown/phrase.ts";
import { eachSeed, experimentsTable } from "./experiments.ts";
import { evidenceOf } from "./model-status.ts";
import type { ModelReport } from "./report.ts";

/** Experiments that are shown at once. */
const maxOpen = 8;

/** What opens on a click, or lies open where there are few: a row an experiment. */
export function experimentsFold(model: ModelReport): string {
  const evidence = evidenceOf(model);
  const experiments = evidence && experimentsTable(evidence);
  if (!experiments) return "";
  const { parameters, seeds: trained, measure, rows, rule, warning } = experiments;
  const best = rows.find(({ chosen }) => chosen);
  const columns = [
    { title: "", align: "right" as const },
    ...parameters.map((name) => ({ title: codeSpan(name, 60), align: "right" as const })),
    { title: codeSpan(measure, 60), align: "right" as const },
    { title: eachSeed(trained), align: "right" as const },
    { title: "" },
  ];
  const lines = rows.map(({ number, values, result, seeds, status, chosen }) => {
    const cells = [String(number), ...values.map((value) => escapeInline(value, 60)), result, seeds.join(", ")];
    const said = phraseToMarkdown(status);
    return chosen ? [...cells.map((cell) => `**${cell}**`), `**chosen**, ${said}`] : [...cells, said];
  });
  return details(
    [
      { strong: "Experiments" },
      `: ${best ? `number ${best.number} of ${rows.length} is chosen` : `none of ${rows.length} can be chosen`}`,
    ],
    [
      table(columns, lines),
      `<sub>${phraseToMarkdown(rule)}</sub>`,
      ...(warning === undefined ? [] : [`⚠️ ${phraseToMarkdown(warning)}`]),
    ].join("\n\n"),
    { open: rows.length <= maxOpen },
  );
}
