import { rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { startBot } from "../../../bot/bot.ts";
import { createMetrics } from "../../../bot/operations/metrics.ts";
import { createWork } from "../../../bot/work.ts";
import { startCheckedGitHub } from "../../openapi/checked-github.ts";
import { createStoreFolder } from "../store-folder.ts";
import { createTestApp } from "../test-app.ts";
import { createPlace } from "../world.ts";

/** Prometheus' text form, strictly. */
function parse(text: string): Map<string, number> {
  const samples = new Map<string, number>();
  const typed = new Set<string>();
  for (const line of text.split("\n")) {
    if (line === "" || /^# HELP \w+ \S/.test(line)) continue;
    const type = /^# TYPE (\w+) (counter|gauge|histogram|summary)$/.exec(line);
    if (type?.[1] !== undefined) {
      typed.add(type[1]);
      continue;
    }
    const sample = /^(\w+)((?:\{(?:\w+="(?:[^"\\\n]|\\["\\n])*",?)*\})?) (\S+)$/.exec(line);
    if (sample === null) throw new Error(`no line of Prometheus' text form: ${line}`);
    const [, name = "", labels = "", value] = sample;
    if (!typed.has(name.replace(/_(bucket|sum|count)$/, "")) && !typed.has(name)) throw new Error(`${name} has no type`);
    if (samples.has(name + labels)) throw new Error(`${name}${labels} is there twice`);
    samples.set(name + labels, Number(value));
  }
  return samples;
}

it("counts what GitHub answered and what was written to it", async () => {
  const github = await startCheckedGitHub();
  const folder = await createStoreFolder();
  const place = await createPlace({ github });
  const { created } = await createTestApp(github, place.fullName);
  await place.run(await place.open({ "train.py": "2" }));
  const lines: string[] = [];
  const config = {
    ...{ appId: created.id, privateKey: created.privateKey, webhookSecret: "a secret of the test", apiUrl: github.url },
    ...{ host: "127.0.0.1", port: 0, store: { folder }, logLevel: "trace" as const },
  };
  const bot = await startBot(config, createWork, { writeLog: (line) => lines.push(line) });
  try {
    let samples = new Map<string, number>();
    while (!samples.get('assay_looks_total{outcome="done"}')) {
      await sleep(50);
      samples = parse(await (await fetch(`${bot.url}/metrics`)).text());
      if (samples.get('assay_looks_total{outcome="failed"}')) throw new Error(lines.join(""));
    }
    const sum = (start: string) =>
      [...samples].filter(([name]) => name.startsWith(start)).reduce((total, [, value]) => total + value, 0);
    expect(sum('assay_effects_total{kind="comment"')).toBe(1);
    expect(sum('assay_effects_total{kind="check"')).toBeGreaterThan(0);
    const asked = github.requests.filter(({ method, path }) => method === "GET" && path.split("?")[0] === "/app/installations");
    expect(asked.length).toBeGreaterThan(0);
    expect(samples.get('assay_github_calls_total{endpoint="GET /app/installations",status="200"}')).toBe(asked.length);
    expect(sum('assay_github_rate_left{installation="app",')).toBeGreaterThan(0);
    expect([...samples.keys()].filter((name) => /^assay_github_rate_left\{installation="\d+",/.test(name))).not.toEqual([]);
    expect([...samples.keys()].filter((name) => /acme|127\.0\.0\.1|since=/.test(name))).toEqual([]);
    expect(samples.get("assay_github_up")).toBe(1);
    expect(samples.get("assay_github_last_answer_seconds")).toBeGreaterThan(0);
    const log = lines.join("");
    for (const line of lines) JSON.parse(line);
    expect(log).not.toMatch(/ghs_|eyJ|PRIVATE KEY/);
    expect(log).not.toContain(config.webhookSecret);
  } finally {
    await bot.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  await github.close();
});

it("tells a call without an answer from a 500, and says that GitHub cannot be reached", async () => {
  const github = await startCheckedGitHub();
  const folder = await createStoreFolder();
  const { created } = await createTestApp(github, (await createPlace({ github })).fullName);
  await github.close();
  const config = {
    ...{ appId: created.id, privateKey: created.privateKey, webhookSecret: "a secret of the test", apiUrl: github.url },
    ...{ host: "127.0.0.1", port: 0, store: { folder }, logLevel: "fatal" as const },
  };
  const bot = await startBot(config, createWork);
  try {
    const health = async () => (await fetch(`${bot.url}/healthz`)).text();
    while ((await health()) === "ok\n") await sleep(50);
    expect(await health()).toMatch(/^ok\nGitHub fails since \S+Z: no answer to GET \/app\S*: .*ECONNREFUSED/);
    const samples = parse(await (await fetch(`${bot.url}/metrics`)).text());
    expect(samples.get("assay_github_up")).toBe(0);
    const calls = [...samples.keys()].filter((name) => name.startsWith("assay_github_calls_total"));
    expect(calls).not.toEqual([]);
    for (const call of calls) expect(call).toContain('status="none"');
  } finally {
    await bot.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

it("shows how long the first that is due has been waiting, and leaves the queue out when the store does not answer", async () => {
  const metrics = createMetrics();
  const overview = { waiting: 2, postponed: 1, active: 0, oldestSeconds: 12.5, dead: 1 };
  const samples = parse((await metrics.text(overview)).text);
  expect(samples.get("assay_queue_oldest_seconds")).toBe(12.5);
  expect(samples.get('assay_queue_subjects{state="waiting"}')).toBe(2);
  expect(samples.get("assay_dead_letters")).toBe(1);
  expect(parse((await createMetrics().text(undefined)).text).get("assay_store_up")).toBe(0);
  // What was known last is not known any more, and 0 would say that all is well.
  const text = (await metrics.text(undefined)).text;
  for (const name of ["assay_dead_letters", "assay_queue_oldest_seconds", "assay_queue_subjects"])
    expect(text).not.toMatch(new RegExp(`^${name}[ {]`, "m"));
  expect((await metrics.text(overview)).text).toMatch(/^assay_dead_letters 1$/m);
});
