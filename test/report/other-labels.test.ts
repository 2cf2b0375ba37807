import { describe, expect, it } from "vitest";
import { gatesTable } from "../../src/cli/gates-table.ts";
import { metricsTable } from "../../src/cli/metrics-table.ts";
import { renderComment } from "../../src/report/comment.ts";
import { renderPage } from "../../src/report/page.ts";
import { createEvaluation, createEvidence, createModelReport, createReport, judged } from "./create-report.ts";

const usual = createEvaluation();
const evaluationWith = (otherLabels: NonNullable<NonNullable<typeof usual.candidate>["otherLabels"]>) => ({
  ...usual,
  candidate: usual.candidate && { ...usual.candidate, otherLabels },
});
const typo = evaluationWith({ predictions: 191, different: 1, labels: ["YES"] });
const report = createReport({ models: [createModelReport({ state: judged("fraud", { evidence: { evaluations: [typo] } }) })] });
const sentence = "191 predictions of this change are labels that the test set does not have";
const rest = "Each counts as an error; labels are compared as they are written.";

describe("predictions that are labels which the test set does not have", () => {
  it("are said before the gates in the comment", () => {
    const { body } = renderComment(report);
    expect(body).toContain(`⚠️ **${sentence}**: \`YES\`. ${rest}`);
    expect(body.indexOf(sentence)).toBeLessThan(body.indexOf("| Gate"));
    expect(renderComment(createReport()).body).not.toContain("does not have");
  });

  it("are said before the gates on the page", async () => {
    const page = await renderPage(report);
    expect(page).toContain(`<p><b>${sentence}</b>: <code>YES</code>. ${rest}</p>`);
    expect(page.indexOf(sentence)).toBeLessThan(page.indexOf("<h3>Gates</h3>"));
  });

  it("are said in the terminal, beside the metrics and beside the verdict", () => {
    expect(metricsTable(createEvidence("fraud", { evaluations: [typo] }), 200)).toContain(`${sentence}: YES. ${rest}`);
    expect(gatesTable(report)).toContain(`${sentence}: YES. ${rest}`);
  });

  it("are not shown where there are many", () => {
    const many = evaluationWith({ predictions: 1, different: 300, labels: [] });
    expect(metricsTable(createEvidence("fraud", { evaluations: [many] }), 200)).toContain(
      "1 prediction of this change is a label that the test set does not have: 300 different values.",
    );
  });
});
