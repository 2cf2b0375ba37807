import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { GitHub } from "../../src/github/github.ts";
import { createOctokitGitHub } from "../../src/github/octokit/octokit-github.ts";
import { createDecisionLedger } from "../../src/ledger/branch-decisions.ts";
import type { Decision, DecisionLedger } from "../../src/ledger/decision.ts";
import { decisionPath, formatDecision } from "../../src/ledger/decision-record.ts";
import { ledgerBranch } from "../../src/ledger/ledger.ts";
import { createWorkTree, type WorkTree } from "../embedded-github/scene.ts";
import { type EmbeddedTestGitHub, startEmbeddedTestGitHub } from "../github/embedded-test-github.ts";
import { type FaultyProxy, startFaultyProxy } from "../github/faulty-proxy.ts";
import { createAllowance, createApproval, createWaiver } from "./sample-decisions.ts";

let server: EmbeddedTestGitHub;
let proxy: FaultyProxy;
let github: GitHub;
let work: WorkTree;
let ledger: DecisionLedger;
let knownTip: string | undefined;

function ledgerOf(contents: GitHub["contents"], bot = server.login): DecisionLedger {
  const tip = {
    recall: async () => knownTip,
    remember: async (sha: string) => {
      knownTip = sha;
    },
  };
  return createDecisionLedger({ contents, repositoryId: 77, bot, tip });
}

const connect = (token: string) => createOctokitGitHub({ ...server.repository, token, apiUrl: proxy.url });

beforeEach(async () => {
  knownTip = undefined;
  server = await startEmbeddedTestGitHub();
  proxy = await startFaultyProxy(server.apiUrl);
  github = await connect(server.token);
  work = await createWorkTree(server.gitFolder);
  ledger = ledgerOf(github.contents);
});
afterEach(async () => {
  await work?.remove();
  await proxy?.close();
  await server?.close();
});

async function checkOut(): Promise<void> {
  await work.git("fetch", "--quiet", "origin");
  await work.git("checkout", "--quiet", "-B", ledgerBranch, `origin/${ledgerBranch}`);
}

const all: readonly Decision[] = [
  createAllowance({ at: "2026-11-01T10:00:00.000Z" }),
  createApproval({ at: "2026-11-02T10:00:00.000Z" }),
  createWaiver({ at: "2026-11-03T10:00:00.000Z" }),
];

describe("decisions in the ledger", () => {
  it("are none before there is a ledger", async () => {
    expect(await ledger.ofPullRequest(214)).toEqual({ decisions: [], ignored: [], isWhole: true });
  });

  it("are read back oldest first, those of the pull request and no other", async () => {
    for (const decision of [...all].reverse()) await ledger.record(decision);
    const other = createApproval({ pullRequest: 2 });
    await ledger.record(other);
    expect(await ledger.ofPullRequest(214)).toEqual({ tip: knownTip, decisions: all, ignored: [], isWhole: true });
    expect((await ledger.ofPullRequest(2)).decisions).toEqual([other]);
    expect((await ledger.ofPullRequest(21)).decisions).toEqual([]);
  });

  it("can be read in the history by people", async () => {
    await ledger.record(createApproval());
    await checkOut();
    expect(await work.git("log", "--format=%s")).toBe("Approve risk/fraud for #214 by octocat");
  });

  it("are one file when they are recorded twice, also at the same time", async () => {
    const again = createApproval({ at: "2026-11-04T10:00:00.000Z" });
    await ledger.record(createApproval());
    await Promise.all([ledger.record(again), ledger.record(createApproval()), ledger.record(again)]);
    expect((await ledger.ofPullRequest(214)).decisions).toEqual([createApproval()]);
    expect(await github.contents.list("", ledgerBranch)).toHaveLength(1);
  });

  it("of several at the same time are all kept", async () => {
    const many = Array.from({ length: 6 }, (_, index) => createAllowance({ by: { id: index + 1, login: `owner-${index}` } }));
    await Promise.all(many.map(async (decision) => ledgerOf((await connect(server.token)).contents).record(decision)));
    expect((await ledger.ofPullRequest(214)).decisions).toHaveLength(6);
  });

  it("are written once when the answer was lost after GitHub had stored it", async () => {
    await ledger.record(createAllowance());
    proxy.takeWrites();
    proxy.faults.push({ matches: ({ method }) => method === "PUT", when: "after", answer: 502, times: 1 });
    await ledger.record(createApproval());
    expect(proxy.takeWrites()).toHaveLength(1);
    expect((await ledger.ofPullRequest(214)).decisions).toHaveLength(2);
  });

  it("cost one call for the branch, one for the list, and two each", async () => {
    for (const decision of all) await ledger.record(decision);
    await ledger.record(createApproval({ pullRequest: 2 }));
    await ledger.ofPullRequest(214);
    const before = proxy.requests.length;
    await ledger.ofPullRequest(214);
    expect(proxy.requests.slice(before)).toHaveLength(2 + 2 * all.length);
  });
});

