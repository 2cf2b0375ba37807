import { visible } from "../../markdown/escape.ts";

const maxLines = 20_000;

/** What `SHA256SUMS` of a release lists, by name; or what is wrong with it. Stricter than sha256sum: the file has one form, as it was signed, and nothing may be read in two ways. */
export function readSums(text: string): { sums: ReadonlyMap<string, string> } | { wrong: string } {
  const lines = text.split("\n");
  if (lines.pop() !== "" || lines.length === 0) return { wrong: "SHA256SUMS is empty, or its last line has no end." };
  if (lines.length > maxLines) return { wrong: `SHA256SUMS has ${lines.length} lines, more than the ${maxLines} that are read.` };
  const sums = new Map<string, string>();
  for (const [index, line] of lines.entries()) {
    const [, sha256, name] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    if (sha256 === undefined || name === undefined)
      return { wrong: `Line ${index + 1} of SHA256SUMS is no checksum and name: ${shown(line)}${whyNot(line)}.` };
    if (/[/\\]/.test(name) || name === "." || name === "..")
      return { wrong: `Line ${index + 1} of SHA256SUMS names ${shown(name)}, which is no file of this folder itself.` };
    if (sums.has(name)) return { wrong: `SHA256SUMS lists ${shown(name)} twice.` };
    sums.set(name, sha256);
  }
  return { sums };
}

/** What of a line does not show; sha256sum itself takes the first two. */
function whyNot(line: string): string {
  if (line.endsWith("\r")) return ", with a line break of Windows (CRLF) where releases have LF: download it again, as it is";
  if (/^[0-9a-fA-F]{64} {2}/.test(line)) return ", in upper case where releases have lower case";
  if (line.startsWith("\ufeff")) return ", with a byte order mark before it, which releases do not have";
  return "";
}

function shown(text: string): string {
  return JSON.stringify(visible(text, 100));
}
