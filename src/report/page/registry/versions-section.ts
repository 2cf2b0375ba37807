import type { ModelOverview, VersionOverview } from "../../../registry/overview.ts";
import { formatNumber, plural, shortSha } from "../../format.ts";
import { metricTitle } from "../../metric-title.ts";
import { type Html, html, nothing, phrase } from "../html.ts";
import type { Addresses } from "./addresses.ts";
import { linked, logins, moment, versionName } from "./words.ts";

/** Versions that are shown at once; the others are folded. */
const maxOpen = 12;
const maxVersions = 1_000;
/** Of a version; all are in its evidence. */
const maxMetrics = 3;

/** Every version, the highest first. */
export function versionsSection({ versions }: ModelOverview, addresses: Addresses): Html {
  if (versions.length === 0) return nothing;
  const older = versions.slice(maxOpen, maxVersions);
  const left = versions.length - maxVersions;
  const folded =
    older.length === 0
      ? nothing
      : html`<details><summary>${plural(older.length, "lower version")}</summary>${table(older, addresses)}${left > 0 ? html`<p class="muted">and ${left} more</p>` : nothing}</details>`;
  return html`<section class="block"><h3>Versions</h3>${table(versions.slice(0, maxOpen), addresses)}${folded}</section>`;
}

function table(versions: readonly VersionOverview[], addresses: Addresses): Html {
  const measured = versions.some(({ evaluated }) => evaluated);
  const approved = versions.some(({ approvedBy }) => approvedBy.length > 0);
  const columns = ["Version", "Registered", ...(measured ? ["Measured"] : []), ...(approved ? ["Approved by"] : []), "Where"];
  const rows = versions.map((version) => versionRow(version, { measured, approved }, addresses));
  return html`<div class="scroll"><table class="gates"><thead><tr>${columns.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

function versionRow(version: VersionOverview, has: { measured: boolean; approved: boolean }, addresses: Addresses): Html {
  const { active, stages, at, by, message, approvedBy } = version;
  const state = active
    ? stages.map((stage) => html`<small><b>${stage}</b></small>`)
    : html`<small class="fail">taken back</small>`;
  const said = message === "" ? nothing : html`<small>${firstLine(message)}</small>`;
  const measured = has.measured ? html`<td data-label="Measured">${metricsOf(version)}</td>` : nothing;
  const approved = has.approved ? html`<td data-label="Approved by">${logins(approvedBy)}</td>` : nothing;
  return html`<tr><th scope="row">${versionName(version.version)}${state}</th><td data-label="Registered">${moment(at)}<small>by ${by}</small>${said}</td>${measured}${approved}<td data-label="Where">${places(version, addresses)}</td></tr>`;
}

const maxMessage = 120;

function firstLine(message: string): string {
  const [line = ""] = message.split("\n");
  return line.length > maxMessage ? `${line.slice(0, maxMessage - 1)}…` : line;
}

function metricsOf({ evaluated, release }: VersionOverview): Html {
  if (!evaluated) return html`<span class="muted">${release ? "no evidence" : "not released"}</span>`;
  const { metrics, task, testSet } = evaluated;
  const lines = metrics.slice(0, maxMetrics).map(({ metric, value, interval }) => {
    const between = interval ? html`<small>${formatNumber(interval.low)} to ${formatNumber(interval.high)}</small>` : nothing;
    return html`<div>${phrase(metricTitle(metric, task))} <b>${formatNumber(value)}</b>${between}</div>`;
  });
  return html`${lines}<small>on ${plural(testSet.rows, "row")} of ${testSet.path}</small>`;
}

function places({ commit, tag, release, evaluated }: VersionOverview, addresses: Addresses): Html {
  const shown = evaluated?.pullRequest;
  return html`${release ? html`<div>${linked("release", release.url)}</div>` : nothing}${
    shown === undefined ? nothing : html`<div>${linked(`#${shown}`, addresses.pullRequest(shown))}</div>`
  }<div>${linked(shortSha(commit), addresses.commit(commit))}</div><small>${linked(tag, addresses.tag(tag))}</small>`;
}
