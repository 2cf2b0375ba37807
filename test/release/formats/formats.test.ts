import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideFormats } from "../../../src/release/formats/decide-formats.ts";
import { inspectModel } from "../../../src/release/formats/inspect-model.ts";
import type { FormatRule } from "../../../src/spec/spec.ts";

const models = resolve("test/fixtures/models");
const onnx = resolve("test/scoring/fixtures");
const bytesOf = (name: string, folder = models) => readFileSync(join(folder, name));

/** A model's folder in memory; a text stands for its bytes. */
function inspect(files: Record<string, string | Uint8Array>) {
  const contents = new Map(Object.entries(files).map(([path, content]) => [path, Buffer.from(content)]));
  return inspectModel({
    files: [...contents].map(([path, content]) => ({ path, bytes: content.length })),
    read: (path, from, maxBytes) => Promise.resolve(contents.get(path)?.subarray(from, from + maxBytes) ?? Buffer.alloc(0)),
  });
}

async function decide(files: Record<string, string | Uint8Array>, rule?: FormatRule) {
  return decideFormats(await inspect(files), rule);
}

const manifest = (...paths: string[]) => JSON.stringify({ modelTopology: {}, weightsManifest: [{ paths, weights: [] }] });

/** The GGUF file with another place for a tensor of it. */
function withOffsetOfBias(offset: number): Buffer {
  const file = bytesOf("model.gguf");
  file.writeBigUInt64LE(BigInt(offset), file.indexOf("bias") + 4 + 4 + 8 + 4);
  return file;
}

describe("a model that is data alone", () => {
  it.each([
    ["xgboost", { "model.json": bytesOf("xgboost.json") }],
    ["xgboost", { "model.ubj": bytesOf("xgboost.ubj") }],
    ["xgboost", { "booster.model": bytesOf("xgboost.ubj") }],
    ["lightgbm", { "model.txt": bytesOf("lightgbm.txt") }],
    ["catboost", { "model.json": bytesOf("catboost.json") }],
    ["safetensors", { "model.safetensors": bytesOf("model.safetensors") }],
    ["gguf", { "model.gguf": bytesOf("model.gguf") }],
    ["onnx", { "model.onnx": bytesOf("binary.onnx", onnx) }],
    ["onnx", { "external.onnx": bytesOf("external.onnx", onnx), "weights.bin": bytesOf("weights.bin", onnx) }],
    ["tfjs", { "a/model.json": manifest("1.bin", "x/2.bin"), "a/1.bin": "MZ weights", "a/x/2.bin": Buffer.alloc(9) }],
    ["tfjs", { "1.bin": "x", "model.json": manifest("1.bin"), "preprocessing.json": "{}", "README.md": "# Ü", LICENSE: "" }],
  ])("is allowed as %s, case %#", async (format, files) => {
    expect(await decide(files)).toEqual({ outcome: "allowed", formats: [format] });
  });

  it("can be of several formats, of which a rule may allow fewer", async () => {
    const files = { "model.onnx": bytesOf("binary.onnx", onnx), "booster.json": bytesOf("xgboost.json") };
    expect(await decide(files)).toEqual({ outcome: "allowed", formats: ["onnx", "xgboost"] });
    expect(await decide(files, { formats: ["onnx", "gguf"] })).toEqual({
      outcome: "refused",
      reasons: ["booster.json is of format xgboost; of this model onnx, gguf may be shipped."],
    });
  });
});

