import { parseArgs } from "node:util";

export interface SimulateArguments {
  names: readonly string[];
  quick: boolean;
  docs: boolean;
}

/** @param known names of all simulations; there is one at least */
export function usageOfSimulate(known: readonly string[]): string {
  return `npm run simulate -- ${known[0]}              one of them
npm run simulate -- ${known.join(" ")}
npm run simulate -- ${known[0]} --quick      a part of it, in less than a minute

Whether intervals, gates and drift keep their word, by seeded simulation: tables, and as the last line of each the worst cell.

  --quick   fewer cases
  --docs    writes the tables into docs/statistics.md and docs/drift.md
  --help    this

Exit code: 0 the word is kept, 1 it is broken, 2 the arguments are wrong.
`;
}

/** @returns what is wrong, a sentence; or that help is wanted */
export function parseSimulateArguments(
  args: readonly string[],
  known: readonly string[],
): SimulateArguments | { wrong: string } | "help" {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        quick: { type: "boolean", default: false },
        docs: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return "help";
    const unknown = positionals.find((name) => !known.includes(name));
    if (unknown !== undefined) return { wrong: `There is no simulation "${unknown}": there are ${known.join(", ")}.` };
    if (positionals.length === 0) return { wrong: `Say which simulation: ${known.join(", ")}.` };
    return { names: positionals, quick: values.quick, docs: values.docs };
  } catch (error) {
    // Node's first line names the argument; the rest tells programmers how to pass it.
    if (error instanceof TypeError) return { wrong: error.message.split(/\n|\. To /)[0] ?? "" };
    throw error;
  }
}
