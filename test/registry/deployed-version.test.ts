import { describe, expect, it } from "vitest";
import { type DeployingRun, deployedVersion } from "../../src/registry/deployed-version.ts";

const headSha = "a".repeat(40);
const dispatched: DeployingRun = {
  ...{ event: "workflow_dispatch", ref: "main", headSha, ofDefaultBranch: true },
  title: "fraud@v1.2.0 to production",
};

describe("the version that a run deploys", () => {
  it.each<[string, Partial<DeployingRun>, unknown]>([
    ["is said by the title of a run of the default branch", {}, { model: "fraud", version: "v1.2.0", commit: undefined }],
    ["is of a model in a folder", { title: "models=fraud@v1.2.0 to production" }, { model: "models:fraud", version: "v1.2.0" }],
    ["is that of the tag that it runs on", { ref: "fraud@v1.3.0", event: "push" }, { version: "v1.3.0", commit: headSha }],
    ["is not said for another environment", { title: "fraud@v1.2.0 to staging" }, { wrong: /deploys to staging/ }],
    ["is not said by what only contains a tag", { title: "fraud@v1.2.0 to production or so" }, { wrong: /does not say/ }],
    ["is not said by a tag that takes it back", { title: "fraud@v1.2.0! to production" }, { wrong: /does not say/ }],
    ["is not said by another branch's workflow", { ofDefaultBranch: false }, { wrong: /does not say/ }],
    ["is not said by a commit's message", { event: "push" }, { wrong: /does not say/ }],
    ["is not said by a stage's tag", { ref: "fraud#production#4", title: "Deploy" }, { wrong: /does not say/ }],
  ])("%s", (_, changes, expected) => {
    const found = deployedVersion({ ...dispatched, ...changes }, "production");
    const { wrong } = expected as { wrong?: RegExp };
    expect(found).toMatchObject(wrong ? { wrong: expect.stringMatching(wrong) } : (expected as object));
  });
});
