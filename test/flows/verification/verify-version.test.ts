import { execFileSync } from "node:child_process";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sealEvidence } from "../../../src/evidence/seal.ts";
import { downloadRelease } from "../../../src/flows/verification/download-release.ts";
import type { Decision } from "../../../src/ledger/decision.ts";
import { decisionPath, formatDecision } from "../../../src/ledger/decision-record.ts";
import { files, temporaryFolder } from "../../git/repository.ts";
import { openReleased, type Released, tag } from "./released.ts";

let released: Released;
let shop: Released["shop"];
beforeEach(async () => {
  released = await openReleased();
  shop = released.shop;
});
afterEach(() => released?.close());

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

it("holds as it was promoted, and says that a ledger without the app is no proof", async () => {
  const { wrong, holds, notProof, notLookedAt, isUnproven } = await released.verify();
  expect({ wrong, isUnproven }).toEqual({ wrong: [], isUnproven: false });
  expect(holds.slice(-6)).toEqual([
    "Tag: fraud@v1.1.0 is still this object on GitHub, and its commit is on main, which is protected.",
    expect.stringMatching(/^Run: \d+ made this very result, of #\d+, which was merged\.$/),
    "Approvals: they are on GitHub, by owners who have the right now, and as many as are needed.",
    "Verdict: pass by assay.yml on main as it is now.",
    "Stages: promotions put it where its tags say, by their keys and GitHub's deployments; it is in staging (fraud#staging#1) now.",
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
    () => released.bare("update-ref", "refs/heads/assay-ledger", "refs/heads/assay-ledger~1"),
    /^Branch assay-ledger was rewritten: it does not have [0-9a-f]{12} any more, which this clone fetched\.$/,
  ],
  [
    "a ledger that was force-pushed before this clone saw it",
    async () => {
      released.bare("update-ref", "refs/heads/assay-ledger", "refs/heads/assay-ledger~1");
      execFileSync("git", ["-C", released.git.root, "fetch", "-q", "origin", "+refs/heads/*:refs/remotes/origin/*"]);
    },
    /^Branch assay-ledger has no promotion of fraud@v1\.1\.0: it was rewritten, or the promotion was interrupted\. Promote again\.$/,
  ],
  [
    "an unmerged commit that was tagged and released by hand",
    () => released.publishByHand("v9.0.0", shop.place.push("unmerged", { "train.py": "9" })),
    /^Commit [0-9a-f]{7}, which fraud@v9\.0\.0 points at, is not on main\. Merge it, then tag what is on the branch\.$/,
    "fraud@v9.0.0",
  ],
  [
    "a tag that was moved",
    () => shop.moveTag({ version: "v1.1.0", tag, object: "", commit: "" }),
    /^Tag fraud@v1\.1\.0 is [0-9a-f]{12} on GitHub, and [0-9a-f]{12} was released: somebody moved it\.$/,
  ],
  ["a tag that was deleted", () => released.bare("tag", "-d", tag), /^Tag fraud@v1\.1\.0 is gone from GitHub\.$/],
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
    () => released.publishByHand("v9.1.0", shop.place.push("main", { "README.md": "9" })),
    /^Branch assay-ledger has no promotion of fraud@v9\.1\.0: /,
    "fraud@v9.1.0",
  ],
  [
    "a file of the release that was replaced, sums too",
    async () => {
      const card = (await released.downloaded("MODEL_CARD.md")).toString();
      await released.replace({ "MODEL_CARD.md": card.replace("not provided", "Anything at all") });
    },
    /^promotions\/fraud\/staging-1\.json on branch assay-ledger is of other files: the SHA256SUMS that came into staging was sha256:[0-9a-f]{12}…, and this one is sha256:[0-9a-f]{12}…\.$/,
  ],
  [
    "the evidence replaced by one of the same result that nobody uploaded",
    async () => {
      const evidence = sealEvidence(shop.evidence, new Date("2020-01-01T00:00:00Z"));
      const [before = "", now = ""] = [shop.evidence.seal?.sealedAt, evidence.seal?.sealedAt];
      const sealedThen = async (name: string) => (await released.downloaded(name)).toString().replaceAll(before, now);
      await released.replace({
        "evidence.json": JSON.stringify(evidence),
        "MODEL_CARD.md": await sealedThen("MODEL_CARD.md"),
        "ml-bom.cdx.json": await sealedThen("ml-bom.cdx.json"),
      });
    },
    /^evidence\.json has the result that run \d+ uploaded, and is not that evidence: seal\.\w+ is "2020-01-01T00:00:00\.000Z" and was "[^"]+"\.$/,
  ],
  [
    "a second version tagged at its commit",
    () => shop.tag("v1.1.1", released.bare("rev-parse", `${tag}^{commit}`)),
    /^fraud@v1\.1\.0 is at the same commit as v1\.1\.1, so that a stage's tag there would stand for neither\./,
  ],
  [
    "its version taken back",
    () => shop.tag("v1.1.0!", released.bare("rev-parse", `${tag}^{commit}`)),
    /^v1\.1\.0 of fraud was taken back\. Tag a new version\.$/,
  ],
  [
    "a release with another version's files",
    async () => {
      shop.tag("v9.2.0", released.bare("rev-parse", "main"));
      const { releases } = released.github;
      const release = await releases.create({ tag: "fraud@v9.2.0", name: "", body: "", prerelease: false, target: "main" });
      const into = temporaryFolder();
      await downloadRelease(tag, into, released.github);
      for (const name of await files.list(into)) await releases.uploadAsset(release, name, `${into}/${name}`);
    },
    /^The release of fraud@v9\.2\.0 has the files of fraud@v1\.1\.0\.$/,
    "fraud@v9.2.0",
  ],
];

describe("a version is named wrong after", () => {
  it.each(deeds)("%s", async (_, deed, said, version = tag) => {
    await deed();
    expect((await released.verify(version)).wrong).toEqual([expect.stringMatching(said)]);
  });
});

it("says of what comes after the first thing that is wrong that it was not looked at", async () => {
  shop.github.setPermission({ repository: shop.place.fullName, login: "owner", permission: "read" });
  expect((await released.verify()).notLookedAt[0]).toBe("What comes after the first thing that is wrong: stages, ledger.");
  released.bare("tag", "-d", tag);
  expect((await released.verify()).notLookedAt[0]).toBe(
    "What comes after the first thing that is wrong: version, run, approvals and verdict, stages, ledger.",
  );
});

it("is not vouched for by a run that lost its evidence, and says so", async () => {
  for (const { id } of shop.github.artifacts(shop.merged.runId)) await shop.github.expireArtifact(id);
  const { wrong, notProof, notLookedAt, isUnproven } = await released.verify();
  expect({ wrong, isUnproven }).toEqual({ wrong: [], isUnproven: true });
  expect(notProof[0]).toMatch(/^Run \d+, which evidence\.json names, does not have its evidence any more, so GitHub cannot say/);
  expect(notLookedAt[0]).toBe("Approvals and verdict: GitHub does not have the evidence any more that they were about.");
});

it("of which there is no release says how it gets one", async () => {
  await expect(released.verify("fraud@v7.0.0")).rejects.toThrow("GitHub has no published release of fraud@v7.0.0.");
});
