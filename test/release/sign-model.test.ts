import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { signModel, verifyModel } from "../../src/flows/sign-model.ts";
import { expectKey, signWithKey } from "../../src/release/signature.ts";
import { createRandom } from "../../src/statistics/random.ts";
import { files } from "../git/repository.ts";
import { skipWithout } from "../requirements.ts";

const python = resolve(".cache/model-signing/bin/python");
const withoutClient = skipWithout(
  "model-signing",
  "OpenSSF's client reading signatures",
  existsSync(python)
    ? undefined
    : "model-signing is not installed here: run `bash .ci/python-tool.sh model-signing`, which needs Python.",
);
const client = (args: readonly string[], input = "") =>
  execFileSync(python, [join(import.meta.dirname, "ask-client.py"), ...args], { encoding: "utf8", input });

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), "assay-signed-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function createModel(namedCurve = "P-256") {
  const folder = temporary();
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve });
  const keys = {
    private: privateKey.export({ type: "sec1", format: "pem" }).toString(),
    public: publicKey.export({ type: "spki", format: "pem" }).toString(),
  };
  const model = join(folder, "model");
  mkdirSync(join(model, "shards"), { recursive: true });
  writeFileSync(join(model, "model.json"), '{"format": "layers-model"}');
  writeFileSync(join(model, "shards", "a.bin"), Buffer.from([0, 1, 2, 250]));
  writeFileSync(join(model, "shards", "ü 1.bin"), "weights");
  writeFileSync(join(folder, "public.pem"), keys.public);
  writeFileSync(join(folder, "private.pem"), keys.private);
  return { folder, model, keys, signature: join(model, "model.sig") };
}

describe("a signed model", () => {
  it.each(["P-256", "P-384", "P-521"])("verifies as it is, with a key of %s", async (curve) => {
    const { model, signature, keys } = createModel(curve);
    await signModel(model, signature, signWithKey(keys.private), files);
    expect(await verifyModel(model, signature, { signer: expectKey(keys.public) }, files)).toEqual([]);
  });

  it("names what was changed, added and removed", async () => {
    const { model, signature, keys } = createModel();
    await signModel(model, signature, signWithKey(keys.private), files);
    writeFileSync(join(model, "shards", "a.bin"), Buffer.from([0, 1, 2, 251]));
    writeFileSync(join(model, "more.py"), "import os");
    rmSync(join(model, "model.json"));
    expect(await verifyModel(model, signature, { signer: expectKey(keys.public) }, files)).toEqual([
      "more.py is not among the files that were signed.",
      "model.json was signed and is not there.",
      expect.stringMatching(/^shards\/a\.bin has SHA-256 [0-9a-f]{12}…, and [0-9a-f]{12}… was signed\.$/),
    ]);
  });

  it("is not that of another key, and says so", async () => {
    const { model, signature, keys } = createModel();
    await signModel(model, signature, signWithKey(createModel().keys.private), files);
    expect(await verifyModel(model, signature, { signer: expectKey(keys.public) }, files)).toEqual([
      expect.stringContaining("made with another key"),
    ]);
  });

  it("may leave nothing out but its signature", async () => {
    const { model, signature, keys, folder } = createModel();
    writeFileSync(join(model, "extra.bin"), "x");
    await signModel(model, join(model, "extra.bin"), signWithKey(keys.private), files);
    const outside = join(folder, "moved.sig");
    cpSync(join(model, "extra.bin"), outside);
    expect(await verifyModel(model, outside, { signer: expectKey(keys.public) }, files)).toEqual([
      "extra.bin is left out by the signature: what lies there was not signed.",
    ]);
    expect(existsSync(signature)).toBe(false);
  });

  it.each([
    ["no JSON", "x", "This is no Sigstore bundle"],
    ["a bundle of nothing", "{}", "This is no Sigstore bundle"],
  ])("is none when the signature is %s", async (_, bundle, said) => {
    const { model, signature, keys } = createModel();
    writeFileSync(signature, bundle);
    await expect(verifyModel(model, signature, { signer: expectKey(keys.public) }, files)).rejects.toThrow(said);
  });

  it.each(["shards/a.bin", "shards", "nowhere"])("has no link to %s", async (target) => {
    const { model, signature, keys } = createModel();
    await signModel(model, signature, signWithKey(keys.private), files);
    symlinkSync(target, join(model, "more"));
    await expect(verifyModel(model, signature, { signer: expectKey(keys.public) }, files)).rejects.toThrow(
      "more is a link; links are not signed.",
    );
  });

  it("needs a key that can be used, and repeats none that cannot", () => {
    const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 })
      .privateKey.export({ type: "pkcs8", format: "pem" })
      .toString();
    expect(() => signWithKey(rsa)).toThrow("The key is of type rsa; models are signed with P-256");
    expect(() => signWithKey("hunter2")).toThrow(/^The private key cannot be read\. (?!.*hunter2)/);
  });
});

