import { createHmac, generateKeyPairSync } from "node:crypto";
import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BotParts, type RunningBot, startBot } from "../../bot/bot.ts";
import { ComeBackLater, type Reconcile } from "../../bot/queue/store.ts";
import { keyOf } from "../../bot/subject.ts";
import { createStoreFolder } from "./store-folder.ts";

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
const secret = "a secret of the test";
const opened = {
  action: "opened",
  installation: { id: 1 },
  repository: { id: 10, name: "models", owner: { login: "team" } },
  pull_request: { number: 3 },
};

describe("the running app", () => {
  let folder: string;
  let bot: RunningBot;
  let contact: BotParts["contact"];
  const lines: string[] = [];
  const looked: string[] = [];
  beforeAll(async () => {
    folder = await createStoreFolder();
    const config = {
      appId: 99,
      privateKey: pem,
      webhookSecret: secret,
      apiUrl: "http://127.0.0.1:9",
      host: "127.0.0.1",
      port: 0,
      store: { folder },
      logLevel: "warn" as const,
    };
    const reconcile: Reconcile = async (subject) => {
      looked.push(keyOf(subject));
      if (subject.kind === "pull-request" && subject.number === 4)
        throw new ComeBackLater(new Date(Date.now() + 3_600_000), "not now");
      if (subject.kind === "pull-request" && subject.number === 5) throw new Error(`it says ${secret}`);
    };
    const createWork = (parts: BotParts) => {
      contact = parts.contact;
      return { reconcile, sweep: async () => ({}) };
    };
    bot = await startBot(config, createWork, { writeLog: (line) => lines.push(line) });
  });
  afterAll(async () => {
    await bot?.stop().catch(() => {});
    rmSync(folder, { recursive: true, force: true });
  });

  const post = async (body: string, headers: Record<string, string> = {}) => {
    const signature = `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
    const response = await fetch(`${bot.url}/webhooks`, {
      method: "POST",
      body,
      headers: {
        "x-github-delivery": "1767225600000",
        "x-github-event": "pull_request",
        "x-hub-signature-256": signature,
        ...headers,
      },
    });
    return `${response.status} ${await response.text()}`.trim();
  };
  const get = (path: string) => fetch(`${bot.url}${path}`);

  it("keeps a signed delivery, once, and looks at its subject", async () => {
    expect(await post(JSON.stringify(opened))).toBe("202 Kept.");
    expect(await post(JSON.stringify(opened))).toBe("202 Known.");
    while (looked.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(looked).toEqual(["10/pull/3"]);
  });

  it("puts a subject off as long as it is asked to, and counts no failure", async () => {
    const other = { ...opened, pull_request: { number: 4 } };
    expect(await post(JSON.stringify(other), { "x-github-delivery": "another" })).toBe("202 Kept.");
    const counted = async () =>
      (await (await get("/metrics")).text()).split("\n").filter((line) => line.includes('outcome="postponed"'));
    while ((await counted()).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await counted()).toEqual([expect.stringMatching(/ 1$/)]);
    expect(looked).toEqual(["10/pull/3", "10/pull/4"]);
  });

  it("says in the log which delivery was not signed with its secret, if that is a GUID", async () => {
    const guid = "0b989ba4-242f-11e5-81e1-c7b6966d2516";
    const unsigned = { "x-hub-signature-256": `sha256=${"0".repeat(64)}` };
    for (const claimed of [guid, "x".repeat(2_000)])
      expect(await post("{}", { ...unsigned, "x-github-delivery": claimed })).toMatch(/^401 /);
    const told = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg.startsWith("refused a delivery"));
    expect(told.map((entry) => entry.guid)).toEqual([guid, undefined]);
    expect(await (await get("/")).text()).toMatch(/refused a delivery: X-Hub-Signature-256.*data-head="times">2</s);
  });

  it("says that GitHub fails, since when and why, and is healthy all the same", async () => {
    contact.failed(`no answer to GET /app: it says ${secret}`);
    const health = await get("/healthz");
    expect(health.status).toBe(200);
    expect(await health.text()).toMatch(/^ok\nGitHub fails since 20\S+Z: no answer to GET \/app: it says \[secret\]\n$/);
    expect(await (await get("/metrics")).text()).toContain("assay_github_up 0");
    expect(await (await get("/")).text()).toContain("no answer to GET /app: it says [secret]");
    contact.answered();
    expect(await (await get("/healthz")).text()).toBe("ok\n");
    expect(await (await get("/metrics")).text()).toContain("assay_github_up 1");
  });

  it("refuses what is not signed with its secret, too long, or not understood, and says which", async () => {
    const body = JSON.stringify(opened);
    expect(await post(body, { "x-hub-signature-256": `sha256=${"0".repeat(64)}` })).toMatch(/^401 /);
    expect(await post(body, { "x-github-delivery": "" })).toMatch(/^400 /);
    expect(await post("{")).toMatch(/^422 /);
    expect(await post(JSON.stringify({ ...opened, pull_request: {} }))).toMatch(/^422 .*pull_request\.number/);
    expect(await post(JSON.stringify({ zen: "…" }), { "x-github-event": "ping" })).toMatch(/^200 /);
    expect(await post(body, { "x-github-event": "__proto__" })).toMatch(/^200 /);
    expect(await post(" ".repeat(25 * 1024 * 1024 + 1)).catch(() => "413 closed")).toMatch(/^413 /);
  });

  it("shows its health, its numbers and its queue", async () => {
    expect((await get("/healthz")).status).toBe(200);
    const metrics = await (await get("/metrics")).text();
    expect(metrics).toContain('assay_deliveries_total{event="pull_request",outcome="accepted"} 2');
    expect(metrics).toContain('assay_deliveries_total{event="pull_request",outcome="duplicate"} 1');
    expect(metrics).toContain("assay_store_up 1");
    const page = await (await get("/")).text();
    expect(page).toContain("team/models");
    expect(page).not.toContain("<script");
    expect((await get("/nothing")).status).toBe(404);
  });

  it("shows why something failed, without the app's secrets", async () => {
    await bot.store.accept({
      ...{ guid: "fails", event: "pull_request" },
      subject: { kind: "pull-request", repository: { installation: 2, id: 10, owner: "team", name: "models" }, number: 5 },
    });
    let page = "";
    while (!page.includes("it says")) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      page = await (await get("/")).text();
    }
    expect(page).toContain("it says [secret]");
    expect(page).not.toContain(secret);
  });

  it("asks for a delivery again and says that it is ill when its store does not answer", async () => {
    await bot.store.close();
    expect(await post(JSON.stringify(opened), { "x-github-delivery": "later" })).toMatch(/^500 /);
    expect((await get("/healthz")).status).toBe(503);
    expect((await get("/metrics")).status).toBe(200);
  });
});
