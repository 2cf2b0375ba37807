import { stripVTControlCharacters } from "node:util";

/**
 * A comment of ours for a terminal: the Markdown that our comments are made of, as lines of text. What is folded there, and the small
 * print, is left to the page.
 */
export function commentText(markdown: string, width: number): string {
  const lines = withoutFolded(stripVTControlCharacters(markdown).replaceAll("\u200b", "").split("\n"));
  const blocks: string[] = [];
  for (let at = 0; at < lines.length; ) {
    const [block, used] = readBlock(lines.slice(at), width);
    if (block !== "") blocks.push(block);
    at += used;
  }
  return blocks.join("\n");
}

/** With what stands in `<details open>`; without marks that nobody sees. */
function withoutFolded(lines: readonly string[]): string[] {
  const folded: boolean[] = [];
  return lines.flatMap((line) => {
    const opening = /^<details( open)?><summary>(.*)<\/summary>$/.exec(line);
    if (opening) folded.push(opening[1] === undefined);
    const isHidden = folded.includes(true) || /^<!--.*-->$/.test(line) || /^<sub>.*<\/sub>$/.test(line);
    if (line === "</details>") folded.pop();
    if (isHidden || line === "</details>") return [];
    return [opening ? `${opening[2]}:` : line];
  });
}

/** @returns the block, and of how many lines it is */
function readBlock(lines: readonly string[], width: number): [string, number] {
  const [line = ""] = lines;
  const heading = /^#{2,4} (.*)$/.exec(line);
  if (heading) return [`\n${wrap(inline(heading[1] ?? ""), width)}`, 1];
  const fence = /^(`{3,})\w*$/.exec(line)?.[1];
  if (fence !== undefined) {
    const end = lines.indexOf(fence, 1);
    const content = end < 0 ? lines.slice(1) : lines.slice(1, end);
    return [content.map((text) => `    ${text}`).join("\n"), content.length + 2];
  }
  if (line.startsWith("| ") && /^\|[ :|-]+\|$/.test(lines[1] ?? "")) return readTable(lines, width);
  const alert = /^> \[!([A-Z]+)\]$/.exec(line)?.[1];
  if (alert !== undefined) return [`${alert}:`, 1];
  const text = line.replace(/^> ?/, "");
  const marker = /^(- |\d+\. )/.exec(text)?.[0] ?? "";
  const indent = " ".repeat(marker.length + (text === line ? 0 : 2));
  return [wrap(`${indent.slice(marker.length)}${marker}${inline(text.slice(marker.length))}`, width, indent), 1];
}

/** A row each: a terminal is seldom as wide as the table. */
function readTable(lines: readonly string[], width: number): [string, number] {
  const end = lines.findIndex((line) => !line.startsWith("|"));
  const used = end < 0 ? lines.length : end;
  const [heads = [], , ...rows] = lines.slice(0, used).map(cellsOf);
  const texts = rows.map(([name = "", ...cells]) => {
    const named = cells.flatMap((cell, index) => (cell === "" ? [] : [`${heads[index + 1]}: ${cell}`]));
    return [wrap(`  ${name}`, width, "  "), ...named.map((cell) => wrap(`    ${cell}`, width, "      "))].join("\n");
  });
  return [texts.join("\n"), used];
}

/** Our cells never contain a pipe. */
function cellsOf(line: string): string[] {
  return line
    .replace(/^\||\|$/g, "")
    .split("|")
    .map((cell) => inline(cell.trim()));
}

const characters: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  "#39": "'",
  "#124": "|",
  "#8203": "",
};

function inline(text: string): string {
  return text
    .replaceAll("<br>", "; ")
    .replaceAll(/<\/?(?:b|sub|code)>/g, "")
    .replaceAll(/\*\*(.+?)\*\*/g, "$1")
    .replaceAll(/(`+) ?(.*?[^`]) ?\1(?!`)/g, "$2")
    .replaceAll(/\[((?:\\.|[^\]\\])*)\]\(([^)\s]*)\)/g, "$1 ($2)")
    .replaceAll(/\\([!-/:-@[-`{-~])/g, "$1")
    .replaceAll(/&(lt|gt|amp|quot|#39|#124|#8203);/g, (_, name: string) => characters[name] ?? "");
}

function wrap(text: string, width: number, indent = ""): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/(?<=\S) /)) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = `${indent}${word}`;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join("\n");
}
