import { type Html, html, phrase } from "../html.ts";

/** `2026-05-04`, and below it the time. */
export function moment(at: string): Html {
  return html`<time datetime="${at}">${at.slice(0, 10)}<small>${at.slice(11, 16)} UTC</small></time>`;
}

/** A link where there is an address. */
export function linked(text: string, address: string | undefined): Html {
  return address === undefined ? html`${text}` : phrase([{ link: text, to: address }]);
}

export function logins(all: readonly string[]): Html {
  return all.length === 0 ? html`<span class="muted">—</span>` : html`${all.map((login) => `@${login}`).join(", ")}`;
}

/** A commit's id stands in for a version where none is registered. */
export function versionName(version: string): string {
  return /^[0-9a-f]{40,64}$/.test(version) ? version.slice(0, 7) : version;
}
