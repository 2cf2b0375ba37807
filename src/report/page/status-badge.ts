import type { ModelStatus } from "../model-status.ts";
import { type Html, html } from "./html.ts";

/** Marks of the page; the comment uses emoji. Always a mark and a word. */
const marks: Readonly<Record<ModelStatus, string>> = {
  pass: "✓",
  fail: "✕",
  inconclusive: "?",
  pending: "…",
  recorded: "✓",
  unchanged: "✓",
};

export function statusMark(status: ModelStatus): Html {
  return html`<span aria-hidden="true">${marks[status]}</span>`;
}

export function statusBadge(status: ModelStatus): Html {
  return html`<span class="badge ${status}">${statusMark(status)} ${status}</span>`;
}
