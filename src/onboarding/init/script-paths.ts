/** A path that a script spells, and the statements that it takes part in. */
export interface SpelledPath {
  /** As written, with its parts joined; `scriptFolder` in front where it counts from the script's own folder. */
  path: string;
  /** The line that spells it, and those that use the name it was given. */
  context: string;
}

/** Stands for the script's own folder: `Path(__file__).parent`. */
export const scriptFolder = "<script>";

const literal = String.raw`[fFrRbBuU]?"[^"\n]{0,300}"|[fFrRbBuU]?'[^'\n]{0,300}'`;
const ownFile = String.raw`(?:pathlib\.)?Path\(__file__\)(?:\.resolve\(\)|\.absolute\(\))?`;
const ownFolder = String.raw`${ownFile}(?:\.parents\[\d\]|(?:\.parent)+)|os\.path\.dirname\((?:os\.path\.(?:abspath|realpath)\()?__file__\)?\)|__dirname|import\.meta\.dirname`;
const operand = String.raw`(?:${ownFolder}|(?:pathlib\.)?Path\((?:${literal}|\w*)\)|${literal}|[A-Za-z_][\w.]*)`;
const joined = String.raw`(?:os\.path\.join|path\.(?:join|resolve)|file\.path|here(?:::here)?)\(([^()\n]{0,400})\)`;
const divided = String.raw`${operand}(?:[ \t]*\/[ \t]*${operand})+`;
/** Longest first: what a longer one takes is not looked at again. */
const expression = new RegExp(`${joined}|${divided}|${ownFolder}|${literal}`, "g");
const assignment = /^[ \t]*(?:const |let |var |export const )?([A-Za-z_]\w*)(?:: *\w+)?[ \t]*(?:=|<-)[ \t]*(?!=)(.{1,500})$/gm;

/**
 * Every path that the text spells: literals, parts that are joined, names that were given to them before. What is put together
 * while the script runs stays unknown.
 */
export function pathsIn(text: string): readonly SpelledPath[] {
  const names = namedPaths(text);
  const lines = text.split("\n");
  const found = new Map<string, string[]>();
  for (const line of lines) {
    for (const { 0: whole } of line.matchAll(expression)) {
      const path = resolveExpression(whole, names);
      if (path === undefined || !isPath(path)) continue;
      const contexts = found.get(path) ?? [];
      contexts.push(line, ...usesOf(nameGivenIn(line), lines));
      found.set(path, contexts);
    }
  }
  return [...found].map(([path, contexts]) => ({ path, context: contexts.join("\n") }));
}

function namedPaths(text: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [, name = "", value = ""] of text.matchAll(assignment)) {
    const path = resolveExpression(value.trim().replace(/;$/, ""), names);
    if (path !== undefined && !names.has(name)) names.set(name, path);
  }
  return names;
}

function nameGivenIn(line: string): string | undefined {
  const [, name] = /^[ \t]*(?:const |let |var |export const )?([A-Za-z_]\w*)[ \t]*(?:=|<-)[ \t]*(?!=)/.exec(line) ?? [];
  return name ?? /add_argument\(\s*["'](?:-\w["'],\s*["'])?--?([\w-]+)/.exec(line)?.[1]?.replaceAll("-", "_");
}

function usesOf(name: string | undefined, lines: readonly string[]): string[] {
  if (name === undefined) return [];
  const use = new RegExp(`(?<![\\w"'])${name}(?![\\w"'])`);
  return lines.filter((line) => use.test(line));
}

/** The whole text as one path; undefined when a part of it is not known. */
function resolveExpression(text: string, names: ReadonlyMap<string, string>): string | undefined {
  const trimmed = text.trim();
  const call = new RegExp(`^(?:${joined})$`).exec(trimmed);
  if (call) return join(splitArguments(call[1] ?? ""), names);
  if (new RegExp(`^(?:${ownFolder})$`).test(trimmed))
    return [scriptFolder, ...Array<string>(levelsUp(trimmed)).fill("..")].join("/");
  if (new RegExp(`^(?:${divided})$`).test(trimmed)) return join(trimmed.match(new RegExp(operand, "g")) ?? [], names);
  const wrapped = /^(?:pathlib\.)?Path\((.*)\)$/.exec(trimmed) ?? /^str\((.*)\)$/.exec(trimmed);
  if (wrapped) return wrapped[1] === "" ? "." : resolveExpression(wrapped[1] ?? "", names);
  return literalText(trimmed, names) ?? names.get(trimmed);
}

/** `.parent` is the script's folder, `.parent.parent` and `.parents[1]` the one above. */
function levelsUp(text: string): number {
  return Number(/\.parents\[(\d)\]/.exec(text)?.[1] ?? Math.max(0, (text.match(/\.parent\b/g) ?? []).length - 1));
}

function splitArguments(text: string): string[] {
  return text.split(",").map((part) => part.trim());
}

function join(parts: readonly string[], names: ReadonlyMap<string, string>): string | undefined {
  const known = parts.map((part) => resolveExpression(part, names));
  return known.every((part) => part !== undefined) ? known.join("/") : undefined;
}

function literalText(text: string, names: ReadonlyMap<string, string>): string | undefined {
  const [, prefix = "", double, single] = /^([fFrRbBuU]?)(?:"([^"\n]*)"|'([^'\n]*)')$/.exec(text) ?? [];
  const content = double ?? single;
  if (content === undefined || !/[fF]/.test(prefix)) return content;
  let open = false;
  const filled = content.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = names.get(name);
    open ||= value === undefined;
    return value ?? whole;
  });
  return open || filled.includes("{") ? undefined : filled;
}

/** A file with an extension, or `file://` of TensorFlow.js. */
function isPath(text: string): boolean {
  return /^(?!\w+:\/\/)[^\s*?<>|"']*(?:<script>)?[^*?<>|"'\n]*\.[A-Za-z][A-Za-z0-9]{0,11}$/.test(text) && text.length <= 300;
}

/** `./data//a.csv` → `data/a.csv`; `..` stays in front. */
export function plainPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.replaceAll("\\", "/").split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else parts.push(part);
  }
  return parts.join("/");
}
