import { createHash, generateKeyPairSync } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { digestOf } from "../../src/evidence/digest.ts";
import type { Evidence } from "../../src/evidence/evidence.ts";
import { modelDigest } from "../../src/evidence/model-digest.ts";
import { sealEvidence } from "../../src/evidence/seal.ts";
import { signModel } from "../../src/flows/sign-model.ts";
import { modelCard } from "../../src/release/card/model-card.ts";
import { sha256Sums } from "../../src/release/checksums.ts";
import { mlBom } from "../../src/release/ml-bom.ts";
import type { ReleaseFacts } from "../../src/release/release-facts.ts";
import { writeReleaseRecord } from "../../src/release/release-record.ts";
import { signWithKey } from "../../src/release/signature.ts";
import { files } from "../git/repository.ts";
import { createFacts } from "./create-facts.ts";

export const modelFiles = { "model.json": '{"learner": {}}', "weights/a.bin": "aaaa", "weights/b.bin": "bbbb" };

/** Evidence of a model of these files, sealed. */
export function evidenceOf(content: Readonly<Record<string, string>> = modelFiles, change: Partial<Evidence> = {}): Evidence {
  const records = Object.entries(content).map(([path, text]) => ({
    path,
    digest: digestOf(text),
    bytes: Buffer.byteLength(text),
  }));
  const { evidence } = createFacts();
  const model = { digest: modelDigest(records), format: "xgboost", files: records };
  const trainings = evidence.trainings.map((training) => ({ ...training, model }));
  return sealEvidence({ ...evidence, trainings, ...change }, new Date("2026-11-02T10:31:09Z"));
}

/** A tag's object in git's bytes, and its id. */
export function tagObject(version: string, commit: string, name = `fraud@${version}`) {
  const content = Buffer.from(
    `object ${commit}\ntype commit\ntag ${name}\ntagger manager <manager@localhost> 1793700000 +0000\n\nRelease ${version}\n`,
  );
  const object = createHash("sha1").update(`tag ${content.length}\0`).update(content).digest("hex");
  return { name, object, content };
}

/** Pull request. */
const shownIn = 214;

export type Shipped = ReturnType<typeof createKeys> & {
  folder: string;
  /** Of the public key's file. */
  keyPath: string;
  facts: ReleaseFacts;
  path(name: string): string;
  read(name: string): string;
  write(name: string, text: string): void;
  /** Replaces what stands in a file; it must stand there. */
  edit(name: string, from: string | RegExp, to: string): void;
  /** The papers anew, of other facts. */
  rewrite(facts: ReleaseFacts): void;
  /** SHA256SUMS anew, of whatever is there. */
  resum(): void;
  sign(privateKey: string): Promise<void>;
};

function createKeys() {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return {
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    publicKey: publicKey.export({ type: "spki", format: "pem" }).toString(),
  };
}

export interface Released {
  facts: ReleaseFacts;
  /** By path in the model. */
  content: Readonly<Record<string, string | Uint8Array>>;
  tag?: ReturnType<typeof tagObject>;
}

/** A folder as a release's files are downloaded into, signed. */
export async function createShipped(released?: Released): Promise<Shipped> {
  const { content, tag, facts } = released ?? { content: modelFiles, facts: createFacts({ evidence: evidenceOf() }) };
  const home = mkdtempSync(join(tmpdir(), "assay-shipped-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const folder = join(home, "fraud-v1.5.0");
  mkdirSync(folder);
  const keys = createKeys();
  const keyPath = join(home, "team.pub.pem");
  writeFileSync(keyPath, keys.publicKey);
  const path = (name: string) => join(folder, name);
  const shipped: Shipped = {
    ...keys,
    folder,
    keyPath,
    facts,
    path,
    read: (name) => readFileSync(path(name), "utf8"),
    write: (name, text) => writeFileSync(path(name), text),
    edit(name, from, to) {
      const before = shipped.read(name);
      const after = before.replace(from, () => to);
      if (after === before) throw new Error(`${name} has no ${from}.`);
      shipped.write(name, after);
    },
    rewrite(changed) {
      const facts = { ...changed, approvals: changed.approvals.map((approval) => ({ ...approval, pullRequest: shownIn })) };
      shipped.write("evidence.json", `${JSON.stringify(facts.evidence)}\n`);
      shipped.write("MODEL_CARD.md", modelCard(facts));
      shipped.write("ml-bom.cdx.json", mlBom(facts));
      shipped.write("report.html", "<!doctype html><title>For people</title>");
      shipped.write("release.json", writeReleaseRecord(facts, tag ?? tagObject(facts.version, facts.commit), shownIn));
      shipped.resum();
    },
    resum() {
      const names = readdirSync(folder).filter((name) => name !== "SHA256SUMS" && name !== "model.sig");
      const listed = names.map((name) => ({ path: name, sha256: digestOf(readFileSync(path(name))).slice("sha256:".length) }));
      shipped.write("SHA256SUMS", sha256Sums(listed));
    },
    sign: (privateKey) => signModel(folder, path("model.sig"), signWithKey(privateKey), files),
  };
  for (const [name, bytes] of Object.entries(content)) writeFileSync(path(name.replace("/", "__")), bytes);
  shipped.rewrite(shipped.facts);
  await shipped.sign(keys.privateKey);
  return shipped;
}
