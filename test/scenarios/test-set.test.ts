import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTeam, setParam, type Team } from "./team.ts";

describe("the test set", () => {
  let team: Team;

  beforeAll(async () => {
    team = await createTeam();
    await team.pushMain("First model");
  });
  afterAll(() => team.close());

  it("is scored by the baseline too when one of its labels changes, and the report says that it changed", async () => {
    const turned = (text: string) => text.replace(/^(test-0,99),1$/m, "$1,0");
    const { comment, train, check } = await team.openAndRun("Turn a label", { "data/test.csv": turned });
    expect(train.get("threshold")?.log).not.toContain("training with threshold");
    expect(comment).toMatch(/test set changed/i);
    // 40 as threshold: accuracy over 400 rows, one more wrong on both sides.
    const [row] = comment.split("\n").filter((line) => line.startsWith("| Accuracy"));
    const [, baseline, candidate] =
      row
        ?.split("|")
        .map((cell) => cell.trim())
        .slice(1) ?? [];
    expect(baseline).toBe(candidate);
    expect(check?.conclusion).toBe("success");
  });

  it("makes a change of exactly 0 when both models predict the same: no-worse-than passes, better-than fails", async () => {
    await team.pushMain("Ask for better too", {
      "assay.yml": (text: string) => `${text}      - {metric: roc_auc, better-than: 0}\n`,
    });
    // Another threshold between two whole numbers: other inputs, the same predictions for every row.
    const { comment, check } = await team.openAndRun("Same predictions", setParam("threshold", "39.5"));
    expect(comment).toMatch(/\| Accuracy.*\| 0 \|.*✅ pass, no change/);
    expect(comment).toMatch(/\| ROC-AUC.*\| 0 \|.*❌ fail, no change/);
    expect(check?.conclusion).toBe("failure");
  });
});
