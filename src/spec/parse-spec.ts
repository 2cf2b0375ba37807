import { ConfigError } from "../errors/errors.ts";
import { diagnose } from "./diagnose.ts";
import { keysAt } from "./keys.ts";
import { resolveSpec } from "./resolve.ts";
import { once } from "./rule.ts";
import { brokenRules } from "./rules.ts";
import { specSchema } from "./schema.ts";
import type { Spec } from "./spec.ts";
import { readYaml } from "./yaml-source.ts";

/**
 * Reads `assay.yml`.
 * @param path where the file is in the repository, for messages
 * @throws ConfigError with every mistake of the file at once
 */
export function parseSpec(text: string, path: string): Spec {
  const source = readYaml(text, path);
  const shape = specSchema.safeParse(source.value, once);
  const broken = brokenRules(source);
  if (shape.success && broken.length === 0) return resolveSpec(shape.data, path, source.position);
  throw new ConfigError(diagnose([...(shape.error?.issues ?? []), ...broken], source, keysAt));
}
