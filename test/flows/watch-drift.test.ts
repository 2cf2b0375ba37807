import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DriftColumn } from "../../src/evidence/data-evidence.ts";
import { digestOf } from "../../src/evidence/digest.ts";
import { type WatchRequest, watchDrift } from "../../src/flows/watch-drift.ts";
import type { GitHub } from "../../src/github/github.ts";
import { createOctokitGitHub } from "../../src/github/octokit/octokit-github.ts";
import type { WatchedDrift } from "../../src/report/drift-issue.ts";
import { createWorkTree } from "../embedded-github/scene.ts";
import { type EmbeddedTestGitHub, startEmbeddedTestGitHub } from "../github/embedded-test-github.ts";
import { type FaultyProxy, startFaultyProxy } from "../github/faulty-proxy.ts";
import { driftedColumns, driftResult } from "../report/drift-states.ts";
import { createMonitored } from "../report/monitored-states.ts";

let server: EmbeddedTestGitHub;
let proxy: FaultyProxy;
let github: GitHub;
let person: GitHub;

beforeAll(async () => {
  server = await startEmbeddedTestGitHub();
  proxy = await startFaultyProxy(server.apiUrl);
  const token = server.tokenWith?.({ issues: "write", actions: "write" }) ?? "";
  github = await createOctokitGitHub({ ...server.repository, token, apiUrl: proxy.url });
  person = await createOctokitGitHub({ ...server.repository, token: server.otherToken, apiUrl: server.apiUrl });
  const work = await createWorkTree(server.gitFolder);
  await work.git("fetch", "--quiet", "origin");
  await work.git("checkout", "--quiet", "-B", "main", "origin/main");
  const retrain = "on:\n  workflow_dispatch:\n    inputs:\n      months: { default: 3 }\n";
  await work.push("main", { ".github/workflows/retrain.yml": retrain, ".github/workflows/push.yml": "on: push\n" });
  await work.remove();
});
afterAll(async () => {
  await proxy?.close();
  await server?.close();
});

const [age, os, income] = driftedColumns as [DriftColumn, DriftColumn, DriftColumn];
const retraining = { workflow: "retrain.yml", ref: "main", inputs: { months: "6" } };
let runs = 100;

/** What a scheduled run sees and does. */
async function look(
  name: string,
  columns: readonly DriftColumn[],
  change: Partial<WatchRequest & Pick<WatchedDrift, "maxDrifted" | "together" | "monitored">> = {},
) {
  const { maxDrifted = 0, together, monitored, reference = digestOf("profile"), ...rest } = change;
  const watched = {
    name,
    reference: "training data",
    current: "live.csv",
    result: driftResult(columns),
    maxDrifted,
    together,
    monitored,
  };
  const run = { id: ++runs, urlOf: (id: number) => `https://github.com/acme/models/actions/runs/${id}` };
  return watchDrift({ watched, reference, run, retraining: undefined, ...rest }, github);
}

const issuesOf = (name: string) => server.embedded.issues().filter(({ title }) => title === `Data drift: ${name}`);
const dispatched = () => server.embedded.dispatches().length;

