import { describe, expect, it } from "vitest";
import { utf8Bytes } from "../../src/markdown/blocks.ts";
import { commentBudget, commentMarker, renderComment, renderStaleComment } from "../../src/report/comment.ts";
import type { Report } from "../../src/report/report.ts";
import { createHostileReport } from "./create-hostile-report.ts";
import {
  createComparison,
  createEvaluation,
  createModelReport,
  createReport,
  gateOn,
  headSha,
  judged,
  mergeSha,
  passingGates,
} from "./create-report.ts";
import { forbiddenAnywhere, forbiddenOutsideCode, withoutCode } from "./hostile.ts";
import { states } from "./states.ts";

const golden = (name: string) => `../goldens/report/${name}.md`;

describe("the comment", () => {
  it.each(Object.keys(states))("in the state %s", async (name) => {
    const { marker, body } = renderComment(states[name]?.() ?? createReport());
    expect(body.startsWith(`${marker}\n## `)).toBe(true);
    expect(utf8Bytes(body)).toBeLessThanOrEqual(commentBudget);
    await expect(`${body}\n`).toMatchFileSnapshot(golden(name));
  });

  it("shows no failure while jobs run", () => {
    const title = renderComment(states["pending"]?.() ?? createReport()).body.split("\n")[1];
    expect(title).toBe("## ⏳ In progress: 2 of 3 jobs done");
  });

  it("advises no command that needs the app", () => {
    for (const state of Object.values(states)) expect(renderComment(state()).body).not.toMatch(/\/assay|\bconfidence\b/);
  });

  it("shows the value that a model without a baseline has, and says once in its section that there is none", () => {
    const baselineMissing = "There is no earlier fraud to compare with yet.";
    const evaluation = createEvaluation({ baseline: undefined, baselineMissing, comparisons: [], flipped: undefined });
    const gates = passingGates().slice(0, 1);
    const undecided = gates.map((gate) => ({ ...gate, comparison: undefined, outcome: "inconclusive" as const, note: "alone" }));
    const state = judged("fraud", { gates: undecided, evidence: { evaluations: [evaluation] }, reasons: [baselineMissing] });
    const { body } = renderComment(createReport({ models: [createModelReport({ state })] }));
    expect(body).toContain(
      "| Average precision, higher is better | — | 0.4310 | — | at most 0.005 worse | ❔ inconclusive, alone |",
    );
    const section = body.slice(body.indexOf("### `fraud`"));
    expect(section.split("no earlier fraud")).toHaveLength(2);
  });

  it("leaves text from outside inert, wherever it comes from", async () => {
    const { body } = renderComment(createHostileReport());
    const content = body.slice(commentMarker.length);
    for (const pattern of forbiddenAnywhere) expect(content).not.toMatch(pattern);
    for (const pattern of forbiddenOutsideCode) expect(withoutCode(content)).not.toMatch(pattern);
    expect(body.indexOf("<!--")).toBe(0);
    expect(body.lastIndexOf("<!--")).toBe(0);
    expect(content.match(/<details/g)?.length).toBe(content.match(/<\/details>/g)?.length);
    await expect(`${body}\n`).toMatchFileSnapshot(golden("hostile-text"));
  });
});

describe("a comment that is too long", () => {
  const manyGates = (count: number, failed: number): Report => {
    const gates = Array.from({ length: count }, (_, index) => {
      const metric = createComparison(`recall_of_a_rather_long_class_name_${index}`, {
        change: -0.0907,
        baseline: 0.81,
        candidate: 0.7193,
      });
      const outcome = index < failed ? "fail" : index < failed + 10 ? "inconclusive" : "pass";
      return gateOn(
        metric,
        { kind: "no-worse-than", margin: 0.03 },
        outcome,
        `a note that explains gate ${index} ${"at length ".repeat(8)}`,
      );
    });
    return createReport({
      verdict: failed > 0 ? "fail" : "inconclusive",
      models: [createModelReport({ state: judged("fraud", { gates }) })],
    });
  };
  const rows = (body: string, outcome: string) =>
    body.split("\n").filter((line) => line.startsWith("| ") && line.includes(outcome)).length;

  it("drops passing rows first and keeps every failure of 300 gates", () => {
    const { body } = renderComment(manyGates(300, 40));
    expect(utf8Bytes(body)).toBeLessThanOrEqual(commentBudget);
    expect(body).toContain("## ❌ Do not promote: 1 of 1 model blocked");
    expect(rows(body, "❌ fail")).toBe(40);
    expect(rows(body, "❔ inconclusive")).toBe(10);
    expect(rows(body, "✅ pass")).toBe(0);
    expect(body).toContain("And 250 more passing gates: see the [full report](");
    expect(body).toContain("<b>Provenance</b>");
  });

  it("names as many of 300 failed gates as fit and counts the rest", () => {
    const { body } = renderComment(manyGates(300, 290));
    expect(utf8Bytes(body)).toBeLessThanOrEqual(commentBudget);
    expect(utf8Bytes(body)).toBeGreaterThan(commentBudget * 0.9);
    const shown = rows(body, "❌ fail");
    expect(shown).toBeGreaterThan(100);
    expect(body).toContain(`And ${290 - shown} more failed gates, 10 more inconclusive gates: see the [full report](`);
    expect(body).toContain("**`fraud`: 290 failed, 10 inconclusive**");
  });

  it("fits 256 models of which each has failed gates", () => {
    const one = manyGates(20, 20).models[0];
    const models = Array.from({ length: 256 }, (_, index) => ({ ...createModelReport(one), name: `model-${index}` }));
    const { body } = renderComment(createReport({ verdict: "fail", models }));
    expect(utf8Bytes(body)).toBeLessThanOrEqual(commentBudget);
    expect(body).toContain("## ❌ Do not promote: 256 of 256 models blocked");
    expect(body).toMatch(/And \d+ more models, \d+ of them blocked/);
  });
});

describe("a stale comment", () => {
  const body = renderComment(states["blocked-by-a-gate"]?.() ?? createReport()).body;
  const newer = "1111111b4d5e6f708192a3b4c5d6e7f809a1b2c3";

  it("strikes the verdict out and names both commits", async () => {
    const stale = renderStaleComment(body, headSha, newer);
    expect(stale.startsWith(`${commentMarker}\n`)).toBe(true);
    expect(stale).toContain("## ~~❌ Do not promote: 1 of 2 models blocked~~");
    expect(stale).toContain("`9f3c1a2`");
    expect(stale).toContain("`1111111`");
    await expect(`${stale}\n`).toMatchFileSnapshot(golden("stale"));
  });

  it("is not struck out twice", () => {
    const once = renderStaleComment(body, headSha, newer);
    expect(renderStaleComment(once, headSha, newer)).toBe(once);
    expect(renderStaleComment(once, newer, mergeSha)).toBe(once.replace("`1111111` is", `\`${mergeSha.slice(0, 7)}\` is`));
  });
});
