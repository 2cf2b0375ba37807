/** Formats of a model's files that loading does not run: those of data alone. */
export const safeFormats = ["catboost", "gguf", "lightgbm", "onnx", "safetensors", "tfjs", "xgboost"] as const;

/** Those that are not shipped unless somebody says why they have to be. */
export const refusedFormats = [
  "catboost-binary",
  "code",
  "compressed",
  "keras",
  "numpy",
  "pickle",
  "pytorch",
  "zip",
  "unknown",
] as const;

export type SafeFormat = (typeof safeFormats)[number];
export type RefusedFormat = (typeof refusedFormats)[number];