describe.skipIf(withoutClient)("beside OpenSSF's client", () => {
  it.each(["P-256", "P-384", "P-521"])("is verified by it, and it by Assay, with a key of %s", async (curve) => {
    const { folder, model, signature, keys } = createModel(curve);
    await signModel(model, signature, signWithKey(keys.private), files);
    const answers = client(["verify", join(folder, "public.pem")], `${JSON.stringify([model, signature])}\n`);
    expect(JSON.parse(answers)).toEqual(["verified"]);
    client(["sign", model, signature, join(folder, "private.pem")]);
    expect(await verifyModel(model, signature, { signer: expectKey(keys.public) }, files)).toEqual([]);
  });

  it("is rejected by both after each of 100 changes of a byte, an added and a removed file", async () => {
    const { folder, model, signature, keys } = createModel();
    await signModel(model, signature, signWithKey(keys.private), files);
    const random = createRandom(3);
    const changed: (readonly [string, string])[] = [];
    const copy = () => {
      const made = join(folder, `copy-${changed.length}`, "model");
      cpSync(model, made, { recursive: true });
      changed.push([made, join(made, "model.sig")]);
      return made;
    };
    for (let change = 0; change < 100; change += 1) {
      const path = join(copy(), ["model.json", "shards/a.bin", "shards/ü 1.bin", "model.sig"][change % 4] ?? "");
      const bytes = readFileSync(path);
      // Of the signature, what is signed and its signature: white space and names around them say nothing.
      const [from, length] = change % 4 === 3 ? signedPart(bytes.toString(), change % 8 === 3) : [0, bytes.length];
      const at = from + random.below(length);
      bytes[at] = bytes[at] === 65 ? 66 : 65;
      writeFileSync(path, bytes);
    }
    writeFileSync(join(copy(), "added.bin"), "x");
    rmSync(join(copy(), "shards", "a.bin"));
    const answers = JSON.parse(
      client(["verify", join(folder, "public.pem")], changed.map((pair) => `${JSON.stringify(pair)}\n`).join("")),
    );
    const ours = await Promise.all(
      changed.map(([made, sig]) =>
        verifyModel(made, sig, { signer: expectKey(keys.public) }, files).then(
          (wrong) => (wrong.length === 0 ? "verified" : "rejected"),
          () => "rejected",
        ),
      ),
    );
    expect(answers.filter((answer: string) => answer === "verified")).toEqual([]);
    expect(ours.filter((answer) => answer === "verified")).toEqual([]);
  });
});

/** Where the base64 of the payload, or of the signature, lies; its last characters may hold bits that count for nothing. */
function signedPart(bundle: string, ofPayload: boolean): [number, number] {
  const [, before = "", text = ""] = new RegExp(`^([^]*?"${ofPayload ? "payload" : "sig"}": ")([^"=]*)`).exec(bundle) ?? [];
  return [before.length, text.length - 2];
}
