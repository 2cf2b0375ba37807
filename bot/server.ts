import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { UsageError } from "../src/errors/errors.ts";
import { before } from "./before.ts";
import type { Answer, RawDelivery } from "./intake.ts";
import type { Log } from "./log.ts";

/** Something that the server shows. */
export interface Page {
  status: number;
  type: string;
  body: string;
}

export interface ServerParts {
  takeIn(delivery: RawDelivery): Promise<Answer>;
  /** By path, for GET and HEAD. */
  pages: Readonly<Record<string, (query: URLSearchParams) => Promise<Page>>>;
  log: Pick<Log, "error" | "warn">;
  times?: ServerTimes | undefined;
}

/** Where GitHub sends webhooks; Probot's default path is heard too. */
const webhookPaths: readonly string[] = ["/webhooks", "/api/github/webhooks"];
/** GitHub sends at most 25 MB. */
const maxBody = 25 * 1024 * 1024;
/** Of all bodies that are held at once: most have some kilobytes, and before it is whole nobody knows whether one is signed. */
const maxHeld = 4 * maxBody;
const maxHeaders = 16 * 1024;

/** In milliseconds. GitHub waits 10 s and then counts the delivery as failed. */
export interface ServerTimes {
  /** For all the headers of a request. */
  headers: number;
  /** For all of a request. */
  request: number;
  /** From its first line to the answer. */
  answer: number;
}

const defaultTimes: ServerTimes = { headers: 5_000, request: 8_500, answer: 8_500 };

export interface RunningServer {
  url: string;
  /** Takes no more connections, and waits for the requests that are being answered. */
  close(): Promise<void>;
}

export async function startServer(host: string, port: number, parts: ServerParts): Promise<RunningServer> {
  const { times = defaultTimes } = parts;
  const limits = {
    maxHeaderSize: maxHeaders,
    headersTimeout: times.headers,
    requestTimeout: times.request,
    // How often those two are looked at.
    connectionsCheckingInterval: Math.min(500, times.request),
    // Longer than proxies keep theirs, which otherwise send into a connection that is just being closed.
    keepAliveTimeout: 65_000,
  };
  const held: Held = { bytes: 0 };
  const server = createServer(limits, (request, response) => {
    const deadline = AbortSignal.timeout(times.answer);
    before(deadline, answer(request, parts, held, deadline)).then(
      (page) => send(response, page),
      (error: unknown) => {
        // Whoever left, or was cut off as too slow, waits for no answer.
        if (response.destroyed) return;
        // Whoever sends slowly can cause it; what hangs here says so itself.
        if (deadline.aborted) parts.log.warn({}, "a request was not answered in time");
        else parts.log.error({ err: error }, "a request could not be answered");
        send(response, deadline.aborted ? plain(503, "Not answered in time.\n") : plain(500, "Something went wrong.\n"));
      },
    );
  });
  await listen(server, host, port);
  const { port: actual } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${actual}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) =>
      reject(
        new UsageError(`HOST ${host}, PORT ${port} cannot be listened on: ${cause.code ?? cause.message}. Set another one.`, {
          cause,
        }),
      ),
    );
    server.listen(port, host, resolve);
  });
}

/** Bodies that are being read or taken in, together. */
interface Held {
  bytes: number;
}

async function answer(request: IncomingMessage, parts: ServerParts, held: Held, deadline: AbortSignal): Promise<Page> {
  const [path = "/", query = ""] = (request.url ?? "/").split("?", 2);
  if (webhookPaths.includes(path)) {
    if (request.method !== "POST") return plain(405, "Webhooks are posted.\n");
    const own: Held = { bytes: 0 };
    try {
      const body = await readBody(request, own, held);
      if (body === "too long") return plain(413, "A webhook has at most 25 MB.\n");
      if (body === "too many") return plain(503, "Too much is being sent at once. Send it again.\n");
      const header = (name: string) => [request.headers[name]].flat()[0];
      const { status, text } = await parts.takeIn({
        guid: header("x-github-delivery"),
        event: header("x-github-event"),
        signature: header("x-hub-signature-256"),
        body: body.text,
        deadline,
      });
      return plain(status, text);
    } finally {
      held.bytes -= own.bytes;
    }
  }
  const page = Object.hasOwn(parts.pages, path) ? parts.pages[path] : undefined;
  if (page === undefined) return plain(404, "There is nothing here.\n");
  if (request.method !== "GET" && request.method !== "HEAD") return plain(405, "This can only be read.\n");
  return page(new URLSearchParams(query));
}

function plain(status: number, body: string): Page {
  return { status, type: "text/plain; charset=utf-8", body };
}

function send(response: ServerResponse, { status, type, body }: Page): void {
  response.writeHead(status, {
    "content-type": type,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; form-action https:; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    // What was not read of a body that is too long is not read later either.
    ...(status === 413 || status === 503 ? { connection: "close" } : {}),
  });
  response.end(body);
}

async function readBody(request: IncomingMessage, own: Held, all: Held): Promise<{ text: string } | "too long" | "too many"> {
  if (Number(request.headers["content-length"] ?? 0) > maxBody) return "too long";
  const chunks: Buffer[] = [];
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    own.bytes += chunk.length;
    all.bytes += chunk.length;
    if (own.bytes > maxBody) return "too long";
    if (all.bytes > maxHeld) return "too many";
    chunks.push(chunk);
  }
  return { text: Buffer.concat(chunks).toString() };
}
