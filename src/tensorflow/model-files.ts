import { join } from "node:path";
import * as z from "zod/mini";
import { UserCommandError } from "../errors/errors.ts";
import type { Files } from "../files/files.ts";
import type { io, LayersModel, TensorFlow } from "./tensorflow.ts";

const mebibyte = 1024 * 1024;
const maxTopologyBytes = 64 * mebibyte;
const maxWeightsBytes = 2048 * mebibyte;

const modelJsonSchema = z.object({
  modelTopology: z.record(z.string(), z.unknown()),
  weightsManifest: z
    .array(
      z.object({
        // Names of files in the same folder, never paths out of it.
        paths: z.array(z.string().check(z.regex(/^(?!\.)[\w.-]+$/))).check(z.maxLength(10_000)),
        weights: z
          .array(z.custom<io.WeightsManifestEntry>((value) => weightSchema.safeParse(value).success))
          .check(z.maxLength(100_000)),
      }),
    )
    .check(z.maxLength(1_000)),
});
const weightSchema = z.object({
  name: z.string(),
  shape: z.array(z.int().check(z.gte(0))).check(z.maxLength(10)),
  dtype: z.string(),
});

/** Writes a model as TensorFlow.js does, without anything that changes from one time to the next: `model.json` and `weights.bin`. */
export async function saveModelFiles(model: LayersModel, files: Files, folder: string): Promise<void> {
  await model.save({
    async save({ modelTopology, weightSpecs, weightData, generatedBy }) {
      const weightsManifest = [{ paths: ["weights.bin"], weights: weightSpecs }];
      const document = { format: "layers-model", generatedBy, convertedBy: null, modelTopology, weightsManifest };
      await files.write(join(folder, "weights.bin"), joined(weightData ?? []));
      await files.write(join(folder, "model.json"), `${JSON.stringify(document)}\n`);
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
    },
  });
}

/**
 * Reads a layers model from a folder.
 * @throws UserCommandError when the files are not there or are not a layers model
 */
export async function loadModelFiles(tf: TensorFlow, files: Files, folder: string): Promise<LayersModel> {
  const text = await files.readText(join(folder, "model.json"), maxTopologyBytes);
  if (text === undefined) throw new UserCommandError("The model has no model.json, so it is not a TensorFlow.js model.");
  const document = parse(text);
  const shards: Buffer[] = [];
  for (const path of document.weightsManifest.flatMap(({ paths }) => paths)) {
    const shard = await files.readBytes(join(folder, path), maxWeightsBytes);
    if (!shard) throw new UserCommandError(`The model's weights ${path} are missing beside its model.json.`);
    shards.push(shard);
  }
  const weightSpecs = document.weightsManifest.flatMap(({ weights }) => weights);
  try {
    return await tf.loadLayersModel(
      tf.io.fromMemory({
        modelTopology: document.modelTopology,
        weightSpecs,
        weightData: joined(shards.map(toArrayBuffer)).buffer,
      }),
    );
  } catch (error) {
    throw new UserCommandError("The model's files are not a TensorFlow.js layers model that can be loaded.", { cause: error });
  }
}

function parse(text: string): z.infer<typeof modelJsonSchema> {
  try {
    return modelJsonSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new UserCommandError(
      "The model's model.json is not a TensorFlow.js layers model (modelTopology and weightsManifest).",
      { cause: error },
    );
  }
}

function joined(parts: ArrayBuffer | ArrayBuffer[]): Uint8Array<ArrayBuffer> {
  const list = Array.isArray(parts) ? parts : [parts];
  const result = new Uint8Array(list.reduce((sum, part) => sum + part.byteLength, 0));
  let offset = 0;
  for (const part of list) {
    result.set(new Uint8Array(part), offset);
    offset += part.byteLength;
  }
  return result;
}

function toArrayBuffer(bytes: Buffer): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.byteLength);
  new Uint8Array(copy).set(bytes);
  return copy;
}
