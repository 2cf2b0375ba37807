import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openShop, type Shop, type Tagged } from "../../chaos/promotion/shop.ts";
import { startCheckedGitHub } from "../../openapi/checked-github.ts";
import { type RunningApp, runApp } from "../../scenarios/running-app.ts";

describe("the app, asked to let a run into an environment", () => {
  let shop: Shop;
  let running: RunningApp;
  let version: Tagged;

  beforeAll(async () => {
    shop = await openShop({ start: startCheckedGitHub });
    running = await runApp(shop.github, [shop.place.fullName]);
    version = shop.tagNext();
    shop.fetchTags();
  }, 60_000);
  afterAll(async () => {
    await running?.stop();
    await shop?.close();
  });

  interface Deploying {
    title?: string;
    branch?: string;
    commit?: string;
    event?: string;
    environment?: string;
  }

  async function comeTo({
    title,
    branch = "main",
    commit = version.commit,
    event = "workflow_dispatch",
    environment = "staging",
  }: Deploying) {
    const { github, place } = shop;
    const workflowPath = ".github/workflows/deploy.yml";
    const of = { repository: place.fullName, event, workflowPath, headSha: commit, headBranch: branch };
    const { runId } = await github.createRun({ ...of, ...(title !== undefined && { title }) });
    await github.waitAtGate({ runId, environment, appId: running.app.id });
    await running.rest();
    const gate = github.gates().find(({ run }) => run.id === runId);
    return { runId, state: gate?.state, said: gate?.comments ?? [] };
  }

  async function promote(tagged: Tagged, stage: string): Promise<void> {
    shop.fetchTags();
    expect(await shop.promote(tagged, stage, shop.connect(fetch))).toMatchObject({ outcome: "promoted" });
  }

  const named = (environment: string, { tag } = version) => ({ title: `${tag} to ${environment}`, environment });
  const refusal = (reason: string | RegExp) => ({ state: "rejected", said: [expect.stringMatching(reason)] });

  it("lets in what is proven and approved, and says who approved it", async () => {
    const { state, said } = await comeTo(named("staging"));
    expect({ state, said }).toEqual({ state: "approved", said: [expect.stringContaining("is proven and approved by")] });
    expect(said[0]).toContain("owner");
  });

  it("keeps out of production what staging does not have, and lets it in then", async () => {
    expect(await comeTo(named("production"))).toMatchObject(refusal(/staging comes before production and has v1\.1\.0/));
    await promote(version, "staging");
    expect(await comeTo(named("production"))).toMatchObject({ state: "approved" });
  });

  it("lets in what production has although staging has another one by now", async () => {
    await promote(version, "production");
    await promote(shop.tagNext(), "staging");
    expect(await comeTo(named("production"))).toMatchObject({ state: "approved" });
  });

  it("lets in a run on the version's own tag", async () => {
    expect(await comeTo({ branch: version.tag, event: "push" })).toMatchObject({ state: "approved" });
    expect(await comeTo({ branch: version.tag, ...named("staging") })).toMatchObject({ state: "approved" });
  });

  it("keeps out a run on a proven version's tag that deploys another one, or that a pull request made", async () => {
    const other = { branch: version.tag, title: "fraud@v9.9.9 to staging" };
    expect(await comeTo(other)).toMatchObject(refusal(/is on .* and says that it deploys fraud@.*v9/));
    expect(await comeTo({ branch: version.tag })).toMatchObject(refusal(/does not say which version/));
    expect(await comeTo({ branch: version.tag, event: "pull_request" })).toMatchObject(refusal(/does not say which version/));
  });

  it("keeps out a branch that is called like the tag", async () => {
    const aside = shop.place.push("elsewhere", { "train.py": "4" });
    expect(await comeTo({ branch: version.tag, commit: aside, event: "push" })).toMatchObject(
      refusal(/The run is of .*, and fraud@.*v1\.2\.0 points at/),
    );
  });

  it.each<[string, Deploying, RegExp]>([
    ["no version", {}, /does not say which version/],
    ["a version in a commit's message", { event: "push", title: "fraud@v1.2.0 to staging" }, /does not say which version/],
    ["a version on a branch of its own", { branch: "aside", title: "fraud@v1.2.0 to staging" }, /does not say which version/],
    ["another environment", { title: "fraud@v1.2.0 to staging", environment: "production" }, /says that it deploys to staging/],
    ["more than it says", { title: "evil fraud@v1.2.0 to staging" }, /does not say which version/],
    ["a version that there is not", { title: "fraud@v7.0.0 to staging" }, /There is no tag fraud@.*v7/],
    ["an environment that is no stage", { title: "fraud@v1.2.0 to qa", environment: "qa" }, /qa is not a stage of fraud/],
    ["a model that there is not", { title: "churn@v1.2.0 to staging" }, /There is no tag churn@.*v1/],
  ])("keeps out a run that says %s", async (_, deploying, reason) => {
    expect(await comeTo(deploying)).toMatchObject(refusal(reason));
  });

  it("keeps out what nobody who has the right now approved", async () => {
    const { github, place } = shop;
    await github.setPermission({ repository: place.fullName, login: "owner", permission: "read" });
    expect(await comeTo(named("staging"))).toMatchObject(refusal(/owner does not own the model now/));
    await github.setPermission({ repository: place.fullName, login: "owner", permission: "write" });
  });

  it("keeps out a version whose tag was moved to what nobody proved", async () => {
    const moved = shop.tagNext();
    shop.fetchTags();
    shop.moveTag(moved);
    expect(await comeTo(named("staging", moved))).toMatchObject(refusal(/is not on main/));
  });

  it("answers once, however often it is asked", async () => {
    const { runId, said } = await comeTo(named("staging"));
    expect(said).toHaveLength(1);
    await running.bot.store.enqueue({
      ...{ kind: "gate", runId, environment: "staging" },
      repository: { installation: running.installation, id: shop.place.id, owner: "acme", name: shop.place.name },
    });
    await running.rest();
    expect(shop.github.gates().find(({ run }) => run.id === runId)?.comments).toEqual(said);
    expect((await running.bot.store.subjects(100)).filter(({ error }) => error !== undefined && error !== null)).toEqual([]);
  });
});
