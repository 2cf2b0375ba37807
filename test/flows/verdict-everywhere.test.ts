import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exitCodeOf } from "../../src/flows/exit-code.ts";
import type { JudgeRequest } from "../../src/flows/judge.ts";
import { renderCheck } from "../../src/report/check.ts";
import { renderComment } from "../../src/report/comment.ts";
import type { Report } from "../../src/report/report.ts";
import type { Spec } from "../../src/spec/spec.ts";
import {
  better,
  createEvaluation,
  createSpec,
  decide,
  evidenceOf,
  job,
  lawOf,
  strict,
  unclear,
  worse,
} from "./create-judgement.ts";

type Found = Parameters<typeof evidenceOf>[1];

function judgeBy(spec: Spec, evaluations: Found, overrides: Partial<JudgeRequest> = {}): Report {
  return decide({ law: lawOf(spec), headSpec: spec, evidence: new Map([evidenceOf("fraud", evaluations)]), ...overrides });
}

/** What each of the places says where a verdict is read. */
function everywhere(report: Report) {
  const comment = renderComment(report).body;
  const json: Report = JSON.parse(JSON.stringify(report));
  const [model] = json.models;
  return {
    exitCode: exitCodeOf(report),
    check: renderCheck(report).conclusion,
    comment: /^## .*$/m.exec(comment)?.[0],
    json: json.verdict,
    gates: model && "verdict" in model.state ? model.state.verdict.gates.map(({ outcome }) => outcome) : [],
  };
}

describe("an interval that straddles its limit", () => {
  it.each([
    ["block", "action_required", "## ❔ Inconclusive for 1 of 1 model: an owner decides"],
    ["allow", "neutral", "## ❔ Inconclusive for 1 of 1 model, which the rules allow"],
  ])("is inconclusive everywhere, and the check follows base's on-inconclusive: %s", (rule, check, comment) => {
    const spec = createSpec({ fraud: strict }, `on-inconclusive: ${rule}\n`);
    expect(everywhere(judgeBy(spec, [unclear]))).toEqual({
      exitCode: 3,
      check,
      comment,
      json: "inconclusive",
      gates: ["inconclusive"],
    });
  });

  it("says in the comment what would decide", () => {
    expect(renderComment(judgeBy(createSpec({ fraud: strict }), [createEvaluation(-0.006)])).body).toMatch(
      /needs about [\d,]+ more test rows/,
    );
  });
});

describe("a large improvement", () => {
  it("fails nothing, whatever the gate", () => {
    const gates = fc.constantFrom("no-worse-than: 0", "no-worse-than: 0.01", "better-than: 0.01", "at-least: 0.5");
    fc.assert(
      fc.property(gates, fc.double({ min: 0.05, max: 0.1, noNaN: true }), (gate, change) => {
        const report = judgeBy(createSpec({ fraud: `[{metric: accuracy, ${gate}}]` }), [createEvaluation(change)]);
        expect(everywhere(report)).toMatchObject({ exitCode: 0, check: "success", json: "pass", gates: ["pass"] });
      }),
      { numRuns: 30 },
    );
  });
});

