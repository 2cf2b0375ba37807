import { z } from "zod";
import { specSchema } from "./schema.ts";

/**
 * The JSON Schema of `assay.yml`, with which editors complete and explain it. Draft 7, which all of them read. It refuses what
 * `parseSpec` refuses for shape; rules between distant keys are beyond it.
 */
export function specJsonSchema(): object {
  return z.toJSONSchema(specSchema, { target: "draft-7", io: "input", reused: "inline" });
}
