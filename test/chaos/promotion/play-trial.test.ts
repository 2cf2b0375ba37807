import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Tag } from "../../../src/github/tags.ts";
import { type Change, playTrial } from "./play-trial.ts";
import { recordRequests } from "./run-trials.ts";
import { openShop, type Shop } from "./shop.ts";
import type { Happening, Trial } from "./trials.ts";

let shop: Shop;
let paths: readonly string[];
beforeAll(async () => {
  shop = await openShop();
  ({ paths } = await recordRequests("staging"));
}, 60_000);
afterAll(() => shop?.close());

/** Deployments are not looked for before one was made. */
const blind: Change = (github) => {
  const { deployments } = github;
  let isMade = false;
  return {
    ...github,
    deployments: {
      ...deployments,
      create(request) {
        isMade = true;
        return deployments.create(request);
      },
      list: async (request) => (isMade ? deployments.list(request) : []),
    },
  };
};

/** Drafts stay. */
const untidy: Change = (github) => ({ ...github, releases: { ...github.releases, delete: async () => undefined } });

/** What was read of a tag once is not read again. */
const trusting: Change = (github) => {
  const known = new Map<string, Tag | undefined>();
  const read = async (name: string) => {
    const now = await github.tags.read(name);
    if (!known.has(name)) known.set(name, now);
    return known.get(name);
  };
  return { ...github, tags: { ...github.tags, read } };
};

/** GitHub is taken to have the model that was shipped, whatever it has. */
const gullible: Change = (github) => {
  const { releases } = github;
  const assets: typeof releases.assets = async (id) =>
    (await releases.assets(id)).map((asset) => (asset.name === "model.json" ? { ...asset, digest: shop.modelDigest } : asset));
  return { ...github, releases: { ...releases, assets } };
};

const killedAfter = (path: RegExp): Trial => {
  const at = paths.findIndex((found) => path.test(found));
  return { course: "staging", kind: "mishaps", mishaps: [{ at, mishap: "killed after" }] };
};
const flawless = { doubled: [], lost: [], wrong: [] };

describe("what the trials of promotions look for", () => {
  const deployed = () => killedAfter(/^POST .*\/deployments$/);
  const isDraft = (path: string) => /^POST .*\/releases$/.test(path);
  const moved = (): Trial => ({ course: "staging", kind: "tag moved", at: paths.findIndex(isDraft) });
  /** By the same version, once there was no draft and before there is one. */
  const overtaken = (): Trial => ({ course: "staging", kind: "overtaken", by: "same", at: paths.findIndex(isDraft) - 1 });

  it("is not there as a promotion is", { timeout: 120_000 }, async () => {
    expect(await playTrial(shop, deployed())).toMatchObject({ ...flawless, promoted: 1, refused: 0, deaths: 1 });
    expect(await playTrial(shop, moved())).toMatchObject({ ...flawless, promoted: 0, refused: 1 });
    expect(await playTrial(shop, overtaken())).toMatchObject({ ...flawless, promoted: 1 });
  });

  it("shows when nothing is looked for before it is made", { timeout: 120_000 }, async () => {
    expect((await playTrial(shop, deployed(), blind)).doubled).not.toEqual([]);
  });

  it("shows when a draft beside the release stays", { timeout: 120_000 }, async () => {
    expect((await playTrial(shop, overtaken(), untidy)).doubled).not.toEqual([]);
  });

  it("shows when a tag's object is not looked at again", { timeout: 120_000 }, async () => {
    expect((await playTrial(shop, moved(), trusting)).wrong).not.toEqual([]);
  });

  it("is not there as a stage goes back, unless what was shipped is another file now", { timeout: 240_000 }, async () => {
    const rollback = (happening: Happening): Trial => ({ course: "rollback", ...happening });
    const killed = rollback({ kind: "mishaps", mishaps: [{ at: 14, mishap: "killed after" }] });
    expect(await playTrial(shop, killed)).toMatchObject({ ...flawless, promoted: 1, deaths: 1 });
    const overtaken = rollback({ kind: "overtaken", by: "other", at: 10 });
    expect(await playTrial(shop, overtaken)).toMatchObject({ ...flawless, promoted: 2 });
    const changed = rollback({ kind: "release changed", at: 0 });
    expect(await playTrial(shop, changed)).toMatchObject({ ...flawless, promoted: 0, refused: 1 });
    expect((await playTrial(shop, changed, gullible)).wrong).not.toEqual([]);
  });
});
