import { generateKeyPairSync } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { signModel } from "../../src/flows/sign-model.ts";
import { files } from "../git/repository.ts";
import { assay, temporaryFolder } from "./assay.ts";

async function createSigned(): Promise<string> {
  const folder = temporaryFolder();
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  mkdirSync(join(folder, "model"));
  writeFileSync(join(folder, "model", "model.onnx"), "weights");
  writeFileSync(join(folder, "team.pub.pem"), publicKey.export({ type: "spki", format: "pem" }));
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  await signModel(join(folder, "model"), join(folder, "model", "model.sig"), pem, files);
  return folder;
}

describe("assay verify", () => {
  it("says that files are as they were signed, and what it did not look at", async () => {
    const { status, stdout } = assay(await createSigned(), "verify", "model", "--key", "team.pub.pem");
    expect(status).toBe(0);
    expect(stdout).toContain("✓ All files are as they were signed with this key.\nNot looked at:");
  });

  it("names what is not, and ends with 1", async () => {
    const folder = await createSigned();
    writeFileSync(join(folder, "model", "model.onnx"), "Weights");
    const { status, stdout } = assay(folder, "verify", "model", "--key", "team.pub.pem");
    expect(status).toBe(1);
    expect(stdout).toMatch(/^✗ model\.onnx has SHA-256 /);
    const json = JSON.parse(assay(folder, "verify", "model", "--key", "team.pub.pem", "--json").stdout);
    expect(json).toMatchObject({ same: false, differences: [expect.any(String)] });
  });

  it("ends with 1 where it was signed with another key", async () => {
    const folder = await createSigned();
    const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    writeFileSync(join(folder, "other.pub.pem"), publicKey.export({ type: "spki", format: "pem" }));
    const { status, stdout } = assay(folder, "verify", "model", "--key", "other.pub.pem");
    expect(status).toBe(1);
    expect(stdout).toMatch(/^✗ The signature was made with another key/);
  });

  it.each([
    [["model", "--key", "none.pem"], "There is no file none.pem."],
    [["model", "--key", "model/model.onnx"], "The public key cannot be read."],
    [["nowhere", "--key", "team.pub.pem"], "There is no signature at nowhere/model.sig."],
    [["model", "--signature", "team.pub.pem", "--key", "team.pub.pem"], "This is no Sigstore bundle v0.3"],
    [["model"], "required option '--key <file>' not specified"],
  ])("explains %j", async (args, said) => {
    const { status, stderr } = assay(await createSigned(), "verify", ...args);
    expect(status).toBe(2);
    expect(stderr).toContain(said);
  });
});
