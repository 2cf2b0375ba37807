/** Makes the README's pictures from a real run of the demonstration: `npm run picture`. Needs Chromium. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { damagesTheData } from "../src/demo/changes.ts";
import { demonstrate } from "../src/demo/demo.ts";
import { renderPage } from "../src/report/page.ts";

const docs = join(import.meta.dirname, "..", "docs");
const folder = mkdtempSync(join(tmpdir(), "assay-picture-"));
const executablePath = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";

const { pullRequests } = await demonstrate(
  { json: true, out: join(folder, "demo.html"), scenes: [{ change: damagesTheData, acts: [] }] },
  () => undefined,
);
const [blocked] = pullRequests;
if (!blocked) throw new Error("The demonstration has no pull request.");
writeFileSync(join(folder, "report.html"), await renderPage(blocked.report));

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
for (const colorScheme of ["light", "dark"] as const) {
  const page = await browser.newPage({ viewport: { width: 1100, height: 900 }, deviceScaleFactor: 1.5, colorScheme });
  await page.goto(`file://${join(folder, "report.html")}`);
  writeFileSync(
    join(docs, `report-${colorScheme}.png`),
    await page.screenshot({ clip: { x: 0, y: 0, width: 1100, height: 900 } }),
  );
}
await browser.close();
process.stdout.write(`${readFileSync(join(folder, "report.html")).length} bytes of page drawn into docs/report-*.png\n`);
rmSync(folder, { recursive: true, force: true });