describe("drift on a schedule", () => {
  it("has no issue where there is no drift, or no more than may be", async () => {
    expect(await look("calm", [])).toMatchObject({ issue: undefined });
    expect(await look("calm", [age, os], { maxDrifted: 2 })).toMatchObject({ issue: undefined });
    expect(issuesOf("calm")).toEqual([]);
  });

  it("has one issue while it lasts, which changes only with what is seen", async () => {
    const { issue } = await look("lasting", [age]);
    proxy.takeWrites();
    expect((await look("lasting", [age])).notes.join()).toMatch(/Issue unchanged/);
    expect(proxy.takeWrites()).toEqual([]);
    expect(await look("lasting", [age, os])).toMatchObject({ issue });
    expect(issuesOf("lasting")).toMatchObject([{ state: "open", body: expect.stringContaining("device_os") }]);
  });

  it("closes it when it is gone, leaves it closed, and opens the same one when it comes back", async () => {
    const { issue } = await look("coming", [age]);
    await look("coming", []);
    const [gone] = issuesOf("coming");
    expect(gone).toMatchObject({ state: "closed", stateReason: "completed", body: expect.stringContaining("The drift is gone") });
    proxy.takeWrites();
    await look("coming", []);
    expect(proxy.takeWrites()).toEqual([]);
    expect(await look("coming", [age])).toMatchObject({ issue });
    expect(issuesOf("coming")).toMatchObject([{ state: "open" }]);
  });

  it("is accepted by who closes the issue, until another column drifts, the reference changes or it was gone", async () => {
    const close = () => person.issues.update(issuesOf("accepted")[0]?.number ?? 0, { state: "closed" });
    const stateAfter = async (columns: readonly DriftColumn[], change: Partial<WatchRequest> = {}) => {
      await look("accepted", columns, change);
      return issuesOf("accepted").map(({ state }) => state);
    };
    await look("accepted", [age, os]);
    await close();
    expect(await stateAfter([age])).toEqual(["closed"]);
    expect(await stateAfter([age, os, income])).toEqual(["open"]);
    await close();
    expect(await stateAfter([os], { reference: digestOf("newer") })).toEqual(["open"]);
    await close();
    expect(await stateAfter([], { reference: digestOf("newer") })).toEqual(["closed"]);
    expect(await stateAfter([os], { reference: digestOf("newer") })).toEqual(["open"]);
  });

  it("starts a retraining once for what drifted, and again for another column or another reference", async () => {
    const before = dispatched();
    const started = async (columns: readonly DriftColumn[], change: Partial<WatchRequest> = {}) => {
      const { retrained } = await look("retrained", columns, { retraining, ...change });
      return [retrained, dispatched() - before];
    };
    expect(await started([age, os])).toEqual([true, 1]);
    expect(await started([age, os])).toEqual([false, 1]);
    expect(await started([age])).toEqual([false, 1]);
    expect(await started([age, income])).toEqual([true, 2]);
    expect(await started([])).toEqual([false, 2]);
    expect(await started([age])).toEqual([true, 3]);
    expect(await started([age], { reference: digestOf("newer") })).toEqual([true, 4]);
    expect(server.embedded.dispatches().at(-1)).toMatchObject({
      ...{ workflowPath: ".github/workflows/retrain.yml", headBranch: "main", inputs: { months: "6" } },
    });
    expect(issuesOf("retrained")).toMatchObject([{ body: expect.stringContaining("`retrain.yml` was started") }]);
  });

  it("tells of all columns together in the same issue, as of one more column", async () => {
    const together = (auc: number) => ({
      ...{ rows: { reference: 400, current: 400 }, auc, limit: 0.55, noise: 0.53, pValue: auc > 0.55 ? 0 : 0.4 },
      ...{ drifted: auc > 0.55, columns: [{ name: "age | years", loss: 0.12 }] },
    });
    const { issue } = await look("joint", [], { together: together(0.81) });
    const body = expect.stringMatching(
      /All columns together drifted\*\*: .* AUC of 0\.81.*<code>age &#124; years<\/code> \(−0\.120 without it\)/,
    );
    expect(issuesOf("joint")).toMatchObject([{ state: "open", body }]);
    await person.issues.update(issuesOf("joint")[0]?.number ?? 0, { state: "closed" });
    await look("joint", [], { together: together(0.7) });
    expect(issuesOf("joint")).toMatchObject([{ state: "closed" }]);
    expect(await look("joint", [age], { together: together(0.7) })).toMatchObject({ issue });
    expect(issuesOf("joint")).toMatchObject([{ state: "open" }]);
    await look("joint", [], { together: together(0.51) });
    expect(issuesOf("joint")).toMatchObject([{ state: "closed", body: expect.stringContaining("The drift is gone") }]);
  });

  it("tells of a model that got worse in the same issue, and closes it when it is as good as before", async () => {
    const before = dispatched();
    const monitored = (worse: number) => createMonitored({ windows: 4, worse });
    expect(await look("in use", [], { monitored: monitored(0), retraining })).toMatchObject({ issue: undefined });
    const { issue, retrained } = await look("in use", [], { monitored: monitored(1), retraining });
    expect(retrained).toBe(true);
    expect(issuesOf("in use")).toMatchObject([
      { state: "open", body: expect.stringContaining("The model is worse in 1 of 4 windows") },
    ]);
    // More windows of the same metrics by the same evidence are the same alarm; an estimate is another.
    await person.issues.update(issuesOf("in use")[0]?.number ?? 0, { state: "closed" });
    expect(await look("in use", [], { monitored: monitored(1), retraining })).toMatchObject({ retrained: false });
    expect(issuesOf("in use")).toMatchObject([{ state: "closed" }]);
    expect(await look("in use", [], { monitored: monitored(2), retraining })).toMatchObject({ issue, retrained: true });
    expect(issuesOf("in use")).toMatchObject([{ state: "open" }]);
    await look("in use", [], { monitored: monitored(0) });
    const gone = expect.stringContaining("The drift is gone**: none of 6 columns");
    expect(issuesOf("in use")).toMatchObject([{ state: "closed", body: gone }]);
    expect(dispatched() - before).toBe(2);
  });

  it("leaves the issue as it is while the model is not judged, by what the alarm was of", async () => {
    const bodyOf = () => issuesOf("unjudged").map(({ state, body }) => ({ state, body }));
    const notJudged = createMonitored({ windows: 2, worse: 0, by: "nothing" });
    expect(await look("unjudged", [], { monitored: notJudged })).toMatchObject({ issue: undefined });
    await look("unjudged", [], { monitored: createMonitored({ windows: 2, worse: 1 }) });
    const told = bodyOf();
    expect(told).toMatchObject([{ state: "open" }]);
    const { notes } = await look("unjudged", [], { monitored: notJudged });
    expect(notes.join()).toMatch(/is left as it is: this time it cannot be said whether the model is still worse/);
    expect(bodyOf()).toEqual(told);
    // An estimate does not see that the same rows mean something else.
    await look("unjudged", [], { monitored: createMonitored({ windows: 2, worse: 0, by: "estimate" }) });
    expect(bodyOf()).toEqual(told);
    await look("unjudged", [age], { monitored: notJudged });
    await look("unjudged", [], { monitored: notJudged });
    expect(bodyOf()).toMatchObject([{ state: "open", body: expect.stringContaining("merchant") }]);
    await look("unjudged", [], { monitored: createMonitored({ windows: 2, worse: 0 }) });
    expect(bodyOf()).toMatchObject([{ state: "closed", body: expect.stringContaining("The drift is gone") }]);
    expect((await look("unjudged", [], { monitored: notJudged })).notes.join()).toMatch(/is closed/);
  });

  it("starts a retraining that was not wanted before, once it is", async () => {
    const before = dispatched();
    await look("later", [age]);
    expect(await look("later", [age], { retraining })).toMatchObject({ retrained: true });
    expect(await look("later", [age], { retraining })).toMatchObject({ retrained: false });
    expect(dispatched() - before).toBe(1);
  });

  it("does not remember a retraining that GitHub refused", async () => {
    const push = { ...retraining, workflow: "push.yml" };
    await expect(look("refused", [age], { retraining: push })).rejects.toThrow(/workflow_dispatch/);
    expect(issuesOf("refused")[0]?.body).not.toContain("was started");
    expect(await look("refused", [age], { retraining })).toMatchObject({ retrained: true });
  });

  it("starts no second retraining when the answer to the first was lost", async () => {
    const before = dispatched();
    const isDispatch = ({ path }: { path: string }) => path.endsWith("/dispatches");
    proxy.faults.push({ matches: isDispatch, when: "after", answer: 502, times: 1 });
    await expect(look("lost", [age], { retraining })).rejects.toThrow(/502/);
    expect(await look("lost", [age], { retraining })).toMatchObject({ retrained: false });
    expect(dispatched() - before).toBe(1);
  });

  it("has one issue and one retraining when two runs see it come at the same time", async () => {
    const before = dispatched();
    await Promise.all([look("twice", [age], { retraining }), look("twice", [age], { retraining })]);
    expect(issuesOf("twice").filter(({ state }) => state === "open")).toHaveLength(1);
    expect(dispatched() - before).toBe(1);
    await look("twice", [age, os], { retraining });
    expect(issuesOf("twice").filter(({ state }) => state === "open")).toMatchObject([
      { body: expect.stringContaining("device_os") },
    ]);
  });

  it("goes on where somebody has edited what the issue remembers away", async () => {
    const { issue } = await look("edited", [age]);
    const [stored] = issuesOf("edited");
    const [marker] = (stored?.body ?? "").split("\n");
    await person.issues.update(stored?.number ?? 0, { body: `${marker}\nedited` });
    expect(await look("edited", [age])).toMatchObject({ issue });
    expect(issuesOf("edited")).toMatchObject([{ body: expect.stringContaining("merchant_age_days") }]);
  });
});
