import * as z from "zod/mini";

/** What the process that runs the user's module is told, as JSON in the file that its argument names. Paths are absolute. */
export const moduleRequestSchema = z.strictObject({
  module: z.string(),
  workingDirectory: z.string(),
  /** Files and folders that the module may read as data. */
  data: z.array(z.string()),
  task: z.enum(["binary", "multiclass", "multilabel", "regression", "scored"]),
  seed: z.int(),
  backend: z.enum(["auto", "tensorflow", "wasm", "cpu"]),
  modelFolder: z.string(),
  outputFolder: z.string(),
  checkpointFolder: z.string(),
  /** Where the result goes. */
  resultFile: z.string(),
});
export type ModuleRequest = z.infer<typeof moduleRequestSchema>;

/** What that process says; the user's code runs in it, so it is parsed like anything from outside. */
export const moduleResultSchema = z.strictObject({
  backend: z.strictObject({
    used: z.string().check(z.maxLength(50)),
    version: z.string().check(z.maxLength(50)),
    why: z.optional(z.string().check(z.maxLength(1_000))),
  }),
  /** A model was written. */
  completed: z.boolean(),
  /** What the module did not keep of its contract, for people. */
  problem: z.optional(z.string().check(z.maxLength(4_000))),
  /** An operation that the backend in use does not have. */
  lacks: z.optional(z.string().check(z.maxLength(200))),
});
export type ModuleResult = z.infer<typeof moduleResultSchema>;