describe("a text beside a model", () => {
  const model = { "model.json": bytesOf("xgboost.json") };
  const allowed = { outcome: "allowed", formats: ["xgboost"] };

  it.each([
    "[PAD]\n[UNK]\nthe\n",
    "cat\ndog\nbird\n.",
    "id,label\n1,no\n2,yes\n",
    "(N.",
    bytesOf("protocol-0.pkl").toString(),
    "I1\n.",
    "c",
    "U",
    "",
  ])("is text where it only begins like a pickle, or loads nothing: %j", async (text) => {
    expect(await decide({ ...model, "vocab.txt": text })).toEqual(allowed);
  });

  it.each([
    ["a long string before what it loads", `V${"x".repeat(200_000)}\n0cbuiltins\nprint\n(tR.`],
    ["a mark that it takes back", "(0cbuiltins\nprint\n(tR."],
    ["no end", "cbuiltins\nprint\n(tR"],
    ["something else after what it runs", "cbuiltins\nprint\n(tR!"],
    ["text after its end", "cbuiltins\nprint\n(tR.\nthe\nof\n"],
    ["an object that it makes", "(ibuiltins\nprint\n."],
    ["a name from two strings", "Vbuiltins\nVprint\nK\u0093."],
  ])("is a pickle with %s", async (_, text) => {
    expect(await decide({ ...model, "vocab.txt": text })).toEqual({
      outcome: "refused",
      reasons: [expect.stringMatching(/^vocab\.txt is a pickle/)],
    });
  });
});