describe("a waiver", () => {
  const waivers = (until: string) =>
    `[{gate: accuracy.no-worse-than, by: "@acme/risk", reason: The old labels were wrong., until: ${until}}]`;
  const waived = (until = "2026-11-30") => createSpec({ fraud: strict }, "", { waivers: waivers(until) });

  it("in force lets a failed and an inconclusive gate through, and says so", () => {
    for (const [evaluation, outcome] of [
      [worse, "fail"],
      [unclear, "inconclusive"],
    ] as const) {
      const report = judgeBy(waived(), [evaluation]);
      expect(everywhere(report)).toMatchObject({ exitCode: 0, check: "success", json: "pass", gates: [outcome] });
      const { body } = renderComment(report);
      expect(body).toContain("waived");
      expect(body).toContain("The old labels were wrong.");
      expect(body).toContain("2026-11-30");
    }
  });

  it("counts for nothing from the day after its last", () => {
    const last = { today: "2026-11-30" };
    expect(judgeBy(waived(), [worse], last).verdict).toBe("pass");
    const after = judgeBy(waived(), [worse], { today: "2026-12-01" });
    expect(everywhere(after)).toMatchObject({ exitCode: 1, check: "failure", json: "fail", gates: ["fail"] });
    expect(everywhere(judgeBy(waived("2020-01-01"), [unclear]))).toMatchObject({ exitCode: 3, check: "action_required" });
    expect(after.models[0]?.state).toMatchObject({ verdict: { gates: [{ waiver: { expired: true } }] } });
  });

  it("of the pull request itself counts for nothing, nor in what its own rules would have decided", () => {
    const report = judgeBy(createSpec({ fraud: strict }), [worse], { headSpec: waived() });
    expect(everywhere(report)).toMatchObject({ exitCode: 1, json: "fail" });
    for (const { wouldBe } of report.lawChanges) expect(wouldBe).toBe("fail");
    const [state] = judgeBy(createSpec({ fraud: strict }), [worse], { headSpec: waived() }).models.map((model) => model.state);
    expect(state && "verdict" in state && state.verdict.gates[0]?.waiver).toBeFalsy();
  });

  it("of the base cannot be taken away by the pull request, and holds for its own rules too", () => {
    const headSpec = createSpec({ fraud: "[{metric: accuracy, no-worse-than: 0.02}]" });
    const report = judgeBy(waived(), [worse], { headSpec });
    expect(report.verdict).toBe("pass");
    expect(report.lawChanges[0]?.wouldBe).toBe("pass");
  });

  it("covers no lost job, no missing evidence and no reason", () => {
    const lost = judgeBy(waived(), [better], { evidence: new Map(), jobs: [job("Train fraud", true)] });
    expect(everywhere(lost)).toMatchObject({ exitCode: 3, check: "failure", json: "fail" });
    const gone = createEvaluation(0, { baseline: undefined, baselineMissing: "Its model expired.", comparisons: [] });
    expect(everywhere(judgeBy(waived(), [gone])).json).toBe("inconclusive");
    const unknown = judgeBy(waived(), [worse], { law: lawOf(createSpec({ churn: strict })) });
    expect(unknown.verdict).toBe("fail");
  });
});

describe("slices and the primary metric of the law", () => {
  const evaluate = (minRows: number) =>
    createSpec({ fraud: "[{metric: accuracy, no-worse-than: 0.01, slice: country}]" }, "", {
      evaluate: `, primary: accuracy, slices: [{column: country, min-rows: ${minRows}}]`,
    });
  const slice = (value: string, change: number, rows: number) => {
    const { comparisons, candidate } = createEvaluation(change);
    return { column: "country", value, rows, comparisons, metrics: candidate?.metrics ?? [] };
  };
  const evaluation = createEvaluation(0.02, { slices: [slice("US", 0.05, 900), slice("BR", -0.2, 150)] });

  it("decide by base's smallest size, and what head's would have decided is told", () => {
    const report = judgeBy(evaluate(100), [evaluation], { headSpec: evaluate(500) });
    expect(everywhere(report)).toMatchObject({ json: "fail", gates: ["fail", "pass"] });
    expect(report.lawChanges).toMatchObject([{ what: expect.stringContaining("slice country"), wouldBe: "pass" }]);
  });

  it("are not told of what was not measured: smaller slices, other columns, other weights", () => {
    const wouldBe = (headSpec: Spec) =>
      judgeBy(evaluate(500), [evaluation], { headSpec }).lawChanges.map((change) => change.wouldBe);
    const gates = { fraud: "[{metric: accuracy, no-worse-than: 0.01, slice: channel}]" };
    for (const changes of [
      wouldBe(evaluate(100)),
      wouldBe(createSpec(gates, "", { evaluate: ", primary: accuracy, slices: [country, channel]" })),
      wouldBe(createSpec({ fraud: strict }, "", { evaluate: ", primary: accuracy, weight: amount" })),
    ]) {
      expect(changes.length).toBeGreaterThan(0);
      expect(changes.every((outcome) => outcome === undefined)).toBe(true);
    }
  });

  it("decide the headline", () => {
    const [model] = judgeBy(evaluate(100), [evaluation]).models;
    expect(model?.state).toMatchObject({ verdict: { headline: { basis: "primary", better: ["accuracy"], worse: [] } } });
  });
});
