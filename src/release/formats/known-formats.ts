import { posix } from "node:path";
import type { RefusedFormat, SafeFormat } from "../../spec/format-names.ts";

/** Why a format is not shipped unless somebody says why it has to be; follows the path. */
export const whyRefused: Readonly<Record<RefusedFormat, string>> = {
  "catboost-binary": 'is CatBoost\'s binary format, which cannot be looked into; save the model with format="json"',
  code: "is a program",
  compressed: "is compressed, so that nobody sees what it is; ship what is in it",
  keras: "is a Keras file, which can hold code such as a Lambda layer's; export the model to ONNX or TF.js",
  numpy: "is a NumPy file, which can hold pickled objects; save the arrays as safetensors",
  pickle: "is a pickle, and whoever loads it runs what it holds; export the model to ONNX, or a booster to its own JSON",
  pytorch: "is a PyTorch file, a pickle in an archive that can run code; save the weights as safetensors or export to ONNX",
  zip: "is a ZIP archive, so that nobody sees what is in it; ship what is in it",
  unknown: "is of no format that is known to hold data alone",
};

/** `text`: JSON or plain text beside a model, such as labels or a vocabulary. */
export type Format = SafeFormat | RefusedFormat | "text";

/** Who loads a file goes by its name too: what is called so is taken for it, whatever its bytes are. */
const byExtension: Readonly<Record<string, RefusedFormat>> = {
  ...{ ".pkl": "pickle", ".pickle": "pickle", ".joblib": "pickle", ".dill": "pickle", ".cloudpickle": "pickle", ".skops": "zip" },
  ...{ ".pt": "pytorch", ".pth": "pytorch", ".ckpt": "pytorch", ".pt2": "pytorch", ".ptl": "pytorch", ".mar": "zip" },
  ...{ ".h5": "keras", ".hdf5": "keras", ".keras": "keras", ".npy": "numpy", ".npz": "numpy", ".cbm": "catboost-binary" },
  ...{
    ".py": "code",
    ".pyc": "code",
    ".js": "code",
    ".mjs": "code",
    ".cjs": "code",
    ".ts": "code",
    ".wasm": "code",
    ".jar": "code",
  },
  ...{
    ".sh": "code",
    ".bat": "code",
    ".ps1": "code",
    ".r": "code",
    ".so": "code",
    ".dll": "code",
    ".dylib": "code",
    ".exe": "code",
  },
};

export function formatByName(path: string): RefusedFormat | undefined {
  const name = posix.basename(path).toLowerCase();
  // Also `libmodel.so.1`.
  return byExtension[posix.extname(name)] ?? (/\.so\.[\d.]+$/.test(name) ? "code" : undefined);
}

const pickleProtocol = 0x80;
const pickleStop = 0x2e;

/** @param head the first bytes, at least 64 where there are so many */
export function formatByBytes(head: Uint8Array, last: number | undefined): RefusedFormat | undefined {
  const text = Buffer.from(head).toString("latin1");
  const starts = (...signatures: readonly string[]) => signatures.some((signature) => text.startsWith(signature));
  if (starts("PK\x03\x04", "PK\x05\x06")) return archiveFormat(text);
  if (starts("\x89HDF\r\n\x1a\n")) return "keras";
  if (starts("\x93NUMPY")) return "numpy";
  if (starts("CBM1")) return "catboost-binary";
  if (starts("\x7fELF", "MZ", "#!", "\0asm", "\xca\xfe\xba\xbe", "\xcf\xfa\xed\xfe", "\xce\xfa\xed\xfe")) return "code";
  if (starts("\x1f\x8b", "BZh", "\xfd7zXZ\0", "\x28\xb5\x2f\xfd", "7z\xbc\xaf", "Rar!")) return "compressed";
  const [first = 0, protocol = 0] = head;
  if (first === pickleProtocol && protocol >= 2 && protocol <= 5 && last === pickleStop) return "pickle";
  return undefined;
}

/** By the name of its first file. */
function archiveFormat(head: string): RefusedFormat {
  const bytes = head.charCodeAt(26) + 256 * head.charCodeAt(27);
  const name = head.slice(30, 30 + bytes);
  if (/(^|\/)(data\.pkl|\.format_version|\.data\/|byteorder|constants\.pkl|code\/)/.test(name)) return "pytorch";
  if (/^(metadata|config)\.json$|\.weights\.h5$/.test(name)) return "keras";
  return name.endsWith(".npy") ? "numpy" : "zip";
}
