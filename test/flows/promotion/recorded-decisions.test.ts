import { execFileSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { GitHub } from "../../../src/github/github.ts";
import { createDecisionLedger } from "../../../src/ledger/branch-decisions.ts";
import type { Decision, DecisionLedger } from "../../../src/ledger/decision.ts";
import { decisionPath, formatDecision } from "../../../src/ledger/decision-record.ts";
import { createTestApp } from "../../bot/test-app.ts";
import { assayYml } from "../../bot/world.ts";
import { openShop, type Shop, type Tagged } from "../../chaos/promotion/shop.ts";

let shop: Shop;
let github: GitHub;
let tagged: Tagged;
let app: string;
let ledger: DecisionLedger;
beforeEach(async () => {
  shop = await openShop();
  const { github: server, place } = shop;
  const { app: through, created, installation } = await createTestApp(server, place.fullName);
  app = created.slug;
  const { contents } = await through.connect(installation, { owner: "acme", name: place.name });
  const tip = { recall: async () => undefined, remember: async () => {} };
  ledger = createDecisionLedger({ contents, repositoryId: place.id, bot: `${app}[bot]`, tip });
  github = shop.connect(fetch);
  // The review that the shop comes with is taken back.
  await server.review({ number: shop.merged.pull.number, author: "owner", state: "CHANGES_REQUESTED" });
  await sleep(1_100);
});
afterEach(() => shop?.close());

const gate = "{metric: accuracy, at-least: 1}";

/** What the default branch says from now on, and the next version of it. */
function rule({ gates = "{metric: accuracy, no-worse-than: 0.01}", named = `app: ${app}\n`, approvals = "" } = {}): void {
  const more = `    promote: {stages: [staging, production]${approvals}}\n${named}`;
  shop.place.push("main", { "assay.yml": assayYml({ writer: "action", gate: gates, more }) });
  tagged = shop.tagNext();
  shop.fetchTags();
}

const promote = () => shop.promote(tagged, "staging", github);
const refused = async (reason: RegExp) =>
  expect(await promote()).toMatchObject({ outcome: "refused", reasons: [expect.stringMatching(reason)] });

/** The one who reviewed. */
async function owner() {
  const [review] = await github.pullRequests.reviews(shop.merged.pull.number);
  if (!review) throw new Error("Nobody reviewed.");
  return review.author;
}

const reader = { id: 4711, login: "reader" };

function decided(by: { id: number; login: string }) {
  const { number, headSha } = shop.merged.pull;
  return { repositoryId: shop.place.id, pullRequest: number, headSha, by, at: new Date().toISOString(), model: "fraud" };
}

function approval(by: { id: number; login: string }, via: "command" | "review" = "command"): Decision {
  const { inputHash, seal } = shop.evidence;
  if (!seal) throw new Error("The evidence is not sealed.");
  return { schema: "assay.approval/v1", ...decided(by), inputHash, resultDigest: seal.resultDigest, via };
}

function waiver(by: { id: number; login: string }, until = "2999-01-01"): Decision {
  return { schema: "assay.waiver/v1", ...decided(by), gate: "accuracy.at-least", reason: "Known", until };
}

/** As anybody can who can push. */
function pushToLedger(path: string, content: string, author = "contributor"): void {
  const stream = [
    "commit refs/heads/assay-ledger",
    `committer ${author} <${author}@users.noreply.github.com> ${Math.floor(Date.now() / 1_000)} +0000`,
    "data 4\nPush",
    "from refs/heads/assay-ledger^0",
    `M 100644 inline ${path}\ndata ${Buffer.byteLength(content)}\n${content}\n`,
  ];
  execFileSync("git", ["-C", shop.gitFolder, "fast-import", "--quiet", "--force"], { input: stream.join("\n") });
}

describe("an approval that the app recorded", () => {
  it("counts for a promotion where assay.yml names the app", async () => {
    rule();
    await refused(/needs 1 approval of this very result on #\d+, and it has none/);
    await ledger.record(approval(await owner()));
    expect(await promote()).toMatchObject({ outcome: "promoted", approvedBy: ["owner"] });
  });

  it("does not count where assay.yml names no app, or another one", async () => {
    await ledger.record(approval(await owner()));
    rule({ named: "" });
    await refused(/it has none/);
    rule({ named: "app: renovate\n" });
    await refused(/it has none/);
  });

  it("does not count when somebody else pushed it, in the app's name or not", async () => {
    rule();
    const forged = approval(await owner());
    pushToLedger(decisionPath(forged), formatDecision(forged));
    await refused(/it has none/);
    pushToLedger(decisionPath(forged, 2), formatDecision(forged), `${app}[bot]`);
    await refused(/it has none/);
  });

  it("does not count once somebody changed it", async () => {
    rule();
    const record = approval(await owner());
    await ledger.record(record);
    pushToLedger(decisionPath(record), `${formatDecision(record)}\n`);
    await refused(/it has none/);
  });

  it("does not count by somebody who does not own the model now", async () => {
    rule();
    await ledger.record(approval(reader));
    await refused(/it has none \(@reader does not own the model now\)/);
  });

  it("does not count of a review that does not stand any more", async () => {
    rule();
    await ledger.record(approval(await owner(), "review"));
    await refused(/it has none/);
  });

  it("does not count once its giver asked for changes", async () => {
    rule();
    await ledger.record(approval(await owner()));
    await sleep(1_100);
    await shop.github.review({ number: shop.merged.pull.number, author: "owner", state: "CHANGES_REQUESTED" });
    await refused(/it has none/);
  });

  it("does not count for another result", async () => {
    rule();
    const other = { ...approval(await owner()), resultDigest: `sha256:${"0".repeat(64)}` } as Decision;
    await ledger.record(other);
    await refused(/it has none/);
  });
});

describe("a waiver that the app recorded", () => {
  beforeEach(async () => {
    rule({ gates: gate, approvals: ", approvals: {staging: 0}" });
  });

  it("counts for a promotion", async () => {
    await refused(/^The verdict is fail: accuracy\.at-least/);
    await ledger.record(waiver(await owner()));
    expect(await promote()).toMatchObject({ outcome: "promoted" });
  });

  it("does not count past its day, or by somebody who does not own the model now", async () => {
    await ledger.record(waiver(await owner(), "2020-01-01"));
    await ledger.record(waiver(reader));
    await refused(/^The verdict is fail/);
  });
});
