import type { GateStanding } from "../gate-standing.ts";
import type { ModelStatus } from "../model-status.ts";
import { type Html, html } from "./html.ts";

type Badge = ModelStatus | GateStanding;

/** Marks of the page; the comment uses emoji. Always a mark and a word. */
const marks: Readonly<Record<Badge, string>> = {
  pass: "✓",
  fail: "✕",
  inconclusive: "?",
  waived: "!",
  pending: "…",
  waiting: "‖",
  recorded: "✓",
  unchanged: "✓",
};

export function statusMark(status: Badge): Html {
  return html`<span aria-hidden="true">${marks[status]}</span>`;
}

export function statusBadge(status: ModelStatus): Html {
  return badge(status);
}

export function standingBadge(standing: GateStanding): Html {
  return badge(standing);
}

function badge(status: Badge): Html {
  return html`<span class="badge ${status}">${statusMark(status)} ${status}</span>`;
}
