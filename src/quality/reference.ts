import { markdownTable } from "markdown-table";
import { type CheckFacts, checkFacts } from "./check-facts.ts";
import { percent } from "./finding.ts";
import { allowedFunctions } from "./rules/functions.ts";

/** Every check that is made of any table, with its limits, as a Markdown table. */
export function checksReference(): string {
  const rows = Object.entries(checkFacts).map(([name, facts]: [string, CheckFacts]) => [
    `\`${name}\``,
    facts.finds,
    limit(facts, facts.warn),
    facts.errorWhen ?? limit(facts, facts.error),
    facts.unless ?? "",
  ]);
  return markdownTable([["Check", "Finds", "Warning", "Error", "Unless"], ...rows]);
}

/** What an expression may call. */
export function functionsReference(): string {
  const rows = Object.entries(allowedFunctions).map(([about, names]) => [
    about,
    names
      .split(" ")
      .map((name) => `\`${name}\``)
      .join(" "),
  ]);
  return markdownTable([["About", "Functions"], ...rows]);
}

function limit({ measure }: CheckFacts, value: number | undefined): string {
  if (value === undefined) return "–";
  switch (measure) {
    case "columns":
      return "always";
    case "share":
      return value === 0 ? "any row" : `over ${percent(value)} of rows`;
    case "power":
      return `over ${value}`;
    case "factor":
      return `over ${value} times`;
    case "points":
      return `over ${value * 100} points`;
  }
}
