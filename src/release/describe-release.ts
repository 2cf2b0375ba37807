import { shortDigest } from "../evidence/digest.ts";
import type { Evidence } from "../evidence/evidence.ts";
import { codeSpan, escapeInline } from "../markdown/escape.ts";
import type { BreakGlass } from "../registry/break-glass.ts";
import { breakGlassCaution } from "./break-glass-caution.ts";
import { currentEvaluation, shippedModel } from "./release-facts.ts";

/** For whoever reads the release. */
export function releaseBody({
  evidence,
  approvedBy,
  pullRequest,
  commit,
  override,
  breakGlass,
}: {
  evidence: Evidence;
  approvedBy: readonly string[];
  pullRequest: number | undefined;
  commit: string;
  /** Why formats are shipped that can hold code. */
  override: string | undefined;
  /** It came into that stage although judgement spoke against it. */
  breakGlass: { stage: string; broken: BreakGlass } | undefined;
}): string {
  const metrics = currentEvaluation(evidence)?.candidate?.metrics ?? [];
  const rows = metrics.map(({ metric, value, interval }) => {
    const between = interval ? `${round(interval.low)} to ${round(interval.high)}` : "";
    return `| ${escapeInline(metric)} | ${value === null ? "undefined" : round(value)} | ${between} |`;
  });
  const table = rows.length === 0 ? [] : [["| Metric | Value | 95% interval |", "| :-- | --: | :-- |", ...rows].join("\n")];
  const trainings = evidence.trainings.length;
  const seeds = trainings > 1 ? [`It is the first of ${trainings} trained models; the numbers are means over all of them.`] : [];
  const empty = shippedModel(evidence)?.files.filter(({ bytes }) => bytes === 0) ?? [];
  const leftOut =
    empty.length === 0
      ? []
      : [
          `GitHub takes no empty files, so the release lacks ${empty
            .slice(0, maxNamed)
            .map(({ path }) => codeSpan(path))
            .join(", ")}${empty.length > maxNamed ? ` and ${empty.length - maxNamed} more` : ""}.`,
        ];
  const shown = pullRequest === undefined ? "evaluated on the protected branch" : `evaluated in #${pullRequest}`;
  const approved = approvedBy.length === 0 ? "" : `, approved by ${approvedBy.map((login) => `@${login}`).join(", ")}`;
  const caution =
    override === undefined
      ? []
      : [`> [!CAUTION]\n> This model can hold code. It is shipped all the same: ${escapeInline(override)}`];
  return [
    ...(breakGlass ? [breakGlassCaution(breakGlass.broken, breakGlass.stage)] : []),
    ...caution,
    `The very model that was ${shown}${approved}.`,
    ...table,
    ...seeds,
    ...leftOut,
    `Inputs \`${shortDigest(evidence.inputHash)}\`, result \`${shortDigest(evidence.seal?.resultDigest ?? "")}\`, commit ${commit}. \`sha256sum -c SHA256SUMS\` checks the files.`,
  ].join("\n\n");
}

const maxNamed = 10;

function round(value: number): string {
  return String(Number(value.toPrecision(4)));
}
