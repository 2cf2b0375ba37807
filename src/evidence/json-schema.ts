import * as z from "zod/mini";
import { evidenceSchema, evidenceSchemaId } from "./evidence.ts";

/** JSON Schema (draft 2020-12) of `evidence.json`, for readers that are not ours. */
export function evidenceJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(evidenceSchema, { io: "input" });
  return { $schema, title: `Assay evidence (${evidenceSchemaId})`, ...schema };
}
