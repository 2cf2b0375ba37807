import { describe, expect, it } from "vitest";
import { utf8Bytes } from "../../src/markdown/blocks.ts";
import { annotations } from "../../src/report/annotations.ts";
import { renderCheck } from "../../src/report/check.ts";
import { commentBudget, renderComment } from "../../src/report/comment.ts";
import { renderPage } from "../../src/report/page.ts";
import type { Report } from "../../src/report/report.ts";
import { forbiddenAnywhere, forbiddenOutsideCode, hostileText, withoutCode } from "./hostile.ts";
import { states } from "./states.ts";
import {
  createLargeReport,
  createScoredReport,
  createSeedsReport,
  createSlice,
  createSlicesReport,
  createWaivedReport,
} from "./statistical-states.ts";

const body = (report: Report) => renderComment(report).body;
const row = (report: Report, start: string) =>
  body(report)
    .split("\n")
    .find((line) => line.startsWith(`| ${start}`));

describe("rules beyond one number", () => {
  it("on slices name the slice that decided and its rows", () => {
    expect(row(createSlicesReport(), "Recall, worst")).toContain(
      "Recall, worst slice `country=BR` (1,204 rows), higher is better",
    );
  });

  it("on shares are in percent, limit and change alike", () => {
    expect(row(createSlicesReport(), "Log loss")).toContain(
      "+3.1% (+0.5%,\u00a0+5.6%)<br><sub>could show ±4.3%</sub> | at most 5% worse",
    );
  });

  it("on reported numbers say who reported them and the declared noise", () => {
    expect(row(createSlicesReport(), "`latency_ms`")).toContain("lower is better; reported by the trainer, declared noise 1.2");
  });

  it("on scores have the score's own name as code", () => {
    expect(row(createScoredReport(), "`exact_match`")).toContain("| ❌ fail, 0.02 past the limit |");
    expect(row(createScoredReport(), "<code>judge&#124;grade</code>")).toBeDefined();
  });

  it("are counted by gate, however many slices they hold for", () => {
    const report = createSlicesReport();
    const [model] = report.models;
    if (model?.state.kind !== "judged") throw new Error("The state is not a judged one.");
    const [first] = model.state.verdict.gates;
    if (first?.gate.slice === undefined) throw new Error("The first gate is not on slices.");
    const gate = { ...first.gate, slice: { ...first.gate.slice, worst: false } };
    const slices = ["US", "DE", "FR"].map((value) => ({
      ...first,
      gate,
      outcome: "pass" as const,
      note: "no worse",
      slice: { column: "country", value, rows: 6_000 },
    }));
    const verdict = { ...model.state.verdict, outcome: "pass" as const, gates: slices };
    const text = body({ ...report, verdict: "pass", models: [{ ...model, state: { ...model.state, verdict } }] });
    expect(text).toContain("`fraud`: 1 of 1 gate passed");
    expect(text).toContain("And 2 more passing slices");
  });
});

describe("waivers", () => {
  it("are shown in the result, with who, until when and what would be, and their reason below", () => {
    const text = body(createWaivedReport());
    expect(text).toContain("## ✅ May be promoted: 1 of 1 model passes, 2 gates waived");
    expect(text).toContain(
      "| ⚠️ waived until 2026-12-31 by `@\u200bacme/risk-lead` (would fail: 0.21 past the limit; worst of 8 slices) |",
    );
    expect(text).toContain("Reason: Brazil moved to a new provider in October; its labels settle by December.");
    expect(text).toContain("which is not needed now");
  });

  it("are no blocker and no failure, but a notice and a line of the check", () => {
    const { conclusion, summary, title } = renderCheck(createWaivedReport());
    expect(conclusion).toBe("success");
    expect(title).toContain("2 gates waived");
    expect(summary).toContain("2 waived, 1 passed");
    expect(annotations(createWaivedReport()).map(({ level }) => level)).toEqual(["notice", "notice"]);
  });

  it("that ended are told and do not count", () => {
    const text = body(createWaivedReport(true));
    expect(text).toContain(
      "❌ fail, 0.21 past the limit; worst of 8 slices; the waiver of `@\u200bacme/risk-lead` ended on 2026-09-30",
    );
    expect(text).toContain("ended on 2026-09-30 and does not count");
    expect(text).toContain("**`fraud`: 1 failed, 1 waived, 1 passed**");
  });
});

