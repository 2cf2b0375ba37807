/** Tags that our comments are made of. */
const ours = /^<(?:\/?(?:details|summary|b|code|sub|sup|kbd)|details open|br)>$/;

/**
 * What somebody else's text does in Markdown of ours once GitHub renders it: mentions, references, links, images, HTML, markers,
 * headings and boxes. Empty: it is only text.
 * @param allowed beginnings of the addresses that we link to
 */
export function liveIn(markdown: string, allowed: readonly string[]): readonly string[] {
  const found: string[] = [];
  const look = (pattern: RegExp, text: string, what: string, isFine: (match: RegExpMatchArray) => boolean = () => false) => {
    for (const match of text.matchAll(pattern)) if (!isFine(match)) found.push(`${what}: ${excerpt(text, match.index)}`);
  };
  // Within code too: not every reader of a comment is GitHub.
  found.push(...hiddenIn(markdown));
  look(/@[A-Za-z0-9]/g, markdown, "mention");
  look(/<!--/g, markdown, "marker", ({ index }) => index === 0);
  const text = active(withoutCode(markdown));
  look(/(?<!&)#\d|\bGH-\d/gi, text, "reference");
  look(/<[a-z!/?][^>\n]*>?/gi, text, "HTML", ({ 0: tag, index }) => index === 0 || ours.test(tag) || isOurAnchor(tag, allowed));
  look(/!\[/g, text, "image");
  look(/\]\(([^)]*)\)?/g, text, "link", ({ 1: to = "" }) => allowed.some((start) => to.startsWith(start)));
  look(/(?<!\]\()(?<!href=")\b(?:https?|ftp):\/\/|\bmailto:\S+@\w|\bwww\.\w/gi, text, "address");
  look(/^\s*\/assay\b/gm, text, "command");
  look(/^[#> ✅]*FORGED/gmu, text, "heading");
  look(/^> \[!NOTE\]\n> FORGED/gm, text, "box");
  look(/^::\w/gm, markdown, "command of the runner");
  return found;
}

function isOurAnchor(tag: string, allowed: readonly string[]): boolean {
  if (tag === "</a>") return true;
  const to = /^<a href="([^"]*)">$/.exec(tag)?.[1];
  return to !== undefined && allowed.some((start) => to.startsWith(start));
}

/** Without fenced blocks and code spans. */
function withoutCode(markdown: string): string {
  return markdown
    .replace(/^(`{3,})[\s\S]*?^\1$/gm, "")
    .replace(/\\`/g, "·")
    .replace(/(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, "");
}

/** The characters that Markdown still reads: without those behind a backslash and those written as references. */
function active(markdown: string): string {
  return markdown.replace(/\\[!-/:-@[-`{-~]/g, "·").replace(/&#?\w+;/g, "\u200b");
}

function excerpt(text: string, index: number): string {
  return JSON.stringify(text.slice(Math.max(0, index - 20), index + 60));
}

/** Characters that nobody sees, or that reorder others; a gap of ours and ends of lines are none. */
export function hiddenIn(text: string): readonly string[] {
  const hidden = [...text.matchAll(/[\p{Cc}\p{Cf}]/gu)].filter(([character]) => character !== "\n" && character !== "\u200b");
  return [...hidden.map(({ index }) => `hidden: ${excerpt(text, index)}`), ...(text.isWellFormed() ? [] : ["half a character"])];
}
