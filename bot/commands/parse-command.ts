import { visible } from "../../src/markdown/escape.ts";
import { looksLikeBreakGlass } from "../../src/registry/break-glass.ts";
import { didYouMean } from "../../src/spec/did-you-mean.ts";
import type { Command, CommandDefinition, CommandName } from "./command.ts";
import { expectNothingHidden, looksLikeCommand } from "./plain-text.ts";
import { commandNames, commands } from "./registry.ts";
import { sortWords, splitWords } from "./words.ts";

/** What a comment asks for. */
export type ParsedComment =
  /** It is not for us. */
  | { kind: "none" }
  | { kind: "command"; command: Command }
  /** Somebody meant a command; `message` is a sentence and `usage` how it is written, both plain text. */
  | { kind: "malformed"; message: string; usage: string; name?: CommandName };

/** Longest line that can be a command: a gate's name and a reason fit. */
const maxLine = 4_000;

/** The command that the first line of a comment is, if it is one. Never throws. */
export function parseCommand(body: string): ParsedComment {
  const line = firstLine(body);
  if (line === undefined || !looksLikeCommand(line) || looksLikeBreakGlass(line)) return { kind: "none" };
  if (line.length > maxLine) return malformed(`The line has ${line.length} characters; a command has at most ${maxLine}.`);
  const hidden = expectNothingHidden(line);
  if (hidden !== undefined) return malformed(hidden);
  if (!/^ {0,3}\/assay( |$)/.test(line)) return malformed("Commands begin with /assay in small letters and a space.");
  const words = splitWords(line);
  if (typeof words === "string") return malformed(words);
  const [, name, ...rest] = words;
  if (name === undefined) return malformed("It does not say what to do.");
  if (!isCommandName(name.text) || name.quoted) {
    const meant = didYouMean(name.text, commandNames);
    const hint = meant === undefined ? "" : ` Did you mean ${meant}?`;
    return malformed(`There is no command ${JSON.stringify(visible(name.text, 60))}.${hint}`);
  }
  return parseWords(name.text, rest);
}

function parseWords(name: CommandName, rest: Parameters<typeof sortWords>[0]): ParsedComment {
  const { parse, usage } = commands[name] as CommandDefinition<CommandName>;
  const words = sortWords(rest);
  const command = typeof words === "string" ? words : parse(words);
  return typeof command === "string" ? { kind: "malformed", message: command, usage, name } : { kind: "command", command };
}

/** The line that parses to the command. */
export function printCommand(command: Command): string {
  return (commands[command.name] as CommandDefinition<CommandName>).print(command);
}

/** Lines end as in Markdown; blank ones have nothing in them but spaces and tabs. */
function firstLine(body: string): string | undefined {
  for (const [line] of body.slice(0, 70_000).matchAll(/[^\r\n]+/g)) if (!/^[ \t]*$/.test(line)) return withoutBlankEnd(line);
  return undefined;
}

/** In one pass: as a regular expression it would try anew at each blank of a line that has thousands and ends otherwise. */
function withoutBlankEnd(line: string): string {
  let end = line.length;
  while (line[end - 1] === " " || line[end - 1] === "\t") end -= 1;
  return line.slice(0, end);
}

function isCommandName(text: string): text is CommandName {
  return commandNames.some((name) => name === text);
}

function malformed(message: string): ParsedComment {
  return { kind: "malformed", message, usage: commandNames.map((name) => commands[name].usage).join(" · ") };
}
