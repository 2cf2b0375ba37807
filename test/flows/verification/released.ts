import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { downloadRelease } from "../../../src/flows/verification/download-release.ts";
import type { Verification } from "../../../src/flows/verification/verify-release.ts";
import { verifyVersion } from "../../../src/flows/verification/verify-version.ts";
import { createCommandGit } from "../../../src/git/command-git.ts";
import type { Git } from "../../../src/git/git.ts";
import type { GitHub } from "../../../src/github/github.ts";
import { openShop, type Shop } from "../../chaos/promotion/shop.ts";
import { files, processes } from "../../git/repository.ts";
import { createFacts } from "../../release/create-facts.ts";
import { createShipped, type Shipped } from "../../release/shipped-folder.ts";

export const tag = "fraud@v1.1.0";

/** A shop whose v1.1.0 is in staging, and a clone as it was then. */
export interface Released {
  shop: Shop;
  github: GitHub;
  git: Git;
  verify(version?: string, through?: GitHub): Promise<Verification>;
  /** `git` in the repository itself, past everybody. */
  bare(...args: string[]): string;
  /** A file of the release. */
  downloaded(name: string): Promise<Buffer>;
  /** Puts other files in the place of the release's, with `SHA256SUMS` of them all. */
  replace(changed: Readonly<Record<string, string | Buffer>>): Promise<void>;
  /** Publishes a release by hand, of papers that agree with each other. */
  publishByHand(version: string, commit: string, change?: (shipped: Shipped) => void): Promise<void>;
  close(): Promise<void>;
}

export async function openReleased(): Promise<Released> {
  const shop = await openShop();
  const github = shop.connect(fetch);
  const folder = mkdtempSync(join(tmpdir(), "assay-verify-"));
  execFileSync("git", ["clone", "-q", shop.gitFolder, join(folder, "clone")]);
  const git = await createCommandGit(join(folder, "clone"), processes);
  const download = async () => {
    const into = mkdtempSync(join(folder, "downloaded-"));
    await downloadRelease(tag, into, github);
    return into;
  };
  const publish = async (name: string, from: string, commit: string) => {
    const release = await github.releases.create({ tag: name, name, body: "", prerelease: false, target: commit });
    for (const file of await files.list(from)) await github.releases.uploadAsset(release, file, join(from, file));
  };
  return {
    shop,
    github,
    git,
    verify: (version = tag, through = github) =>
      verifyVersion({ tag: version, signer: undefined }, { files, git, github: through }),
    bare: (...args) => execFileSync("git", ["-C", shop.gitFolder, ...args], { encoding: "utf8" }).trim(),
    downloaded: async (name) => readFileSync(join(await download(), name)),
    async replace(changed) {
      const into = await download();
      for (const [name, bytes] of Object.entries(changed)) writeFileSync(join(into, name), bytes);
      const listed = readFileSync(join(into, "SHA256SUMS"), "utf8").trimEnd().split("\n");
      const sums = listed.map((line) => {
        const name = line.slice(66);
        return `${execFileSync("sha256sum", [join(into, name)], { encoding: "utf8" }).slice(0, 64)}  ${name}\n`;
      });
      writeFileSync(join(into, "SHA256SUMS"), sums.join(""));
      const release = await github.releases.findByTag(tag);
      if (!release) throw new Error("There is no release.");
      for (const asset of await github.releases.assets(release.id)) {
        if (!(asset.name in changed) && asset.name !== "SHA256SUMS") continue;
        await github.releases.deleteAsset(asset.id);
        await github.releases.uploadAsset(release, asset.name, join(into, asset.name));
      }
    },
    async publishByHand(version, commit, change) {
      const { object } = shop.tag(version, commit);
      const content = execFileSync("git", ["-C", shop.gitFolder, "cat-file", "tag", object]);
      const approvals = [{ by: "owner", headSha: shop.merged.pull.headSha, at: "2026-11-02T12:00:00Z", via: "review" }];
      const { evidence } = shop;
      const facts = createFacts({ evidence, version, commit, approvals, repository: evidence.source.repository });
      const model = readFileSync(join(await download(), "model.json"));
      const forged = await createShipped({
        ...{ facts, content: { "model.json": model } },
        tag: { name: `fraud@${version}`, object, content },
      });
      change?.(forged);
      await publish(`fraud@${version}`, forged.folder, commit);
    },
    async close() {
      await shop.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
