import * as z from "zod/mini";
import { specSchema } from "./schema.ts";

/** The keys that the schema knows in the map at a path; empty where there is no such map. */
export function keysAt(path: readonly PropertyKey[]): readonly string[] {
  let schema: unknown = specSchema;
  for (const part of path) schema = child(unwrapped(schema), part);
  const map = unwrapped(schema);
  return map instanceof z.ZodMiniObject ? Object.keys(map.shape) : [];
}

function child(schema: unknown, part: PropertyKey): unknown {
  if (schema instanceof z.ZodMiniObject) return schema.shape[String(part)];
  if (schema instanceof z.ZodMiniRecord) return schema.def.valueType;
  if (schema instanceof z.ZodMiniArray) return schema.def.element;
  return undefined;
}

function unwrapped(schema: unknown): unknown {
  if (schema instanceof z.ZodMiniOptional) return unwrapped(schema.def.innerType);
  if (schema instanceof z.ZodMiniLazy) return unwrapped(schema._zod.innerType);
  if (schema instanceof z.ZodMiniUnion) return schema.def.options.find((option) => option instanceof z.ZodMiniObject) ?? schema;
  return schema;
}