describe("a record does not count", () => {
  const path = decisionPath(createApproval());
  const content = formatDecision(createApproval());
  const expectIgnored = async (why: string) => {
    expect(await ledger.ofPullRequest(214)).toEqual({
      tip: knownTip,
      decisions: [createAllowance()],
      ignored: [why],
      isWhole: true,
    });
  };

  beforeEach(async () => {
    await ledger.record(createAllowance());
    await checkOut();
  });

  it("that somebody pushed, also under the app's own name", async () => {
    const { id } = await github.comments.viewer();
    await work.push(ledgerBranch, { [path]: content });
    const author = `${server.login} <${id}+${server.login}@users.noreply.github.com>`;
    await work.git("commit", "--quiet", "--amend", "--no-edit", `--author=${author}`);
    await work.git("push", "--quiet", "--force", "origin", ledgerBranch);
    expect((await github.contents.history(path, ledgerBranch, 10))[0]).toMatchObject({ author: server.login, verified: false });
    await expectIgnored(`${path} was not recorded by the app.`);
  });

  it("that somebody signed with a key of their own, under the app's name", async () => {
    const { id } = await github.comments.viewer();
    await work.push(ledgerBranch, { [path]: content });
    const author = `${server.login} <${id}+${server.login}@users.noreply.github.com>`;
    await work.git("commit", "--quiet", "--amend", "--no-edit", `--author=${author}`);
    await work.git("push", "--quiet", "--force", "origin", ledgerBranch);
    server.signPushed(await work.git("rev-parse", "HEAD"));
    await expectIgnored(`${path} was not recorded by the app.`);
  });

  it("that a person or another app wrote by the API", async () => {
    const { contents } = await connect(server.otherToken);
    await contents.create({ branch: ledgerBranch, path, content, message: "Approve" });
    await expectIgnored(`${path} was not recorded by the app.`);
    expect((await ledgerOf(github.contents, "other-app[bot]").ofPullRequest(214)).decisions).toEqual([]);
  });

  it("that was changed, or put back, later", async () => {
    await ledger.record(createApproval());
    await checkOut();
    await work.push(ledgerBranch, { [path]: formatDecision(createApproval({ via: "review" })) });
    await expectIgnored(`${path} was changed after it was recorded.`);
    await work.push(ledgerBranch, { [path]: content });
    await expectIgnored(`${path} was changed after it was recorded.`);
  });

  it("that was taken out again", async () => {
    await ledger.record(createApproval());
    await checkOut();
    await work.git("rm", "--quiet", path);
    await work.push(ledgerBranch, { "note.txt": "revoked" });
    expect(await ledger.ofPullRequest(214)).toMatchObject({ decisions: [createAllowance()], ignored: [], isWhole: true });
  });

  it("that was moved to another pull request", async () => {
    await ledger.record(createApproval({ pullRequest: 2 }));
    await checkOut();
    const from = decisionPath(createApproval({ pullRequest: 2 }));
    await work.push(ledgerBranch, { [from.replace("/2/", "/214/")]: formatDecision(createApproval({ pullRequest: 2 })) });
    await expectIgnored(`${from.replace("/2/", "/214/")} was not recorded by the app.`);
  });

  it("that the app wrote in another repository, such as a fork", async () => {
    const foreign = createApproval({ repositoryId: 78 });
    await ledger.record(foreign);
    await expectIgnored(`${decisionPath(foreign)} was recorded for another repository.`);
  });

  it("and does not keep the app from recording the same", async () => {
    await work.push(ledgerBranch, { [path]: content });
    await ledger.record(createApproval());
    await ledger.record(createApproval());
    const { decisions } = await ledger.ofPullRequest(214);
    expect(decisions).toContainEqual(createApproval());
    expect(await github.contents.list("approvals", ledgerBranch)).toEqual([path.replace(".json", "-2.json"), path]);
  });
});

describe("what was read before", () => {
  it("holds as long as the branch is where it was, and costs one call then", async () => {
    await ledger.record(createAllowance());
    const { isWhole: _, ...known } = await ledger.ofPullRequest(214);
    const before = proxy.requests.length;
    expect(await ledger.ofPullRequest(214, known)).toEqual({ ...known, isWhole: true });
    expect(proxy.requests.length - before).toBe(1);
    await ledgerOf(github.contents).record(createApproval());
    expect((await ledger.ofPullRequest(214, known)).decisions).toHaveLength(2);
  });
});

describe("a ledger that was rewritten", () => {
  it("counts nothing, and takes nothing, until it has what it had", async () => {
    await ledger.record(createAllowance());
    const first = await github.contents.branchTip(ledgerBranch);
    const last = await ledger.record(createApproval());
    await checkOut();
    const { isWhole: _, ...whole } = await ledger.ofPullRequest(214);
    expect(whole).toMatchObject({ tip: last });
    expect(whole.decisions).toHaveLength(2);
    const ignored = [
      `Branch assay-ledger was rewritten: it does not have ${last} any more. No decision in it counts, and none is added, until it does.`,
    ];
    await work.git("push", "--quiet", "--force", "origin", `${first}:refs/heads/${ledgerBranch}`);
    expect(await ledger.ofPullRequest(214, whole)).toEqual({ tip: first, decisions: [], ignored, isWhole: false });
    await expect(ledger.record(createWaiver())).rejects.toThrow(ignored[0]);
    expect(await github.contents.branchTip(ledgerBranch)).toBe(first);

    await work.git("push", "--quiet", "origin", `:refs/heads/${ledgerBranch}`);
    expect(await ledger.ofPullRequest(214, whole)).toEqual({ decisions: [], ignored, isWhole: false });
    await expect(ledger.record(createWaiver())).rejects.toThrow(ignored[0]);
    expect(await github.contents.branchTip(ledgerBranch)).toBeUndefined();

    await work.git("push", "--quiet", "origin", `${last}:refs/heads/${ledgerBranch}`);
    expect(await ledger.ofPullRequest(214)).toEqual({ ...whole, isWhole: true });
  });
});