describe("a model that can hold code", () => {
  it.each<[string, string, RegExp]>([
    ...[0, 1, 2, 3, 4, 5].map(
      (protocol) => [`protocol-${protocol}.pkl`, "model.pkl", /^model\.pkl is a pickle/] as [string, string, RegExp],
    ),
    ...[2, 3, 4, 5].map(
      (protocol) => [`protocol-${protocol}.pkl`, "model.bin", /^model\.bin is a pickle/] as [string, string, RegExp],
    ),
    ["protocol-0.pkl", "model.bin", /^model\.bin is of no format/],
    ["protocol-4.pkl", "model.onnx", /^model\.onnx is a pickle/],
    ["compressed.joblib", "model.joblib", /is a pickle/],
    ["compressed.joblib", "model", /is no text|is of no format|cannot be shipped/],
    ["pytorch.pt", "model.safetensors", /^model\.safetensors is a PyTorch file, a pickle in an archive/],
    ["pytorch.pt", "model.bin", /is a PyTorch file/],
    ["model.safetensors", "model.pt", /^model\.pt is a PyTorch file/],
    ["keras.h5", "model.h5", /^model\.h5 is a Keras file, which can hold code such as a Lambda layer's/],
    ["keras.h5", "weights.bin", /is a Keras file/],
    ["keras.keras", "model.keras", /is a Keras file/],
    ["arrays.npz", "model.npz", /is a NumPy file/],
    ["catboost.cbm", "model.cbm", /binary format/],
    ["catboost.cbm", "model.bin", /binary format/],
    ["lightgbm.txt", "predict.py", /^predict\.py is a program/],
  ])("is refused by name: %s as %s", async (fixture, path, reason) => {
    const decision = await decide({ [path]: bytesOf(fixture), "model.txt": bytesOf("lightgbm.txt") });
    expect(decision).toEqual({ outcome: "refused", reasons: [expect.stringMatching(reason)] });
  });

  it.each([
    ["a Lambda layer", '{"config": [{"class_name": "Lambda"}]}', /Lambda layer, which is code/],
    ["a Lambda layer in other letters", '{"config": [{"class\\u005fname": "L\\u0061mbda"}]}', /Lambda layer, which is code/],
    ["an auto_map", '{"auto_map": {"AutoModel": "x--y.Z"}}', /auto_map names code/],
  ])("is refused for %s in JSON, whatever is overridden", async (_, json, reason) => {
    const override = { formats: ["unknown", "code", "keras"] as const, reason: "x" };
    const decision = await decide({ "config.json": json, "model.txt": bytesOf("lightgbm.txt") }, { override });
    expect(decision).toEqual({ outcome: "refused", reasons: [expect.stringMatching(reason)] });
  });

  it("is refused as weights of another model too", async () => {
    const files = { "external.onnx": bytesOf("external.onnx", onnx), "weights.bin": bytesOf("pytorch.pt") };
    expect(await decide(files)).toMatchObject({ reasons: [expect.stringMatching(/^weights\.bin is a PyTorch file/)] });
    expect(await decide({ "model.json": manifest("weights.pkl"), "weights.pkl": "x" })).toMatchObject({
      reasons: [expect.stringMatching(/^weights\.pkl is a pickle/)],
    });
  });

  it("is no weights of another because that says so", async () => {
    const files = {
      "a/model.json": manifest("config.json", "1.safetensors"),
      "a/config.json": '{"auto_map": {}}',
      "a/1.safetensors": "x",
    };
    expect(await decide(files)).toMatchObject({
      reasons: [expect.stringMatching(/^a\/config\.json .*auto_map/), expect.stringMatching(/^a\/1\.safetensors cannot/)],
    });
  });

  it("is shipped with a reason, which the decision carries, for the formats that it is given for", async () => {
    const files = { "model.joblib": bytesOf("compressed.joblib"), "a.zip": "PK\x03\x04", "notes.txt": "x" };
    const reason = "The vendor's scorer reads nothing else.";
    expect(await decide(files, { override: { formats: ["pickle", "zip"], reason } })).toEqual({
      outcome: "allowed",
      formats: ["pickle", "zip"],
      overridden: {
        reason,
        files: [
          { path: "model.joblib", format: "pickle" },
          { path: "a.zip", format: "zip" },
        ],
      },
    });
    expect(await decide(files, { override: { formats: ["pickle"], reason } })).toMatchObject({
      reasons: ["a.zip is a ZIP archive, so that nobody sees what is in it; ship what is in it."],
    });
  });
});

describe("a model that is not what it claims to be", () => {
  const header = (json: string, data = 0, length = json.length) => {
    const size = Buffer.alloc(8);
    size.writeBigUInt64LE(BigInt(length));
    return Buffer.concat([size, Buffer.from(json), Buffer.alloc(data)]);
  };
  const tensor = (from: number, to: number, dtype = "U8", shape = [to - from]) => ({ dtype, shape, data_offsets: [from, to] });
  const tensors = (...all: object[]) => JSON.stringify(Object.fromEntries(all.map((one, index) => [`t${index}`, one])));

  it.each([
    ["a hole", header(tensors(tensor(0, 2), tensor(3, 4)), 4), "bytes 2 to 3 are no tensor's"],
    ["an overlap", header(tensors(tensor(0, 3), tensor(2, 4)), 4), "tensors overlap"],
    ["bytes after its tensors", header(tensors(tensor(0, 4)), 5), "its tensors have 4 bytes, and 5 are there"],
    ["a tensor past its end", header(tensors(tensor(0, 6)), 5), "its tensors have 6 bytes, and 5 are there"],
    ["a wrong size", header(tensors(tensor(0, 4, "F32", [2])), 4), 'its tensor "t0" has another size'],
    ["an unknown type", header(tensors(tensor(0, 4, "PYOBJ")), 4), 'is of type "PYOBJ", which is not known'],
    ["a header past its end", header("{}", 0, 90), "it ends within its header"],
    ["a header over 100 MB", header("{}", 0, 100_000_001), "its header has 100000001 bytes, more than 100000000"],
    ["no JSON", header("{x"), "its header is not JSON"],
    ["a nested header", header(`{"a":${"[".repeat(50)}`), "nests too deep"],
    ["metadata that is no text", header('{"__metadata__": {"a": 1}}'), "__metadata__ holds something else than text"],
    ["nothing", Buffer.alloc(0), "it is empty"],
  ])("is refused: safetensors with %s", async (_, content, problem) => {
    expect(await decide({ "model.safetensors": content })).toMatchObject({ reasons: [expect.stringContaining(problem)] });
  });

  it.each([
    ["model.onnx", bytesOf("binary.onnx", onnx).subarray(0, 150), "ends too early"],
    ["model.onnx", Buffer.from([8, 1]), "it has no graph"],
    ["model.gguf", bytesOf("model.gguf").subarray(0, 100), "ends"],
    ["model.gguf", bytesOf("model.gguf").fill(9, 4, 5), "it is of version 9"],
    ["model.ubj", bytesOf("xgboost.ubj").subarray(0, -1), "ends too early"],
    ["model.ubj", Buffer.concat([bytesOf("xgboost.ubj"), Buffer.from("x")]), "1 bytes follow its end"],
    ["model.ubj", Buffer.from("{U\x01a[$N#L\x00\x00\x00\x7f\x00\x00\x00\x00}", "latin1"), "ends too early"],
    ["model.ubj", Buffer.from("{U\x01aZ}", "latin1"), "without learner and version"],
    ["model.ubj", Buffer.from("{U\x07learnerZ}", "latin1"), "without learner and version"],
    ["model.ubj", Buffer.from(`{U\x01a${"[".repeat(150)}`, "latin1"), "it nests deeper than 100"],
    ["model.gguf", withOffsetOfBias(10_016), "it ends before its tensors"],
    ["model.gguf", withOffsetOfBias(1), "it has a tensor that is not aligned"],
    ["model.json", "{", "it is not JSON"],
    ["model.json", "[".repeat(1_000), "nests deeper than 200"],
    ["labels.txt", Buffer.from([0xff, 0xfe]), "it is no text in UTF-8"],
    ["labels.txt", Buffer.from([0x61, 0xc3]), "it is no text in UTF-8"],
    ["labels.txt", "a\0b", "it holds a byte 0"],
  ])("is refused: %s, case %#", async (path, content, problem) => {
    expect(await decide({ [path]: content })).toMatchObject({ outcome: "refused", reasons: [expect.stringContaining(problem)] });
  });

  it.each([
    "../secret.bin",
    "/etc/passwd",
    "C:\\x",
    "https://evil.example/a.bin",
    "missing.bin",
    "model.json",
    "..\\a.bin",
    "/c.txt",
  ])("is refused when it keeps weights in %s", async (place) => {
    expect(await decide({ "a/model.json": manifest(place), "a/c.txt": "x", "b.bin": "x" })).toMatchObject({
      reasons: [
        expect.stringContaining(`it keeps weights in ${JSON.stringify(place)}`),
        expect.stringMatching(/^b\.bin is of no/),
      ],
    });
  });

  it("is refused when ONNX weights lie outside, also where the path comes before its key", async () => {
    const outside = bytesOf("external-outside.onnx", onnx);
    const place = /keeps weights in "\.\.\/\.\.\/secret\.bin"/;
    expect(await decide({ "m.onnx": outside })).toMatchObject({ reasons: [expect.stringMatching(place)] });
    const at = outside.indexOf("\x0a\x08location", 0, "latin1");
    const length = outside[at + 11] ?? 0;
    const [key, value] = [outside.subarray(at, at + 10), outside.subarray(at + 10, at + 12 + length)];
    const swapped = Buffer.concat([outside.subarray(0, at), value, key, outside.subarray(at + 12 + length)]);
    expect(swapped).not.toEqual(outside);
    expect(await decide({ "m.onnx": swapped })).toMatchObject({ reasons: [expect.stringMatching(place)] });
  });

  it("is refused whatever is overridden", async () => {
    const override = { formats: ["unknown"] as const, reason: "x" };
    expect(await decide({ "model.bin": "x" }, { override })).toMatchObject({ outcome: "allowed" });
    expect(await decide({ "model.bin": "" }, { override })).toMatchObject({
      reasons: ["model.bin cannot be shipped: it is empty."],
    });
  });

  it("is never allowed without a model in it", async () => {
    expect(await decide({ "README.md": "x", "labels.json": "[]" })).toEqual({
      outcome: "refused",
      reasons: ["None of the files is a model."],
    });
    expect(await decide({})).toMatchObject({ outcome: "refused" });
  });

  it("is answered for, whatever its bytes are", async () => {
    const names = ["m.onnx", "m.gguf", "m.ubj", "m.safetensors", "m.json", "m.txt", "m.bin"];
    const real = ["binary.onnx", "model.gguf", "xgboost.ubj", "model.safetensors", "xgboost.json", "lightgbm.txt"];
    const change = fc.tuple(fc.nat(), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), fc.nat(5), fc.array(change, { maxLength: 6 }), async (name, which, changes) => {
        const content = Buffer.from(bytesOf(real[which] ?? "", which === 0 ? onnx : models));
        for (const [at, byte] of changes) content[at % content.length] = byte;
        expect(["allowed", "refused"]).toContain((await decide({ [name]: content })).outcome);
      }),
      { numRuns: 300 },
    );
  });
});
