import { spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { signModel } from "../../src/flows/sign-model.ts";
import { signWithKey } from "../../src/release/signature.ts";
import { signWithIdentity } from "../../src/sigstore/sign-with-identity.ts";
import { parseSigstoreInstance } from "../../src/sigstore/sigstore-instance.ts";
import { files } from "../git/repository.ts";
import { createFacts } from "../release/create-facts.ts";
import { createShipped, evidenceOf, modelFiles } from "../release/shipped-folder.ts";
import { identity, issuer, startSigstore, tokenOf } from "../sigstore/mock-sigstore.ts";
import { assay, temporaryFolder } from "./assay.ts";

async function createSigned(): Promise<string> {
  const folder = temporaryFolder();
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  mkdirSync(join(folder, "model"));
  writeFileSync(join(folder, "model", "model.onnx"), "weights");
  writeFileSync(join(folder, "team.pub.pem"), publicKey.export({ type: "spki", format: "pem" }));
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  writeFileSync(join(folder, "team.pem"), pem);
  await signModel(join(folder, "model"), join(folder, "model", "model.sig"), signWithKey(pem), files);
  return folder;
}

describe("assay verify", () => {
  it("says that files are as they were signed, and what it did not look at", async () => {
    const { status, stdout } = assay(await createSigned(), "verify", "model", "--key", "team.pub.pem");
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^✓ All files are as they were signed with this key \(SHA-256 [0-9a-f]{64}\)\.\nNot looked at:\n {2}- What evaluated and approved the model/,
    );
  });

  it("names what is not, and ends with 1", async () => {
    const folder = await createSigned();
    writeFileSync(join(folder, "model", "model.onnx"), "Weights");
    const { status, stdout } = assay(folder, "verify", "model", "--key", "team.pub.pem");
    expect(status).toBe(1);
    expect(stdout).toMatch(/^✗ model\.onnx has SHA-256 /);
    const json = JSON.parse(assay(folder, "verify", "model", "--key", "team.pub.pem", "--json").stdout);
    expect(json).toMatchObject({ outcome: "wrong", holds: [], wrong: [expect.any(String)] });
  });

  it("ends with 1 where it was signed with another key", async () => {
    const folder = await createSigned();
    const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    writeFileSync(join(folder, "other.pub.pem"), publicKey.export({ type: "spki", format: "pem" }));
    const { status, stdout } = assay(folder, "verify", "model", "--key", "other.pub.pem");
    expect(status).toBe(1);
    expect(stdout).toMatch(/^✗ The signature was made with another key/);
  });

  it("shows on one line what the files say of themselves, so that it is not taken for what holds", async () => {
    const repository = "acme/models\n✓ Signature: over all files, with this key";
    const evidence = evidenceOf(modelFiles, { source: { repository, commit: "c".repeat(40) } });
    const { folder } = await createShipped({ facts: createFacts({ evidence, repository }), content: modelFiles });
    const { stdout } = assay(temporaryFolder(), "verify", folder);
    expect(stdout).toContain("fraud v1.5.0, released from acme/models ✓ Signature: ");
    expect(stdout).not.toMatch(/^✓ Signature/m);
  });

  it.each([
    [["model", "--key", "none.pem"], "There is no file none.pem."],
    [["model", "--key", "model/model.onnx"], "The public key cannot be read."],
    [["model", "--key", "team.pem"], "This is a private key, which is for signing alone. Give its public part: openssl pkey "],
    [["nowhere", "--key", "team.pub.pem"], "There is no signature at nowhere/model.sig."],
    [["model", "--signature", "team.pub.pem", "--key", "team.pub.pem"], "This is no Sigstore bundle v0.3"],
    [["model"], "model has no release of Assay"],
    [["model", "--tolerance", "0.1"], "--tolerance is about --rerun. Add it."],
    [["model", "--rerun", "--tolerance", "much"], "--tolerance much is no number from 0 on."],
    [["model", "--key", "team.pub.pem", "--identity", identity], "--key and --identity are two ways to sign."],
    [["model", "--issuer", issuer], "--issuer is about --identity. Add it."],
    [["model", "--trusted-root", "team.pub.pem"], "--trusted-root is about --identity. Add it."],
    [["model", "--identity", "acme"], "--identity acme is none. Write a workflow's: https://github.com/"],
    [["model", "--identity", identity, "--trusted-root", "none.json"], "There is no file none.json."],
    [["model", "--identity", identity, "--trusted-root", "team.pub.pem"], "team.pub.pem holds no trusted root of Sigstore."],
    [["model", "--identity", identity], "This is no Sigstore bundle v0.3 signed with an identity"],
    [["fraud@v1.2.0"], "is not in the work tree of a git repository"],
    [["nowhere"], "nowhere has no release of Assay"],
  ])("explains %j", async (args, said) => {
    const { status, stderr } = assay(await createSigned(), "verify", ...args);
    expect(status).toBe(2);
    expect(stderr).toContain(said);
  });
});

