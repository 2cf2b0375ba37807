import { escapeHtml } from "../../markdown/escape.ts";
import { type Phrase, phraseToHtml } from "../../markdown/phrase.ts";

/** Markup that is safe to put into a page as it is; made only here. */
export interface Html {
  readonly markup: string;
}

export type HtmlValue = Html | string | number | readonly Html[] | undefined;

/** Foreign text is cut here in the page, where there is room. */
const maxText = 1_000;

/** Markup with values in it: strings and numbers are escaped, `Html` is not, undefined is nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return { markup: strings.map((part, index) => part + (index < values.length ? valueMarkup(values[index]) : "")).join("") };
}

function valueMarkup(value: HtmlValue): string {
  if (value === undefined) return "";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return escapeHtml(value, maxText);
  return "markup" in value ? value.markup : value.map(({ markup }) => markup).join("");
}

export function phrase(value: Phrase): Html {
  return { markup: phraseToHtml(value) };
}

/** Markup of ours that was made elsewhere: the style sheet, a drawn chart. */
export function trusted(markup: string): Html {
  return { markup };
}

export const nothing: Html = { markup: "" };
