import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { verifyRelease } from "../../../src/flows/verification/verify-release.ts";
import { verifyVersion } from "../../../src/flows/verification/verify-version.ts";
import { createCommandGit } from "../../../src/git/command-git.ts";
import type { BreakGlass } from "../../../src/registry/break-glass.ts";
import type { ReleaseFacts } from "../../../src/release/release-facts.ts";
import { files, processes } from "../../git/repository.ts";
import { createFacts } from "../../release/create-facts.ts";
import { createShipped, evidenceOf, type Shipped } from "../../release/shipped-folder.ts";
import { type Emergency, openEmergency } from "../promotion/emergency.ts";

const breakGlass: BreakGlass = {
  issue: 57,
  askedBy: [
    { by: "ada", comment: 3, at: "2026-11-02T09:00:00Z", reason: "v1.1.0 declines | every *card* @all" },
    { by: "bo", comment: 4, at: "2026-11-02T09:05:00Z", reason: "confirmed" },
  ],
  around: ["The verdict is fail: f1 fails (below).", "staging comes before production and has v1.1.0."],
};

describe("without network", () => {
  let shipped: Shipped;
  let facts: ReleaseFacts;
  beforeEach(async () => {
    const known = createFacts({ evidence: evidenceOf(), breakGlass, approvals: [] });
    facts = { ...known, verdict: { ...known.verdict, outcome: "fail" } };
    shipped = await createShipped();
    shipped.rewrite(facts);
  });
  const verify = () => verifyRelease({ folder: shipped.folder, signer: undefined }, files);

  it("a release that went around the rules holds, and says who asked for that, why, and what it was", async () => {
    const { wrong, emergencies, holds } = await verify();
    expect(wrong).toEqual([]);
    expect(emergencies).toEqual([{ stage: "staging", breakGlass }]);
    expect(holds.join("\n")).toContain("verdict fail for staging; approved by nobody");
  });

  it.each<[string, (facts: ReleaseFacts) => void, string | RegExp]>([
    [
      "a verdict that is no pass, with no break-glass",
      () => shipped.rewrite({ ...facts, breakGlass: undefined }),
      "release.json says that the verdict is fail: such a version is not released without break-glass.",
    ],
    [
      "a card that does not say it",
      () => {
        const silent = shipped.read("MODEL_CARD.md").replace(/> \[!CAUTION\][\s\S]*?\n\n/, "");
        shipped.write("MODEL_CARD.md", silent);
        shipped.resum();
      },
      "MODEL_CARD.md has another break-glass than release.json.",
    ],
    [
      "a card that says it of an ordinary release",
      () => {
        const loud = shipped.read("MODEL_CARD.md");
        shipped.rewrite(createFacts({ evidence: evidenceOf() }));
        shipped.write("MODEL_CARD.md", loud);
        shipped.resum();
      },
      "MODEL_CARD.md has another break-glass than release.json.",
    ],
    [
      "another reason on the card",
      () => {
        shipped.edit("MODEL_CARD.md", "confirmed", "agreed");
        shipped.resum();
      },
      "MODEL_CARD.md has another break-glass than release.json.",
    ],
    [
      "another reason in the bill of materials",
      () => {
        shipped.edit("ml-bom.cdx.json", "confirmed", "agreed");
        shipped.resum();
      },
      /^ml-bom\.cdx\.json has break-glass .+, release\.json has .+\.$/,
    ],
    [
      "one person who asks twice",
      () => {
        shipped.edit("release.json", '"bo"', '"Ada"');
        shipped.resum();
      },
      /^release\.json: not the record of a release .+one person asked twice/,
    ],
  ])("names %s", async (_, tamper, said) => {
    tamper(facts);
    const { wrong } = await verify();
    expect(wrong).toEqual([typeof said === "string" ? said : expect.stringMatching(said)]);
  });
});

