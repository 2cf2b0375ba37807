import { parseArgs } from "node:util";
import { UsageError } from "../src/errors/errors.ts";
import { shaSchema } from "../src/github/ids.ts";

export const help = `npm run bot                                                     start the app
npm run bot -- --setup --url https://assay.example.com          register it on GitHub, for your own account
npm run bot -- --setup --url https://assay.example.com --organization team
npm run bot -- --retry-dead                                     put dead letters back into the queue
npm run bot -- --accept-ledger 6f1c…                            go on with a ledger that lost that commit

Options:
  --setup                  a page on localhost that registers the app
  --url ADDRESS            where GitHub will reach the app
  --organization NAME      owner of the app
  --retry-dead             with an embedded store: while the app is stopped
  --accept-ledger SHA      the commit that the report names; with an embedded store: while the app is stopped
  --help

Its variables are in docs/app.md. With SIGTERM it answers what it was asked, hands back its work and ends; a second one ends it at once.
`;

export type Task =
  | { task: "help" | "run" | "retry-dead" }
  | { task: "accept-ledger"; lostTip: string }
  | { task: "setup"; publicUrl: string; organization: string | undefined };

/** @throws UsageError */
export function readArguments(args: readonly string[]): Task {
  const { setup, url, organization, help: isHelp, "retry-dead": retryDead, "accept-ledger": lostTip } = parse(args);
  if (isHelp) return { task: "help" };
  const [first, second] = Object.entries({ setup, "retry-dead": retryDead, "accept-ledger": lostTip }).flatMap(([name, given]) =>
    given === undefined ? [] : [`--${name}`],
  );
  if (second !== undefined) throw new UsageError(`${first} and ${second} are two tasks. Leave one out.`);
  if (!setup && (url ?? organization) !== undefined)
    throw new UsageError(`--${url === undefined ? "organization" : "url"} belongs to --setup. Add that, or leave it out.`);
  if (retryDead) return { task: "retry-dead" };
  if (lostTip !== undefined) {
    if (!shaSchema.safeParse(lostTip).success)
      throw new UsageError(
        `--accept-ledger is ${lostTip}. It has to be the whole commit id that the report says the ledger lost.`,
      );
    return { task: "accept-ledger", lostTip };
  }
  if (!setup) return { task: "run" };
  const parsed = url === undefined ? null : URL.parse(url);
  if (parsed === null || !["http:", "https:"].includes(parsed.protocol))
    throw new UsageError(
      `--url ${url === undefined ? "is missing" : `is ${url}`}. It has to say where GitHub will reach the app: npm run bot -- --setup --url https://assay.example.com`,
    );
  if (organization !== undefined && !/^[\w-]{1,100}$/.test(organization))
    throw new UsageError(`--organization is ${organization}. It has to be the organization's name, as in its address on GitHub.`);
  return { task: "setup", publicUrl: parsed.href.replace(/\/+$/, ""), organization };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        setup: { type: "boolean" },
        url: { type: "string" },
        organization: { type: "string" },
        "retry-dead": { type: "boolean" },
        "accept-ledger": { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(`${error.message.split(". ")[0]}. What there is: npm run bot -- --help`, { cause: error });
  }
}
