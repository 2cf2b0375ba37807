import * as z from "zod/mini";
import { sqlText } from "../../data/duckdb.ts";
import { didYouMean } from "../../spec/did-you-mean.ts";
import type { Query } from "../sql-table.ts";
import { isAllowedFunction, similarFunction } from "./functions.ts";
import { problemOfGrowth } from "./growth.ts";

/**
 * What is wrong with an expression that somebody wrote into `assay.yml`; undefined: it computes something of a row's columns and
 * can do nothing else. DuckDB's own parser takes it apart, so that no way of writing it can hide what it does.
 * @param columns of the table; undefined: not known yet
 */
export async function problemOfExpression(
  query: Query,
  expression: string,
  columns: readonly string[] | undefined,
): Promise<string | undefined> {
  // As it will stand in a query, since some things can end a list and stand in no brackets.
  return (
    problemOfSelect(await parse(query, expression), columns) ??
    problemOfSelect(await parse(query, inBrackets(expression)), columns)
  );
}

/** On lines of its own, so that a comment at its end hides nothing. */
export function inBrackets(expression: string): string {
  return `(\n${expression}\n)`;
}

async function parse(query: Query, expression: string): Promise<unknown> {
  const [row] = await query(
    `SELECT json_serialize_sql(${sqlText(`SELECT ${expression}\n`)}, skip_default := true, skip_null := true, skip_empty := true) AS parsed`,
  );
  return JSON.parse(String(row?.parsed));
}

function problemOfSelect(select: unknown, columns: readonly string[] | undefined): string | undefined {
  const parsed = parsedSchema.safeParse(select);
  if (!parsed.success) return notOne;
  if (parsed.data.error) return inOurWords(parsed.data.error_message ?? "");
  return problemOfParsed(parsed.data.statements ?? [], columns);
}

const notOne = "It has to be one expression over the columns of a row, such as amount >= fee, and nothing beside it.";

const parsedSchema = z.looseObject({
  error: z.boolean(),
  error_message: z.optional(z.string()),
  statements: z.optional(z.array(z.looseObject({ node: z.looseObject({}) }))),
});

const onlyExpression = z.strictObject({
  type: z.literal("SELECT_NODE"),
  select_list: z.array(z.looseObject({})).check(z.length(1)),
  from_table: z.strictObject({ type: z.literal("EMPTY") }),
  aggregate_handling: z.optional(z.literal("STANDARD_HANDLING")),
});

function problemOfParsed(statements: readonly { node: unknown }[], columns: readonly string[] | undefined): string | undefined {
  const [statement, ...more] = statements;
  const node = onlyExpression.safeParse(statement?.node);
  if (!node.success || more.length > 0) return notOne;
  const [expression] = node.data.select_list;
  return typeof expression?.alias === "string" ? notOne : (problemBelow(expression, columns) ?? problemOfGrowth(expression));
}

const allowedClasses: ReadonlySet<unknown> = new Set([
  "BETWEEN",
  "CASE",
  "CAST",
  "COLUMN_REF",
  "COMPARISON",
  "CONJUNCTION",
  "CONSTANT",
  "FUNCTION",
  "OPERATOR",
]);

const refusedClasses: Readonly<Record<string, string>> = {
  SUBQUERY: "It may not hold a query of its own: a rule is about the columns of one row.",
  WINDOW: "It may not look at other rows: a rule is about the columns of one row.",
  STAR: "It has to name the columns that it reads.",
  PARAMETER: "It may not have parameters such as $1.",
  LAMBDA: "It may not hold a function of its own.",
};

/** Looks at everything below, whatever key it stands under. */
function problemBelow(value: unknown, columns: readonly string[] | undefined): string | undefined {
  if (Array.isArray(value)) return first(value, (item) => problemBelow(item, columns));
  if (typeof value !== "object" || value === null) return undefined;
  return problemOfNode({ ...value }, columns) ?? first(Object.values(value), (item) => problemBelow(item, columns));
}

function problemOfNode(node: Readonly<Record<string, unknown>>, columns: readonly string[] | undefined): string | undefined {
  if (node.class !== undefined && !allowedClasses.has(node.class)) return refusedClasses[String(node.class)] ?? notOne;
  if (node.from_table !== undefined || node.select_list !== undefined) return refusedClasses.SUBQUERY;
  if (node.function_name !== undefined) return problemOfFunction(node);
  if (node.class === "COLUMN_REF") return problemOfColumn(node.column_names, columns);
  return undefined;
}

function problemOfFunction({ function_name: name, schema, catalog }: Readonly<Record<string, unknown>>): string | undefined {
  const isBuiltIn = (schema === undefined || schema === "main") && (catalog === undefined || catalog === "system");
  if (typeof name === "string" && isBuiltIn && isAllowedFunction(name)) return undefined;
  if (clocks.test(String(name))) return answersOfTheDay(String(name));
  const meant = isBuiltIn ? similarFunction(String(name)) : undefined;
  const fix = meant === undefined ? "docs/data-quality.md lists those that may." : `Did you mean ${meant}?`;
  return `The function ${String(name)} may not be used in a rule. ${fix}`;
}

function problemOfColumn(names: unknown, columns: readonly string[] | undefined): string | undefined {
  const [name, ...more] = Array.isArray(names) ? names : [];
  if (typeof name !== "string" || more.length > 0)
    return `A column is named by its name alone, in "double quotes" if it has blanks or dots.`;
  if (clocks.test(name) && !columns?.includes(name)) return answersOfTheDay(name);
  if (columns === undefined || columns.some((column) => column.toLowerCase() === name.toLowerCase())) return undefined;
  const meant = didYouMean(name, columns);
  return `The table has no column ${JSON.stringify(name)}. ${meant === undefined ? "A text is written in 'single quotes'." : `Did you mean ${meant}?`}`;
}

const clocks =
  /^(now|today|(get_)?current_(date|time|timestamp|local(time|timestamp))|local(time|timestamp)|transaction_timestamp|age)$/i;

function answersOfTheDay(name: string): string {
  return `${name} would give another answer every day. How old rows may be is said by {fresh: {column: date, within: 30d}}.`;
}

function first<T>(items: readonly T[], find: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function inOurWords(message: string): string {
  if (message.startsWith("Only SELECT")) return notOne;
  return `It is no SQL expression: ${message.split("\n")[0]?.replace(/\.?$/, ".")}`;
}
