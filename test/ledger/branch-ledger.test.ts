import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { digestOf } from "../../src/evidence/digest.ts";
import type { GitHub } from "../../src/github/github.ts";
import { createOctokitGitHub } from "../../src/github/octokit/octokit-github.ts";
import { createBranchLedger } from "../../src/ledger/branch-ledger.ts";
import { type Ledger, ledgerBranch } from "../../src/ledger/ledger.ts";
import { newestRecord } from "../../src/ledger/newest-record.ts";
import { recordPath } from "../../src/ledger/record.ts";
import { sampleEvidence, sealedEvidence } from "../evidence/sample-evidence.ts";
import { type FaultyProxy, startFaultyProxy } from "../github/faulty-proxy.ts";
import { servers } from "../github/servers.ts";
import type { TestGitHub } from "../github/test-github.ts";

describe.each(servers)("the ledger branch, on $name", ({ start }) => {
  let server: TestGitHub;
  let proxy: FaultyProxy;
  let github: GitHub;
  let ledger: Ledger;

  beforeEach(async () => {
    server = await start();
    proxy = await startFaultyProxy(server.apiUrl);
    github = await createOctokitGitHub({ ...server.repository, token: server.token, apiUrl: proxy.url });
    ledger = createBranchLedger(github.contents);
  });
  afterEach(async () => {
    await proxy?.close();
    await server?.close();
  });

  const hashes = (count: number) => Array.from({ length: count }, (_, index) => digestOf(`inputs ${index}`));

  it("gives back what was recorded, and nothing before", async () => {
    const evidence = sealedEvidence();
    expect(await ledger.findEvidence(evidence.model, evidence.inputHash)).toBeUndefined();
    await ledger.recordEvidence(evidence);
    expect(await ledger.findEvidence(evidence.model, evidence.inputHash)).toEqual(evidence);
    expect(await ledger.findEvidence("another", evidence.inputHash)).toBeUndefined();
  });

  it("begins a branch that shares no history with the code", async () => {
    await ledger.recordEvidence(sealedEvidence());
    expect(await github.contents.branchTip(ledgerBranch)).toMatch(/^[0-9a-f]{40}$/);
    expect(await github.contents.read("README.md", ledgerBranch)).toBeUndefined();
    expect(await github.contents.isAncestor(server.mainSha, ledgerBranch)).toBe(false);
  });

  it("appends a record with one write", async () => {
    const [first, second] = hashes(2);
    await ledger.recordEvidence(sealedEvidence("penguins", first));
    proxy.takeWrites();
    await ledger.recordEvidence(sealedEvidence("penguins", second));
    expect(proxy.takeWrites()).toHaveLength(1);
  });

  it("knows the newest record of a model, its folder holding another model's or not", async () => {
    const [first, second, third] = hashes(3);
    expect(await newestRecord(github.contents, "penguins")).toBeUndefined();
    await ledger.recordEvidence(sealedEvidence("penguins", first));
    expect(await newestRecord(github.contents, "penguins")).toBe(first);
    await ledger.recordEvidence(sealedEvidence("penguins", second, "one"));
    await ledger.recordEvidence(sealedEvidence("penguins", first, "another result"));
    await ledger.recordEvidence(sealedEvidence("penguins/arctic", third));
    await ledger.recordEvidence(sealedEvidence("seals", third));
    expect(await newestRecord(github.contents, "penguins")).toBe(first);
    expect(await newestRecord(github.contents, "penguins/arctic")).toBe(third);
  });

  it("knows the newest record of a model below whose folder another is busy", async () => {
    const [first = digestOf(""), ...others] = hashes(22);
    await ledger.recordEvidence(sealedEvidence("penguins", first));
    for (const other of others) await ledger.recordEvidence(sealedEvidence("penguins/arctic", other));
    expect(await newestRecord(github.contents, "penguins")).toBe(first);
  });

  it("writes nothing when it has the same results already", async () => {
    await ledger.recordEvidence(sealedEvidence());
    proxy.takeWrites();
    await ledger.recordEvidence(sealedEvidence());
    expect(proxy.takeWrites()).toEqual([]);
  });

  it("adds another result of the same inputs beside the first, and answers with the newest", async () => {
    const inputs = digestOf("inputs");
    const [first, second] = [sealedEvidence("penguins", inputs, "first"), sealedEvidence("penguins", inputs, "second")];
    await ledger.recordEvidence(first);
    await ledger.recordEvidence(second);
    expect(await ledger.findEvidence("penguins", inputs)).toEqual(second);
    const oldest = await github.contents.read(recordPath("penguins", inputs), ledgerBranch);
    expect(JSON.parse(oldest?.bytes.toString() ?? "")).toEqual(first);
  });

  it("keeps the records of writers that append at the same time, also the very first", async () => {
    const all = hashes(6);
    await Promise.all(
      all.map(async (hash) => {
        const own = await createOctokitGitHub({ ...server.repository, token: server.token, apiUrl: proxy.url });
        await createBranchLedger(own.contents).recordEvidence(sealedEvidence("penguins", hash));
      }),
    );
    for (const hash of all) expect(await ledger.findEvidence("penguins", hash)).toEqual(sealedEvidence("penguins", hash));
  });

  it.each([
    ["branch moved", 409, "before"],
    ["answer was lost", 502, "after"],
  ] as const)("tries again when the %s", async (_what, answer, when) => {
    const [first, second] = hashes(2);
    await ledger.recordEvidence(sealedEvidence("penguins", first));
    proxy.faults.push({ matches: ({ method }) => method === "PUT", when, answer, times: 2 });
    await ledger.recordEvidence(sealedEvidence("penguins", second));
    expect(await ledger.findEvidence("penguins", second ?? "")).toEqual(sealedEvidence("penguins", second));
    expect(await github.contents.read(recordPath("penguins", second ?? "", 2), ledgerBranch)).toBeUndefined();
  });

  it("records only sealed evidence", async () => {
    await expect(ledger.recordEvidence(sampleEvidence())).rejects.toThrow(/not sealed/);
    expect(await github.contents.branchTip(ledgerBranch)).toBeUndefined();
  });

  it("passes over what is in the wrong place, was changed, or is no record, and goes on after it", async () => {
    const [wrongPlace, changed, garbage, beside] = hashes(4);
    const forge = async (hash: string | undefined, content: string, number = 1) => {
      const request = { branch: ledgerBranch, path: recordPath("penguins", hash ?? "", number), content, message: "Forge" };
      expect(await github.contents.create(request)).toBe("created");
      return ledger.findEvidence("penguins", hash ?? "");
    };
    await ledger.recordEvidence(sealedEvidence());
    expect(await forge(wrongPlace, JSON.stringify(sealedEvidence()))).toBeUndefined();
    const better = JSON.stringify(sealedEvidence("penguins", changed)).replace('"value":0.97', '"value":0.99');
    expect(await forge(changed, better)).toBeUndefined();
    expect(await forge(garbage, "{}")).toBeUndefined();
    await ledger.recordEvidence(sealedEvidence("penguins", garbage));
    expect(await ledger.findEvidence("penguins", garbage ?? "")).toEqual(sealedEvidence("penguins", garbage));

    const honest = sealedEvidence("penguins", beside);
    await ledger.recordEvidence(honest);
    expect(await forge(beside, "junk", 2)).toEqual(honest);
  });
});

describe("paths of records", () => {
  it("are made of the model and the input hash", () => {
    const hash = digestOf("x");
    expect(recordPath("team/penguins", hash)).toBe(`evidence/team/penguins/${hash.slice(7)}.json`);
    expect(recordPath("penguins", hash, 3)).toBe(`evidence/penguins/${hash.slice(7)}-3.json`);
  });

  it.each(["", "..", "a/../b", ".git", "a//b", "/a", "a/", "a\nb", "a.lock", "a b"])("refuse the model name %j", (model) => {
    expect(() => recordPath(model, digestOf("x"))).toThrow(/cannot be a model's name/);
  });

  it("refuse what is no hash", () => {
    expect(() => recordPath("a", "sha256:../../x")).toThrow(/not an input hash/);
  });
});
