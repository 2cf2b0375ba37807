import { posix } from "node:path";

const formats: Readonly<Record<string, string>> = {
  ".onnx": "onnx",
  ".safetensors": "safetensors",
  ".gguf": "gguf",
  ".pkl": "pickle",
  ".pickle": "pickle",
  ".joblib": "pickle",
  ".pt": "pytorch",
  ".pth": "pytorch",
  ".h5": "keras",
  ".keras": "keras",
  ".ubj": "ubjson",
  ".json": "json",
  ".txt": "txt",
};

/** Formats that can run code when they are loaded decide for the whole folder, then the rest in this order. */
const precedence = ["pickle", "pytorch", "keras", "onnx", "safetensors", "gguf", "tfjs", "ubjson", "json", "txt"];

/** What a model's files are, by their names: `onnx`, `tfjs`, `pickle`, …; an unknown extension is its own format. */
export function modelFormat(paths: readonly string[]): string {
  const found = new Set(paths.map((path) => formats[posix.extname(path).toLowerCase()]));
  if (paths.some((path) => posix.basename(path) === "model.json") && paths.some((path) => path.endsWith(".bin")))
    found.add("tfjs");
  const known = precedence.find((format) => found.has(format));
  return (
    known ??
    (posix
      .extname(paths[0] ?? "")
      .slice(1, 51)
      .toLowerCase() ||
      "unknown")
  );
}
