import { codeSpan, escapeHtml, escapeHtmlOnGitHub, escapeInline, link, safeAddress, visible } from "./escape.ts";

/**
 * A sentence that is said in several places (comment, check, page, log), each of which has its own way to escape. Strings are
 * escaped too, so that text from outside is harmless wherever it ends up.
 */
export type Phrase = string | readonly PhrasePart[];

/** `mention`: notifies an account or team on GitHub, `@acme/risk`; elsewhere, and of anything else, it is code. */
export type PhrasePart = string | { code: string } | { strong: Phrase } | { link: Phrase; to: string } | { mention: string };

const isAccount = /^@[A-Za-z0-9][\w-]{0,98}(\/\w[\w-]{0,99})?$/;
const maxPart = 2_000;
const maxCode = 120;

export function phraseToMarkdown(phrase: Phrase): string {
  return render(phrase, {
    text: (text) => keepSpaces(text, escapeInline),
    code: (text) => codeSpan(text, maxCode),
    mention: (text) => (isAccount.test(text) ? text : codeSpan(text, maxCode)),
    strong: (inner) => `**${inner}**`,
    link,
  });
}

/** For the page, which is ours alone. */
export function phraseToHtml(phrase: Phrase): string {
  return renderHtml(phrase, escapeHtml);
}

/** For HTML in a comment, such as the summary line of `<details>`. */
export function phraseToGitHubHtml(phrase: Phrase): string {
  return renderHtml(phrase, escapeHtmlOnGitHub);
}

/** For titles, annotations and logs: one line, no markup. */
export function phraseToText(phrase: Phrase): string {
  return render(phrase, {
    text: (text) => keepSpaces(text, visible),
    code: (text) => visible(text, maxCode),
    mention: (text) => visible(text, maxCode),
    strong: (inner) => inner,
    link: (label) => label,
  });
}

function renderHtml(phrase: Phrase, escaped: (text: string, max?: number) => string): string {
  return render(phrase, {
    text: (text) => keepSpaces(text, escaped),
    code: (text) => `<code>${escaped(text, maxCode)}</code>`,
    mention: (text) => `<code>${escaped(text, maxCode)}</code>`,
    strong: (inner) => `<b>${inner}</b>`,
    link: (label, to) => {
      const address = safeAddress(to);
      return address === undefined ? label : `<a href="${address.replaceAll("&", "&amp;")}">${label}</a>`;
    },
  });
}

interface Writer {
  text(text: string): string;
  code(text: string): string;
  mention(text: string): string;
  strong(inner: string): string;
  link(label: string, to: string): string;
}

function render(phrase: Phrase, writer: Writer): string {
  const parts = typeof phrase === "string" ? [phrase] : phrase;
  return parts.map((part) => renderPart(part, writer)).join("");
}

function renderPart(part: PhrasePart, writer: Writer): string {
  if (typeof part === "string") return writer.text(part);
  if ("code" in part) return writer.code(part.code);
  if ("mention" in part) return writer.mention(part.mention);
  if ("strong" in part) return writer.strong(render(part.strong, writer));
  return writer.link(render(part.link, writer), part.to);
}

/** Escaping trims; the space at the edge of a part belongs to the sentence. */
function keepSpaces(text: string, escaped: (text: string, max?: number) => string): string {
  if (text.trim() === "") return text === "" ? "" : " ";
  return `${/^\s/.test(text) ? " " : ""}${escaped(text, maxPart)}${/\s$/.test(text) ? " " : ""}`;
}
