import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, onTestFinished } from "vitest";
import { digestOf } from "../../../src/evidence/digest.ts";
import type { GitHub } from "../../../src/github/github.ts";
import { openShop, type Shop, type Tagged } from "../../chaos/promotion/shop.ts";

let shop: Shop;
let github: GitHub;
let tagged: Tagged;
beforeEach(async () => {
  shop = await openShop();
  github = shop.connect(fetch);
  tagged = shop.tagNext();
});
afterEach(() => shop?.close());

const promote = (through = github) => {
  shop.fetchTags();
  return shop.promote(tagged, "staging", through);
};

/** GitHub publishes the release, and gives the stage no tag. */
async function publishAlone(): Promise<void> {
  const create = () => Promise.reject(new Error("the process was killed"));
  await expect(promote({ ...github, tags: { ...github.tags, create } })).rejects.toThrow("was killed");
  expect(shop.github.releases().filter(({ tag, draft }) => tag === tagged.tag && !draft)).toHaveLength(1);
}

const record = async () => {
  const release = shop.github.releases().find(({ tag }) => tag === tagged.tag);
  return release?.assets.find(({ name }) => name === "release.json");
};

it("goes on with the release that a try published, although somebody approved since", async () => {
  await publishAlone();
  const before = await record();
  await shop.review("APPROVED");
  expect(await promote()).toMatchObject({ outcome: "promoted", approvedBy: ["owner", "second"], wasThere: false });
  expect(await record()).toEqual(before);
  shop.fetchTags();
  expect(await shop.promote(tagged, "production", github)).toMatchObject({ outcome: "promoted" });
});

it("does not, once an approval that the release names does not count any more", async () => {
  await shop.review("APPROVED");
  await publishAlone();
  await shop.review("CHANGES_REQUESTED");
  expect(await promote()).toMatchObject({
    outcome: "refused",
    reasons: [
      expect.stringContaining(`Its release.json names approvals of ${tagged.version} that do not count any more: @second.`),
      "Delete the release, not the tag, and promote again; or tag a new version.",
    ],
  });
});

it("does not with papers that no promotion would have written, whatever their checksums say", async () => {
  await publishAlone();
  await shop.review("APPROVED");
  const folder = mkdtempSync(join(tmpdir(), "assay-papers-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const release = await github.releases.findByTag(tagged.tag);
  if (!release) throw new Error("Nothing is published.");
  const assets = shop.github.releases().find(({ tag }) => tag === tagged.tag)?.assets ?? [];
  const text = (name: string) => readFileSync(assets.find((asset) => asset.name === name)?.file ?? "", "utf8");
  const replace = async (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    await github.releases.deleteAsset(assets.find((asset) => asset.name === name)?.id ?? 0);
    await github.releases.uploadAsset(release, name, join(folder, name));
  };
  const sha256 = (content: string) => digestOf(content).slice("sha256:".length);
  const [card, forged] = [text("MODEL_CARD.md"), "# The best model there is\n"];
  await replace("MODEL_CARD.md", forged);
  await replace("SHA256SUMS", text("SHA256SUMS").replace(sha256(card), sha256(forged)));
  expect(await promote()).toMatchObject({
    outcome: "refused",
    reasons: [
      expect.stringMatching(/is not what this promotion ships \(MODEL_CARD\.md, .+\), and no promotion recorded/),
      expect.anything(),
    ],
  });
});
