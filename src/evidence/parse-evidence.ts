import type * as z from "zod/mini";
import { english } from "../errors/english.ts";
import { UsageError } from "../errors/errors.ts";
import { type Evidence, evidenceSchema, evidenceSchemaId } from "./evidence.ts";
import { isDeeperThan } from "./json-depth.ts";
import { duplicateKey } from "./json-duplicates.ts";

/** Largest record that is read, in UTF-8 bytes. */
export const maxEvidenceBytes = 16 * 1024 * 1024;
/** Deepest nesting of arrays and objects; a real record has nine levels. */
const maxEvidenceDepth = 32;

/**
 * A record from outside, which nothing is believed of until it was read here: its size and nesting are limited before it is
 * parsed, and no key that the schema does not know gets through.
 *
 * @param origin where the text comes from, for messages: a path, or `run 17, artifact evidence-fraud`
 * @throws UsageError that says what is wrong with the record, and where
 */
export function parseEvidence(text: string, origin: string): Evidence {
  const bytes = Buffer.byteLength(text);
  if (bytes > maxEvidenceBytes) {
    throw new UsageError(`${origin}: the evidence has ${bytes} bytes, more than the ${maxEvidenceBytes} that Assay reads.`);
  }
  if (isDeeperThan(text, maxEvidenceDepth)) {
    throw new UsageError(
      `${origin}: the evidence nests more than ${maxEvidenceDepth} levels deep, which no evidence of Assay does.`,
    );
  }
  const value = parseJson(text, origin);
  const twice = duplicateKey(text);
  if (twice !== undefined) {
    throw new UsageError(
      `${origin}: the evidence has the key "${printable(twice)}" twice in one object, so that not every reader reads the same.`,
    );
  }
  checkVersion(value, origin);
  const parsed = evidenceSchema.safeParse(value, english);
  if (!parsed.success) {
    const found = parsed.error.issues.slice(0, 5).map(describeIssue).join("; ");
    const more = parsed.error.issues.length > 5 ? `; and ${parsed.error.issues.length - 5} more` : "";
    throw new UsageError(`${origin}: not evidence as ${evidenceSchemaId} has it: ${found}${more}.`);
  }
  return parsed.data;
}

function parseJson(text: string, origin: string): unknown {
  try {
    return JSON.parse(text, (key, value: unknown) => {
      // The schema's open records would pass over this key in silence.
      if (key === "__proto__")
        throw new UsageError(`${origin}: the evidence has a key "__proto__", which no evidence of Assay has.`);
      return value;
    });
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${origin}: the evidence is not JSON: ${printable(reason)}.`);
  }
}

function checkVersion(value: unknown, origin: string): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new UsageError(`${origin}: evidence is a JSON object with "schema": "${evidenceSchemaId}"; this is something else.`);
  }
  const schema = "schema" in value ? value.schema : undefined;
  if (schema === evidenceSchemaId) return;
  if (typeof schema === "string" && /^assay\.evidence\/v\d{1,9}$/.test(schema)) {
    throw new UsageError(
      `${origin}: the evidence is of version ${schema}; this Assay reads ${evidenceSchemaId}. Use the version of Assay that wrote it, or a newer one.`,
    );
  }
  const found = schema === undefined ? "no schema" : `schema ${printable(JSON.stringify(schema))}`;
  throw new UsageError(`${origin}: expected "schema": "${evidenceSchemaId}", found ${found}.`);
}

function describeIssue(issue: z.core.$ZodIssue): string {
  return `${printable(issue.path.join(".")) || "record"}: ${printable(issue.message)}`;
}

/** Short and on one line, whatever an attacker wrote into a key. */
function printable(text: string): string {
  const line = text.replace(/[^\x20-\x7e]+/g, " ");
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
