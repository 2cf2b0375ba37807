import type { CommandFacts } from "./facts.ts";
import type { Outcome } from "./outcome.ts";

/** What a person can ask for in a comment, understood. */
export type Command =
  | { name: "help" }
  | { name: "status" }
  | { name: "retrain"; model?: string | undefined; seeds?: number | undefined }
  | { name: "approve"; model: string }
  | { name: "waive"; model: string; gate: string; reason: string; until: string }
  | { name: "allow-fork"; sha: string }
  | { name: "explain"; model: string }
  | { name: "rollback"; model: string; to: string; stage?: string | undefined };

export type CommandName = Command["name"];
export type CommandOf<Name extends CommandName> = Extract<Command, { name: Name }>;

/** The words after the command's name. */
export interface Words {
  positional: readonly string[];
  /** By name, without the dashes. */
  options: ReadonlyMap<string, string>;
}

export interface CommandDefinition<Name extends CommandName> {
  /** As it is typed: `/assay approve <model>`. */
  usage: string;
  /** What it does and who may, in a sentence. */
  summary: string;
  /** @returns what is wrong, a sentence, when the words are not what the usage says */
  parse(words: Words): CommandOf<Name> | string;
  /** The line that parses to the command. */
  print(command: CommandOf<Name>): string;
  /** Pure: what comes of it, from what is known at the moment of execution. */
  decide(command: CommandOf<Name>, facts: CommandFacts): Outcome;
}
