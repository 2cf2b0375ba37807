import { describe, expect, it } from "vitest";
import { renderComment } from "../../src/report/comment.ts";
import { renderIndexPage, renderPage } from "../../src/report/page.ts";
import { createHostileReport } from "./create-hostile-report.ts";
import { createEvidence, createModelReport, createReport, judged } from "./create-report.ts";
import { createPictureReport, states } from "./states.ts";
import { tags } from "./tags.ts";

const state = (name: string) => states[name]?.() ?? createReport();

describe("the page", () => {
  it.each(Object.keys(states))("in the state %s is balanced markup without script or outside resources", async (name) => {
    const page = await renderPage(state(name));
    const seen = tags(page);
    for (const forbidden of ["script", "img", "link", "iframe", "object", "form", "base"]) expect(seen).not.toContain(forbidden);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"`);
    expect(page).not.toMatch(/@import|url\(|\ssrc=|undefined|\bNaN\b|\[object/);
  });

  it("as a whole", async () => {
    await expect(await renderPage(state("blocked-by-a-gate"))).toMatchFileSnapshot("../goldens/report/page.html");
  });

  it("draws an interval for each gate and says it in words", async () => {
    const page = await renderPage(state("blocked-by-a-gate"));
    expect(page).toContain('aria-label="Recall: change −0.091, 95% interval −0.130 to −0.052; needs at most 0.03 worse"');
  });

  it("draws what the evidence has, for each task", async () => {
    const page = await renderPage(createPictureReport());
    for (const title of ["Confusion matrix", "ROC curves", "Residuals", "Training"]) expect(page).toContain(`<h3>${title}</h3>`);
    expect(page).toContain("tfjs-node is not installed");
    expect(page.match(/<svg/g)?.length).toBe(2 + 3 + 1 + 2);
  });

  it.each([
    [
      "with held-out rows",
      ["loss", "val_loss"],
      ["training rows", "held-out rows"],
      "loss over epochs, training rows and held-out rows",
    ],
    ["without", ["loss"], ["training rows"], "loss over epochs, training rows"],
  ])("draws a training %s in the candidate's colour", async (_, names, words, label) => {
    const history = Object.fromEntries(names.map((name) => [name, [1, 0.5, 0.4]]));
    const trainings = createEvidence().trainings.map((training) => ({ ...training, history }));
    const page = await renderPage(
      createReport({ models: [createModelReport({ state: judged("fraud", { evidence: { trainings } }) })] }),
    );
    const [, drawing = "", legend = ""] = /<h3>Training<\/h3>([\s\S]*?)<p class="key">([\s\S]*?)<\/p>/.exec(page) ?? [];
    expect(drawing).toContain(`aria-label="${label}"`);
    expect(new Set(drawing.match(/stroke="var\(--(?:base-line|cand)\)"/g))).toEqual(new Set(['stroke="var(--cand)"']));
    expect(drawing.match(/stroke-dasharray="4,3"/g)?.length ?? 0).toBe(names.length - 1);
    expect([...legend.matchAll(/<\/i>([^<]*)/g)].map(([, word]) => word)).toEqual(words);
  });

  it("says how many models its header does not name", async () => {
    const models = Array.from({ length: 60 }, (_, index) => createModelReport({ name: `model-${index}` }));
    const [, header = ""] = /<ul class="facts">([\s\S]*?)<\/ul>/.exec(await renderPage(createReport({ models }))) ?? [];
    expect(header).toContain("<li>and 40 more</li>");
    expect(header).toContain("model-19:");
    expect(header).not.toContain("model-20:");
  });

  it("escapes everything that comes from outside", async () => {
    const page = await renderPage(createHostileReport());
    const seen = tags(page);
    expect(seen).not.toContain("script");
    expect(seen).not.toContain("img");
    expect(page).not.toMatch(/href="(?!https:\/\/github\.com\/|#)/);
    expect(page).not.toMatch(/<!--|[\u202e\u200b]/);
  });
});

describe("the index page", () => {
  it("shows each pull request with its comment and its report", async () => {
    const entries = ["pass", "blocked-by-a-gate"].map((name, index) => {
      const report = state(name);
      return { title: `#${index + 1} ${name}`, report, comment: renderComment(report).body };
    });
    const page = await renderIndexPage(entries);
    tags(page);
    expect(page).toContain('<article class="pull-request" id="pull-request-1">');
    expect(page).toContain('<a href="#pull-request-2">#2 blocked-by-a-gate</a>');
    expect(page).toContain('<blockquote class="alert caution">');
    expect(page).not.toMatch(/\*\*|\\_|&amp;#8203|&lt;sub/);
  });

  it("tells what happened, and what the check says since", async () => {
    const report = state("waived");
    const happened = [{ by: "@owner", did: "/assay waive <b>", reaction: "👍", check: "check ✅ Passes" }];
    const verdict = { status: "pass" as const, title: "Passes, 1 gate waived" };
    const page = await renderIndexPage([{ title: "#1", report, comment: renderComment(report).body, verdict, happened }]);
    tags(page);
    expect(page).toContain("</span> Passes, 1 gate waived</span>");
    expect(page).toContain("<b>@owner</b>: <code>/assay waive &lt;b&gt;</code> 👍<small>check ✅ Passes</small>");
    expect(page).toContain("⚠️");
    expect(page).not.toContain("U+FE0F");
  });

  it("shows a hostile comment as text", async () => {
    const report = createHostileReport();
    const raw =
      '## <script>x</script>\n<img src=x onerror=y>\n[a](javascript:x) [b](https://evil.example/"onclick=x)\n<details><summary><script></summary>';
    for (const comment of [renderComment(report).body, raw]) {
      const page = await renderIndexPage([{ title: raw, report, comment }]);
      const seen = tags(page);
      expect(seen).not.toContain("script");
      expect(seen).not.toContain("img");
      expect(page).not.toMatch(/javascript:x"|"onclick/);
    }
  });
});
