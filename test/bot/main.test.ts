import { type ChildProcess, spawn } from "node:child_process";
import { createHmac, generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStore } from "../../bot/queue/open-store.ts";
import { createStoreFolder } from "./store-folder.ts";

const main = join(import.meta.dirname, "../../bot/main.ts");
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const secret = "a secret of the test";
const pull = JSON.stringify({
  action: "opened",
  installation: { id: 1 },
  repository: { id: 10, name: "models", owner: { login: "team" } },
  pull_request: { number: 3 },
});

describe("npm run bot", () => {
  let folder: string;
  const children: ChildProcess[] = [];
  beforeEach(async () => {
    folder = await createStoreFolder();
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });

  function start(args: readonly string[], environment: NodeJS.Dict<string> = {}) {
    const child = spawn(process.execPath, [main, ...args], {
      env: { PATH: process.env["PATH"], ASSAY_DATA: folder, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    children.push(child);
    const ended = once(child, "exit").then(([code, signal]) => code ?? signal);
    return { child, ended };
  }

  async function run(args: readonly string[], environment?: NodeJS.Dict<string>) {
    const { child, ended } = start(args, environment);
    const [out, error, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    return { out, error, code };
  }

  /** The app with a GitHub that is not there. */
  async function startApp() {
    const started = start([], {
      APP_ID: "1",
      PRIVATE_KEY: privateKey.export({ type: "pkcs1", format: "pem" }).toString(),
      WEBHOOK_SECRET: secret,
      GITHUB_API_URL: "http://127.0.0.1:9",
      PORT: "0",
    });
    let log = "";
    started.child.stderr.pipe(process.stderr);
    const port = await new Promise<number>((resolve, reject) => {
      started.child.stdout.on("data", (chunk) => {
        log += chunk;
        const found = /"url":"http:\/\/127\.0\.0\.1:(\d+)"/.exec(log);
        if (found) resolve(Number(found[1]));
      });
      started.child.once("exit", () => reject(new Error(`it ended: ${log}`)));
    });
    return { ...started, port, log: () => log };
  }

  /** A webhook of which the last byte is still to come. */
  async function almostSent(port: number) {
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    const signature = createHmac("sha256", secret).update(pull).digest("hex");
    socket.write(
      `POST /webhooks HTTP/1.1\r\nHost: a\r\nX-GitHub-Delivery: 1\r\nX-GitHub-Event: pull_request\r\nConnection: close\r\n` +
        `X-Hub-Signature-256: sha256=${signature}\r\nContent-Length: ${pull.length}\r\nExpect: 100-continue\r\n\r\n`,
    );
    // Now the request is known to be in flight.
    await once(socket, "data");
    socket.write(pull.slice(0, -1));
    return socket;
  }

  async function listensNoMore(port: number) {
    for (;;) {
      const socket = connect(port, "127.0.0.1");
      const refused = await new Promise<boolean>((resolve) => {
        socket.once("connect", () => resolve(false));
        socket.once("error", () => resolve(true));
      });
      socket.destroy();
      if (refused) return;
      await sleep(20);
    }
  }

  it("says which variable names a database that does not answer, and not its password", async () => {
    const ended = await run(["--retry-dead"], { DATABASE_URL: "postgres://assay:hunter22@127.0.0.1:9/assay" });
    expect(ended).toMatchObject({ code: 2, out: "" });
    expect(ended.error).toMatch(/^DATABASE_URL names a PostgreSQL that cannot be used: .*ECONNREFUSED/);
    expect(ended.error).not.toContain("hunter22");
    expect(ended.error.trim().split("\n")).toHaveLength(1);
  });

  it("answers on SIGTERM what it was asked, hands its work back and ends with 0", async () => {
    const { child, ended, port, log } = await startApp();
    const socket = await almostSent(port);
    child.kill("SIGTERM");
    await listensNoMore(port);
    socket.write(pull.slice(-1));
    expect(await text(socket)).toMatch(/^HTTP\/1.1 202 /);
    expect(await ended).toBe(0);
    expect(log()).not.toContain(secret);
    const store = await openStore({ folder });
    const { waiting, postponed, active } = await store.overview();
    await store.close();
    expect([waiting + postponed, active]).toEqual([1, 0]);
  });

  it("ends at once on a second SIGTERM", async () => {
    const { child, ended, port } = await startApp();
    await almostSent(port);
    child.kill("SIGTERM");
    await listensNoMore(port);
    child.kill("SIGTERM");
    expect(await ended).toBe(143);
  });

  it("ends with 2 and all mistakes when it cannot start", async () => {
    const { code, error } = await run([], { APP_ID: "x", PORT: "x" });
    expect(code).toBe(2);
    for (const name of ["APP_ID", "PORT", "WEBHOOK_SECRET", "PRIVATE_KEY_PATH"]) expect(error).toContain(`- ${name} `);
    expect(error).not.toContain("    at ");
    expect((await run(["--nothing"])).code).toBe(2);
  });

  it("shows help, and puts dead letters back", async () => {
    expect(await run(["--help"])).toMatchObject({ code: 0, out: expect.stringMatching(/^npm run bot/) });
    expect(await run(["--retry-dead"])).toMatchObject({ code: 0, out: "0 subjects wait again.\n" });
  });
});
