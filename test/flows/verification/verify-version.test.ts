import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { downloadRelease } from "../../../src/flows/verification/download-release.ts";
import { verifyVersion } from "../../../src/flows/verification/verify-version.ts";
import { createCommandGit } from "../../../src/git/command-git.ts";
import type { Git } from "../../../src/git/git.ts";
import type { GitHub } from "../../../src/github/github.ts";
import type { Decision } from "../../../src/ledger/decision.ts";
import { decisionPath, formatDecision } from "../../../src/ledger/decision-record.ts";
import { openShop, type Shop } from "../../chaos/promotion/shop.ts";
import { files, processes } from "../../git/repository.ts";
import { createFacts } from "../../release/create-facts.ts";
import { createShipped } from "../../release/shipped-folder.ts";

const tag = "fraud@v1.1.0";
let shop: Shop;
let github: GitHub;
let folder: string;
let git: Git;

/** v1.1.0 is in staging, and here is a clone as it was then. */
beforeEach(async () => {
  shop = await openShop();
  github = shop.connect(fetch);
  folder = mkdtempSync(join(tmpdir(), "assay-verify-"));
  execFileSync("git", ["clone", "-q", shop.gitFolder, join(folder, "clone")]);
  git = await createCommandGit(join(folder, "clone"), processes);
});
afterEach(async () => {
  await shop?.close();
  rmSync(folder, { recursive: true, force: true });
});

const verify = (version = tag) => verifyVersion({ tag: version, publicKey: undefined }, { files, git, github });
const bare = (...args: string[]) => execFileSync("git", ["-C", shop.gitFolder, ...args], { encoding: "utf8" }).trim();

/** An approval of the very result, as the app would record it. */
function approvalBy(login: string): Extract<Decision, { schema: "assay.approval/v1" }> {
  const { evidence, merged } = shop;
  return {
    schema: "assay.approval/v1",
    ...{ repositoryId: 1, pullRequest: merged.pull.number, headSha: merged.pull.headSha },
    ...{ by: { id: 99, login }, at: "2026-11-02T12:00:00Z", model: "fraud", via: "command" },
    ...{ inputHash: evidence.inputHash, resultDigest: evidence.seal?.resultDigest ?? evidence.inputHash },
  };
}

/** Publishes a release by hand, of papers that agree with each other. */
async function publishByHand(version: string, commit: string): Promise<void> {
  const { object } = shop.tag(version, commit);
  const content = execFileSync("git", ["-C", shop.gitFolder, "cat-file", "tag", object]);
  const approvals = [{ by: "owner", headSha: shop.merged.pull.headSha, at: "2026-11-02T12:00:00Z", via: "review" }];
  const { evidence } = shop;
  const facts = createFacts({ evidence, version, commit, approvals, repository: evidence.source.repository });
  const model = await downloaded("model.json");
  const forged = await createShipped({
    facts,
    content: { "model.json": model },
    tag: { name: `fraud@${version}`, object, content },
  });
  const release = await github.releases.create({
    tag: `fraud@${version}`,
    name: version,
    body: "",
    prerelease: false,
    target: commit,
  });
  for (const name of await files.list(forged.folder)) await github.releases.uploadAsset(release, name, join(forged.folder, name));
}

/** A file of the release. */
async function downloaded(name: string): Promise<Buffer> {
  const into = mkdtempSync(join(tmpdir(), "assay-downloaded-"));
  onTestFinished(() => rmSync(into, { recursive: true, force: true }));
  await downloadRelease(tag, into, github);
  return readFileSync(join(into, name));
}

async function replace(name: string, bytes: string | Buffer): Promise<void> {
  const release = await github.releases.findByTag(tag);
  if (!release) throw new Error("There is no release.");
  const file = join(folder, name);
  writeFileSync(file, bytes);
  const old = (await github.releases.assets(release.id)).find((asset) => asset.name === name);
  if (old) await github.releases.deleteAsset(old.id);
  await github.releases.uploadAsset(release, name, file);
}

