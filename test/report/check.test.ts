import { describe, expect, it } from "vitest";
import { utf8Bytes } from "../../src/markdown/blocks.ts";
import { annotations, stepAnnotations } from "../../src/report/annotations.ts";
import { checkName, renderCheck } from "../../src/report/check.ts";
import { renderSummary } from "../../src/report/summary.ts";
import { createHostileReport } from "./create-hostile-report.ts";
import { createModelReport, createReport, gateOn, judged, mixedGates, passingGates, recall } from "./create-report.ts";
import { forbiddenAnywhere, forbiddenOutsideCode, withoutCode } from "./hostile.ts";
import { createQualityReport } from "./quality-states.ts";
import { states } from "./states.ts";

const state = (name: string) => states[name]?.() ?? createReport();

describe("the check", () => {
  it("has the one name that repositories require", () => {
    expect(checkName).toBe("assay / verdict");
  });

  it.each([
    ["pass", "success"],
    ["blocked-by-a-gate", "failure"],
    ["inconclusive-and-blocked", "action_required"],
    ["inconclusive-and-allowed", "neutral"],
    ["no-rules-yet", "action_required"],
    ["no-baseline", "success"],
    ["job-failed", "failure"],
    ["job-lost", "failure"],
    ["nothing-to-train", "success"],
    ["pending", undefined],
    ["waiting-draft", "action_required"],
    ["waiting-for-a-label", "action_required"],
  ])("of the state %s concludes %s", (name, conclusion) => {
    expect(renderCheck(state(name)).conclusion).toBe(conclusion);
  });

  it("never lets a lost job through, whatever the rules allow", () => {
    expect(renderCheck({ ...state("job-lost"), onInconclusive: "allow", verdict: "inconclusive" }).conclusion).toBe("failure");
  });

  it("says the verdict in its title and the reasons in its summary", () => {
    const { title, summary, text } = renderCheck(state("blocked-by-a-gate"));
    expect(title).toBe("Do not promote: 1 of 2 models blocked");
    expect(summary).toContain("- ❌ `fraud`: 1 failed, 1 inconclusive, 3 passed");
    expect(summary).toContain("**Recall** fell 0.810 → 0.720");
    expect(text).toContain("| Recall, higher is better |");
  });

  it("annotates the lines of the rules that were not met", () => {
    expect(renderCheck(state("blocked-by-a-gate")).annotations).toEqual([
      expect.objectContaining({
        path: "assay.yml",
        startLine: 23,
        endLine: 23,
        level: "failure",
        title: "fraud: recall.no-worse-than failed",
      }),
      expect.objectContaining({ path: "assay.yml", startLine: 21, endLine: 21, level: "warning" }),
    ]);
  });

  it("stays within GitHub's limits", () => {
    const gates = Array.from({ length: 3_000 }, (_, index) => ({
      ...gateOn(recall, { kind: "no-worse-than", margin: 0.03 }, "fail", "past the limit ".repeat(20)),
      name: `recall-${index}`,
    }));
    const {
      summary,
      text,
      annotations: all,
    } = renderCheck(createReport({ verdict: "fail", models: [createModelReport({ state: judged("fraud", { gates }) })] }));
    expect(utf8Bytes(summary)).toBeLessThan(65_535);
    expect(utf8Bytes(text)).toBeLessThan(65_535);
    expect(all.length).toBeLessThanOrEqual(200);
    expect(all.every(({ title, message }) => title.length <= 255 && utf8Bytes(message) < 64_000)).toBe(true);
  });

  it("leaves text from outside inert", () => {
    const { title, summary, text } = renderCheck(createHostileReport());
    expect(title).toBe("Do not promote: 3 of 4 models blocked");
    for (const markdown of [summary, text]) {
      for (const pattern of forbiddenAnywhere) expect(markdown).not.toMatch(pattern);
      for (const pattern of forbiddenOutsideCode) expect(withoutCode(markdown)).not.toMatch(pattern);
    }
  });
});

describe("annotations", () => {
  it("are plain lines, the worst first", () => {
    const all = annotations(createHostileReport());
    expect(all[0]?.level).toBe("error");
    for (const { title, message } of all) expect(`${title}${message}`).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it("name the gate, the numbers and what was needed", () => {
    const report = createReport({
      verdict: "fail",
      models: [createModelReport({ state: judged("fraud", { gates: mixedGates() }) })],
    });
    expect(annotations(report)[0]?.message).toBe(
      "Recall: baseline 0.810, now 0.720, change −0.091 (95% interval −0.130 to −0.052); needs at most 0.03 worse. 0.022 past the limit",
    );
  });

  it("stand at the first row of a fault that the change brings", () => {
    const all = annotations(createQualityReport());
    expect(all.map(({ level, file, line }) => [level, file, line])).toEqual([
      ["error", "assay.yml", 41],
      ["warning", "data/train.csv", 18],
    ]);
    expect(all[1]).toMatchObject({
      title: "fraud: rule.amount.min",
      message: expect.stringMatching(
        /^"amount" is less than 0 in 1,204 of 1,310,000 rows \(0\.092%\)\. Rows: 17, 92, 1,203, .*, …$/,
      ),
    });
  });

  it("of a passing report are none", () => {
    expect(
      annotations(createReport({ models: [createModelReport({ state: judged("fraud", { gates: passingGates() }) })] })),
    ).toEqual([]);
  });

  it("of a step are ten a level, the last of which counts the rest", () => {
    const gates = Array.from({ length: 30 }, () => gateOn(recall, { kind: "no-worse-than", margin: 0.03 }, "fail", ""));
    const all = stepAnnotations(
      createReport({ verdict: "fail", models: [createModelReport({ state: judged("fraud", { gates }) })] }),
    );
    expect(all).toHaveLength(10);
    expect(all.at(-1)?.title).toBe("and 21 more");
  });
});

describe("the job summary", () => {
  it("says what the comment says, with room for more", () => {
    const gates = Array.from({ length: 300 }, () =>
      gateOn(recall, { kind: "no-worse-than", margin: 0.03 }, "fail", "past the limit"),
    );
    const summary = renderSummary(
      createReport({ verdict: "fail", models: [createModelReport({ state: judged("fraud", { gates }) })] }),
    );
    expect(summary.split("\n").filter((line) => line.includes("❌ fail"))).toHaveLength(300);
    expect(utf8Bytes(summary)).toBeLessThan(1_048_576);
  });

  it("calls a fork's numbers claims", () => {
    expect(renderSummary(state("fork"))).toContain("unverified (fork)");
  });
});
