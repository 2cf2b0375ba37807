import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";
import { expect } from "vitest";
import { skipWithout } from "./requirements.ts";

const candidates = [process.env["CHROMIUM_PATH"], "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const executablePath = candidates.find((path) => path !== undefined && existsSync(path));

/** @returns whether to skip */
export function skipWithoutChromium(what: string): boolean {
  const missing = executablePath === undefined ? "no Chromium was found. Install it or set CHROMIUM_PATH." : undefined;
  return skipWithout("chromium", what, missing);
}

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: executablePath ?? "", args: ["--no-sandbox"] });
}

const looks = [1280, 390].flatMap((width) => (["light", "dark"] as const).map((scheme) => ({ width, scheme })));

/**
 * On a screen and on a phone, light and dark: the page asks for nothing but itself, complains of nothing, is as wide as the window, and
 * all of it can be read.
 * @param also what else is looked at, in each of them
 */
export async function expectGoodLooks(
  browser: Browser | undefined,
  url: string,
  also: (page: Page, look: (typeof looks)[number]) => Promise<void> = async () => {},
): Promise<void> {
  for (const look of looks) {
    const page = await browser?.newPage({ viewport: { width: look.width, height: 900 }, colorScheme: look.scheme });
    if (page === undefined) throw new Error("The browser did not start.");
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(url);
    await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");
    expect(requests).toEqual([url]);
    expect(complaints).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(look.width);
    expect(await page.evaluate(contrastProblems), `${look.width} ${look.scheme}`).toEqual([]);
    await also(page, look);
    await page.close();
  }
}

/** Texts of less than 4.5:1 against what is painted behind them; runs in the page. */
const contrastProblems = `(() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (color) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const luminance = ([r, g, b]) => { const [x, y, z] = [r, g, b].map((v) => v / 255).map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)); return 0.2126 * x + 0.7152 * y + 0.0722 * z; };
  const behind = (element) => { for (let at = element; at; at = at.parentElement) { const color = rgba(getComputedStyle(at).backgroundColor); if (color[3] > 250) return color; } return [255, 255, 255]; };
  const problems = new Set();
  for (const element of document.querySelectorAll("main *:not(title)")) {
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
