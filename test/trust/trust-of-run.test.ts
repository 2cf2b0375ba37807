import { describe, expect, it } from "vitest";
import { type TrustLevel, trustLevels } from "../../src/trust/trust.ts";
import { mayReuse, trustOfRun } from "../../src/trust/trust-of-run.ts";

describe("the trust of a run", () => {
  const facts = { repositoryId: 1, headRepositoryId: 1, trainedCommitIsOnProtectedBranch: false };

  it("follows the trained commit within the repository", () => {
    expect(trustOfRun(facts)).toBe("pull-request");
    expect(trustOfRun({ ...facts, trainedCommitIsOnProtectedBranch: true })).toBe("protected");
  });

  it.each([2, undefined])("is a fork's for head repository %s, whatever commit it names", (headRepositoryId) => {
    expect(trustOfRun({ ...facts, headRepositoryId })).toBe("fork");
    expect(trustOfRun({ ...facts, headRepositoryId, trainedCommitIsOnProtectedBranch: true })).toBe("fork");
  });
});

describe("reuse of evidence", () => {
  const allowed = (mergedPullRequest: boolean) =>
    trustLevels.flatMap((have) =>
      trustLevels.filter((need: TrustLevel) => mayReuse(have, need, { mergedPullRequest })).map((need) => `${have} for ${need}`),
    );
  const downwards = [
    "fork for fork",
    "pull-request for fork",
    "pull-request for pull-request",
    "protected for fork",
    "protected for pull-request",
    "protected for protected",
  ];

  it("never crosses upwards", () => {
    expect(allowed(false)).toEqual(downwards);
  });

  it("lets a merged pull request's evidence serve the branch that it was merged into, and a fork's never", () => {
    expect(allowed(true).toSorted()).toEqual([...downwards, "pull-request for protected"].toSorted());
  });
});
