import { allowFork } from "./allow-fork.ts";
import { approve } from "./approve.ts";
import type { Command, CommandDefinition, CommandName } from "./command.ts";
import { explain } from "./explain.ts";
import type { CommandFacts } from "./facts.ts";
import { needsUnedited } from "./guards.ts";
import { createHelp } from "./help.ts";
import type { Outcome } from "./outcome.ts";
import { retrain } from "./retrain.ts";
import { rollback } from "./rollback.ts";
import { status } from "./status.ts";
import { waive } from "./waive.ts";

/** All that can be asked for. */
export const commands: { readonly [Name in CommandName]: CommandDefinition<Name> } = {
  help: createHelp(() => Object.values(commands).map(({ usage }) => usage)),
  status,
  retrain,
  approve,
  waive,
  "allow-fork": allowFork,
  explain,
  rollback,
};

export const commandNames = Object.keys(commands) as readonly CommandName[];

/** What comes of a command. Pure. */
export function decideCommand(command: Command, facts: CommandFacts): Outcome {
  return needsUnedited(facts) ?? (commands[command.name] as CommandDefinition<CommandName>).decide(command, facts);
}
