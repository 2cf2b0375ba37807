import type * as z from "zod/mini";
import { ConfigError } from "../errors/errors.ts";
import { diagnose } from "./diagnose.ts";
import { keysAt } from "./keys.ts";
import { resolveSpec } from "./resolve.ts";
import { isMap, once } from "./rule.ts";
import { brokenRules } from "./rules.ts";
import { modelSchema, specSchema } from "./schema.ts";
import type { Spec } from "./spec.ts";
import { modelName } from "./values.ts";
import { readYaml } from "./yaml-source.ts";

/**
 * Reads `assay.yml`.
 * @param path where the file is in the repository, for messages
 * @throws ConfigError with every mistake of the file at once
 */
export function parseSpec(text: string, path: string): Spec {
  const source = readYaml(text, path);
  const shape = specSchema.safeParse(source.value, once);
  const broken = [...misnamedModels(source.value), ...brokenRules(source)];
  if (shape.success && broken.length === 0) return resolveSpec(shape.data, path, source.position);
  throw new ConfigError(diagnose([...(shape.error?.issues ?? []), ...broken], source, keysAt));
}

/** zod reads nothing below a key that is no name, and passes over one that is called __proto__. */
function misnamedModels(value: unknown): z.core.$ZodIssue[] {
  if (!isMap(value) || !isMap(value.models)) return [];
  return Object.entries(value.models).flatMap(([name, model]) => {
    const named = modelName.safeParse(name, once);
    if (named.success) return [];
    const path = ["models", name];
    const { issues } = named.error;
    const misnamed = { code: "invalid_key", origin: "record", path, issues, message: "" } as const;
    const below = (modelSchema.safeParse(model, once).error?.issues ?? []).map((issue) => ({
      ...issue,
      path: [...path, ...issue.path],
    }));
    return [...(name === "__proto__" ? [misnamed] : []), ...below];
  });
}
