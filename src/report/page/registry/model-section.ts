import type { ModelOverview, StageOverview } from "../../../registry/overview.ts";
import { plural } from "../../format.ts";
import { type Html, html, nothing } from "../html.ts";
import type { Addresses } from "./addresses.ts";
import { historySection } from "./history-section.ts";
import { metricsSection } from "./metrics-section.ts";
import { versionsSection } from "./versions-section.ts";
import { brokeGlass, linked, logins, moment, versionName } from "./words.ts";

export function registryModel(model: ModelOverview, id: string, addresses: Addresses): Html {
  const { name, active, latest, versions } = model;
  const registered = versions.filter((version) => version.active).length;
  const deprecated = active ? nothing : html`<span class="badge inconclusive">deprecated</span>`;
  const facts = html`<span class="muted">${latest === undefined ? "no version stands" : html`latest <b>${latest}</b>`} · ${plural(registered, "version")}</span>`;
  return html`<section class="model" id="${id}"><header><h2>${name}</h2>${deprecated}${facts}</header>${stagesSection(model, addresses)}${metricsSection(model)}${versionsSection(model, addresses)}${historySection(model, addresses)}</section>`;
}

function stagesSection({ stages, versions }: ModelOverview, addresses: Addresses): Html {
  if (stages.length === 0) return html`<p class="muted">No stage points at a version of it.</p>`;
  // Of what nobody shipped here nobody can have approved anything.
  const approvable = versions.some(({ release }) => release) || stages.some(({ now }) => now?.approvedBy);
  const rows = stages.map((stage) => stageRow(stage, approvable, addresses));
  const approved = approvable ? html`<th scope="col">Approved by</th>` : nothing;
  return html`<section class="block"><h3>Stages</h3><div class="scroll"><table class="gates"><thead><tr><th scope="col">Stage</th><th scope="col">Points at</th><th scope="col">Since</th>${approved}<th scope="col">Tag</th></tr></thead><tbody>${rows}</tbody></table></div></section>`;
}

function stageRow({ stage, now }: StageOverview, approvable: boolean, addresses: Addresses): Html {
  if (!now) return html`<tr><th scope="row">${stage}</th><td colspan="4" class="muted">nothing any more</td></tr>`;
  const { version, since, by, tag, approvedBy = [], rollback, breakGlass } = now;
  const back = rollback ? html`<small>rolled back to it</small>` : nothing;
  const before = rollback ? html`<small>when it was promoted</small>` : nothing;
  const known = approvedBy.length === 0 ? html`<span class="muted">not recorded</span>` : html`${logins(approvedBy)}${before}`;
  const approved = approvable ? html`<td data-label="Approved by">${known}</td>` : nothing;
  return html`<tr><th scope="row">${stage}</th><td class="said" data-label="Points at"><b>${versionName(version)}</b>${back}${brokeGlass(breakGlass)}</td><td data-label="Since">${moment(since)}</td>${approved}<td class="tag" data-label="Tag">${linked(tag, addresses.tag(tag))}<small>by ${by}</small></td></tr>`;
}
