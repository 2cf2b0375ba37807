import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderComment } from "../../src/report/comment.ts";
import { renderComparisonPage } from "../../src/report/page/comparison-page.ts";
import { renderIndexPage, renderPage } from "../../src/report/page.ts";
import { skipWithout } from "../requirements.ts";
import { comparisonPages } from "./create-comparison-page.ts";
import { createHostileReport } from "./create-hostile-report.ts";
import { createReport } from "./create-report.ts";
import { createPictureReport, states } from "./states.ts";
import { createScoredReport, createSeedsReport, createSlicesReport, createWaivedReport } from "./statistical-states.ts";

const candidates = [process.env["CHROMIUM_PATH"], "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const executablePath = candidates.find((path) => path !== undefined && existsSync(path));
const skip = skipWithout(
  "chromium",
  "looking at the page in a browser",
  executablePath === undefined ? "no Chromium was found. Install it or set CHROMIUM_PATH." : undefined,
);

describe.skipIf(skip)("the page in Chromium", () => {
  let browser: Browser | undefined;
  let folder = "";

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "assay-page-"));
    browser = await chromium.launch({ executablePath: executablePath ?? "", args: ["--no-sandbox"] });
  });

  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const blocked = () => states["blocked-by-a-gate"]?.() ?? createReport();
  const pages: Readonly<Record<string, () => Promise<string>>> = {
    "a blocked pull request": () => renderPage(blocked()),
    "pictures of every kind": () => renderPage(createPictureReport()),
    "slices and rules on them": () => renderPage(createSlicesReport()),
    "several trainings": () => renderPage(createSeedsReport()),
    "waived gates": () => renderPage(createWaivedReport()),
    "scores and many labels": () => renderPage(createScoredReport()),
    ...Object.fromEntries(
      Object.entries(comparisonPages).map(([name, page]) => [`plain files: ${name}`, () => renderComparisonPage(page())]),
    ),
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
          report,
          comment: renderComment(report).body,
        })),
      ),
  };
  const looks = [1280, 390].flatMap((width) => (["light", "dark"] as const).map((scheme) => ({ width, scheme })));

  it.each(Object.keys(pages))("of %s fits, loads nothing and complains of nothing", async (name) => {
    const file = join(folder, `${name.replaceAll(/\W+/g, "-")}.html`);
    await writeFile(file, (await pages[name]?.()) ?? "");
    for (const { width, scheme } of looks) {
      const page = await browser?.newPage({ viewport: { width, height: 900 }, colorScheme: scheme });
      if (page === undefined) throw new Error("The browser did not start.");
      const requests: string[] = [];
      const complaints: string[] = [];
      page.on("request", (request) => requests.push(request.url()));
      page.on("console", (message) => complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(error.message));
      await page.goto(pathToFileURL(file).href);
      await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");
      expect(requests).toEqual([pathToFileURL(file).href]);
      expect(complaints).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
      if (width < 400) expect(await page.evaluate(scrolled)).toEqual([]);
      expect(await page.evaluate(contrastProblems), `${width} ${scheme}`).toEqual([]);
      await page.close();
    }
  });
});

/** What lies beside a table's window, to be found only by scrolling it; runs in the page. */
const scrolled = `[...document.querySelectorAll(".comment .scroll")].filter((box) => box.scrollWidth > box.clientWidth).map((box) => box.textContent)`;

/** Texts of less than 4.5:1 against what is painted behind them; runs in the page. */
const contrastProblems = `(() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (color) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const luminance = ([r, g, b]) => { const [x, y, z] = [r, g, b].map((v) => v / 255).map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)); return 0.2126 * x + 0.7152 * y + 0.0722 * z; };
  const behind = (element) => { for (let at = element; at; at = at.parentElement) { const color = rgba(getComputedStyle(at).backgroundColor); if (color[3] > 250) return color; } return [255, 255, 255]; };
  const problems = new Set();
  for (const element of document.querySelectorAll("main *")) {
    const text = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "");
    if (!text) continue;
    const style = getComputedStyle(element);
    const color = rgba(element.closest("svg") ? style.fill : style.color);
    const [light, dark] = [luminance(color), luminance(behind(element))].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    if (ratio < 4.5) problems.add(element.tagName + " " + element.className + " " + ratio.toFixed(2) + " " + element.textContent.slice(0, 30));
  }
  return [...problems].slice(0, 10);
})()`;
