import { expect, it } from "vitest";
import { modelFormat } from "../../src/training/model-format.ts";

it.each([
  [["model.onnx"], "onnx"],
  [["a/Model.SafeTensors", "a/config.json"], "safetensors"],
  [["model.joblib"], "pickle"],
  [["weights.bin", "model.json", "preprocessing.json"], "tfjs"],
  [["model.json"], "json"],
  [["trees.txt"], "txt"],
  [["model.safetensors", "tokenizer.pkl"], "pickle"],
  [["model.xyz"], "xyz"],
  [["model"], "unknown"],
  [[], "unknown"],
])("calls %j %s", (paths, format) => {
  expect(modelFormat(paths)).toBe(format);
});
