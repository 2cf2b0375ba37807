import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import { silentLog } from "../../../bot/log.ts";
import { htmlPage } from "../../../bot/operations/page.ts";
import { startSetup } from "../../../bot/operations/setup.ts";
import { renderStatus, type StatusFacts } from "../../../bot/operations/status-page.ts";
import { type RunningServer, startServer } from "../../../bot/server.ts";
import { expectGoodLooks, launchChromium, skipWithoutChromium } from "../../chromium.ts";
import { type CheckedGitHub, startCheckedGitHub } from "../../openapi/checked-github.ts";

const skip = skipWithoutChromium("looking at the app's own pages in a browser");
/** A folder in which pictures of the pages are kept, for people. */
const pictures = process.env["ASSAY_PICTURES"];

const now = new Date("2026-03-04T05:06:07Z");
const before = (seconds: number) => new Date(now.getTime() - seconds * 1_000);
const repository = { installation: 1, id: 10, owner: "a-team-of-risk-and-fraud", name: "models-of-every-kind-that-there-is" };
const pull = (number: number) => ({ kind: "pull-request" as const, repository, number });
const calm: StatusFacts = {
  overview: { waiting: 0, postponed: 0, active: 0, oldestSeconds: 0, dead: 0 },
  subjects: [],
  contact: { lastAnswer: undefined, failing: undefined },
  troubles: [],
  webUrl: "https://github.com",
  now,
};
const statuses: Readonly<Record<string, StatusFacts>> = {
  "nothing happened": calm,
  "all is well": {
    ...calm,
    contact: { lastAnswer: before(12), failing: undefined },
    subjects: [
      { subject: pull(12), state: "looked at", at: before(130), tries: 0 },
      {
        subject: { kind: "merge-group", repository, headSha: "a".repeat(40), baseSha: "b".repeat(40) },
        state: "active",
        at: before(3),
        tries: 0,
      },
    ],
  },
  "GitHub fails": {
    ...calm,
    overview: { waiting: 12, postponed: 3, active: 8, oldestSeconds: 4_000, dead: 2 },
    contact: {
      lastAnswer: before(5_000),
      failing: { since: before(4_800), why: "no answer to GET /app/installations: getaddrinfo ENOTFOUND api.github.com" },
    },
    subjects: [
      {
        subject: pull(7),
        state: "dead",
        at: before(90_000),
        tries: 9,
        error: `GitHub answered 502 on a request to read ${"x".repeat(300)}`,
      },
      {
        subject: pull(8),
        state: "postponed",
        at: before(-900),
        tries: 2,
        error: "No answer from GitHub on a request to read #8: fetch failed.",
      },
      { subject: { kind: "run", repository, runId: 123_456_789_012 }, state: "waiting", at: before(4_000), tries: 0 },
      { subject: "of another version", state: "looked at", at: before(80_000), tries: 0 },
    ],
    troubles: [
      {
        message: "the sweep failed; the next one is in a quarter of an hour",
        detail: "No answer from GitHub on a request to list the app's installations: getaddrinfo ENOTFOUND api.github.com.",
        at: before(300),
        times: 6,
      },
      {
        message: "refused a delivery: X-Hub-Signature-256 is not that of our webhook secret",
        detail: undefined,
        at: before(7_300),
        times: 1_204,
      },
    ],
  },
};

describe.skipIf(skip)("the app's own pages in Chromium", () => {
  let browser: Browser | undefined;
  let github: CheckedGitHub;
  let setup: RunningServer;
  let status: RunningServer;
  const folder = mkdtempSync(join(tmpdir(), "assay-pages-"));
  beforeAll(async () => {
    browser = await launchChromium();
    github = await startCheckedGitHub();
    setup = await startSetup({
      publicUrl: "https://assay.example.com",
      apiUrl: github.url,
      port: 0,
      folder,
      organization: "a-team",
    });
    const page = (facts: StatusFacts) => async () => htmlPage(200, "Assay: status", renderStatus(facts));
    status = await startServer("127.0.0.1", 0, {
      takeIn: async () => ({ status: 422, text: "" }),
      pages: Object.fromEntries(Object.entries(statuses).map(([name, facts]) => [encodeURI(`/${name}`), page(facts)])),
      log: silentLog,
    });
    if (pictures) mkdirSync(pictures, { recursive: true });
  });
  afterAll(async () => {
    await browser?.close();
    await setup?.close();
    await status?.close();
    await github?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const look = (name: string, url: string) =>
    expectGoodLooks(browser, url, async (page, { width, scheme }) => {
      if (pictures) await page.screenshot({ path: join(pictures, `${name}-${width}-${scheme}.png`), fullPage: true });
    });

  it.each(Object.keys(statuses))("the status page fits, loads nothing and can be read when %s", async (name) => {
    await look(name.replaceAll(" ", "-"), encodeURI(`${status.url}/${name}`));
  });

  it("so does the page that registers the app, and what it leads to", async () => {
    await look("setup", `${setup.url}/setup`);
    const html = await (await fetch(`${setup.url}/setup`)).text();
    const unescaped = (text = "") => text.replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
    const manifest = JSON.parse(unescaped(/name="manifest" value="([^"]+)"/.exec(html)?.[1]));
    const state = /state=([0-9a-f]{32})/.exec(html)?.[1] ?? "";
    // What a failed answer says is the browser's own complaint, so only the good ones are looked at.
    const done = `${setup.url}/setup/done?${new URLSearchParams({ code: github.agreeToApp(manifest), state })}`;
    await expectGoodLooksOnce(done);
  });

  /** The code is good once. */
  async function expectGoodLooksOnce(url: string) {
    const body = await (await fetch(url)).text();
    const server = await startServer("127.0.0.1", 0, {
      takeIn: async () => ({ status: 422, text: "" }),
      pages: { "/done": async () => ({ status: 200, type: "text/html; charset=utf-8", body }) },
      log: silentLog,
    });
    try {
      await look("registered", `${server.url}/done`);
    } finally {
      await server.close();
    }
  }
});
