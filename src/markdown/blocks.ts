import { markdownTable } from "markdown-table";
import { type Phrase, phraseToGitHubHtml } from "./phrase.ts";

export interface TableColumn {
  /** Markdown. */
  title: string;
  align?: "left" | "right" | undefined;
}

/** A table; titles and cells are Markdown whose foreign text is already escaped. */
export function table(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): string {
  return markdownTable([columns.map(({ title }) => title), ...rows], {
    align: columns.map(({ align }) => align ?? null),
    alignDelimiters: false,
  });
}

/** A section that opens on a click. `body` is Markdown. */
export function details(summary: Phrase, body: string, options: { open?: boolean } = {}): string {
  return `<details${options.open ? " open" : ""}><summary>${phraseToGitHubHtml(summary)}</summary>\n\n${body}\n\n</details>`;
}

export type AlertKind = "NOTE" | "IMPORTANT" | "WARNING" | "CAUTION";

/** GitHub's coloured box; it must not be put into another block. `lines` are Markdown. */
export function alert(kind: AlertKind, lines: readonly string[]): string {
  return [`[!${kind}]`, ...lines].map((line) => `> ${line}`.trimEnd()).join("\n");
}

/** Size as GitHub's limits and ours count it. */
export function utf8Bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}