describe("what the numbers stand for", () => {
  it("is said of groups, weights and trainings", () => {
    const text = body(createSlicesReport());
    expect(text).toContain("Rows of one `customer_id` are not independent: intervals count 812 groups, not rows.");
    expect(text).toContain("Rows count by their weight in `sampling_weight`.");
    expect(text).toContain("These are two trained models; what another seed would change is not included.");
    expect(body(createSeedsReport())).toContain(
      "Each side is the mean of 3 trainings; what another seed would change is included.",
    );
  });

  it("is said where the seeds changed nothing, with what to look at", () => {
    const report = createSeedsReport();
    const [model] = report.models;
    if (model?.state.kind !== "judged") throw new Error("The state is not a judged one.");
    const { evidence } = model.state;
    const evaluations = evidence.evaluations.map((evaluation) => ({
      ...evaluation,
      seedsEqual: ["candidate" as const],
      comparisons: evaluation.comparisons.map((comparison) => ({ ...comparison, seedVariance: undefined })),
    }));
    const text = body({ ...report, models: [{ ...model, state: { ...model.state, evidence: { ...evidence, evaluations } } }] });
    expect(text).toContain("Each side is the mean of 3 trainings; what another seed would change is not included.");
    expect(text).toContain(
      "All trainings of this change predict the same, so the seed changed nothing: check that the trainer uses `ASSAY_SEED`.",
    );
  });

  it("is said of the change as a whole, with its basis", () => {
    expect(body(createSlicesReport())).toContain(
      "worse: Recall; better: Average precision; no other change shown. Read over all 5 metrics together",
    );
    expect(body(createWaivedReport())).toContain("better by Average precision, the metric that was declared to decide this.");
    expect(body(createSeedsReport())).toContain("**The change as a whole**: no change shown.");
  });

  it("says that rows flipped by the first training where there are several", () => {
    const report = createSeedsReport();
    const [model] = report.models;
    if (model?.state.kind !== "judged") throw new Error("The state is not a judged one.");
    const { evidence } = model.state;
    const evaluations = evidence.evaluations.map((evaluation) => ({ ...evaluation, flipped: { worse: 3, better: 2 } }));
    const text = body({ ...report, models: [{ ...model, state: { ...model.state, evidence: { ...evidence, evaluations } } }] });
    expect(text).toContain(
      "3 rows got worse, 2 better (right before and wrong now, or the other way round; by the first training of each side).",
    );
    expect(body(createSlicesReport())).not.toContain("by the first training");
  });

  it("names where rows got worse, and at most ten of them", () => {
    const text = body(createSlicesReport());
    expect(text).toMatch(/\d+ rows got worse, \d+ better/);
    expect(text).toContain("Where most got worse: `country=BR`, 290 worse and 4 better of 1,204 rows");
    expect(text.match(/`tx-44\d\d`/g)).toHaveLength(10);
    expect(body(createScoredReport())).toContain("`category=algebra`, 81 worse and 2 better of 500 rows");
  });

  it("never uses the word that nobody outside the field knows", async () => {
    for (const state of Object.values(states)) {
      expect(body(state())).not.toMatch(/confidence/i);
      expect(await renderPage(state())).not.toMatch(/confidence/i);
      const { summary, text, title } = renderCheck(state());
      expect(`${title}${summary}${text}`).not.toMatch(/confidence/i);
    }
  });

  it("explains the interval once", () => {
    for (const state of Object.values(states)) {
      expect(body(state()).split("How to read an interval").length).toBeLessThanOrEqual(2);
    }
  });
});

