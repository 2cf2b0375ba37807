import { safeAddress } from "../../markdown/escape.ts";
import { type Html, html, nothing, phrase, trusted } from "./html.ts";

/**
 * A comment of ours as a reader sees it on GitHub, near enough: only the Markdown that our own comments are made of is
 * understood, everything else is shown as text. Nothing of the input gets into the page unescaped.
 */
export function commentPreview(markdown: string): Html {
  return html`<div class="comment">${blocks(markdown.replaceAll("\u200b", "").split("\n"))}</div>`;
}

const maxDepth = 5;

function blocks(lines: readonly string[], depth = 0): Html[] {
  const done: Html[] = [];
  let rest = lines;
  while (rest.length > 0) {
    const [line = ""] = rest;
    if (line.trim() === "" || /^<!--.*-->$/.test(line)) {
      rest = rest.slice(1);
      continue;
    }
    const [block, used] = readBlock(rest, line, depth);
    done.push(block);
    rest = rest.slice(Math.max(1, used));
  }
  return done;
}

function readBlock(lines: readonly string[], line: string, depth: number): [Html, number] {
  const heading = /^(#{2,4}) (.*)$/.exec(line);
  if (heading) return [headingOf(heading[1]?.length ?? 2, inline(heading[2] ?? "")), 1];
  if (line.startsWith("<details") && depth < maxDepth) return readDetails(lines, depth);
  if (line.startsWith(">")) return readQuote(lines, depth);
  const fence = /^(`{3,})(\w*)$/.exec(line)?.[1];
  if (fence !== undefined) return readFence(lines, fence);
  if (line.startsWith("| ") && /^\|[ :|-]+\|$/.test(lines[1] ?? "")) return readTable(lines);
  const marker = ["- ", "1. "].find((start) => line.startsWith(start));
  if (marker !== undefined) return readList(lines, marker === "- ");
  const end = endOf(lines, (next) => next.trim() !== "" && !/^(<\/?details|\| |>|`{3}|- |1\. )/.test(next));
  const text = lines
    .slice(0, Math.max(1, end))
    .map((each, index) => html`${index === 0 ? nothing : trusted("<br>")}${inline(each)}`);
  return [html`<p>${text}</p>`, Math.max(1, end)];
}

function headingOf(level: number, content: Html): Html {
  if (level === 2) return html`<h3 class="c2">${content}</h3>`;
  return level === 3 ? html`<h4 class="c3">${content}</h4>` : html`<h5 class="c4">${content}</h5>`;
}

function readDetails(lines: readonly string[], depth: number): [Html, number] {
  const opening = /^<details( open)?><summary>(.*)<\/summary>$/.exec(lines[0] ?? "");
  let open = 0;
  const end = lines.findIndex((line) => {
    if (line.startsWith("<details")) open += 1;
    if (line === "</details>") open -= 1;
    return open === 0;
  });
  if (opening === null || end < 0) return [html`<p>${phrase(lines[0] ?? "")}</p>`, 1];
  const attribute = trusted(opening[1] === undefined ? "" : " open");
  const summary = inline(opening[2] ?? "", htmlRules);
  return [html`<details${attribute}><summary>${summary}</summary>${blocks(lines.slice(1, end), depth + 1)}</details>`, end + 1];
}

function readQuote(lines: readonly string[], depth: number): [Html, number] {
  const end = endOf(lines, (line) => line.startsWith(">"));
  const inner = lines.slice(0, end).map((line) => line.replace(/^> ?/, ""));
  const kind = /^\[!([A-Z]+)\]$/.exec(inner[0] ?? "")?.[1];
  const words: Readonly<Record<string, string>> = {
    CAUTION: "Caution",
    WARNING: "Warning",
    IMPORTANT: "Important",
    NOTE: "Note",
  };
  const word = kind && words[kind];
  if (!word) return [html`<blockquote>${blocks(inner, depth + 1)}</blockquote>`, end];
  return [
    html`<blockquote class="alert ${word.toLowerCase()}"><b>${word}</b>${blocks(inner.slice(1), depth + 1)}</blockquote>`,
    end,
  ];
}

function readFence(lines: readonly string[], fence: string): [Html, number] {
  const length = lines.slice(1).indexOf(fence);
  const end = length < 0 ? lines.length : length + 1;
  const content = lines.slice(1, end).map((line) => {
    const kind = line.startsWith("-") ? "d" : line.startsWith("+") ? "a" : "";
    return html`<span class="${kind}">${phrase(line)}</span>${trusted("\n")}`;
  });
  return [html`<pre class="diff">${content}</pre>`, end + 1];
}

