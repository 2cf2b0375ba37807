import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { digestOf } from "../../src/evidence/digest.ts";
import { createCommandGit } from "../../src/git/command-git.ts";
import { createGitLedger } from "../../src/ledger/git-ledger.ts";
import { createNodeProcesses } from "../../src/processes/node-processes.ts";
import { sampleEvidence, sealedEvidence } from "../evidence/sample-evidence.ts";

describe("the ledger of a clone", () => {
  const processes = createNodeProcesses();
  let folder: string;

  const git = (root: string, ...args: string[]) => execFileSync("git", args, { cwd: root }).toString().trim();
  const ledgerOf = async (root: string) => createGitLedger(await createCommandGit(root, processes), processes);

  function createRepository(name: string): string {
    const root = join(folder, name);
    execFileSync("git", ["init", "--quiet", "--initial-branch=main", root]);
    git(root, "config", "user.name", "Tester");
    git(root, "config", "user.email", "tester@example.com");
    writeFileSync(join(root, "README.md"), "Models\n");
    git(root, "add", ".");
    git(root, "commit", "--quiet", "-m", "Begin");
    return root;
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "assay-test-git-ledger-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("records and finds evidence without touching work tree, index or code branches", async () => {
    const root = createRepository("a");
    const [before, status] = [git(root, "rev-parse", "main"), git(root, "status", "--porcelain")];
    const ledger = await ledgerOf(root);
    const evidence = sealedEvidence();
    expect(await ledger.findEvidence(evidence.model, evidence.inputHash)).toBeUndefined();
    await ledger.recordEvidence(evidence);
    expect(await ledger.findEvidence(evidence.model, evidence.inputHash)).toEqual(evidence);
    expect([git(root, "rev-parse", "main"), git(root, "status", "--porcelain")]).toEqual([before, status]);
    expect(git(root, "symbolic-ref", "HEAD")).toBe("refs/heads/main");
    expect(git(root, "log", "--format=%an %s", "assay-ledger")).toMatch(/^Tester Record penguins [0-9a-f]{12}$/);
  });

  it("adds one commit a record and none for a record that is there", async () => {
    const root = createRepository("a");
    const ledger = await ledgerOf(root);
    const [one, two] = [sealedEvidence("penguins", digestOf("1")), sealedEvidence("team/fraud", digestOf("2"))];
    for (const evidence of [one, two, one]) await ledger.recordEvidence(evidence);
    expect(git(root, "rev-list", "--count", "assay-ledger")).toBe("2");
    expect(await ledger.findEvidence(one.model, one.inputHash)).toEqual(one);
    expect(await ledger.findEvidence(two.model, two.inputHash)).toEqual(two);
    expect(git(root, "fsck", "--strict")).toBe("");
  });

  it("keeps both records of two writers at once", async () => {
    const root = createRepository("a");
    await (await ledgerOf(root)).recordEvidence(sealedEvidence("penguins", digestOf("0")));
    const all = [1, 2, 3, 4].map((index) => sealedEvidence("penguins", digestOf(`${index}`)));
    await Promise.all(all.map(async (evidence) => (await ledgerOf(root)).recordEvidence(evidence)));
    const ledger = await ledgerOf(root);
    for (const evidence of all) expect(await ledger.findEvidence("penguins", evidence.inputHash)).toEqual(evidence);
  });

  it("reads origin's ledger where the clone has none of its own, and continues it", async () => {
    const origin = createRepository("origin");
    await (await ledgerOf(origin)).recordEvidence(sealedEvidence("penguins", digestOf("theirs")));
    const clone = join(folder, "clone");
    execFileSync("git", ["clone", "--quiet", origin, clone]);
    const ledger = await ledgerOf(clone);
    expect(await ledger.findEvidence("penguins", digestOf("theirs"))).toBeDefined();
    await ledger.recordEvidence(sealedEvidence("penguins", digestOf("ours")));
    expect(git(clone, "rev-list", "--count", "assay-ledger")).toBe("2");
    expect(git(clone, "merge-base", "--is-ancestor", "origin/assay-ledger", "assay-ledger")).toBe("");
  });

  it("reads only, without processes", async () => {
    const root = createRepository("a");
    const ledger = createGitLedger(await createCommandGit(root, processes));
    expect(await ledger.findEvidence("penguins", digestOf("1"))).toBeUndefined();
    await expect(ledger.recordEvidence(sealedEvidence())).rejects.toThrow(/read-only/);
  });

  it("records only sealed evidence", async () => {
    await expect((await ledgerOf(createRepository("a"))).recordEvidence(sampleEvidence())).rejects.toThrow(/not sealed/);
  });
});
