import { createHash } from "node:crypto";
import * as z from "zod/mini";
import { UsageError } from "../errors/errors.ts";

/** A file of a model: path relative to its folder, with `/`, and SHA-256 in 64 hex digits. */
export interface SignedFile {
  path: string;
  sha256: string;
}

const maxFiles = 100_000;
const predicateType = "https://model_signing/signature/v1.0";
const statementType = "https://in-toto.io/Statement/v1";
const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));

const statementSchema = z.object({
  _type: z.literal(statementType),
  subject: z.array(z.object({ name: z.string(), digest: z.object({ sha256 }) })).check(z.length(1)),
  predicateType: z.literal(predicateType),
  predicate: z.object({
    serialization: z.object({
      method: z.literal("files"),
      hash_type: z.literal("sha256"),
      ignore_paths: z.optional(z.array(z.string()).check(z.maxLength(1_000))),
    }),
    resources: z
      .array(z.object({ name: z.string().check(z.minLength(1)), algorithm: z.literal("sha256"), digest: sha256 }))
      .check(z.minLength(1), z.maxLength(maxFiles)),
  }),
});

/**
 * What is signed of a model: OpenSSF Model Signing v1.0 in an in-toto Statement v1, with one entry a file.
 * @param name of the model's folder
 * @param ignored paths in the folder that are no part of the model, such as the signature itself
 */
export function writeModelStatement(name: string, files: readonly SignedFile[], ignored: readonly string[]): string {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return JSON.stringify({
    _type: statementType,
    subject: [{ name, digest: { sha256: digestOfAll(sorted.map((file) => file.sha256)) } }],
    predicateType,
    predicate: {
      serialization: { method: "files", hash_type: "sha256", allow_symlinks: false, ignore_paths: ignored },
      resources: sorted.map((file) => ({ algorithm: "sha256", digest: file.sha256, name: file.path })),
    },
  });
}

export interface ModelStatement {
  name: string;
  files: readonly SignedFile[];
  ignored: readonly string[];
}

/** @throws UsageError when the text is no such statement, or does not agree with itself */
export function parseModelStatement(text: string): ModelStatement {
  const parsed = z.safeParse(statementSchema, parseJson(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UsageError(
      `The signature is over no model signed file by file with SHA-256 (${issue?.path.join(".")}: ${issue?.message}).`,
    );
  }
  const { subject, predicate } = parsed.data;
  const files = predicate.resources.map(({ name, digest }) => ({ path: name, sha256: digest }));
  if (subject[0]?.digest.sha256 !== digestOfAll(files.map((file) => file.sha256)))
    throw new UsageError("The signature's digest of all files is not that of the files it lists.");
  if (new Set(files.map(({ path }) => path)).size < files.length)
    throw new UsageError("The signature lists a file more than once.");
  return { name: subject[0].name, files, ignored: predicate.serialization.ignore_paths ?? [] };
}

function digestOfAll(digests: readonly string[]): string {
  const hash = createHash("sha256");
  for (const digest of digests) hash.update(Buffer.from(digest, "hex"));
  return hash.digest("hex");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