function readTable(lines: readonly string[]): [Html, number] {
  const end = endOf(lines, (line) => line.startsWith("|"));
  const [head = [], align = [], ...body] = lines.slice(0, end).map(cells);
  const side = (index: number) => (align[index]?.endsWith(":") ? "n" : "");
  const row = (values: readonly string[]) =>
    html`<tr>${values.map((value, index) => html`<td class="${side(index)}" data-label="${head[index] ?? ""}">${inline(value)}</td>`)}</tr>`;
  const titles = head.map((title, index) => html`<th scope="col" class="${side(index)}">${inline(title)}</th>`);
  return [html`<div class="scroll"><table><thead><tr>${titles}</tr></thead><tbody>${body.map(row)}</tbody></table></div>`, end];
}

/** Our cells never contain a pipe. */
function cells(line: string): string[] {
  return line
    .replace(/^\||\|$/g, "")
    .split("|")
    .map((cell) => cell.trim());
}

function readList(lines: readonly string[], unordered: boolean): [Html, number] {
  const start = unordered ? /^- / : /^\d+\. /;
  const end = endOf(lines, (line) => start.test(line));
  const items = lines.slice(0, end).map((line) => html`<li>${inline(line.replace(start, ""))}</li>`);
  return [unordered ? html`<ul>${items}</ul>` : html`<ol>${items}</ol>`, end];
}

function endOf(lines: readonly string[], belongs: (line: string) => boolean): number {
  const end = lines.findIndex((line) => !belongs(line));
  return end < 0 ? lines.length : end;
}

interface Rule {
  pattern: RegExp;
  render(match: readonly string[], rules: readonly Rule[]): Html;
}

const characters: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', "#39": "'", "#124": "|" };

const htmlRules: readonly Rule[] = [
  { pattern: /&(lt|gt|amp|quot|#39|#124|#8203);/y, render: ([, name = ""]) => phrase(characters[name] ?? "") },
  { pattern: /<code>(.*?)<\/code>/y, render: ([, text = ""], rules) => html`<code>${inline(text, rules)}</code>` },
  { pattern: /<b>(.*?)<\/b>/y, render: ([, text = ""], rules) => html`<b>${inline(text, rules)}</b>` },
  // An emoji of ours, with the selector that colours it: alone that would be shown as an invisible character.
  { pattern: /\p{Extended_Pictographic}\ufe0f/uy, render: ([emoji = ""]) => trusted(emoji) },
  { pattern: /<br>/y, render: () => trusted("<br>") },
  { pattern: /<sub>(.*?)<\/sub>/y, render: ([, text = ""], rules) => html`<small>${inline(text, rules)}</small>` },
];

const markdownRules: readonly Rule[] = [
  { pattern: /\\([!-/:-@[-`{-~])/y, render: ([, character = ""]) => phrase(character) },
  { pattern: /(`+) ?(.*?[^`]) ?\1(?!`)/y, render: ([, , text = ""]) => html`<code>${text}</code>` },
  { pattern: /\*\*(.+?)\*\*/y, render: ([, text = ""], rules) => html`<b>${inline(text, rules)}</b>` },
  { pattern: /~~(.+?)~~/y, render: ([, text = ""], rules) => html`<s>${inline(text, rules)}</s>` },
  {
    pattern: /\[((?:\\.|`[^`]*`|[^\]\\])*)\]\(([^)\s]*)\)/y,
    render: ([, label = "", to = ""], rules) => {
      const address = safeAddress(to);
      return address === undefined ? inline(label, rules) : html`<a href="${address}">${inline(label, rules)}</a>`;
    },
  },
  ...htmlRules,
];

function inline(text: string, rules: readonly Rule[] = markdownRules): Html {
  const done: Html[] = [];
  let plain = "";
  for (let at = 0; at < text.length; ) {
    const found = rules.map((rule) => ({ rule, match: matchAt(rule.pattern, text, at) })).find(({ match }) => match !== null);
    if (found?.match) {
      done.push(phrase(plain), found.rule.render(found.match, rules));
      plain = "";
      at += found.match[0].length;
    } else {
      plain += text.charAt(at);
      at += 1;
    }
  }
  return html`${[...done, phrase(plain)]}`;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
