import type { GateResult } from "../../gates/verdict.ts";
import type { Task } from "../../spec/spec.ts";
import { claimPhrases } from "../change-headline.ts";
import { waivedGates } from "../gate-standing.ts";
import type { Claims, MeasuredPair } from "../measured.ts";
import { type Html, html, nothing, phrase } from "./html.ts";

/** The page has them whole. */
const maxReason = 2_000;

/** Who accepted what, until when and why. */
export function waiverList(gates: readonly GateResult[]): Html {
  const all = waivedGates(gates, maxReason);
  if (all.length === 0) return nothing;
  const items = all.map(
    ({ phrase: said, inForce }) => html`<li>${inForce ? html`<b>In force</b> ` : nothing}${phrase(said)}</li>`,
  );
  return html`<div class="note"><p><b>Waivers</b></p><ul>${items}</ul></div>`;
}

export function changeAsAWhole(claims: Claims, pair: MeasuredPair | undefined, task: Task | undefined): Html {
  const sentences = claimPhrases(claims, pair, task);
  if (sentences.length === 0) return nothing;
  return html`<p><b>The change as a whole</b>: ${sentences.map((sentence) => html`${phrase(sentence)} `)}</p>`;
}
