import { UsageError } from "../../errors/errors.ts";

/** DuckDB's own words, which stand below ours. */
export function wordsOfDuckDb(error: unknown): string {
  const own = error instanceof UsageError && error.cause instanceof Error ? error.cause : error;
  return own instanceof Error ? (own.message.split("\n")[0] ?? "") : "";
}

/** What the rows of a table can bring about; of all other errors of a query they are innocent. */
const ofRows = /^(?:Conversion|Invalid Input|Out of Range|Mismatch Type|Binder|Catalog|Parser) Error: /;

/**
 * Why a rule could not be computed, which says nothing about the data: it takes too long, or more memory or disk than there is.
 * @throws what is something else
 */
export function whyNotComputed(error: unknown): string {
  const message = wordsOfDuckDb(error);
  if (!(error instanceof UsageError) || ofRows.test(message)) throw error;
  if (message.startsWith("INTERRUPT")) return "it takes too long; it was stopped";
  if (message.startsWith("Out of Memory Error")) return "it takes more memory than there is";
  const kind = /^(\w+(?: \w+)*) Error: /.exec(message)?.[1]?.toLowerCase();
  return `it cannot be computed here${kind === undefined ? "" : ` (${kind} error)`}`;
}