it("holds as it was promoted, and says that a ledger without the app is no proof", async () => {
  const { wrong, holds, notProof, notLookedAt, isUnproven } = await verify();
  expect({ wrong, isUnproven }).toEqual({ wrong: [], isUnproven: false });
  expect(holds.slice(-4)).toEqual([
    "Tag: fraud@v1.1.0 is still this object on GitHub, and its commit is on main, which is protected.",
    expect.stringMatching(/^Run: \d+ made this very result, of #\d+, which was merged\.$/),
    "Approvals: they are on GitHub, by owners who have the right now, and as many as are needed.",
    "Ledger: has the promotion of these very files.",
  ]);
  expect(notProof).toEqual([
    "promotions/fraud/staging-1.json on branch assay-ledger: no app recorded it, and anybody who can push can write there.",
  ]);
  expect(notLookedAt).toEqual([
    expect.stringMatching(/^The signature: /),
    expect.stringMatching(/^What people state /),
    expect.stringMatching(/^What report\.html says: /),
  ]);
});

/** What somebody does after the promotion, and the sentence that names it. */
const deeds: readonly [what: string, deed: () => unknown, said: RegExp, version?: string][] = [
  [
    "a forged approval pushed to the ledger by plain git",
    () => {
      const forged = approvalBy("mallory");
      shop.place.push("assay-ledger", { [decisionPath(forged)]: formatDecision(forged) }, { from: "assay-ledger" });
    },
    /^approvals\/\d+\/fraud\/[0-9a-f]{32}\.json on branch assay-ledger says that @mallory approved, and no app recorded it: somebody pushed it\.$/,
  ],
  [
    "a forged waiver pushed to the ledger by plain git",
    () => {
      const { schema: _, inputHash: __, resultDigest: ___, via: ____, ...given } = approvalBy("mallory");
      const forged = { ...given, schema: "assay.waiver/v1", gate: "accuracy", reason: "late", until: "2026-12-01" } as const;
      shop.place.push("assay-ledger", { [decisionPath(forged)]: formatDecision(forged) }, { from: "assay-ledger" });
    },
    /^waivers\/\d+\/fraud\/[0-9a-f]{32}\.json on branch assay-ledger says that @mallory waived a gate, and no app recorded it: somebody pushed it\.$/,
  ],
  [
    "a ledger that was force-pushed",
    () => bare("update-ref", "refs/heads/assay-ledger", "refs/heads/assay-ledger~1"),
    /^Branch assay-ledger was rewritten: it does not have [0-9a-f]{12} any more, which this clone fetched\.$/,
  ],
  [
    "a ledger that was force-pushed before this clone saw it",
    async () => {
      bare("update-ref", "refs/heads/assay-ledger", "refs/heads/assay-ledger~1");
      execFileSync("git", ["-C", git.root, "fetch", "-q", "origin", "+refs/heads/*:refs/remotes/origin/*"]);
    },
    /^Branch assay-ledger has no promotion of fraud@v1\.1\.0: it was rewritten, or the promotion was interrupted\. Promote again\.$/,
  ],
  [
    "an unmerged commit that was tagged and released by hand",
    () => publishByHand("v9.0.0", shop.place.push("unmerged", { "train.py": "9" })),
    /^Commit [0-9a-f]{7}, which fraud@v9\.0\.0 points at, is not on main\. Merge it, then tag what is on the branch\.$/,
    "fraud@v9.0.0",
  ],
  [
    "a tag that was moved",
    () => shop.moveTag({ version: "v1.1.0", tag, object: "", commit: "" }),
    /^Tag fraud@v1\.1\.0 is [0-9a-f]{12} on GitHub, and [0-9a-f]{12} was released: somebody moved it\.$/,
  ],
  ["a tag that was deleted", () => bare("tag", "-d", tag), /^Tag fraud@v1\.1\.0 is gone from GitHub\.$/],
  [
    "an approver who lost the right",
    () => shop.github.setPermission({ repository: shop.place.fullName, login: "owner", permission: "read" }),
    /^@owner, who approved it, does not own fraud any more\.$/,
  ],
  [
    "an approval that was taken back",
    () => shop.github.review({ number: shop.merged.pull.number, author: "owner", state: "CHANGES_REQUESTED" }),
    /^@owner approved [0-9a-f]{7} by release\.json, and GitHub has no such approval of this result any more\.$/,
  ],
  [
    "a release of a merged commit that was published by hand",
    () => publishByHand("v9.1.0", shop.place.push("main", { "README.md": "9" })),
    /^Branch assay-ledger has no promotion of fraud@v9\.1\.0: /,
    "fraud@v9.1.0",
  ],
  [
    "a file of the release that was replaced, sums too",
    async () => {
      const card = (await downloaded("MODEL_CARD.md")).toString().replace("not provided", "Anything at all");
      const sum = execFileSync("sha256sum", { input: card, encoding: "utf8" }).slice(0, 64);
      const sums = (await downloaded("SHA256SUMS")).toString().replace(/^[0-9a-f]{64}(?= {2}MODEL_CARD\.md$)/m, sum);
      await replace("MODEL_CARD.md", card);
      await replace("SHA256SUMS", sums);
    },
    /^promotions\/fraud\/staging-1\.json on branch assay-ledger is of other files: the SHA256SUMS that came into staging was sha256:[0-9a-f]{12}…, and this one is sha256:[0-9a-f]{12}…\.$/,
  ],
  [
    "a release with another version's files",
    async () => {
      shop.tag("v9.2.0", bare("rev-parse", "main"));
      const [release, into] = [
        await github.releases.create({ tag: "fraud@v9.2.0", name: "", body: "", prerelease: false, target: "main" }),
        join(folder, "older"),
      ];
      await downloadRelease(tag, into, github);
      for (const name of await files.list(into)) await github.releases.uploadAsset(release, name, join(into, name));
    },
    /^The release of fraud@v9\.2\.0 has the files of fraud@v1\.1\.0\.$/,
    "fraud@v9.2.0",
  ],
];

describe("a version is named wrong after", () => {
  it.each(deeds)("%s", async (_, deed, said, version = tag) => {
    await deed();
    expect((await verify(version)).wrong).toEqual([expect.stringMatching(said)]);
  });
});

it("is not vouched for by a run that lost its evidence, and says so", async () => {
  for (const { id } of shop.github.artifacts(shop.merged.runId)) await shop.github.expireArtifact(id);
  const { wrong, notProof, isUnproven } = await verify();
  expect({ wrong, isUnproven }).toEqual({ wrong: [], isUnproven: true });
  expect(notProof[0]).toMatch(/^Run \d+, which evidence\.json names, does not have its evidence any more, so GitHub cannot say/);
});

it("of which there is no release says how it gets one", async () => {
  await expect(verify("fraud@v7.0.0")).rejects.toThrow("GitHub has no published release of fraud@v7.0.0.");
});
