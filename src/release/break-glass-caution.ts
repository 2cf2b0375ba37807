import { escapeInline } from "../markdown/escape.ts";
import { type BreakGlass, whoBrokeGlass } from "../registry/break-glass.ts";

const maxText = 2_000;

/** What stands first wherever such a version is shown: Markdown, the same for the same facts. */
export function breakGlassCaution(breakGlass: BreakGlass, stage: string): string {
  return [
    "> [!CAUTION]",
    `> **Break-glass**: it came into ${escapeInline(stage)} although the rules spoke against it. ${escapeInline(whoBrokeGlass(breakGlass), maxText)}. What was gone around:`,
    ...breakGlass.around.map((reason) => `> - ${escapeInline(reason, maxText)}`),
  ].join("\n");
}
