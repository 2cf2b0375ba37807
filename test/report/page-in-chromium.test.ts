import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderComment } from "../../src/report/comment.ts";
import { renderComparisonPage } from "../../src/report/page/comparison-page.ts";
import { renderDriftPage } from "../../src/report/page/drift-page.ts";
import { renderMonitorPage } from "../../src/report/page/monitor-page.ts";
import { renderQualityPage } from "../../src/report/page/quality-page.ts";
import { renderRegistryPage } from "../../src/report/page/registry/registry-page.ts";
import { renderReleasePage } from "../../src/report/page/release-page.ts";
import { renderIndexPage, renderPage } from "../../src/report/page.ts";
import { expectGoodLooks, launchChromium, skipWithoutChromium } from "../chromium.ts";
import { createFacts } from "../release/create-facts.ts";
import { hostileFacts } from "../release/hostile-facts.ts";
import { comparisonPages } from "./create-comparison-page.ts";
import { createHostileReport } from "./create-hostile-report.ts";
import { createReport } from "./create-report.ts";
import { createDriftReport, createWideDrift } from "./drift-states.ts";
import { hostileText } from "./hostile.ts";
import { createMonitored } from "./monitored-states.ts";
import { createQualityReport, createQualityResult } from "./quality-states.ts";
import { registryPages } from "./registry-states.ts";
import { createPictureReport, states } from "./states.ts";
import { createScoredReport, createSeedsReport, createSlicesReport, createWaivedReport } from "./statistical-states.ts";

const skip = skipWithoutChromium("looking at the page in a browser");

describe.skipIf(skip)("the page in Chromium", () => {
  let browser: Browser | undefined;
  let folder = "";

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "assay-page-"));
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const wide = { reference: "2025.parquet", current: "2026.parquet", result: createWideDrift(), passes: false };
  const blocked = () => states["blocked-by-a-gate"]?.() ?? createReport();
  const pages: Readonly<Record<string, () => Promise<string>>> = {
    "a blocked pull request": () => renderPage(blocked()),
    "pictures of every kind": () => renderPage(createPictureReport()),
    "slices and rules on them": () => renderPage(createSlicesReport()),
    "drifted data": () => renderPage(createDriftReport()),
    "a drifted table of 200 columns": async () => renderDriftPage(wide),
    "all columns together": async () =>
      renderDriftPage({
        ...{ reference: "2025.parquet", current: "2026.parquet", result: createWideDrift(), passes: false },
        together: {
          ...{ rows: { reference: 5000, current: 5000 }, auc: 0.713, limit: 0.55, noise: 0.519, pValue: 0, drifted: true },
          columns: ["amount", "a very long name of a column that says all there is to say", "age"].map((name, i) => ({
            ...{ name, loss: 0.11 / (i + 1) },
          })),
        },
      }),
    "a model in use": async () => renderMonitorPage({ reference: "may.csv", current: "june.csv", monitored: createMonitored() }),
    "a model in use, by hostile names": async () =>
      renderMonitorPage({
        ...{ reference: hostileText, current: hostileText },
        monitored: createMonitored({ windows: 3, worse: 1, name: hostileText }),
      }),
    "faults of data": () => renderPage(createQualityReport()),
    "one table by itself": () => Promise.resolve(renderQualityPage(createQualityResult())),
    "several trainings": () => renderPage(createSeedsReport()),
    "waived gates": () => renderPage(createWaivedReport()),
    "scores and many labels": () => renderPage(createScoredReport()),
    ...Object.fromEntries(
      Object.entries(comparisonPages).map(([name, page]) => [`plain files: ${name}`, () => renderComparisonPage(page())]),
    ),
    ...Object.fromEntries(
      Object.entries(registryPages).map(([name, page]) => [`a registry: ${name}`, async () => renderRegistryPage(page())]),
    ),
    "a release": () => renderReleasePage(createFacts()),
    "a hostile release": () => renderReleasePage(hostileFacts()),
    "a changed test set": () => renderPage(states["test-set-changed"]?.() ?? createReport()),
    "hostile text": () => renderPage(createHostileReport()),
    "words that never end": () => {
      const endless = "3".repeat(300);
      const { pullRequest, ...report } = blocked();
      const titled = { ...report, pullRequest: pullRequest && { ...pullRequest, title: endless } };
      return renderIndexPage([
        { title: endless, report: titled, comment: `${renderComment(titled).body}\n\n${endless}\n\n- ${endless}` },
      ]);
    },
    "several pull requests": () =>
      renderIndexPage(
        [createReport(), blocked(), createHostileReport()].map((report) => ({
          title: "#1 A title",
          verdict: { status: "pass", title: "No baseline yet: it is recorded on merge, and comparison starts with the next one" },
          report,
          comment: renderComment(report).body,
        })),
      ),
  };
  it.each(Object.keys(pages))("of %s fits, loads nothing and complains of nothing", async (name) => {
    const file = join(folder, `${name.replaceAll(/\W+/g, "-")}.html`);
    await writeFile(file, (await pages[name]?.()) ?? "");
    await expectGoodLooks(browser, pathToFileURL(file).href, async (page, { width }) => {
      if (width < 400) expect(await page.evaluate(scrolled)).toEqual([]);
    });
  });
});

it("is under 1 MB for 200 columns that all moved", () => {
  const page = renderDriftPage({ reference: "a.csv", current: "b.csv", result: createWideDrift(), passes: false });
  expect(page.match(/<tr class="fail">/g)).toHaveLength(200);
  expect(page).toContain("kind 11 of a value and 23 more");
  expect(Buffer.byteLength(page)).toBeLessThan(1_000_000);
});

it("is under 1 MB for a model in use with 500 windows", () => {
  const page = renderMonitorPage({
    reference: "a.csv",
    current: "b.csv",
    monitored: createMonitored({ windows: 500, worse: 400 }),
  });
  expect(page.match(/▲ worse/g)).toHaveLength(400);
  expect(Buffer.byteLength(page)).toBeLessThan(1_000_000);
});

/** What lies beside a table's window, to be found only by scrolling it; runs in the page. */
const scrolled = `[...document.querySelectorAll(".comment .scroll")].filter((box) => box.scrollWidth > box.clientWidth).map((box) => box.textContent)`;
