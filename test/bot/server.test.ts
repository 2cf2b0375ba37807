import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import { takeIn } from "../../bot/intake.ts";
import { silentLog } from "../../bot/log.ts";
import { createMetrics } from "../../bot/operations/metrics.ts";
import { type RunningServer, type ServerParts, type ServerTimes, startServer } from "../../bot/server.ts";

const pull = JSON.stringify({
  action: "opened",
  installation: { id: 1 },
  repository: { id: 10, name: "models", owner: { login: "team" } },
  pull_request: { number: 3 },
});
const headers = { "x-github-delivery": "1", "x-github-event": "pull_request", "x-hub-signature-256": "any" };

describe("the server", () => {
  let server: RunningServer | undefined;
  afterEach(() => server?.close());
  const start = async (parts: Partial<ServerParts>, times?: Partial<ServerTimes>) => {
    const defaults = { takeIn: async () => ({ status: 202, text: "" }) as const, pages: {}, log: silentLog };
    server = await startServer("127.0.0.1", 0, {
      ...defaults,
      ...parts,
      times: { headers: 5_000, request: 5_000, answer: 5_000, ...times },
    });
    return server;
  };
  /** What is sent, byte by byte, and what comes back until the connection is closed. */
  const send = async ({ url }: RunningServer, sent: string) => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    await once(socket, "connect");
    socket.write(sent);
    return text(socket);
  };

  it("answers 5xx in time when the store hangs, and counts a failed delivery", async () => {
    const metrics = createMetrics();
    const parts = {
      appId: 1,
      verify: async () => true,
      store: { accept: () => new Promise<boolean>(() => {}), drop: async () => 0 },
      metrics,
      log: silentLog,
    };
    const { url } = await start({ takeIn: (delivery) => takeIn(delivery, parts) }, { answer: 100 });
    const response = await fetch(`${url}/webhooks`, { method: "POST", headers, body: pull });
    expect(response.status).toBeGreaterThanOrEqual(500);
    expect((await metrics.text(undefined)).text).toContain('assay_deliveries_total{event="pull_request",outcome="failed"} 1');
  });

  it("answers 503 in time for a page that hangs", async () => {
    const { url } = await start({ pages: { "/": () => new Promise(() => {}) } }, { answer: 100 });
    expect((await fetch(url)).status).toBe(503);
  });

  it("holds no more than so much of all bodies at once, and takes them again once those are gone", async () => {
    const { url } = await start({ takeIn: async () => ({ status: 200, text: "" }) });
    const most = 25 * 1024 * 1024;
    const all: Socket[] = [];
    for (let index = 0; index < 4; index += 1) {
      const socket = connect(Number(new URL(url).port), "127.0.0.1").on("error", () => {});
      all.push(socket);
      socket.write(`POST /webhooks HTTP/1.1\r\nHost: a\r\nContent-Length: ${most}\r\n\r\n`);
      // All but a byte of it: read, and waited for.
      await new Promise((resolve) => socket.write(Buffer.alloc(most - 1), resolve));
    }
    const post = async () => (await fetch(`${url}/webhooks`, { method: "POST", body: "12345" })).status;
    let status = await post();
    while (status === 200) status = await post();
    expect(status).toBe(503);
    for (const socket of all) socket.destroy();
    while (status === 503) status = await post();
    expect(status).toBe(200);
  });

  it("warns of a request that takes too long, without more", async () => {
    const told: unknown[] = [];
    const log = { warn: (...line: unknown[]) => told.push(line), error: (...line: unknown[]) => told.push(line) };
    const { url } = await start({ pages: { "/": () => new Promise(() => {}) }, log }, { answer: 100 });
    await fetch(url);
    expect(told).toEqual([[{}, "a request was not answered in time"]]);
  });

  it("does not wait for clients that send their headers or their body slowly", async () => {
    const running = await start({}, { headers: 100, request: 100 });
    expect(await send(running, "POST /webhooks HTTP/1.1\r\nHost: a\r\n")).toMatch(/^HTTP\/1.1 408 /);
    expect(await send(running, "POST /webhooks HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nab")).toMatch(/^HTTP\/1.1 408 /);
  });

  it("refuses headers and bodies that are too long", async () => {
    const running = await start({});
    expect(await send(running, `GET / HTTP/1.1\r\nHost: a\r\nX-Long: ${"x".repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1.1 431 /);
    const length = 25 * 1024 * 1024 + 1;
    expect(await send(running, `POST /webhooks HTTP/1.1\r\nHost: a\r\nContent-Length: ${length}\r\n\r\n`)).toMatch(
      /^HTTP\/1.1 413 /,
    );
  });
});
