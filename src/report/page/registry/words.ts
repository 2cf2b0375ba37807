import { visible } from "../../../markdown/escape.ts";
import { type BreakGlass, whoBrokeGlass } from "../../../registry/break-glass.ts";
import { type Html, html, nothing, phrase } from "../html.ts";

/** `2026-05-04`, and below it the time. */
export function moment(at: string): Html {
  return html`<time datetime="${at}">${at.slice(0, 10)}<small>${at.slice(11, 16)} UTC</small></time>`;
}

/** A link where there is an address. */
export function linked(text: string, address: string | undefined): Html {
  return address === undefined ? html`${text}` : phrase([{ link: text, to: address }]);
}

/** Loud, with who asked for it and why. */
export function brokeGlass(breakGlass: BreakGlass | undefined): Html {
  if (!breakGlass) return nothing;
  return html` <span class="badge fail"><span aria-hidden="true">!</span> break-glass</span><small>${visible(whoBrokeGlass(breakGlass), 2_000)}</small>`;
}

export function logins(all: readonly string[]): Html {
  return all.length === 0 ? html`<span class="muted">—</span>` : html`${all.map((login) => `@${login}`).join(", ")}`;
}

/** A commit's id stands in for a version where none is registered. */
export function versionName(version: string): string {
  return /^[0-9a-f]{40,64}$/.test(version) ? version.slice(0, 7) : version;
}
