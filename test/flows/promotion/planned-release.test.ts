import { createHash, generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { digestOf } from "../../../src/evidence/digest.ts";
import { createNodeFiles } from "../../../src/files/node-files.ts";
import { plannedRelease, type Shipment } from "../../../src/flows/promotion/planned-release.ts";
import type { PromotionMachine } from "../../../src/flows/promotion/promotion-machine.ts";
import type { PromotionApproval } from "../../../src/registry/decide-promotion.ts";
import { noStatements } from "../../../src/release/card/statements.ts";
import { parseReleaseRecord } from "../../../src/release/release-record.ts";
import { signWithKey } from "../../../src/release/signature.ts";
import type { SignStatement } from "../../../src/release/signer.ts";
import { createEvidence, createVerdict, passingGates } from "../../report/create-report.ts";

const commit = "c".repeat(40);
const tagged = { tag: "fraud@v1.0.0", tagObject: "a".repeat(40), commit };
const approval = (login: string): PromotionApproval => ({
  ...{ login, headSha: "b".repeat(40), at: "2026-11-02T12:00:00Z", via: "review", isAuthor: false, isOwner: true },
});
const privateKey = () =>
  generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "pkcs8", format: "pem" }).toString();

/** A shipment of one file, and where it lies. */
function ship({
  version = "v1.0.0",
  approvals = [approval("ann")],
  sign,
}: {
  version?: string;
  approvals?: PromotionApproval[];
  sign?: SignStatement;
} = {}) {
  const folder = mkdtempSync(join(tmpdir(), "assay-planned-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "model.json");
  writeFileSync(path, "weights");
  const evidence = createEvidence("fraud");
  const proof = {
    ...{ resultDigest: evidence.seal?.resultDigest ?? digestOf(""), verdict: createVerdict("fraud", passingGates()) },
    ...{ pullRequest: 214, approvals, unshippable: [] },
  };
  const shipment: Shipment = {
    facts: {
      ...{ model: "fraud", version, stage: "staging", tag: { name: tagged.tag, commit }, rules: undefined, proof },
      branch: { name: "main", isProtected: true, hasCommit: true },
      ...{ inputs: { hash: evidence.inputHash }, stages: new Map(), unassignable: [] },
    },
    files: [{ name: "model.json", inModel: "model.json", path, digest: digestOf("weights"), bytes: 7 }],
    ...{
      tagged,
      evidence,
      approvals,
      override: undefined,
      statements: noStatements,
      predecessor: "v0.9.0",
      breakGlass: undefined,
    },
    tags: { annotated: [], names: [] },
    law: undefined,
  };
  const machine = {
    ...{ files: createNodeFiles(), git: { readTag: async () => Buffer.from("object\n") }, sign },
    ...{
      github: { releases: { latest: async () => undefined, findByTag: async () => undefined } },
      serverUrl: "https://github.com",
    },
  } as unknown as PromotionMachine;
  return plannedRelease(shipment, folder, machine);
}

it("has the model and all papers, and checksums of all but themselves and the signature", async () => {
  const { files, ...release } = await ship({ sign: signWithKey(privateKey()) });
  expect(release).toMatchObject({ tag: "fraud@v1.0.0", name: "fraud v1.0.0", target: commit, prerelease: false });
  expect(release.of.tagObject).toBe(tagged.tagObject);
  const sums = files.find(({ name }) => name === "SHA256SUMS");
  const listed = readFileSync(sums?.path ?? "", "utf8")
    .trimEnd()
    .split("\n");
  const others = files.filter(({ name }) => name !== "SHA256SUMS" && name !== "model.sig");
  expect(files).toHaveLength(others.length + 2);
  expect(listed.toSorted()).toEqual(
    others.map(({ name, path }) => `${createHash("sha256").update(readFileSync(path)).digest("hex")}  ${name}`).toSorted(),
  );
});

it("is the same bytes each time but for the signature, so that a try that was interrupted is known again", async () => {
  const digests = async () =>
    new Map((await ship({ sign: signWithKey(privateKey()) })).files.map(({ name, digest }) => [name, digest]));
  const [first, second] = [await digests(), await digests()];
  expect([...first.keys()].filter((name) => first.get(name) !== second.get(name))).toEqual(["model.sig"]);
});

it("says of each file whether a later promotion writes it otherwise, as the papers that name who approved", async () => {
  const [first, later] = [await ship(), await ship({ approvals: [approval("ann"), approval("ben")] })];
  expect(first.files.map(({ name }) => name)).not.toContain("model.sig");
  const digests = new Map(later.files.map(({ name, digest }) => [name, digest]));
  for (const { name, digest, varies } of first.files)
    if (varies === undefined) expect([name, digests.get(name)]).toEqual([name, digest]);
  expect(first.files.filter(({ varies }) => varies === undefined).map(({ name }) => name)).toEqual(["model.json"]);
});

it("keeps with its record what it was decided on", async () => {
  const { files } = await ship();
  const record = parseReleaseRecord(readFileSync(files.find(({ name }) => name === "release.json")?.path ?? "", "utf8"));
  expect(record).toMatchObject({
    ...{ model: "fraud", version: "v1.0.0", stage: "staging", follows: "v0.9.0", pullRequest: 214, verdict: "pass" },
    ...{ tag: { name: tagged.tag, object: tagged.tagObject, commit, content: "object\n" }, trust: "pull-request" },
    approvals: [{ by: "ann", headSha: "b".repeat(40), at: "2026-11-02T12:00:00Z", via: "review" }],
  });
});

it("is a prerelease where the version says so", async () => {
  expect((await ship({ version: "v1.0.0-rc.1" })).prerelease).toBe(true);
});
