import { execFileSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createDecisionLedger } from "../../../src/ledger/branch-decisions.ts";
import { createTestApp } from "../../bot/test-app.ts";
import { assayYml } from "../../bot/world.ts";
import type { Tagged } from "../../chaos/promotion/shop.ts";
import { openReleased, type Released } from "./released.ts";

let released: Released;
let shop: Released["shop"];
beforeEach(async () => {
  released = await openReleased();
  shop = released.shop;
});
afterEach(() => released?.close());

/** What the default branch says from now on. @returns the commit */
function rule({ gate = "{metric: accuracy, no-worse-than: 0.01}", approvals = "", app = "" } = {}): string {
  const more = `    promote: {stages: [staging, production]${approvals}}\n${app}`;
  return shop.place.push("main", { "assay.yml": assayYml({ writer: "action", gate, more }) });
}

const fetchAll = () => execFileSync("git", ["-C", released.git.root, "fetch", "-q", "origin"]);

const unreachable = "{metric: accuracy, at-least: 1}";

describe("the verdict", () => {
  it("would be another one today, where the rules became stricter: that is said and nothing is wrong", async () => {
    rule({ gate: unreachable });
    const { wrong, holds, notProof } = await released.verify();
    expect(wrong).toEqual([]);
    expect(holds.join("\n")).not.toContain("Verdict: ");
    expect(notProof[0]).toMatch(
      /^The verdict would be fail today, by assay\.yml on main as it is now: accuracy\.at-least fails \(.+\)\. By the tagged commit's assay\.yml it is pass, as release\.json says\.$/,
    );
  });

  it("is one that rules gave which stood between the tagged commit's and those of today: that is said and nothing is wrong", async () => {
    rule({ gate: unreachable });
    const tagged = shop.tagNext();
    const between = rule();
    shop.fetchTags();
    expect(await shop.promote(tagged, "staging", released.github)).toMatchObject({ outcome: "promoted" });
    rule({ gate: unreachable });
    await expect(released.verify(tagged.tag)).rejects.toThrow(
      /this clone does not have all of it\. Fetch it: git fetch origin\.$/,
    );
    fetchAll();
    const { wrong, notProof } = await released.verify(tagged.tag);
    expect(wrong).toEqual([]);
    expect(notProof[0]).toBe(
      `The verdict would be fail today, by assay.yml on main as it is now. By that of ${between.slice(0, 7)}, which main had in between, it is pass, as release.json says.`,
    );
  });

  it("is wrong where the rules never gave it", async () => {
    await released.publishByHand("v9.0.0", rule({ gate: unreachable }));
    fetchAll();
    expect((await released.verify("fraud@v9.0.0")).wrong).toEqual([
      expect.stringMatching(
        /^release\.json says that the verdict is pass, and judged again from the evidence it is fail, by assay\.yml on main as by the tagged commit's: accuracy\.at-least fails \(.+\)\.$/,
      ),
    ]);
  });
});

describe("papers that name no stage", () => {
  const publish = (commit: string) =>
    released.publishByHand("v9.0.0", commit, (shipped) => shipped.rewrite({ ...shipped.facts, stage: undefined }));

  it("are asked for as many approvals as the strictest stage asks for", async () => {
    await publish(rule({ approvals: ", approvals: {staging: 1, production: 2}" }));
    expect((await released.verify("fraud@v9.0.0")).wrong).toEqual([
      "fraud needs 2 approvals by assay.yml on main as it is now, and 1 of this result counts.",
    ]);
  });

  it("hold as far as a release by hand can where those are there", async () => {
    await publish(rule());
    const { holds, wrong } = await released.verify("fraud@v9.0.0");
    expect(holds).toContain("Approvals: they are on GitHub, by owners who have the right now, and as many as are needed.");
    expect(wrong).toEqual([expect.stringMatching(/^Branch assay-ledger has no promotion of fraud@v9\.0\.0/)]);
  });
});

describe("an approval by a command to the app", () => {
  let app: string;
  let tagged: Tagged;
  beforeEach(async () => {
    const { github: server, place, merged, evidence } = shop;
    const { app: through, created, installation } = await createTestApp(server, place.fullName);
    app = created.slug;
    const { contents } = await through.connect(installation, { owner: "acme", name: place.name });
    const tip = { recall: async () => undefined, remember: async () => {} };
    const ledger = createDecisionLedger({ contents, repositoryId: place.id, bot: `${app}[bot]`, tip });
    await server.review({ number: merged.pull.number, author: "owner", state: "CHANGES_REQUESTED" });
    await sleep(1_100);
    const [review] = await released.github.pullRequests.reviews(merged.pull.number);
    if (!review || !evidence.seal) throw new Error("Nobody reviewed.");
    await ledger.record({
      ...{ schema: "assay.approval/v1", repositoryId: place.id, pullRequest: merged.pull.number, headSha: merged.pull.headSha },
      ...{ by: review.author, at: new Date().toISOString(), model: "fraud", via: "command" },
      ...{ inputHash: evidence.inputHash, resultDigest: evidence.seal.resultDigest },
    });
    rule({ app: `app: ${app}\n` });
    tagged = shop.tagNext();
    shop.fetchTags();
    expect(await shop.promote(tagged, "staging", released.github)).toMatchObject({ outcome: "promoted", approvedBy: ["owner"] });
  });

  it("holds as long as assay.yml names the app that recorded it", async () => {
    const { wrong, holds, notProof } = await released.verify(tagged.tag);
    expect(wrong).toEqual([]);
    expect(holds).toContain("Approvals: they are on GitHub, by owners who have the right now, and as many as are needed.");
    expect(notProof).toEqual([expect.stringMatching(/^promotions\/fraud\/staging-\d\.json on branch assay-ledger: no app/)]);
  });

  it.each(["", "app: renovate\n"])("does not count any more where assay.yml says %j", async (named) => {
    rule({ app: named });
    expect((await released.verify(tagged.tag)).wrong).toEqual([
      "staging needs 1 approval by assay.yml on main as it is now, and 0 of this result count. @owner's approval by command: it counts where `app` of assay.yml names the app that recorded it.",
    ]);
  });
});
