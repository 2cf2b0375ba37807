import { execFileSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Emergency, openEmergency } from "./emergency.ts";

let emergency: Emergency;
beforeEach(async () => {
  emergency = await openEmergency();
});
afterEach(() => emergency?.shop.close());

type Change = Parameters<Emergency["line"]>[1];
const says = (author: string, reason: string, change?: Change) => emergency.say(author, emergency.line(reason, change));
const refusal = async () => {
  const promotion = await emergency.promote();
  return promotion.outcome === "refused" ? promotion.reasons.join("\n") : promotion;
};
/** GitHub's times have whole seconds. */
const nextSecond = () => sleep(1_000 - (Date.now() % 1_000) + 20);
const releases = () => emergency.shop.github.releases().filter(({ tag }) => tag === emergency.tagged.tag);

describe("what two owners ask for", () => {
  it("comes into the stage, and everything it touches says so", async () => {
    const { shop, github, tagged, issue, bothAsk, promote } = emergency;
    await bothAsk();
    const promotion = await promote();
    const around = [
      expect.stringMatching(/^staging comes before production and has v1\.\d\.0\./),
      expect.stringMatching(/^The verdict is fail: accuracy/),
    ];
    const asked = [
      { by: "owner", reason: "v1.1.0 declines every card" },
      { by: "second", reason: "confirmed on the dashboard" },
    ];
    expect(promotion).toMatchObject({ outcome: "promoted", breakGlass: { issue, askedBy: asked, around } });
    const who = `@owner (“v1.1.0 declines every card”) and @second (“confirmed on the dashboard”) asked for it in #${issue}`;

    const [release] = releases();
    expect(release?.body?.split("\n").slice(1, 3)).toEqual(["> [!CAUTION]", expect.stringContaining("**Break-glass**")]);
    const files = new Map((await github.releases.assets(release?.id ?? 0)).map(({ name, id }) => [name, id]));
    const read = async (name: string) => {
      const path = `${shop.gitFolder}-${name}`;
      await github.releases.downloadAsset(files.get(name) ?? 0, path, undefined);
      return execFileSync("cat", [path], { encoding: "utf8" });
    };
    expect(JSON.parse(await read("release.json"))).toMatchObject({ verdict: "fail", breakGlass: { askedBy: asked, around } });
    expect(await read("MODEL_CARD.md")).toContain(
      "> **Break-glass**: it came into production although the rules spoke against it.",
    );
    expect(await read("ml-bom.cdx.json")).toContain(JSON.stringify(who).slice(1, -1));
    expect(await read("report.html")).toContain("<b>Break-glass.</b>");

    const [deployment] = shop.github.deployments().filter(({ environment }) => environment === "production");
    expect(deployment).toMatchObject({
      description: `BREAK-GLASS, asked for in #${issue}: fraud ${tagged.version} to production`,
    });
    expect(deployment?.statuses.map(({ description }) => description)).toContain(
      `BREAK-GLASS: fraud ${tagged.version} is in production`,
    );
    const git = (...args: string[]) => execFileSync("git", ["-C", shop.gitFolder, ...args], { encoding: "utf8" });
    const stageTag = promotion.outcome === "promoted" ? promotion.stageTag : "";
    expect(git("cat-file", "tag", stageTag)).toContain(`Break-glass: ${who}\n`);
    const record = git("show", `assay-ledger:promotions/fraud/production-${stageTag.split("#")[2]}.json`);
    expect(JSON.parse(record)).toMatchObject({ breakGlass: { issue, askedBy: asked, around } });
    const [note] = shop.github.comments(shop.merged.pull.number).filter(({ body }) => body.includes("Shipped in"));
    expect(note?.body).toMatch(/in \*\*`production`\*\* since .*; 🚨 break-glass: .*v1\.1\.0 declines every card/);
  });

  it("is there once, however often it is promoted, and is judged by the rules again in another stage", async () => {
    const { shop, github, tagged, bothAsk, promote } = emergency;
    await bothAsk();
    const first = await promote();
    expect(await promote()).toEqual({ ...first, wasThere: true });
    expect(releases()).toHaveLength(1);
    for (const stage of ["staging", "production"])
      expect(await shop.promote(tagged, stage, github)).toMatchObject({ outcome: "refused" });
  });

  it("is shown on a release that was published without it, whose files stay", async () => {
    const { shop, github, tagged, issue, bothAsk, promote, setGate } = emergency;
    await setGate(true);
    shop.fetchTags();
    expect(await shop.promote(tagged, "staging", github)).toMatchObject({ outcome: "promoted" });
    await setGate(false);
    await bothAsk();
    const assets = releases()[0]?.assets.map(({ id }) => id);
    for (let time = 0; time < 2; time += 1) expect(await promote()).toMatchObject({ outcome: "promoted", breakGlass: { issue } });
    const [release] = releases();
    expect(release?.body?.split("\n")[0]).toMatch(/^<!-- assay:release v1 /);
    expect(release?.body?.match(/\*\*Break-glass\*\*: it came into production/g)).toHaveLength(1);
    expect(release?.assets.map(({ id }) => id)).toEqual(assets);
  });

  it("is said again when the stage goes back to it", async () => {
    const { shop, github, tagged, issue, bothAsk, promote, setGate } = emergency;
    await bothAsk();
    expect(await promote()).toMatchObject({ outcome: "promoted" });
    await setGate(true);
    const next = shop.tagNext();
    for (const stage of ["staging", "production"]) {
      shop.fetchTags();
      expect(await shop.promote(next, stage, github)).toMatchObject({ outcome: "promoted" });
    }
    shop.fetchTags();
    expect(await shop.rollBack(tagged, "production", github)).toMatchObject({ outcome: "promoted", breakGlass: { issue } });
    expect(shop.github.deployments().at(-1)?.description).toMatch(/^BREAK-GLASS/);
  });

  it("is gone on with where it was interrupted, although somebody approved and another asked since", async () => {
    const { shop, bothAsk, promote } = emergency;
    const { number } = shop.merged.pull;
    await bothAsk();
    shop.github.failNext({ method: "POST", pathPattern: "git/tags", status: 403 });
    await expect(promote()).rejects.toThrow("403");
    const assets = releases()[0]?.assets.map(({ id }) => id);
    await shop.github.review({ number, author: "second", state: "APPROVED" });
    await says("owner", "still down");
    expect(await promote()).toMatchObject({ outcome: "promoted", approvedBy: ["owner", "second"] });
    expect(releases().map((release) => release.assets.map(({ id }) => id))).toEqual([assets]);
  });

  it("is gone on with where its tag was made and the deployment was not", async () => {
    const { shop, bothAsk, promote, github } = emergency;
    await bothAsk();
    shop.github.failNext({ method: "POST", pathPattern: "deployments", status: 403 });
    await expect(promote()).rejects.toThrow("403");
    const [made] = (await github.tags.list("fraud#production")).map(({ name }) => name);
    expect(await promote()).toMatchObject({ outcome: "promoted", stageTag: made, breakGlass: { issue: emergency.issue } });
  });

  it("is asked for once: what the stage went back from comes there again by new comments alone", async () => {
    const { shop, github, tagged, bothAsk, promote, setGate } = emergency;
    await setGate(true);
    const before = shop.tagNext();
    for (const stage of ["staging", "production"]) {
      shop.fetchTags();
      expect(await shop.promote(before, stage, github)).toMatchObject({ outcome: "promoted" });
    }
    await setGate(false);
    await nextSecond();
    await bothAsk();
    expect(await promote()).toMatchObject({ outcome: "promoted" });
    shop.fetchTags();
    const back = await shop.rollBack(before, "production", github);
    const stageTag = back.outcome === "promoted" ? back.stageTag : "";
    const why = `@owner does not count: ${stageTag} was made since, so it is about production as it was. Write a new one`;
    expect(await refusal()).toContain(why);
    expect(await shop.inStage("production")).toBe(before.version);
    await nextSecond();
    await bothAsk();
    expect(await promote()).toMatchObject({ outcome: "promoted" });
    expect(await shop.inStage("production")).toBe(tagged.version);
  });

  it("is gone on with after a day, by new comments of both, as what the first ones released", async () => {
    const { shop, bothAsk, promote, kept } = emergency;
    await bothAsk();
    const first = shop.github
      .comments(emergency.issue)
      .slice(-2)
      .map(({ id }) => kept(id));
    const age = (hours: number) => {
      for (const comment of first) {
        comment.createdAt = new Date(Date.now() - hours * 3_600_000).toISOString().replace(/\.\d+Z$/, "Z");
        comment.updatedAt = comment.createdAt;
      }
    };
    age(23);
    const [asked] = first.map(({ createdAt }) => createdAt);
    shop.github.failNext({ method: "POST", pathPattern: "git/tags", status: 403 });
    await expect(promote()).rejects.toThrow("403");
    const assets = releases()[0]?.assets.map(({ id }) => id);
    // A day goes by: for the promotion the comments are too old, and still those that release.json names.
    const at = Date.parse(asked ?? "") + 25 * 3_600_000;
    vi.useFakeTimers({ now: at, toFake: ["Date"] });
    try {
      expect(await refusal()).toContain("it is older than 24 hours");
      await bothAsk();
      const [theirs] = first;
      if (!theirs) throw new Error("Nobody asked.");
      const { body } = theirs;
      theirs.body = "Never mind";
      expect(await refusal()).toContain("and does not say that");
      Object.assign(theirs, { body, lastEditedAt: theirs.createdAt });
      expect(await refusal()).toContain(`comment ${theirs.id} of #${emergency.issue} was changed since`);
      Object.assign(theirs, { lastEditedAt: null });
      expect(await promote()).toMatchObject({ outcome: "promoted", wasThere: false });
    } finally {
      vi.useRealTimers();
    }
    expect(releases().map((release) => release.assets.map(({ id }) => id))).toEqual([assets]);
  });

  it("is nothing where nothing speaks against the promotion", async () => {
    const { promote, setGate } = emergency;
    await setGate(true);
    for (const login of ["owner", "second"]) await says(login, "it is urgent", { stage: "staging" });
    expect(await promote("staging")).toMatchObject({ outcome: "promoted", approvedBy: ["owner"], breakGlass: undefined });
    expect(releases()[0]?.body).not.toContain("Break-glass");
  });
});

