import { markdownTable } from "markdown-table";
import * as z from "zod/mini";
import { specJsonSchema } from "./json-schema.ts";

/** The part of a JSON Schema that the reference reads. */
const nodeSchema = z.looseObject({
  description: z.optional(z.string()),
  default: z.optional(z.unknown()),
  type: z.optional(z.string()),
  const: z.optional(z.unknown()),
  enum: z.optional(z.array(z.unknown())),
  minimum: z.optional(z.number()),
  maximum: z.optional(z.number()),
  required: z._default(z.array(z.string()), []),
  properties: z._default(z.record(z.string(), z.unknown()), {}),
  additionalProperties: z.optional(z.unknown()),
  items: z.optional(z.unknown()),
  anyOf: z._default(z.array(z.unknown()), []),
});
type Node = z.output<typeof nodeSchema>;

/** Every accepted key of `assay.yml` as a Markdown table, from the JSON Schema. */
export function specReference(): string {
  const rows = rowsBelow(nodeSchema.parse(specJsonSchema()), "");
  return markdownTable([["Key", "Value", "Default", "What it does"], ...rows]);
}

function rowsBelow(node: Node, prefix: string): string[][] {
  return Object.entries(node.properties).flatMap(([name, child]) => {
    const key = prefix + name;
    const value = nodeSchema.parse(child);
    const fallback = node.required.includes(name) ? "required" : value.default === undefined ? "" : code(value.default);
    return [[code(key), kindOf(value), fallback, (value.description ?? "").replaceAll("|", "\\|")], ...rowsInside(value, key)];
  });
}

function rowsInside(node: Node, key: string): string[][] {
  if (Object.keys(node.properties).length > 0) return rowsBelow(node, `${key}.`);
  const item = nodeSchema.safeParse(node.items ?? (node.type === "object" ? node.additionalProperties : undefined));
  if (!item.success || Object.keys(item.data.properties).length === 0) return [];
  return rowsBelow(item.data, node.items === undefined ? `${key}.<name>.` : `${key}[].`);
}

function kindOf(node: Node): string {
  if (node.const !== undefined) return code(node.const);
  if (node.enum) return node.enum.length > 6 ? "a name" : node.enum.map(code).join(", ");
  if (node.anyOf.length > 0) return [...new Set(node.anyOf.map((option) => kindOf(nodeSchema.parse(option))))].join(" or ");
  if (node.type === "array") return `list of ${plural(nodeSchema.parse(node.items ?? {}))}`;
  if (node.type === "object") return "map";
  if (node.type === "integer" || node.type === "number") return range(node);
  return node.type === "boolean" ? "true or false" : "text";
}

function plural(item: Node): string {
  const kind = kindOf(item);
  if (kind === "map") return "maps";
  if (item.type === "integer") return "whole numbers";
  return item.enum && item.enum.length > 6 ? "names" : kind;
}

function range({ type, minimum, maximum }: Node): string {
  const word = type === "integer" ? "whole number" : "number";
  const bounded = maximum !== undefined && Math.abs(maximum) < Number.MAX_SAFE_INTEGER;
  if (minimum === undefined || Math.abs(minimum) >= Number.MAX_SAFE_INTEGER) return word;
  return bounded ? `${word}, ${minimum} to ${maximum}` : `${word}, ${minimum} or more`;
}

function code(value: unknown): string {
  return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}
