import { join, posix } from "node:path";
import type { InferenceSession } from "onnxruntime-node";
import { quoted } from "../../../data/table-request.ts";
import { UsageError, UserCommandError } from "../../../errors/errors.ts";
import { MalformedFile } from "../../../files/byte-cursor.ts";
import type { Files } from "../../../files/files.ts";
import { loadNative } from "../../../natives/load-native.ts";
import { externalDataLocations } from "./external-data.ts";

export type OnnxRuntime = typeof import("onnxruntime-node");

/** ONNX files are protobuf, which cannot be larger; larger weights lie in files of their own, to which it also applies here. */
const maxModelBytes = 2 * 1024 * 1024 * 1024;

/** @throws UsageError when ONNX Runtime cannot be loaded here */
export async function loadOnnxRuntime(
  load: () => Promise<OnnxRuntime> = () => loadNative("onnxruntime-node"),
): Promise<OnnxRuntime> {
  return load().catch((error: unknown) => {
    throw new UsageError(
      `Scoring an ONNX model needs onnxruntime-node, which could not be loaded for ${process.platform}-${process.arch} with ` +
        `Node ${process.versions.node}. Install it (npm install onnxruntime-node), or score with a predict command.`,
      { cause: error },
    );
  });
}

/**
 * Loads the ONNX file that the spec names from the run's `model/` folder, on the CPU, with one thread: how work is split
 * over threads may change the last digits.
 * @throws UserCommandError when it is not there, is no ONNX model, or names files outside of the folder
 */
export async function loadModel(
  runtime: OnnxRuntime,
  { modelFolder, path, files }: { modelFolder: string; path: string; files: Files },
): Promise<InferenceSession> {
  const present = (await files.stat(modelFolder)) ? await files.list(modelFolder) : [];
  const wanted = posix.normalize(path);
  const name = [wanted, posix.basename(wanted)].find((candidate) => present.includes(candidate));
  if (name === undefined)
    throw new UserCommandError(
      `${path} is not among the files of the trained model${present.length > 0 ? `: ${quoted(present, 10)}` : ", which has none"}. ` +
        "Let train.outputs.model and evaluate.predict.onnx name the file that training writes.",
    );
  const file = join(modelFolder, name);
  const bytes = await checkSize(file, path, files);
  if (bytes === 0) throw new UserCommandError(`${path} is empty; an ONNX model was expected.`);
  const source = { bytes, read: (from: number, maxBytes: number) => files.readPart(file, from, maxBytes) };
  const locations = await externalDataLocations(source).catch((error: unknown) => {
    if (!(error instanceof MalformedFile)) throw error;
    throw new UserCommandError(`${path} is not a complete ONNX model: ${error.message}. Export it again.`);
  });
  for (const location of locations) {
    const inFolder = posix.normalize(posix.join(posix.dirname(name), location.replaceAll("\\", "/")));
    if (posix.isAbsolute(location) || /^[a-z]:/i.test(location) || !present.includes(inFolder))
      throw new UserCommandError(
        `${path} keeps weights in ${JSON.stringify(location)}, which is not a file of the trained model's folder. ` +
          "Write all files of the model below train.outputs.model, or export the model into one file.",
      );
    await checkSize(join(modelFolder, inFolder), location, files);
  }
  return runtime.InferenceSession.create(file, {
    executionProviders: ["cpu"],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 4,
  }).catch((error: unknown) => {
    throw new UserCommandError(`${path} cannot be loaded by ONNX Runtime: ${runtimeMessage(error, modelFolder)}`, {
      cause: error,
    });
  });
}

async function checkSize(file: string, name: string, files: Files): Promise<number> {
  const bytes = (await files.stat(file))?.bytes ?? 0;
  if (bytes > maxModelBytes) throw new UserCommandError(`${name} has ${bytes} bytes; at most ${maxModelBytes} can be loaded.`);
  return bytes;
}

/** A place in ONNX Runtime's own source and the signature of the function there. */
const sourcePlace =
  /(?:[A-Za-z]:)?[\w\\/.+-]+\.(?:cc|cpp|cxx|h|hpp|cuh?):\d+ (?:(?:\S+ ){0,4}?\S*::[\w~<>]+\((?:[^()]|\([^()]*\))*\)(?: const)?(?: \[with [^\]]*\])? |\S*::\S+ )?/g;

/** What ONNX Runtime says, without the machine's paths and those of its own source. */
export function runtimeMessage(error: unknown, folder: string): string {
  const message = error instanceof Error ? error.message : String(error);
  const [line = ""] = message
    .slice(0, 4_000)
    .replace(/^Load model from [\s\S]*? failed:/, "")
    .split("\n");
  return line.replaceAll(folder, "").replaceAll(sourcePlace, "").slice(0, 500);
}