describe("slices", () => {
  it("are listed worst first, and too small ones named", () => {
    const text = body(createSlicesReport());
    expect(text).toContain("<summary><b>10 slices</b>: Recall worse in 1, better in 0; 2 too small to judge</summary>");
    expect(text.indexOf("| `country=BR` |")).toBeLessThan(text.indexOf("| `country=US` |"));
    expect(text).toContain("Too small to judge: `country=LU` (41 rows), `country=MT` (19 rows).");
  });

  it("are called worse where the gates say so, in the sentence, the list and the page alike", async () => {
    const report = createSlicesReport();
    const [model] = report.models;
    if (model?.state.kind !== "judged") throw new Error("The state is not a judged one.");
    expect(body(report)).toContain("Recall is worse in `country=BR`.");
    expect(body(report)).toContain("| ▼ −0.241");
    // By its interval alone, or corrected for one metric only, India would be better: over both metrics it is not.
    expect(body(report)).toContain("| `country=IN` | 5,310 | 0.789 | 0.873 | +0.084");
    const verdict = { ...model.state.verdict, worseSlices: [], betterSlices: [] };
    const silent = { ...report, models: [{ ...model, state: { ...model.state, verdict } }] };
    expect(`${body(silent)}${await renderPage(silent)}`).not.toMatch(/[▼▲] [+−]|▼ worse|is worse in/);
  });

  it("that are worse in several metrics are named once", () => {
    const report = createSlicesReport();
    const [model] = report.models;
    if (model?.state.kind !== "judged") throw new Error("The state is not a judged one.");
    const [claim] = model.state.verdict.worseSlices ?? [];
    if (claim === undefined) throw new Error("No slice is worse.");
    const worseSlices = ["recall", "f1", "roc_auc", "log_loss"].map((metric) => ({
      ...claim,
      comparison: { ...claim.comparison, metric },
    }));
    const verdict = { ...model.state.verdict, worseSlices };
    expect(body({ ...report, models: [{ ...model, state: { ...model.state, verdict } }] })).toContain(
      "Worse in `country=BR` (Recall, F1, ROC-AUC and 1 other metric).",
    );
  });

  it("say nothing of other metrics than the one that was declared to decide", () => {
    const text = body(createWaivedReport());
    expect(text).toContain("<b>10 slices</b>: Average precision worse in 0, better in 0");
    expect(text).toContain("▼ and ▲ are for Average precision alone");
    expect(text).not.toContain("Recall is worse in");
  });

  it("that are not shown are counted, and nothing is said of what they lost", () => {
    expect(body(createLargeReport())).not.toContain("lost less");
  });

  it("leave values from outside inert", () => {
    const report = createSlicesReport();
    const [model] = report.models;
    if (model?.state.kind !== "judged") throw new Error("The state is not a judged one.");
    const { verdict, evidence } = model.state;
    const slices = [
      createSlice(hostileText, 900, -0.4, { column: hostileText }),
      createSlice(hostileText, 9, -0.4, { column: "x", tooSmall: true }),
    ];
    const evaluations = evidence.evaluations.map((evaluation) => ({
      ...evaluation,
      slices,
      slicesMissing: [hostileText],
      group: { column: hostileText, groups: 3 },
      weight: hostileText,
      flipped: { worse: 2, better: 1, worseIds: [hostileText], betterIds: [hostileText] },
    }));
    const gates = verdict.gates.map((gate) => ({
      ...gate,
      note: hostileText,
      slice: gate.slice && { column: hostileText, value: hostileText, rows: 3 },
      waiver: { gate: hostileText, by: hostileText, reason: hostileText, until: "2026-12-31", expired: gate.outcome === "fail" },
    }));
    const state = { ...model.state, verdict: { ...verdict, gates }, evidence: { ...evidence, evaluations } };
    const text = body({ ...report, models: [{ ...model, state }] }).slice("<!-- assay:report v1 -->".length);
    for (const pattern of forbiddenAnywhere) expect(text).not.toMatch(pattern);
    for (const pattern of forbiddenOutsideCode) expect(withoutCode(text)).not.toMatch(pattern);
    expect(text).not.toContain("<!--");
  });
});

describe("a comment with 300 gates and 200 slices", () => {
  const lines = body(createLargeReport()).split("\n");
  const rows = (word: string) => lines.filter((line) => line.startsWith("| ") && line.includes(word)).length;

  it("fits, and keeps the verdict and every failure", () => {
    expect(utf8Bytes(lines.join("\n"))).toBeLessThanOrEqual(commentBudget);
    expect(lines[1]).toBe("## ❌ Do not promote: 1 of 1 model blocked");
    expect(rows("❌ fail")).toBe(40);
  });

  it("drops what passes before what is waived", () => {
    expect(rows("⚠️ waived")).toBe(10);
    expect(rows("✅ pass")).toBe(0);
    expect(lines.join("\n")).toContain("And 250 more passing gates");
    expect(lines.filter((line) => line.startsWith("- ⚠️"))).toHaveLength(10);
  });
});
