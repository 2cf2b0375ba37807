import { z } from "zod";
import { specSchema } from "./schema.ts";

/** The keys that the schema knows in the map at a path; empty where there is no such map. */
export function keysAt(path: readonly PropertyKey[]): readonly string[] {
  let schema: unknown = specSchema;
  for (const part of path) schema = child(unwrapped(schema), part);
  const map = unwrapped(schema);
  return map instanceof z.ZodObject ? Object.keys(map.shape) : [];
}

function child(schema: unknown, part: PropertyKey): unknown {
  if (schema instanceof z.ZodObject) return schema.shape[String(part)];
  if (schema instanceof z.ZodRecord) return schema.valueType;
  if (schema instanceof z.ZodArray) return schema.element;
  return undefined;
}

function unwrapped(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodLazy) return unwrapped(schema.unwrap());
  if (schema instanceof z.ZodUnion) return schema.options.find((option) => option instanceof z.ZodObject) ?? schema;
  return schema;
}
