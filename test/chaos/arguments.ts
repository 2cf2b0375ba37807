import { parseArgs } from "node:util";
import { type Weakening, weakenings } from "./weaken.ts";

export interface ChaosArguments {
  schedules: number;
  /** Of the first schedule; the others follow. */
  seed: number;
  weaken: Weakening | undefined;
}

export const usage = `npm run chaos                                      500 schedules
npm run chaos -- --schedules 10000 --seed 1000     many, and others
npm run chaos -- --schedules 1 --seed 517          one again that failed, with all that it asked of GitHub
npm run chaos -- --schedules 10 --weaken clicks    without a part of the app: has to fail
npm run chaos -- promotion                         releases: see npm run chaos -- promotion --help

Plays seeded schedules of what people do while processes are killed, deliveries lost, repeated and mixed up, and requests fail; then
says what is lost, there twice or wrong, in lines and in the last one as counts. Besides, the app's process is killed for real, on
PGlite and on PostgreSQL, by one in 250 schedules each.

  --schedules <number>   how many, from 1 to 1000000; default 500
  --seed <number>        of the first one, from 0 to 999999999; default 1
  --weaken <part>        ${weakenings.join(" | ")}
  --help                 this

Exit code: 0 nothing was found, 1 something was, 2 the arguments are wrong.
`;

/** @returns what is wrong, a sentence; or that help is wanted */
export function parseChaosArguments(args: readonly string[]): ChaosArguments | { wrong: string } | "help" {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        schedules: { type: "string", default: "500" },
        seed: { type: "string", default: "1" },
        weaken: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return "help";
    const weaken = weakenings.find((known) => known === values.weaken);
    if (values.weaken !== undefined && weaken === undefined)
      return { wrong: `--weaken is "${values.weaken}": it is one of ${weakenings.join(", ")}.` };
    const schedules = wholeNumber(values.schedules, 1, 1_000_000);
    if (schedules === undefined)
      return { wrong: `--schedules is "${values.schedules}": it is a whole number from 1 to 1000000.` };
    const seed = wholeNumber(values.seed, 0, 999_999_999);
    if (seed === undefined) return { wrong: `--seed is "${values.seed}": it is a whole number from 0 to 999999999.` };
    return { schedules, seed, weaken };
  } catch (error) {
    // Node's first line names the argument; the rest tells programmers how to pass it.
    if (error instanceof TypeError) return { wrong: error.message.split(/\n|\. To /)[0] ?? "" };
    throw error;
  }
}

function wholeNumber(text: string, least: number, most: number): number | undefined {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  return number >= least && number <= most ? number : undefined;
}
