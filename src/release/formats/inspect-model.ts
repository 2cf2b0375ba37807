import { posix } from "node:path";
import { type ByteSource, MalformedFile } from "../../files/byte-cursor.ts";
import { externalDataLocations } from "../../scoring/scorers/onnx/external-data.ts";
import { checkGguf } from "./gguf.ts";
import { readJsonModel } from "./json-model.ts";
import { type Format, formatByBytes, formatByName } from "./known-formats.ts";
import { isPickle } from "./pickle.ts";
import { checkSafetensors, safetensorsHeaderBytes } from "./safetensors.ts";
import { checkText } from "./text.ts";
import { ubjsonKeys } from "./ubjson.ts";

/** A model's files by their paths in its folder, with `/`; nothing of them is run or loaded. */
export interface ModelFolder {
  files: readonly { path: string; bytes: number }[];
  /** At most `maxBytes` from an offset on; fewer only at the file's end. */
  read(path: string, from: number, maxBytes: number): Promise<Uint8Array>;
}

export interface InspectedFile {
  path: string;
  format: Format;
  /** What is wrong with it as what it claims to be; follows the path and a colon. */
  problem?: string;
}

/** By path, the format of the model whose weights lie there: they say nothing of themselves. */
type Claims = Map<string, "onnx" | "tfjs">;

const headBytes = 128;
const textExtensions = new Set([".txt", ".md", ".csv", ".tsv", ".jsonl", ""]);
/** What a beginning of two or three bytes says is chance in weights. */
const saidByFewBytes = new Set<Format | undefined>(["code", "compressed"]);

/** What each file of a model is, by its bytes and, where they say nothing, by its name. */
export async function inspectModel(folder: ModelFolder): Promise<readonly InspectedFile[]> {
  const claims: Claims = new Map();
  const paths = new Set(folder.files.map(({ path }) => path));
  const found = new Map<string, InspectedFile>();
  // Those that name files of weights come first.
  const sorted = folder.files.toSorted((a, b) => Number(namesWeights(b.path)) - Number(namesWeights(a.path)));
  for (const { path, bytes } of sorted) {
    const source: ByteSource = { bytes, read: (from, maxBytes) => folder.read(path, from, maxBytes) };
    found.set(path, await inspectFile(path, source, paths, claims));
  }
  return folder.files.flatMap(({ path }) => found.get(path) ?? []);
}

function namesWeights(path: string): boolean {
  return /\.(onnx|json)$/i.test(path);
}

async function inspectFile(path: string, source: ByteSource, paths: ReadonlySet<string>, claims: Claims): Promise<InspectedFile> {
  const head = await source.read(0, Math.min(headBytes, source.bytes));
  const [last] = source.bytes > 0 ? await source.read(source.bytes - 1, 1) : [];
  const named = formatByName(path);
  const bytesSay = formatByBytes(head, last);
  const claim = claims.get(path);
  // A file that is read as something else is looked at as that, whoever says that it holds weights.
  if (claim && !/\.(json|onnx|safetensors|gguf|ubj)$/i.test(path))
    return { path, format: named ?? (saidByFewBytes.has(bytesSay) ? claim : (bytesSay ?? claim)) };
  const refused = bytesSay ?? named;
  if (refused) return { path, format: refused };
  const format = likelyFormat(path, head, source.bytes);
  try {
    return { path, format: await checkFile(path, format, source, paths, claims) };
  } catch (error) {
    if (error instanceof MalformedFile) return { path, format: format === "json" ? "text" : format, problem: error.message };
    throw error;
  }
}

/** What it is if it is anything that is known. */
function likelyFormat(path: string, head: Uint8Array, bytes: number): Format | "json" {
  const text = Buffer.from(head).toString("latin1");
  const extension = posix.extname(path).toLowerCase();
  if (text.startsWith("GGUF") || extension === ".gguf") return "gguf";
  if (extension === ".safetensors" || (safetensorsHeaderBytes(head) ?? Number.POSITIVE_INFINITY) < bytes) return "safetensors";
  if (extension === ".onnx") return "onnx";
  if (/^tree\r?\nversion=v\d+\r?\n/.test(text)) return "lightgbm";
  if (/^\{[iUIlL]/.test(text) || extension === ".ubj") return "xgboost";
  if (/^\s*\{/.test(text) || extension === ".json") return "json";
  return textExtensions.has(extension) ? "text" : "unknown";
}

/** @throws MalformedFile when it is not what it seems to be */
async function checkFile(
  path: string,
  format: Format | "json",
  source: ByteSource,
  paths: ReadonlySet<string>,
  claims: Claims,
): Promise<Format> {
  if (source.bytes === 0 && format !== "text") throw new MalformedFile("it is empty");
  if (format === "safetensors") await checkSafetensors(source);
  else if (format === "gguf") await checkGguf(source);
  else if (format === "onnx") claim("onnx", path, await externalDataLocations(source), paths, claims);
  else if (format === "xgboost") await checkXgboost(source);
  else if (format === "text" && (await isPickle(source))) return "pickle";
  else if (format === "lightgbm" || format === "text") await checkText(source);
  else if (format === "json") {
    const model = await readJsonModel(source);
    if (model.format === "tfjs") claim("tfjs", path, model.shards, paths, claims);
    return model.format;
  }
  return format;
}

async function checkXgboost(source: ByteSource): Promise<void> {
  const keys = await ubjsonKeys(source);
  if (!keys.includes("learner") || !keys.includes("version"))
    throw new MalformedFile("it is UBJSON without learner and version, which XGBoost's models have");
}

function claim(format: "onnx" | "tfjs", path: string, weights: readonly string[], paths: ReadonlySet<string>, claims: Claims) {
  for (const place of weights) {
    const inFolder = posix.normalize(posix.join(posix.dirname(path), place.replaceAll("\\", "/")));
    if (posix.isAbsolute(place) || /^[a-z]:/i.test(place) || !paths.has(inFolder) || inFolder === path)
      throw new MalformedFile(
        `it keeps weights in ${JSON.stringify(place.slice(0, 200))}, which is no other file of the model's folder`,
      );
    claims.set(inFolder, format);
  }
}