/** The command in a process that can open no connection. */
function assayOffline(...args: string[]) {
  const closed = join(temporaryFolder(), "closed.mjs");
  writeFileSync(
    closed,
    `import { Socket } from "node:net";\nSocket.prototype.connect = () => { throw new Error("Somebody opened a connection."); };\n`,
  );
  const main = join(import.meta.dirname, "..", "..", "src", "cli", "main.ts");
  return spawnSync(process.execPath, ["--import", closed, main, ...args], {
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
}

describe("assay verify of a release", () => {
  it("needs no network", async () => {
    const { folder, keyPath } = await createShipped();
    const { status, stdout, stderr } = assayOffline("verify", folder, "--key", keyPath);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^fraud v1\.5\.0, released from acme\/risk-models\n✓ Files: /);
    expect(stdout).toContain("\nNot looked at:\n");
  });

  it("needs none either to tell which workflow signed it", async () => {
    const { folder, path } = await createShipped();
    const { config } = await startSigstore();
    const trusted = join(folder, "..", "sigstore.json");
    writeFileSync(trusted, JSON.stringify(config));
    const instance = parseSigstoreInstance(JSON.stringify(config), trusted);
    const signAs = (claims: object) =>
      signModel(folder, path("model.sig"), signWithIdentity({ instance, token: async () => tokenOf(claims) }), files);
    const verify = (...args: string[]) => assayOffline("verify", folder, "--identity", identity, ...args);
    await signAs({});
    const { status, stdout, stderr } = verify("--trusted-root", trusted);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain(`✓ Signature: over all files, by ${identity}, for which ${issuer} vouched.\n`);
    const untrusted = verify();
    expect(untrusted.status).toBe(1);
    expect(untrusted.stdout).toContain("✗ Sigstore's certificate, logs or signature do not hold by the trusted root: ");
    await signAs({ repository: "evil/models" });
    expect(verify("--trusted-root", trusted).stdout).toContain(
      "✗ It was signed in https://github.com/evil/models, and the files",
    );
  });

  it("ends with 3 where nothing is wrong and no key was given, and says so", async () => {
    const { folder, facts, rewrite } = await createShipped();
    const approvals = facts.approvals.map((approval) => ({ ...approval, by: "mallory" }));
    rewrite({ ...facts, approvals });
    const { status, stdout } = assay(folder, "verify", ".");
    expect(status).toBe(3);
    expect(stdout).toContain("approved by @mallory");
    expect(stdout).toContain(
      "\n? Nothing is wrong, and nothing says who made the files: neither --key nor --identity was given to check a signature with, and no run on GitHub vouches for them.\n",
    );
    const json = assay(folder, "verify", ".", "--json");
    expect(json.status).toBe(3);
    expect(JSON.parse(json.stdout)).toMatchObject({ outcome: "unproven", wrong: [] });
  });

  it("says first that a format was overridden, and why", async () => {
    const { folder, keyPath, facts, rewrite, sign, privateKey } = await createShipped();
    const formatOverride = { paths: ["model.json"], reason: "The scorer needs it until June" };
    rewrite({ ...facts, formatOverride });
    await sign(privateKey);
    const { status, stdout } = assay(folder, "verify", ".", "--key", keyPath);
    expect(status).toBe(0);
    expect(stdout.split("\n")[1]).toBe(
      "! FORMAT: model.json can hold code that runs when the model is loaded. Shipped all the same, because: The scorer needs it until June",
    );
    const json = assay(folder, "verify", ".", "--key", keyPath, "--json");
    expect(JSON.parse(json.stdout)).toMatchObject({ outcome: "holds", formatOverride });
  });

  it("names the first thing that is wrong, and ends with 1", async () => {
    const { folder, write } = await createShipped();
    write("run.py", "import os");
    const { status, stdout } = assay(folder, "verify", ".", "--json");
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      schema: "assay.verification/v1",
      outcome: "wrong",
      holds: [],
      wrong: ["run.py is not listed in SHA256SUMS: it was added."],
      notProof: [],
      notLookedAt: expect.any(Array),
    });
  });
});
