import type { Happened, ModelOverview } from "../../../registry/overview.ts";
import { plural } from "../../format.ts";
import { type Html, html, nothing } from "../html.ts";
import type { Addresses } from "./addresses.ts";
import { brokeGlass, linked, logins, versionName } from "./words.ts";

const maxEvents = 500;

/** All that happened, the newest first. */
export function historySection({ history }: ModelOverview, addresses: Addresses): Html {
  const lines = history.slice(0, maxEvents).map((happened) => {
    const { at, by, tag, approvedBy = [], breakGlass } = happened;
    const approved = approvedBy.length === 0 ? nothing : html`, approved by ${logins(approvedBy)}`;
    return html`<li><time datetime="${at}" class="muted">${at.slice(0, 10)} ${at.slice(11, 16)}</time><span>${inWords(happened)}${approved}${brokeGlass(breakGlass)}<small>${linked(tag, addresses.tag(tag))} by ${by}</small></span></li>`;
  });
  const more = history.length > maxEvents ? html`<p class="muted">and ${history.length - maxEvents} more</p>` : nothing;
  return html`<details class="history"><summary>History: ${plural(history.length, "event")}</summary><ol>${lines}</ol>${more}</details>`;
}

function inWords({ event, version, stage, rollback }: Happened): Html {
  const name = version === undefined ? nothing : html`<b>${versionName(version)}</b>`;
  switch (event) {
    case "registration":
      return html`${name} was registered`;
    case "deregistration":
      return html`${name} was taken back`;
    case "assignment":
      return rollback ? html`<b>${stage}</b> went back to ${name}` : html`${name} came into <b>${stage}</b>`;
    case "unassignment":
      return html`${name} left <b>${stage}</b>`;
    case "deprecation":
      return html`The model was deprecated`;
  }
}
