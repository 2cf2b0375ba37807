import { digestOf, shortDigest } from "../evidence/digest.ts";
import { escapeInline, link } from "../markdown/escape.ts";
import { formatTagName } from "../registry/tag-name.ts";
import type { StageWithChange, WhereShipped } from "../registry/where-shipped.ts";

/** Of the note about a model on a merged pull request; first line of the comment. */
export function shippedMarker(model: string): string {
  return `<!-- assay:shipped v1 ${shortDigest(digestOf(model), 16)} -->`;
}

/**
 * Tells a merged pull request where the model with its change is in use. All names are of the grammar of tags, which has nothing to
 * escape in code.
 * @param addressOf of the release of a version's tag
 */
export function renderShippedNote(model: string, { version, stages }: WhereShipped, addressOf: (tag: string) => string): string {
  const tag = formatTagName({ model, action: "register", version });
  return [
    shippedMarker(model),
    `Shipped in ${link(code(tag), addressOf(tag))}`,
    "",
    ...stages.map((stage) => `- ${stageLine(stage, version)}`),
    "",
  ].join("\n");
}

function stageLine({ stage, isThere, since, version, breakGlass }: StageWithChange, first: string): string {
  const name = `**${code(stage)}**`;
  const day = new Date(since * 1_000).toISOString().slice(0, 10);
  const emergency = breakGlass === undefined ? "" : `; 🚨 break-glass: ${escapeInline(breakGlass, 1_000)}`;
  if (!isThere)
    return `↩️ no longer in ${name} since ${day}${version === undefined ? "" : `, which went back to ${code(version)}`}${emergency}`;
  return `✅ in ${name} since ${day}${version === undefined || version === first ? "" : `, with ${code(version)}`}${emergency}`;
}

function code(name: string): string {
  return `\`${name}\``;
}
