import { shortDigest } from "../../evidence/digest.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import type { MakeLatest, Release } from "../../github/releases.ts";
import { escapeInline } from "../../markdown/escape.ts";
import { parseTagName } from "../../registry/tag-name.ts";
import { compareVersions } from "../../registry/version.ts";

/** First line of a release's body: what it is the release of, so that it is found again. */
export function releaseMarker(tagObject: string, resultDigest: string): string {
  return `<!-- assay:release v1 ${tagObject} ${resultDigest} -->`;
}

/** Whether a release is one of ours of that tag. */
export function isReleaseOf({ body }: Release, tagObject: string): boolean {
  return body.startsWith(`<!-- assay:release v1 ${tagObject} `);
}

/** For whoever reads the release. */
export function releaseBody({
  evidence,
  approvedBy,
  pullRequest,
  commit,
  override,
}: {
  evidence: Evidence;
  approvedBy: readonly string[];
  pullRequest: number | undefined;
  commit: string;
  /** Why formats are shipped that can hold code. */
  override: string | undefined;
}): string {
  const current = evidence.evaluations.find(({ role }) => role === "current");
  const metrics = current?.candidate?.metrics ?? [];
  const rows = metrics.map(({ metric, value, interval }) => {
    const between = interval ? `${round(interval.low)} to ${round(interval.high)}` : "";
    return `| ${escapeInline(metric)} | ${value === null ? "undefined" : round(value)} | ${between} |`;
  });
  const table = rows.length === 0 ? [] : [["| Metric | Value | 95% interval |", "| :-- | --: | :-- |", ...rows].join("\n")];
  const trainings = evidence.trainings.length;
  const seeds = trainings > 1 ? [`It is the first of ${trainings} trained models; the numbers are means over all of them.`] : [];
  const shown = pullRequest === undefined ? "evaluated on the protected branch" : `evaluated in #${pullRequest}`;
  const approved = approvedBy.length === 0 ? "" : `, approved by ${approvedBy.map((login) => `@${login}`).join(", ")}`;
  const caution =
    override === undefined
      ? []
      : [`> [!CAUTION]\n> This model can hold code. It is shipped all the same: ${escapeInline(override)}`];
  return [
    ...caution,
    `The very model that was ${shown}${approved}.`,
    ...table,
    ...seeds,
    `Inputs \`${shortDigest(evidence.inputHash)}\`, result \`${shortDigest(evidence.seal?.resultDigest ?? "")}\`, commit ${commit}. \`sha256sum -c SHA256SUMS\` checks the files.`,
  ].join("\n\n");
}

function round(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** A repository has one latest release, and of several models none takes it from another. */
export function latestOrNot(latest: Release | undefined, { model, version }: { model: string; version: string }): MakeLatest {
  if (latest === undefined || latest.tag.startsWith("assay-store")) return "true";
  const tag = parseTagName(latest.tag);
  return tag?.action === "register" && tag.model === model && compareVersions(version, tag.version) > 0 ? "true" : "false";
}
