import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { signModel, verifyModel } from "../../src/flows/sign-model.ts";
import { expectKey, signWithKey } from "../../src/release/signature.ts";
import { expectIdentity } from "../../src/sigstore/expect-identity.ts";
import { signWithIdentity } from "../../src/sigstore/sign-with-identity.ts";
import { parseSigstoreInstance, publicInstance } from "../../src/sigstore/sigstore-instance.ts";
import { parseTrustedRoots, publicRoots } from "../../src/sigstore/trusted-roots.ts";
import { files } from "../git/repository.ts";
import { skipWithout } from "../requirements.ts";
import { identity, issuer, type MockSigstore, startSigstore, tokenOf } from "./mock-sigstore.ts";

function createModel() {
  const folder = mkdtempSync(join(tmpdir(), "assay-keyless-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const model = join(folder, "model");
  mkdirSync(model);
  writeFileSync(join(model, "model.onnx"), "weights");
  return { folder, model, signature: join(model, "model.sig") };
}

const signerOf = ({ config }: MockSigstore, token = tokenOf()) =>
  signWithIdentity({ instance: parseSigstoreInstance(JSON.stringify(config), "config"), token: async () => token });

async function createSigned(sigstore: MockSigstore, token?: string) {
  const made = createModel();
  await signModel(made.model, made.signature, signerOf(sigstore, token), files);
  return {
    ...made,
    edit(change: (bundle: ReturnType<typeof JSON.parse>) => void) {
      const bundle = JSON.parse(readFileSync(made.signature, "utf8"));
      change(bundle);
      writeFileSync(made.signature, JSON.stringify(bundle));
    },
    verify(expected: { identity?: string; issuer?: string } = {}, root = sigstore.trustedRoot) {
      const trustedRoots = () => parseTrustedRoots(JSON.stringify(root), "root");
      const signer = expectIdentity({ identity, issuer, trustedRoots, ...expected });
      return verifyModel(made.model, made.signature, { signer }, files);
    },
  };
}

describe("a model signed by a workflow's identity", () => {
  it("verifies by certificate and log, with nothing asked of anybody", async () => {
    const sigstore = await startSigstore();
    const { verify } = await createSigned(sigstore);
    expect(sigstore.requests).toEqual(["/api/v2/signingCert", "/api/v1/log/entries"]);
    expect(await verify()).toEqual([]);
    expect(sigstore.requests).toHaveLength(2);
  });

  it("verifies with the timestamp of an authority too", async () => {
    const { verify, signature } = await createSigned(await startSigstore({ withTimestamps: true }));
    expect(readFileSync(signature, "utf8")).toContain("rfc3161Timestamps");
    expect(await verify()).toEqual([]);
  });

  it("names what was changed in the files", async () => {
    const { verify, model } = await createSigned(await startSigstore());
    writeFileSync(join(model, "model.onnx"), "Weights");
    writeFileSync(join(model, "run.py"), "import os");
    expect(await verify()).toEqual([
      "run.py is not among the files that were signed.",
      expect.stringMatching(/^model\.onnx has SHA-256 /),
    ]);
  });

  it.each([
    ["another branch", identity.replace("main", "side")],
    ["another repository", identity.replace("acme", "evil")],
    ["a pattern that it fits", "https://github.com/acme/.*"],
    ["the beginning of it", identity.slice(0, -1)],
    ["no identity", ""],
  ])("is not that of %s", async (_, other) => {
    const { verify } = await createSigned(await startSigstore());
    expect(await verify({ identity: other })).toEqual([`It was signed by ${identity}, and not by ${other}.`]);
  });

  it("is not that of the same name by another issuer", async () => {
    const sigstore = await startSigstore();
    const { verify } = await createSigned(sigstore, tokenOf({ iss: "https://evil.example" }));
    expect(await verify()).toEqual([`https://evil.example vouched for the identity that signed, and not ${issuer}.`]);
  });

  it("is not believed by the root of another Sigstore, the public one among them", async () => {
    const { verify, model, signature } = await createSigned(await startSigstore());
    const { trustedRoot } = await startSigstore();
    const unproven = [expect.stringMatching(/^Sigstore's certificate, logs or signature do not hold by the trusted root: /)];
    expect(await verify({}, trustedRoot)).toEqual(unproven);
    const signer = expectIdentity({ identity, issuer, trustedRoots: publicRoots });
    expect(await verifyModel(model, signature, { signer }, files)).toEqual(unproven);
  });

  it("is believed by one root of several, and no root is mixed from them", async () => {
    const sigstore = await startSigstore();
    const { model, signature } = await createSigned(sigstore);
    const other = await startSigstore();
    const verifyBy = (...roots: object[]) => {
      const trustedRoots = () => parseTrustedRoots(roots.map((root) => JSON.stringify(root)).join("\n"), "roots.jsonl");
      return verifyModel(model, signature, { signer: expectIdentity({ identity, issuer, trustedRoots }) }, files);
    };
    expect(await verifyBy(other.trustedRoot, sigstore.trustedRoot)).toEqual([]);
    const { tlogs, ...rest } = sigstore.trustedRoot as { tlogs: unknown };
    expect(await verifyBy({ ...rest, tlogs: [] }, { ...other.trustedRoot, tlogs })).toHaveLength(1);
  });

  it("has a certificate that a log of certificates has", async () => {
    const { verify } = await createSigned(await startSigstore({ withoutCertificateLog: true }));
    expect(await verify()).toEqual([expect.stringContaining("expected 1 SCTs, got 0")]);
  });

  it("came into the log while the certificate was valid", async () => {
    const later = new Date(Date.now() + 3_600_000);
    const { verify } = await createSigned(await startSigstore({ logClock: later }));
    expect(await verify()).toHaveLength(1);
  });

  it.each<[string, (bundle: ReturnType<typeof JSON.parse>) => void]>([
    ["another statement", (bundle) => (bundle.dsseEnvelope.payload = Buffer.from('{"_type": "other"}').toString("base64"))],
    ["no entry of the log", (bundle) => (bundle.verificationMaterial.tlogEntries = [])],
    [
      "no proof that it is in the log",
      ({
        verificationMaterial: {
          tlogEntries: [entry],
        },
      }) => delete entry.inclusionProof,
    ],
    [
      "a time that the log did not sign",
      ({
        verificationMaterial: {
          tlogEntries: [entry],
        },
      }) => (entry.integratedTime = "1"),
    ],
    [
      "no time",
      ({
        verificationMaterial: {
          tlogEntries: [entry],
        },
      }) => delete entry.inclusionPromise,
    ],
    [
      "another place in the log",
      ({
        verificationMaterial: {
          tlogEntries: [entry],
        },
      }) => (entry.inclusionProof.logIndex = "0"),
    ],
    [
      "another state of the log",
      ({
        verificationMaterial: {
          tlogEntries: [entry],
        },
      }) => {
        const { checkpoint } = entry.inclusionProof;
        checkpoint.envelope = checkpoint.envelope.replace("\n2\n", "\n3\n");
      },
    ],
    ["another signature", (bundle) => (bundle.dsseEnvelope.signatures[0].sig = "MEUCIQDYAAAA")],
    ["no certificate", (bundle) => (bundle.verificationMaterial.certificate.rawBytes = "AAAA")],
    ["two signatures", ({ dsseEnvelope: { signatures } }) => signatures.push(signatures[0])],
  ])("does not hold with %s", async (_, change) => {
    const { verify, edit } = await createSigned(await startSigstore());
    edit(change);
    const wrong = await verify().catch((error) => [String(error)]);
    expect(wrong).toHaveLength(1);
  });

  it("does not hold with the log's entry, or the certificate, of another signature", async () => {
    const sigstore = await startSigstore();
    const { signature: other } = await createSigned(sigstore, tokenOf({ run_id: "2" }));
    const others = JSON.parse(readFileSync(other, "utf8")).verificationMaterial;
    for (const part of ["tlogEntries", "certificate"]) {
      const { verify, edit } = await createSigned(sigstore);
      edit((bundle) => (bundle.verificationMaterial[part] = others[part]));
      expect(await verify(), part).toHaveLength(1);
    }
  });

  it("is over what the signature is of, whatever stands beside it", async () => {
    const { verify, edit, model } = await createSigned(await startSigstore());
    writeFileSync(join(model, "model.onnx"), "Weights");
    edit((bundle) => {
      const payload = Buffer.from(bundle.dsseEnvelope.payload, "base64").toString();
      const messageDigest = { algorithm: "SHA2_256", digest: "AAAA" };
      bundle.messageSignature = { messageDigest, signature: bundle.dsseEnvelope.signatures[0].sig };
      bundle.dsseEnvelope.payload = Buffer.from(payload.replace("weights", "Weights")).toString("base64");
    });
    expect(await verify()).toEqual(["The signature is over something else than a statement."]);
  });

  it("is no signature with a key, nor the other way round", async () => {
    const { model, signature } = await createSigned(await startSigstore());
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const signer = expectKey(publicKey.export({ type: "spki", format: "pem" }).toString());
    await expect(verifyModel(model, signature, { signer }, files)).rejects.toThrow("signed with a key");
    await signModel(model, signature, signWithKey(privateKey.export({ type: "sec1", format: "pem" }).toString()), files);
    const keyless = expectIdentity({ identity, issuer, trustedRoots: publicRoots });
    await expect(verifyModel(model, signature, { signer: keyless }, files)).rejects.toThrow("signed with an identity");
  });

  it("was signed in the repository that its files say", async () => {
    const sigstore = await startSigstore();
    const called = "https://github.com/tools/shared/.github/workflows/promote.yml@refs/tags/v1";
    const { model, signature } = await createSigned(sigstore, tokenOf({ sub: called, repository: "evil/models" }));
    const trustedRoots = () => parseTrustedRoots(JSON.stringify(sigstore.config), "config");
    const signer = expectIdentity({ identity: called, issuer, trustedRoots });
    expect(await verifyModel(model, signature, { signer, repository: "evil/models" }, files)).toEqual([]);
    expect(await verifyModel(model, signature, { signer, repository: "acme/risk-models" }, files)).toEqual([
      "It was signed in https://github.com/evil/models, and the files say that they are of acme/risk-models.",
    ]);
  });
});

describe("signing by identity", () => {
  it.each([
    ["private", "private"],
    ["internal", "internal"],
    ["not known to be public", undefined],
  ])("tells the public Sigstore nothing of a repository that is %s", async (what, visibility) => {
    const { model, signature } = createModel();
    const sign = signWithIdentity({
      instance: publicInstance,
      token: async () => tokenOf({ repository_visibility: visibility }),
    });
    await expect(signModel(model, signature, sign, files)).rejects.toThrow(
      `The repository is ${what}, and Sigstore's public log would show`,
    );
    expect(existsSync(signature)).toBe(false);
  });

  it("says who did not answer, and never the token", async () => {
    const { model, signature } = createModel();
    const sigstore = await startSigstore();
    const gone = {
      ...sigstore,
      config: JSON.parse(JSON.stringify(sigstore.config).replaceAll(sigstore.url, `${sigstore.url}/no`)),
    };
    const token = tokenOf();
    const error = await signModel(model, signature, signerOf(gone, token), files).catch(String);
    expect(error).toContain("Sigstore did not sign: error creating signing certificate");
    expect(error).not.toContain(token);
    const secret = await signModel(model, signature, signerOf(sigstore, "hunter2"), files).catch(String);
    expect(secret).toMatch(/cannot be read(?!.*hunter2)/);
  });

  it.each(["x", "{}", '{"mediaType": "application/vnd.dev.sigstore.clienttrustconfig.v0.1+json"}'])(
    "takes no configuration such as %s",
    (text) => {
      expect(() => parseSigstoreInstance(text, "sigstore.json")).toThrow("sigstore.json is no client trust configuration");
    },
  );

  it.each(["x", "{}", "", '{"mediaType": "application/vnd.dev.sigstore.trustedroot+json;version=0.1"}'])(
    "trusts nothing by %j",
    async (text) => {
      await expect(parseTrustedRoots(text, "root.json")).rejects.toThrow("root.json holds no trusted root of Sigstore.");
    },
  );

  it("has the authorities and logs of the public Sigstore with it", async () => {
    const [root] = await publicRoots();
    expect(root?.certificateAuthorities.map(({ uri }) => uri)).toContain("https://fulcio.sigstore.dev");
    expect(root?.tlogs.map(({ baseUrl }) => baseUrl)).toContain("https://rekor.sigstore.dev");
  });
});

const client = resolve(".cache/model-signing/bin/model_signing");
const withoutClient = skipWithout(
  "model-signing",
  "OpenSSF's client reading signatures by identity",
  existsSync(client)
    ? undefined
    : "model-signing is not installed here: run `bash .ci/python-tool.sh model-signing`, which needs Python.",
);

describe.skipIf(withoutClient)("beside OpenSSF's client", () => {
  it("is verified by it for this identity and issuer alone, and not once a file is changed", async () => {
    const sigstore = await startSigstore();
    const { folder, model, signature } = await createSigned(sigstore);
    writeFileSync(join(folder, "config.json"), JSON.stringify(sigstore.config));
    const ask = (who = identity, by = issuer) => {
      const trusted = ["--trust_config", join(folder, "config.json"), "--identity", who, "--identity_provider", by];
      const args = ["verify", "sigstore", model, "--signature", signature, "--ignore-paths", signature, ...trusted];
      try {
        return execFileSync(client, args, { encoding: "utf8", stdio: "pipe" }).trim();
      } catch (error) {
        return String((error as { stderr: string }).stderr);
      }
    };
    expect(ask()).toBe("Verification succeeded");
    expect(ask(identity.replace("main", "side"))).toContain("Verification failed");
    expect(ask(identity, "https://evil.example")).toContain("Verification failed");
    writeFileSync(join(model, "model.onnx"), "Weights");
    expect(ask()).toContain("Verification failed");
  });
});
