import type { PhrasePart } from "../../src/markdown/phrase.ts";
import type { CommandDefinition } from "./command.ts";
import { accept } from "./outcome.ts";
import { expectWords } from "./words.ts";

/** @param usages of all commands */
export function createHelp(usages: () => readonly string[]): CommandDefinition<"help"> {
  return {
    usage: "/assay help",
    summary: "Lists the commands. Anybody.",
    parse: (words) => expectWords(words, { positional: [] }) ?? { name: "help" },
    print: () => "/assay help",
    decide: () => {
      const list = usages().flatMap((usage, index): PhrasePart[] => [index === 0 ? "" : " · ", { code: usage }]);
      return accept(["The first line of a comment can be: ", ...list, "."]);
    },
  };
}
