/** Between two characters that GitHub would otherwise read together as a mention, a reference or a link. */
const zeroWidthSpace = "\u200b";

// Control and format characters (bidi, zero-width, soft hyphen, tags), fillers that look like nothing, variation selectors that can hide bytes.
const invisible = /[\p{Cc}\p{Cf}\u115f\u1160\u3164\uffa0]|\p{VS}/gu;

/**
 * Text that somebody else wrote, made fit to be looked at: on one line, with characters that hide or reorder others shown as
 * `⟨U+202E⟩`, and cut to `max` characters.
 */
export function visible(text: string, max = 200): string {
  const shown = text
    .slice(0, max * 4 + 4)
    .toWellFormed()
    .replace(/\s+/g, " ")
    .replace(/(\p{M}{3})\p{M}+/gu, "$1")
    .replace(invisible, (character) => `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}⟩`)
    .trim();
  const characters = [...shown];
  return characters.length > max || text.length > max * 4 + 4 ? `${characters.slice(0, max - 1).join("")}…` : shown;
}

/**
 * Foreign text for running Markdown and table cells: comes out as the same characters and nothing else, so no link, image,
 * mention, reference, HTML, emphasis, heading, list, fence, math, command or marker of ours.
 */
export function escapeInline(text: string, max?: number): string {
  return breakReferences(visible(text, max), "\0")
    .replace(/[\\`*_{}[\]~$#]/g, "\\$&")
    .replace(/[&<>|]/g, (character) => entities[character] ?? character)
    .replace(/^([-+=/]|:(?=-))/, "\\$1")
    .replace(/^(\d+)([.)])(?=\s|$)/, "$1\\$2")
    .replaceAll("\0", "&#8203;");
}

/** Foreign text as code, in running Markdown and in table cells. */
export function codeSpan(text: string, max?: number): string {
  const shown = visible(text, max);
  if (shown === "") return "``` ```";
  // A pipe in a code span ends a table cell, and parsers differ in how it may be escaped there.
  if (shown.includes("|")) return `<code>${escapeInline(text, max)}</code>`;
  const inert = breakMarkers(breakMentions(shown, zeroWidthSpace));
  const fence = "`".repeat(longestRun(inert, "`") + 1);
  const padding = inert.startsWith("`") || inert.endsWith("`") ? " " : "";
  return `${fence}${padding}${inert}${padding}${fence}`;
}

/** Lines of foreign text as a fenced block; `language` is ours. */
export function fencedBlock(lines: readonly string[], language = "", maxLine = 200): string {
  const inert = lines.map((line) => breakMarkers(breakMentions(visible(line, maxLine), zeroWidthSpace)));
  const fence = "`".repeat(Math.max(3, ...inert.map((line) => longestRun(line, "`") + 1)));
  return [`${fence}${language}`, ...inert, fence].join("\n");
}

/** Foreign text inside HTML, element content or quoted attribute. */
export function escapeHtml(text: string, max?: number): string {
  return visible(text, max).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** As `escapeHtml`, for HTML that GitHub renders: it looks for mentions and references in there too. */
export function escapeHtmlOnGitHub(text: string, max?: number): string {
  return breakReferences(visible(text, max), "\0")
    .replace(/[&<>"']/g, (character) => entities[character] ?? character)
    .replaceAll("\0", "&#8203;");
}

/** A Markdown link; `label` is Markdown. An address that is not plain http(s) is left out. */
export function link(label: string, address: string): string {
  const safe = safeAddress(address);
  return safe === undefined ? label : `[${label}](${safe})`;
}

/** The address in a form that cannot end a Markdown link or an attribute; undefined when it is not http(s). */
export function safeAddress(address: string): string | undefined {
  if (address.length > 2_000 || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.protocol !== "https:" && url.protocol !== "http:") return undefined;
  return url.href.replace(/[()<>"'|\\`\s*_[\]~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  "|": "&#124;",
  '"': "&quot;",
  "'": "&#39;",
};

function breakMentions(text: string, gap: string): string {
  return text
    .replace(/@(?=\w)/g, `@${gap}`)
    .replace(/#(?=\w)/g, `#${gap}`)
    .replace(/(GH-)(?=\d)/gi, `$1${gap}`);
}

function breakReferences(text: string, gap: string): string {
  return breakMentions(text, gap)
    .replaceAll("://", `:${gap}//`)
    .replace(/www(?=\.)/gi, `$&${gap}`)
    .replace(commitLike, (hex) => hex.replace(/.{6}(?=.)/g, `$&${gap}`));
}

/** What GitHub may read as a commit; the decimals of a number are none. */
const commitLike = /(?<![0-9a-z])(?!(?<=\d\.)\d+(?![0-9a-z]))[0-9a-f]{7,64}(?![0-9a-z])/gi;

function breakMarkers(text: string): string {
  return text.replaceAll("<!--", `<${zeroWidthSpace}!--`);
}

function longestRun(text: string, character: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(new RegExp(`\\${character}+`, "g"))) longest = Math.max(longest, run.length);
  return longest;
}