describe("on GitHub", () => {
  let emergency: Emergency;
  let folder: string;
  beforeEach(async () => {
    emergency = await openEmergency();
    await emergency.bothAsk();
    expect(await emergency.promote()).toMatchObject({ outcome: "promoted" });
    folder = mkdtempSync(join(tmpdir(), "assay-verify-"));
    execFileSync("git", ["clone", "-q", emergency.shop.gitFolder, folder]);
  });
  afterEach(async () => {
    await emergency?.shop.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const verify = async () => {
    const git = await createCommandGit(folder, processes);
    return verifyVersion({ tag: emergency.tagged.tag, signer: undefined }, { files, git, github: emergency.github });
  };
  const commentOf = (login: string) => {
    const { shop, issue, kept } = emergency;
    return kept(shop.github.comments(issue).find(({ author }) => author === login)?.id ?? 0);
  };

  it("both who asked are found again, and what was gone around is not asked for", async () => {
    const { wrong, holds, isUnproven, emergencies } = await verify();
    expect({ wrong, isUnproven }).toEqual({ wrong: [], isUnproven: false });
    const { issue } = emergency;
    expect(emergencies).toEqual([{ stage: "production", breakGlass: expect.objectContaining({ issue }) }]);
    expect(holds).toContain(`Break-glass: both who asked for it in #${emergency.issue} did, and own fraud now.`);
  });

  it.each<[string, () => unknown, RegExp]>([
    [
      "one who does not own the model any more",
      () =>
        emergency.shop.github.setPermission({ repository: emergency.shop.place.fullName, login: "second", permission: "read" }),
      /^@second, who asked for break-glass, does not own fraud any more\.$/,
    ],
    [
      "a comment that is somebody else's",
      () => {
        commentOf("second").author = "third";
      },
      /^@second asked for break-glass by release\.json, and comment \d+, which it names, is @third's in #\d+ and does not say that\.$/,
    ],
    [
      "a comment that says something else",
      () => {
        commentOf("second").body = "Please wait.";
      },
      /^@second asked for break-glass by release\.json, and comment \d+.+does not say that\.$/,
    ],
  ])("%s is named", async (_, deed, said) => {
    await deed();
    expect((await verify()).wrong).toEqual([expect.stringMatching(said)]);
  });

  it("rules that it keeps by now take nothing away from it", async () => {
    await emergency.setGate(true);
    const { wrong, notProof } = await verify();
    expect(wrong).toEqual([]);
    expect(notProof).toContain(
      "release.json says that the verdict is fail, which break-glass went around; judged again from the evidence it is pass.",
    );
  });

  it("a comment that was changed since proves nothing any more, and neither does the release", async () => {
    commentOf("second").lastEditedAt = commentOf("second").updatedAt;
    const { wrong, notProof, isUnproven } = await verify();
    expect({ wrong, isUnproven }).toEqual({ wrong: [], isUnproven: true });
    expect(notProof[0]).toMatch(/^@second asked for break-glass by release\.json, and comment \d+ of #\d+ was changed since\.$/);
  });

  it("both are looked for as ever once the run lost its evidence", async () => {
    const { shop } = emergency;
    for (const { id } of shop.github.artifacts(shop.merged.runId)) await shop.github.expireArtifact(id);
    const { wrong, holds, isUnproven } = await verify();
    expect({ wrong, isUnproven }).toEqual({ wrong: [], isUnproven: true });
    expect(holds).toContain(`Break-glass: both who asked for it in #${emergency.issue} did, and own fraud now.`);
    await shop.github.setPermission({ repository: shop.place.fullName, login: "second", permission: "read" });
    expect((await verify()).wrong).toEqual(["@second, who asked for break-glass, does not own fraud any more."]);
  });

  it("a stage is named that it came into after its release", async () => {
    const { shop, github, issue } = emergency;
    await emergency.setGate(true);
    emergency.tagged = shop.tagNext();
    shop.fetchTags();
    expect(await shop.promote(emergency.tagged, "staging", github)).toMatchObject({ outcome: "promoted" });
    await emergency.setGate(false);
    await emergency.bothAsk();
    expect(await emergency.promote()).toMatchObject({ outcome: "promoted", breakGlass: { issue } });
    await emergency.setGate(true);
    const { wrong, emergencies } = await verify();
    expect(wrong).toEqual([]);
    expect(emergencies).toEqual([{ stage: "production", breakGlass: expect.objectContaining({ issue }) }]);
  });
});
