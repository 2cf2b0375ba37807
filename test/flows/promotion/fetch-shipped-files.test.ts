import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { type Digest, digestOf } from "../../../src/evidence/digest.ts";
import type { FileRecord } from "../../../src/evidence/evidence.ts";
import { createNodeFiles } from "../../../src/files/node-files.ts";
import type { Records } from "../../../src/flows/fetch-run.ts";
import { fetchModelFiles, judgeFormats, judgeNames } from "../../../src/flows/promotion/fetch-shipped-files.ts";
import { createEvidence } from "../../report/create-report.ts";

it("looks at a model's files by where the model has them, whatever the release calls them", async () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-shipped-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const files = createNodeFiles();
  const ship = async (inModel: string, content: string) => {
    const name = inModel.replaceAll("/", "__");
    writeFileSync(join(folder, name), content);
    return { name, inModel, path: join(folder, name), ...(await files.digest(join(folder, name))) };
  };
  const manifest = JSON.stringify({ modelTopology: {}, weightsManifest: [{ paths: ["weights/shard1.bin"], weights: [] }] });
  const shipped = [await ship("model.json", manifest), await ship("weights/shard1.bin", "1234")];
  expect(await judgeFormats(shipped, {}, { files })).toEqual({ outcome: "allowed", formats: ["tfjs"] });
});

it("tells by names alone what holds code, and leaves the rest to its bytes", () => {
  const shipped = [{ inModel: "model/weights.bin" }, { inModel: "model/preprocess.pkl" }];
  expect(judgeNames(shipped, {})).toEqual([expect.stringMatching(/^model\/preprocess\.pkl is a pickle/)]);
  expect(judgeNames(shipped, { override: { formats: ["pickle"], reason: "a partner reads nothing else" } })).toEqual([]);
  expect(judgeNames([{ inModel: "model/weights.bin" }], { formats: ["onnx"] })).toEqual([]);
});

/** Evidence of a model of these files, and a store that has all of them but those that are gone. */
function storedModel(recorded: readonly FileRecord[], gone: readonly string[] = []) {
  const evidence = createEvidence("fraud");
  const [training] = evidence.trainings;
  if (!training) throw new Error("Nobody trained it.");
  const trained = { ...training, model: { digest: digestOf("model"), format: "onnx", files: [...recorded] } };
  const fetched: string[] = [];
  const get = async (digest: Digest, to: string) => {
    fetched.push(to.slice("folder/".length));
    return !recorded.some((file) => file.digest === digest && gone.includes(file.path));
  };
  const records = { store: { get } } as unknown as Records;
  return { bring: () => fetchModelFiles({ ...evidence, trainings: [trained] }, "folder", { records }), fetched };
}

const file = (path: string, bytes = 1): FileRecord => ({ path, digest: digestOf(path), bytes });

it("calls a model's files in a way that GitHub leaves alone, and leaves empty ones out", async () => {
  const { bring } = storedModel([file("model.onnx"), file(".config/a b.json"), file("weights."), file("empty", 0)]);
  const names = (await bring()).map(({ name, inModel }) => [inModel, name]);
  expect(names).toEqual([
    ["model.onnx", "model.onnx"],
    [".config/a b.json", "_.config__a.b.json"],
    ["weights.", "weights._"],
  ]);
});

it.each<[string, readonly FileRecord[], string]>([
  ["has a file twice by its release's names", [file("a/b"), file("a__b")], "Two files of the release would be called a__b."],
  ["has a file that is called like a paper", [file("SHA256SUMS")], "Two files of the release would be called SHA256SUMS."],
  ["has too large a file", [file("model.gguf", 2 * 1024 ** 3)], "model.gguf has 2147483648 bytes"],
  ["has too many", Array.from({ length: 1_001 }, (_, index) => file(`${index}.bin`)), "The model has 1001 files"],
])("fetches nothing of a model that %s", async (_, recorded, why) => {
  const { bring, fetched } = storedModel(recorded);
  await expect(bring()).rejects.toThrow(why);
  expect(fetched).toEqual([]);
});

it("says which file the store has not any more", async () => {
  const { bring } = storedModel([file("a"), file("b")], ["b"]);
  await expect(bring()).rejects.toThrow(/^b of fraud \(sha256:\w+…\) is not in the model store/);
});
