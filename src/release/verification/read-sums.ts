import { visible } from "../../markdown/escape.ts";

const maxLines = 20_000;

/** What `SHA256SUMS` of a release lists, by name; or what is wrong with it. Stricter than sha256sum: nothing may be read in two ways. */
export function readSums(text: string): { sums: ReadonlyMap<string, string> } | { wrong: string } {
  const lines = text.split("\n");
  if (lines.pop() !== "" || lines.length === 0) return { wrong: "SHA256SUMS is empty, or its last line has no end." };
  if (lines.length > maxLines) return { wrong: `SHA256SUMS has ${lines.length} lines, more than the ${maxLines} that are read.` };
  const sums = new Map<string, string>();
  for (const [index, line] of lines.entries()) {
    const [, sha256, name] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    if (sha256 === undefined || name === undefined)
      return { wrong: `Line ${index + 1} of SHA256SUMS is no checksum and name: ${shown(line)}.` };
    if (/[/\\]/.test(name) || name === "." || name === "..")
      return { wrong: `Line ${index + 1} of SHA256SUMS names ${shown(name)}, which is no file of this folder itself.` };
    if (sums.has(name)) return { wrong: `SHA256SUMS lists ${shown(name)} twice.` };
    sums.set(name, sha256);
  }
  return { sums };
}

function shown(text: string): string {
  return JSON.stringify(visible(text, 100));
}
