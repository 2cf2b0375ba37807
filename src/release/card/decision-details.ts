import { table } from "../../markdown/blocks.ts";
import { codeSpan, escapeInline } from "../../markdown/escape.ts";
import { type Phrase, phraseToMarkdown } from "../../markdown/phrase.ts";
import { driftSummary } from "../../report/drift.ts";
import { fullTitle, gateRow } from "../../report/gate-row.ts";
import { standingWords, waivedGates } from "../../report/gate-standing.ts";
import { qualitySummary } from "../../report/quality.ts";
import type { ReleaseFacts } from "../release-facts.ts";
import { limited } from "./facts-table.ts";

const maxGates = 200;
const maxReason = 2_000;

/** What was found in the training data. */
export function dataChecks({ evidence: { data } }: ReleaseFacts): string {
  const found: Phrase[] = [
    ...(data?.unchanged ? ["Drift: the training data is the baseline's, byte for byte."] : []),
    ...(data?.drift ?? []).map((result): Phrase => ["Drift: ", ...driftSummary(result, result.table)]),
    ...(data?.driftMissing === undefined ? [] : [`Drift could not be looked for: ${data.driftMissing}`]),
    ...(data?.quality ?? []).map((result): Phrase => ["Quality: ", ...qualitySummary(result)]),
    ...(data?.qualityMissing === undefined ? [] : [`Quality could not be looked at: ${data.qualityMissing}`]),
  ];
  if (found.length === 0) return "None was asked for.";
  return found.map((phrase) => `- ${phraseToMarkdown(phrase)}`).join("\n");
}

/** What the team's rules decided. */
export function verdictDetails({ evidence, verdict }: ReleaseFacts): string[] {
  const { gates, outcome, reasons } = verdict;
  const waived = waivedGates(gates, maxReason);
  return [
    `The rules in force decided: **${outcome}**.`,
    ...(reasons.length === 0 ? [] : [reasons.map((reason) => `- ${escapeInline(reason, 1_000)}`).join("\n")]),
    gates.length === 0
      ? "There were no gates."
      : limited(gates, maxGates, "gates", (shown) =>
          table(
            [{ title: "Gate" }, { title: "Needs" }, { title: "Result" }],
            shown.map((result) => {
              const row = gateRow(
                result,
                evidence.evaluations.find(({ role }) => role === result.role),
                evidence.task,
              );
              const note = phraseToMarkdown(row.note);
              return [
                phraseToMarkdown(fullTitle(row)),
                row.needs,
                `${standingWords[row.standing]}${note === "" ? "" : `, ${note}`}`,
              ];
            }),
          ),
        ),
    ...(waived.length === 0 ? [] : [waived.map(({ phrase }) => `- ${phraseToMarkdown(phrase)}`).join("\n")]),
  ];
}

/** Who approved this result, and which commit they were shown. */
export function approvalDetails({ approvals }: ReleaseFacts): string {
  if (approvals.length === 0) return "None.";
  return table(
    [{ title: "Who" }, { title: "When" }, { title: "Commit that was shown" }, { title: "How" }],
    approvals.map(({ by, at, headSha, via, pullRequest }) => [
      codeSpan(by),
      codeSpan(at),
      codeSpan(headSha),
      `${escapeInline(via)}${pullRequest === undefined ? "" : `, pull request ${pullRequest}`}`,
    ]),
  );
}
