import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

export interface ProxiedRequest {
  method: string;
  /** Path without the query. */
  path: string;
  status: number;
}

/** `after`: the server did what was asked, only its answer is lost. `before`: it never heard of it. */
export interface Fault {
  matches: (request: { method: string; path: string }) => boolean;
  when: "before" | "after";
  /** Status instead of the answer; `closed`: the connection breaks off. */
  answer: number | "closed";
  body?: object;
  headers?: Record<string, string>;
  times: number;
}

export interface FaultyProxy {
  url: string;
  /** What went through to the server, in order. */
  requests: ProxiedRequest[];
  faults: Fault[];
  /** Requests other than GET since the last call. */
  takeWrites(): string[];
  close(): Promise<void>;
}

/** Stands between a client and a GitHub server on loopback, writes down what goes through, and loses answers when told to. */
export async function startFaultyProxy(target: string): Promise<FaultyProxy> {
  const requests: ProxiedRequest[] = [];
  const faults: Fault[] = [];
  let seen = 0;

  const server = createServer(async (incoming, outgoing) => {
    const request = { method: incoming.method ?? "", path: (incoming.url ?? "").split("?")[0] ?? "" };
    const fault = faults.find((candidate) => candidate.times > 0 && candidate.matches(request));
    if (fault !== undefined) fault.times--;
    let response: Response | undefined;
    let body = Buffer.alloc(0);
    if (fault?.when !== "before") {
      response = await forward(target, incoming);
      body = Buffer.from(await response.arrayBuffer());
      requests.push({ ...request, status: response.status });
    }
    if (fault?.answer === "closed") {
      incoming.socket.destroy();
    } else if (fault !== undefined) {
      outgoing.writeHead(fault.answer, { "content-type": "application/json", ...fault.headers });
      outgoing.end(JSON.stringify(fault.body ?? { message: "Server Error" }));
    } else if (response !== undefined) {
      const headers = [...response.headers].filter(
        ([name]) => !["content-length", "transfer-encoding", "connection"].includes(name),
      );
      // So that the next pages come through here too.
      outgoing.writeHead(
        response.status,
        Object.fromEntries(headers.map(([name, value]) => [name, value.replaceAll(target, url)])),
      );
      outgoing.end(body);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    requests,
    faults,
    takeWrites() {
      const writes = requests.slice(seen).filter(({ method, path }) => method !== "GET" && path !== "/graphql");
      seen = requests.length;
      return writes.map(({ method, path }) => `${method} ${path}`);
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function forward(target: string, incoming: IncomingMessage): Promise<Response> {
  const body = await buffer(incoming);
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (typeof value === "string" && !["host", "connection", "content-length", "transfer-encoding"].includes(name))
      headers.set(name, value);
  }
  return fetch(new URL(incoming.url ?? "/", target), {
    method: incoming.method ?? "GET",
    headers,
    redirect: "manual",
    ...(body.length > 0 ? { body } : {}),
  });
}
