import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createHmac, generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { markdownTable } from "markdown-table";
import { countCalls } from "../bot/count-calls.ts";

const inFlight = 32;
const deliveries = 1_000;
const rounds = 3;
/** The embedded store is WebAssembly, which gets fast as it runs. */
const warmUp = 3;
const pin = spawnSync("taskset", ["-c", "0", "true"]).status === 0 ? ["taskset", "-c", "0"] : [];
const comments = 250;
const secret = "the secret of a benchmark";

export default { name: "bot", run };

async function run(): Promise<void> {
  await acknowledge();
  await showCalls();
}

/** Requests to GitHub for a pull request's verdict, by endpoint. */
async function showCalls(): Promise<void> {
  const { first, later } = await countCalls(comments);
  const columns = [...first, ...later].map((requests) => Map.groupBy(requests, ({ endpoint }) => endpoint ?? "unknown"));
  const endpoints = [...new Set(columns.flatMap((column) => [...column.keys()]))];
  const total = (looks: typeof first) => {
    const all = looks.flat();
    return `${all.length} requests, ${all.filter(({ method }) => method !== "GET").length} of them writes`;
  };
  const table = markdownTable(
    [
      ["", "opened", "its verdict", "pushed", "its verdict"],
      ...endpoints.map((endpoint) => [endpoint, ...columns.map((column) => String(column.get(endpoint)?.length ?? ""))]),
      ["all", ...[...first, ...later].map(({ length }) => String(length))],
    ],
    { align: ["l", "r", "r", "r", "r"] },
  );
  process.stdout.write(
    `\nRequests to GitHub for a pull request with ${comments} comments by others\n\n${table}\n\nFrom opened to verdict: ${total(first)}. From push to verdict: ${total(later)}.\n`,
  );
}

/**
 * Durable acknowledgements of the app against a bare Probot app that keeps nothing: one process each, in turn, same load. Both have
 * the same one core where `taskset` can pin them; what each costs in processor time holds on a busy machine too.
 */
async function acknowledge(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "assay-bench-bot-"));
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
  const servers = new Map<string, Server>();
  const results = new Map<string, Measured[]>();
  try {
    for (const name of ["probot", "assay"]) servers.set(name, await start(name, key, folder));
    for (let round = -warmUp; round < rounds; round += 1)
      for (const [name, server] of servers) {
        const before = await processorTime(server);
        const times = await load(server.url, `${name}-${round}`);
        const measured = { ...times, cpu: ((await processorTime(server)) - before) / deliveries };
        if (round >= 0) results.set(name, [...(results.get(name) ?? []), measured]);
      }
  } finally {
    for (const { child } of servers.values()) child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
  const [bare, ours] = ["probot", "assay"].map((name) => median(results.get(name) ?? []));
  if (bare === undefined || ours === undefined) throw new Error("nothing was measured");
  const row = (name: string, { perSecond, p99, cpu }: Measured) => [name, perSecond.toFixed(0), p99.toFixed(1), cpu.toFixed(2)];
  const table = markdownTable(
    [
      ["", "acknowledged/s", "p99, ms", "processor, ms each"],
      row("bare Probot, keeps nothing", bare),
      row("assay, kept before it answers", ours),
      ["ratio", (ours.perSecond / bare.perSecond).toFixed(2), (ours.p99 / bare.p99).toFixed(1), (ours.cpu / bare.cpu).toFixed(1)],
    ],
    { align: ["l", "r", "r", "r"] },
  );
  process.stdout.write(
    `${deliveries.toLocaleString("en")} signed pull_request deliveries of 200 pull requests, ${inFlight} at once, embedded store, ${pin.length > 0 ? "one core" : "not pinned to a core"}, median of ${rounds}\n\n${table}\n`,
  );
}

interface Times {
  perSecond: number;
  p99: number;
}

interface Measured extends Times {
  /** Milliseconds of processor time a delivery. */
  cpu: number;
}

interface Server {
  child: ChildProcess;
  url: string;
}

function start(name: string, privateKey: string, folder: string): Promise<Server> {
  const file = join(import.meta.dirname, "bot-server.ts");
  const options = JSON.stringify({ name, privateKey, secret, folder: join(folder, name) });
  const [program = "", ...args] = [...pin, process.execPath, file, options];
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit", "ipc"] });
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`${name} ended with ${code}`)));
    child.stdout?.once("data", (url) => resolve({ child, url: String(url).trim() }));
  });
}

/** In milliseconds, since the server started. */
function processorTime({ child }: Server): Promise<number> {
  return new Promise((resolve) => {
    child.once("message", (milliseconds) => resolve(Number(milliseconds)));
    child.send("processor time?");
  });
}

async function load(url: string, label: string): Promise<Times> {
  const times: number[] = [];
  let next = 0;
  const began = performance.now();
  const one = async () => {
    for (let index = next++; index < deliveries; index = next++) {
      const body = payload(1 + (index % 200));
      const sent = performance.now();
      const response = await fetch(url, {
        method: "POST",
        body,
        headers: {
          "content-type": "application/json",
          "x-github-delivery": `${label}-${index}`,
          "x-github-event": "pull_request",
          "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
        },
      });
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`${url} answered ${response.status}`);
      times.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, one));
  const seconds = (performance.now() - began) / 1_000;
  times.sort((a, b) => a - b);
  return { perSecond: deliveries / seconds, p99: times[Math.floor(times.length * 0.99)] ?? Number.NaN };
}

/** About as long as GitHub's: 25 KB. */
function payload(number: number): string {
  return JSON.stringify({
    action: "synchronize",
    number,
    installation: { id: 1 },
    repository: { id: 10, name: "models", full_name: "team/models", owner: { login: "team" }, description: "x".repeat(12_000) },
    pull_request: { number, body: "y".repeat(12_000) },
    sender: { id: 7, login: "ada", type: "User" },
  });
}

function median(all: readonly Measured[]): Measured | undefined {
  return all.toSorted((a, b) => a.perSecond - b.perSecond)[Math.floor(all.length / 2)];
}
