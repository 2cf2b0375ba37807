import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runWorkflow } from "../../src/demo/workflow.ts";
import { createTeam, setParam, type Team } from "./team.ts";

const byLabel = { "assay.yml": (text: string) => text.replace("timeout: 5m", "timeout: 5m\n      when: {label: train}") };
const onPush = { "assay.yml": (text: string) => text.replace("\n      when: {label: train}", "") };

describe("a draft", () => {
  let team: Team;
  beforeAll(async () => {
    team = await createTeam();
    await team.pushMain("First model");
  });
  afterAll(() => team.close());

  it("trains nothing, says what it waits for, and is trained once it is ready", async () => {
    const pullRequest = await team.open("Another threshold", setParam("threshold", 10));
    const waiting = await team.run({ ...pullRequest, draft: true });
    expect(waiting.plan.log).toMatch(/wait +threshold +it is trained when the pull request is marked ready for review/);
    expect(waiting.train.size).toBe(0);
    expect(waiting.check).toMatchObject({ conclusion: "action_required", title: expect.stringMatching(/^Not trained yet/) });
    expect(waiting.comment).toContain("Mark the pull request ready for review");
    expect(waiting.report.exitCode, waiting.report.log).toBe(0);
    expect(waiting.report.outputs["verdict"]).toBe("waiting");

    const ready = await team.run(pullRequest);
    expect(ready.train.size).toBe(1);
    expect(ready.check?.conclusion).toBe("failure");
    expect(ready.comments.map(({ id }) => id)).toEqual(waiting.comments.map(({ id }) => id));
    expect(ready.checks).toHaveLength(1);

    const draftAgain = await team.run({ ...pullRequest, draft: true });
    expect(draftAgain.train.get("threshold")?.log).toMatch(/had the same inputs|[Rr]eus/);
    expect(draftAgain.check?.conclusion).toBe("failure");
  });

  it("of a fork ends its job red where something waits: that job is all there is", async () => {
    const pullRequest = await team.open("A fork's draft", setParam("threshold", 20));
    const fork = { ...pullRequest, headRepositoryId: 4711, draft: true };
    const result = await runWorkflow(team.runner, { name: "pull_request", pullRequest: fork });
    expect(result.report.exitCode).toBe(3);
    expect(result.report.summary).toContain("Not trained yet");
  });
});

describe("a model that is trained on a label", () => {
  let team: Team;
  beforeAll(async () => {
    team = await createTeam();
    await team.pushMain("First model", byLabel);
  });
  afterAll(() => team.close());

  it("is trained once with it, as the base branch says, and not for other labels", async () => {
    const pullRequest = await team.open("On every push", { ...setParam("threshold", 50), ...onPush });
    const waiting = await team.run(pullRequest);
    expect(waiting.train.size).toBe(0);
    expect(waiting.check?.conclusion).toBe("action_required");
    expect(waiting.comment).toContain("Add the label `train`");
    expect(waiting.comment).toContain("when it is trained: label train → push");

    const other = await team.run({ ...pullRequest, labels: ["bug"] });
    expect(other.train.size).toBe(0);

    const labelled = await team.run({ ...pullRequest, draft: true, labels: ["bug", "Train"] });
    expect(labelled.train.get("threshold")?.log).toContain("training with threshold");
    expect(labelled.check?.conclusion).toBe("success");

    const third = await team.run({ ...pullRequest, labels: ["bug", "train", "docs"] });
    expect(third.train.get("threshold")?.log).not.toContain("training with threshold");
    expect(third.check?.conclusion).toBe("success");
    expect(third.comments).toHaveLength(1);
  });
});