describe("nobody's word counts", () => {
  it.each<[string, () => Promise<unknown>, string]>([
    ["where one person asks twice", () => says("owner", "really"), "and @owner does. Each"],
    ["of somebody who does not own the model", () => says("third", "please"), "@third does not count: they do not own fraud now"],
    ["of a bot", () => says("assay-acme[bot]", "please"), "@assay-acme[bot] does not count: no person wrote it"],
    [
      "about another version",
      () => says("second", "please", { tag: "fraud@v9.0.0" }),
      "@second does not count: it is about fraud@v9.0.0",
    ],
    [
      "about another object of the tag",
      () => says("second", "please", { tagObject: "b".repeat(40) }),
      "it is about tag bbbbbbbbbbbb…",
    ],
    ["about another stage", () => says("second", "please", { stage: "staging" }), "it is about staging"],
    [
      "about another result",
      () => says("second", "please", { resultDigest: `sha256:${"a".repeat(64)}` }),
      "it is about result aaaaaaaaaaaa",
    ],
    ["without a reason", () => says("second", "<why>"), "it has no reason"],
    [
      "that was changed afterwards",
      async () => {
        const comment = emergency.kept((await says("second", "please")).id);
        comment.lastEditedAt = comment.updatedAt;
      },
      "it was changed after it was written",
    ],
    [
      "of yesterday",
      async () => {
        const comment = emergency.kept((await says("second", "please")).id);
        comment.createdAt = new Date(Date.now() - 25 * 3_600_000).toISOString().replace(/\.\d+Z$/, "Z");
        comment.updatedAt = comment.createdAt;
      },
      "it is older than 24 hours",
    ],
  ])("%s", async (_, second, expected) => {
    await says("owner", "v1.1.0 declines every card");
    await second();
    const said = await refusal();
    expect(said).toContain(expected);
    expect(said).toContain("and @owner does");
    expect(said).toContain(emergency.line("<why>"));
    expect(releases()).toEqual([]);
  });

  it("of an owner who lost the right", async () => {
    const { shop, bothAsk } = emergency;
    await bothAsk();
    await shop.github.setPermission({ repository: shop.place.fullName, login: "second", permission: "read" });
    expect(await refusal()).toContain("the comment of @second does not count: they do not own fraud now");
  });

  it("in an issue that there is not", async () => {
    emergency.issue = 4_711;
    expect(await refusal()).toContain("nobody does (there is no #4711)");
  });

  it("for what was not proven, however many ask", async () => {
    const { shop } = emergency;
    emergency.tagged = { ...emergency.tagged, object: shop.moveTag(emergency.tagged) };
    await emergency.bothAsk();
    expect(await refusal()).toContain("is not on main. Merge it");
    expect(releases()).toEqual([]);
  });
});

it("finds whoever asked behind three pages of other comments", async () => {
  await says("owner", "v1.1.0 declines every card");
  for (let at = 0; at < 230; at += 1) await emergency.say("third", `Word ${at}`);
  await says("second", "confirmed on the dashboard");
  expect(await emergency.promote()).toMatchObject({ outcome: "promoted", breakGlass: { issue: emergency.issue } });
});

it("hears both owners in spite of somebody's many comments since, and of an owner's own about something else", async () => {
  await emergency.bothAsk();
  for (let at = 0; at < 101; at += 1) await says("third", `Word ${at}`);
  for (let at = 0; at < 4; at += 1) await says("owner", "and this one", { stage: "staging" });
  expect(await emergency.promote()).toMatchObject({ outcome: "promoted", breakGlass: { issue: emergency.issue } });
});
