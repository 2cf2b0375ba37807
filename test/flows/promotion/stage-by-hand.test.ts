import { execFileSync } from "node:child_process";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { GitHub } from "../../../src/github/github.ts";
import { openShop, type Shop, type Tagged } from "../../chaos/promotion/shop.ts";

let shop: Shop;
let github: GitHub;
let versions: readonly [Tagged, Tagged];
beforeEach(async () => {
  shop = await openShop();
  github = shop.connect(fetch);
  versions = [shop.tagNext(), shop.tagNext()];
  for (const version of versions) expect(await promote(version)).toMatchObject({ outcome: "promoted" });
});
afterEach(() => shop?.close());

function promote(version: Tagged) {
  shop.fetchTags();
  return shop.promote(version, "staging", github);
}

/** A second later than all that was made. */
function tagByHand(name: string, commit: string): void {
  const date = `${Math.floor(Date.now() / 1_000) + 1} +0000`;
  const person = ["-c", "user.name=a person", "-c", "user.email=person@localhost"];
  const env = { ...process.env, GIT_COMMITTER_DATE: date };
  execFileSync("git", ["-C", shop.gitFolder, ...person, "tag", "-a", "-m", "by hand", name, commit], { env });
}

it.each([
  ["gives the stage", (model: string) => `${model}#staging`],
  ["takes the stage from it", (model: string) => `${model}#staging!`],
])("promotes again where a later tag without a number %s", async (_, nameOf) => {
  const [first, second] = versions;
  const name = nameOf(first.tag.split("@")[0] ?? "");
  tagByHand(name, name.endsWith("!") ? second.commit : first.commit);
  shop.fetchTags();
  expect(await shop.inStage("staging")).not.toBe(second.version);
  const promoted = await promote(second);
  expect(promoted).toMatchObject({ outcome: "promoted", wasThere: false });
  shop.fetchTags();
  expect(await shop.inStage("staging")).toBe(second.version);
  expect(await promote(second)).toMatchObject({ outcome: "promoted", wasThere: true });
});
