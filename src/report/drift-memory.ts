import * as z from "zod/mini";
import { type Digest, digestOf, shortDigest } from "../evidence/digest.ts";
import { digest } from "../evidence/digest-schema.ts";

/**
 * What an issue about drift remembers of itself, on its second line. Whoever may edit issues may edit it: it decides about telling and
 * about starting a retraining again, and about nothing else.
 */
export interface DriftMemory {
  /** Of the profile that the data was compared with. */
  reference: Digest;
  state: "drifted" | "gone";
  /** Columns that the issue has told of since the drift came, each by `columnId`. */
  told: readonly string[];
  /** Those for which a retraining was started. */
  retrained: readonly string[];
  /** The workflow run whose numbers the issue shows. */
  run: number;
}

/** Past so many columns any further one is as good as told of: `many` stands for all. */
const maxColumns = 500;
const many = "*";

const columns = z.array(z.string().check(z.regex(/^([0-9a-f]{12}|\*)$/))).check(z.maxLength(maxColumns));
const memorySchema = z.strictObject({
  reference: digest,
  state: z.enum(["drifted", "gone"]),
  told: columns,
  retrained: columns,
  run: z.int().check(z.gte(0)),
});

/** A column's name may be anything; this is fit for an HTML comment. */
function columnId(name: string): string {
  return shortDigest(digestOf(name));
}

export function isIn(known: readonly string[], name: string): boolean {
  return known.includes(many) || known.includes(columnId(name));
}

export function withColumns(known: readonly string[], names: readonly string[]): readonly string[] {
  const all = [...new Set([...known, ...names.map(columnId)])].sort();
  return all.length > maxColumns ? [many] : all;
}

export function memoryLine(memory: DriftMemory): string {
  return `<!-- assay:drift-memory ${JSON.stringify(memory)} -->`;
}

/** Undefined where it is gone or altered beyond reading. */
export function readMemory(body: string): DriftMemory | undefined {
  const [, line = ""] = body.split(/\r?\n/, 2);
  const text = /^<!-- assay:drift-memory (\{.{1,20000}\}) -->$/.exec(line.trimEnd())?.[1];
  if (text === undefined) return undefined;
  try {
    return memorySchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
