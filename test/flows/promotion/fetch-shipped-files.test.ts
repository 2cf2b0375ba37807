import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { createNodeFiles } from "../../../src/files/node-files.ts";
import { judgeFormats } from "../../../src/flows/promotion/fetch-shipped-files.ts";

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
