import * as z from "zod/mini";
import { isDeeperThan } from "../../evidence/json-depth.ts";
import { type ByteSource, decodeUtf8, MalformedFile } from "../../files/byte-cursor.ts";

const maxBytes = 256 * 1024 * 1024;
const maxDepth = 200;

const manifestSchema = z.object({
  weightsManifest: z
    .array(z.object({ paths: z.array(z.string().check(z.maxLength(4_096))).check(z.maxLength(10_000)) }))
    .check(z.maxLength(10_000)),
});

/** What a file of JSON is. `shards` of a TF.js model: the paths of its weights, relative to it. */
export type JsonModel = { format: "xgboost" | "catboost" | "text" } | { format: "tfjs"; shards: readonly string[] };

/** @throws MalformedFile when it is no JSON, is too large to be looked at, or names code to be run by who loads it */
export async function readJsonModel(source: ByteSource): Promise<JsonModel> {
  if (source.bytes > maxBytes)
    throw new MalformedFile(`it is JSON of ${source.bytes} bytes, and at most ${maxBytes} are looked at`);
  const text = decodeUtf8(await source.read(0, source.bytes));
  if (isDeeperThan(text, maxDepth)) throw new MalformedFile(`it nests deeper than ${maxDepth}`);
  const value = parse(text);
  const keys = new Set(typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value) : []);
  if (keys.has("weightsManifest")) {
    const manifest = manifestSchema.safeParse(value);
    if (!manifest.success) throw new MalformedFile("its weightsManifest is not as TF.js has it");
    return { format: "tfjs", shards: manifest.data.weightsManifest.flatMap(({ paths }) => paths) };
  }
  if (keys.has("learner") && keys.has("version")) return { format: "xgboost" };
  if (keys.has("features_info") && (keys.has("oblivious_trees") || keys.has("trees"))) return { format: "catboost" };
  return { format: "text" };
}

function parse(text: string): unknown {
  // A model of millions of numbers is not walked through twice without need; any character of a key can be written as \\u….
  if (!/Lambda|auto_map|\\u/.test(text)) return parseJson(text);
  return parseJson(text, (key, value) => {
    // Keras keeps a Lambda layer's bytecode in JSON; `auto_map` has transformers fetch Python and run it.
    if (key === "class_name" && value === "Lambda") throw new MalformedFile("it has a Lambda layer, which is code");
    if (key === "auto_map") throw new MalformedFile("its auto_map names code that who loads the model is to run");
    return value;
  });
}

function parseJson(text: string, reviver?: (key: string, value: unknown) => unknown): unknown {
  try {
    return JSON.parse(text, reviver);
  } catch (error) {
    if (error instanceof MalformedFile) throw error;
    throw new MalformedFile("it is not JSON");
  }
}
