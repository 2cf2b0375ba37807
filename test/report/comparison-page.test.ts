import { describe, expect, it } from "vitest";
import { renderComparisonPage } from "../../src/report/page/comparison-page.ts";
import { comparisonPages } from "./create-comparison-page.ts";
import { tags } from "./tags.ts";

async function pageOf(name: string): Promise<string> {
  const page = comparisonPages[name]?.();
  if (page === undefined) throw new Error(`There is no page called ${name}.`);
  return renderComparisonPage(page);
}

describe("the page of plain files", () => {
  it.each(Object.keys(comparisonPages))("of %s is balanced markup without script or outside resources", async (name) => {
    const page = await pageOf(name);
    const seen = tags(page);
    for (const forbidden of ["script", "img", "link", "iframe", "object", "form", "base", "a"])
      expect(seen).not.toContain(forbidden);
    expect(page).not.toMatch(/@import|url\(|undefined|\bNaN\b|\[object|<!--|confidence|[\u202e\u200b]/);
  });

  it("says the limits and the change as a whole first", async () => {
    const page = await pageOf("two files");
    const header = page.slice(page.indexOf("<header"), page.indexOf("</header>"));
    expect(header).toContain("Limits: 1 failed, 1 inconclusive, 3 passed.");
    expect(header).toContain("worse: Recall; better: Average precision; no other change shown.");
  });

  it("draws each metric, each slice and both curves", async () => {
    const page = await pageOf("two files");
    for (const title of ["Limits", "Metrics", "Slices", "What flipped", "Confusion matrix", "ROC curves", "Calibration", "Files"])
      expect(page).toContain(`<h3>${title}</h3>`);
    expect(page).toContain('aria-label="country=BR: change −0.241, 95% interval −0.368 to −0.114"');
  });

  it("names every candidate of several", async () => {
    const page = await pageOf("three files");
    expect(page).toContain("<h2>lgbm-tuned.csv</h2>");
    expect(page).toContain("<h2>xgb.csv</h2>");
  });

  it("speaks of no baseline where there is one model only", async () => {
    const page = (await pageOf("one file")).replace(/<style>[\s\S]*<\/style>/, "");
    expect(page).not.toMatch(/Baseline|could show/i);
    expect(page).toContain("Value, with its 95% interval");
    expect(page).toMatch(/All rows<\/th><td class="n" data-label="Rows">48,210</);
  });

  it("reads intervals as what they are of, and speaks of gates only where there are limits", async () => {
    expect(await pageOf("one file")).toContain("in 19 of 20 evaluations like this one the true value lies");
    expect(await pageOf("three files")).not.toContain("A gate passes only");
    expect(await pageOf("two files")).toContain("A gate passes only");
  });

  it("says of several trainings which one is drawn", async () => {
    expect(await pageOf("several trainings")).toMatch(/[Pp]ictures are of the first training of each side\./);
    expect(await pageOf("two files")).not.toContain("of the first training");
  });

  it("draws each training of several", async () => {
    const page = await pageOf("several trainings");
    expect(page).toContain("Each side is the mean of 3 trainings; what another seed would change is included.");
    expect(page.match(/class="seed cand"/g)).toHaveLength(9);
  });
});
