import { isTogetherDrifted, type Together } from "../drift/together.ts";
import { phraseToText } from "../markdown/phrase.ts";
import { togetherPhrase } from "../report/together.ts";

/** What a classifier says of all columns of two tables together. */
export function togetherText(together: Together): string {
  return `All columns together: ${isTogetherDrifted(together) ? "DRIFTED: " : ""}${phraseToText(togetherPhrase(together))}`;
}
