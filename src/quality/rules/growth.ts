/** As DuckDB's parser has it. */
type Node = Readonly<Record<string, unknown>>;

/** A text of a row may become so many times as long as what stands in the row. */
const mostGrowth = 100;

/** What is read of a text, and nothing that can be longer than it; bytes become eight times as long as bits. */
const allowedTypes: ReadonlySet<unknown> = new Set([
  ...[
    "BOOLEAN",
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "HUGEINT",
    "UTINYINT",
    "USMALLINT",
    "UINTEGER",
    "UBIGINT",
    "UHUGEINT",
  ],
  ...["FLOAT", "DOUBLE", "DECIMAL", "VARCHAR", "UUID", "DATE", "TIME", "TIME WITH TIME ZONE", "INTERVAL", "TIMESTAMP"],
  ...["TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "TIMESTAMP WITH TIME ZONE"],
]);

/** What would make a large value of a small one, which no limit of time or memory holds up in a single row; undefined: nothing. */
export function problemOfGrowth(expression: unknown): string | undefined {
  try {
    growthOf(expression, false);
    return undefined;
  } catch (error) {
    if (error instanceof Grown) return error.message;
    throw error;
  }
}

class Grown extends Error {}

/** How many times as long as the row's longest value a text below may be. */
function growthOf(value: unknown, isInList: boolean): number {
  if (Array.isArray(value)) return Math.max(1, ...value.map((item) => growthOf(item, isInList)));
  if (typeof value !== "object" || value === null) return 1;
  const node: Node = { ...value };
  if (node.class === "CAST") checkCast(node.cast_type);
  const isList = node.function_name === "list_value";
  if (isList && isInList) throw new Grown("A list may not be made of another one: name its values.");
  const growth = node.class === "FUNCTION" ? growthOfFunction(node, isInList || isList) : growthOf(Object.values(node), isInList);
  if (growth > mostGrowth)
    throw new Grown(
      `It makes texts that are more than ${mostGrowth} times as long as those of the row. Compare them as they are.`,
    );
  return growth;
}

function growthOfFunction({ function_name: name, children }: Node, isInList: boolean): number {
  const given: readonly unknown[] = Array.isArray(children) ? children : [];
  const growths = given.map((child) => growthOf(child, isInList));
  const [first = 1] = growths;
  const sum = growths.reduce((total, growth) => total + growth, 0);
  switch (String(name).toLowerCase()) {
    case "concat":
    case "||":
    case "list_value":
      return Math.max(1, sum);
    case "concat_ws":
      return sum + first * given.length;
    case "replace":
    case "regexp_replace":
      return first * replacementGrowth(String(name), given[2]);
    default:
      return Math.max(1, ...growths);
  }
}

/** Every letter may be replaced, and once more what is between them. */
function replacementGrowth(name: string, replacement: unknown): number {
  const { class: is, value }: Node = { ...(replacement as object | undefined) };
  // What is empty is left out.
  const text: unknown = is === "CONSTANT" ? ((value as Node | undefined)?.value ?? "") : undefined;
  if (typeof text !== "string") throw new Grown(`${name} may put in nothing but a text in 'single quotes'.`);
  return Math.max(1, text.length + (name.toLowerCase() === "replace" ? 0 : 1));
}

function checkCast(type: unknown): void {
  const { id }: Node = { ...(type as object | undefined) };
  if (allowedTypes.has(id)) return;
  throw new Grown("It may not read values as such a type: name a number's, a time's, BOOLEAN, UUID or VARCHAR.");
}
