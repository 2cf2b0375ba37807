import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { digestOf } from "../../../src/evidence/digest.ts";
import type { Evidence } from "../../../src/evidence/evidence.ts";
import { sealEvidence } from "../../../src/evidence/seal.ts";
import { evidenceFileName } from "../../../src/flows/job-files.ts";
import { readApprovals } from "../../../src/flows/promotion/read-approvals.ts";
import { readProof } from "../../../src/flows/promotion/read-proof.ts";
import type { GitHub } from "../../../src/github/github.ts";
import { parseSpec } from "../../../src/spec/parse-spec.ts";
import { assayYml } from "../../bot/world.ts";
import { openShop, type Shop } from "../../chaos/promotion/shop.ts";

let shop: Shop;
let github: GitHub;
beforeEach(async () => {
  shop = await openShop();
  github = shop.connect(fetch);
});
afterEach(() => shop?.close());

/** @param recorded what somebody pushed to the ledger in place of what the workflow recorded */
async function prove(recorded: Evidence | undefined = shop.evidence) {
  const tip = (await github.contents.branchTip("main")) ?? "";
  const ledger = { findEvidence: async () => recorded };
  return readProof({ model: "fraud", inputHash: shop.evidence.inputHash, branch: "main", tip, github, ledger });
}

async function upload(runId: number, evidence: Evidence): Promise<void> {
  const name = evidenceFileName("fraud", evidence.inputHash);
  await shop.github.addArtifact({ runId, name, bytes: Buffer.from(JSON.stringify(evidence)), mimeType: "application/json" });
}

const withSource = (source: Partial<Evidence["source"]>): Evidence =>
  sealEvidence({ ...shop.evidence, source: { ...shop.evidence.source, ...source } }, new Date());

describe("the evidence of a merged pull request", () => {
  it("counts, with the pull request that showed it", async () => {
    expect(await prove()).toMatchObject({ evidence: shop.evidence, pullRequest: { number: shop.merged.pull.number } });
  });

  it("is what its run uploaded, whatever the ledger says besides", async () => {
    const better = { ...shop.evidence, trainings: [] };
    expect(await prove(better)).toMatchObject({ evidence: shop.evidence });
  });

  it("is refused where there is none, and where it was made by hand", async () => {
    const tip = (await github.contents.branchTip("main")) ?? "";
    const ledger = { findEvidence: async () => undefined };
    const other = { model: "fraud", inputHash: digestOf("other"), branch: "main", tip, github, ledger };
    expect(await readProof(other)).toEqual({
      wrong: expect.stringMatching(/^No evidence of fraud with the tagged tree's inputs/),
    });
    expect(await prove(withSource({ run: undefined }))).toEqual({ wrong: expect.stringContaining("was made by hand") });
  });

  it("is refused once its run does not have it any more: the ledger alone proves nothing", async () => {
    for (const { id } of shop.github.artifacts(shop.merged.runId)) await shop.github.expireArtifact(id);
    expect(await prove()).toEqual({ wrong: expect.stringContaining("the ledger's copy alone proves nothing") });
  });
});

describe("forged evidence is refused", () => {
  it("of a pull request that is not merged, whatever the ledger calls it", async () => {
    const pull = await shop.place.open({ "train.py": "4" }, { branch: "forged" });
    const runId = await shop.place.run(pull);
    const run = { id: runId, attempt: 1, event: "pull_request", workflow: ".github/workflows/models.yml" };
    await upload(runId, withSource({ run, pullRequest: pull.number, headSha: pull.headSha }));
    expect(await prove(withSource({ run }))).toEqual({
      wrong: expect.stringContaining(`#${pull.number}, which showed it, is not merged`),
    });
  });

  it("of another branch's run that says it was made by the merged pull request", async () => {
    const pull = await shop.place.open({ "train.py": "4" }, { branch: "forged" });
    const runId = await shop.place.run(pull);
    const run = { id: runId, attempt: 1, event: "pull_request", workflow: ".github/workflows/models.yml" };
    await upload(runId, withSource({ run }));
    const { number } = shop.merged.pull;
    expect(await prove(withSource({ run }))).toEqual({ wrong: expect.stringContaining(`run ${runId} is none of #${number}`) });
  });

  it("that another run made than the one that has it", async () => {
    const pull = await shop.place.open({ "train.py": "4" }, { branch: "forged" });
    const runId = await shop.place.run(pull);
    await upload(runId, shop.evidence);
    const run = { id: runId, attempt: 1, event: "pull_request", workflow: ".github/workflows/models.yml" };
    expect(await prove(withSource({ run }))).toEqual({
      wrong: expect.stringContaining(`run ${runId} has it, and it says that run ${shop.merged.runId} made it`),
    });
  });
});

describe("an approval", () => {
  const rules = parseSpec(assayYml(), "assay.yml");
  const approvals = (shownAt: string) =>
    github.pullRequests
      .get(shop.merged.pull.number)
      .then((pullRequest) => readApprovals({ evidence: shop.evidence, pullRequest, shownAt, rules, github, decisions: [] }));

  it("counts from when the result was shown on", async () => {
    expect(await approvals("2020-01-01T00:00:00Z")).toMatchObject([
      { login: "owner", isOwner: true, isAuthor: false, via: "review" },
    ]);
    expect(await approvals("2999-01-01T00:00:00Z")).toEqual([]);
  });
});
