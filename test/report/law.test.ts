import { describe, expect, it } from "vitest";
import { phraseToText } from "../../src/markdown/phrase.ts";
import { renderComment } from "../../src/report/comment.ts";
import { lawIntroduction } from "../../src/report/law.ts";
import type { Report } from "../../src/report/report.ts";
import { createReport } from "./create-report.ts";

const testSet = { model: "fraud", what: "test set: data/test.csv → data/easy.csv", both: true, wouldBe: undefined } as const;
const gate = { model: "fraud", what: "gate accuracy no-worse-than: 0.01 → 0.5", wouldBe: "pass" } as const;
const introduction = (overrides: Partial<Report>) => phraseToText(lawIntroduction(createReport(overrides)) ?? "");

describe("what is said of a change of the rules", () => {
  it("says of another test set that both count", () => {
    expect(introduction({ lawChanges: [testSet] })).toMatch(
      /^This PR changes the test set\. It is judged on its own, and on that of main \(assay\.yml at \w+\):$/,
    );
    expect(introduction({ lawChanges: [testSet, gate] })).toMatch(/not by its own; the test sets of both count:$/);
    expect(introduction({ lawChanges: [gate] })).toMatch(
      /^This PR changes the rules\. Decided by those of main .*, not by its own:$/,
    );
  });

  it("by hand speaks of no pull request, and names no branch that it does not know", () => {
    const byHand = createReport({ event: "manual", pullRequest: undefined, lawChanges: [gate], links: {} });
    expect(renderComment(byHand).body).toContain("**The rules change.** Decided by those of the base branch (");
  });
});
