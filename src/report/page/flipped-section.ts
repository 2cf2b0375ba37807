import type { Task } from "../../spec/spec.ts";
import { flippedPhrases } from "../flipped.ts";
import type { MeasuredPair } from "../measured.ts";
import { type Html, html, nothing, phrase } from "./html.ts";

/** As many as evidence holds. */
const maxIds = 50;

export function flippedSection(pair: MeasuredPair | undefined, task: Task | undefined): Html {
  const sentences = pair === undefined ? [] : flippedPhrases(pair, task, maxIds);
  if (sentences.length === 0) return nothing;
  return html`<section class="block"><h3>What flipped</h3>${sentences.map((sentence) => html`<p class="ids">${phrase(sentence)}</p>`)}</section>`;
}
