import { z } from "zod";

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
  backend: z.strictObject({ used: z.string().max(50), version: z.string().max(50), why: z.string().max(1_000).optional() }),
  /** A model was written. */
  completed: z.boolean(),
  /** What the module did not keep of its contract, for people. */
  problem: z.string().max(4_000).optional(),
  /** An operation that the backend in use does not have. */
  lacks: z.string().max(200).optional(),
});
export type ModuleResult = z.infer<typeof moduleResultSchema>;
