import { createReadStream } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { ApiError, notFound, UnknownRequestError } from "./api-error.ts";
import { errorOf, isCarriedOut, takeFault } from "./faults.ts";
import { nameOf } from "./rate-limits.ts";
import { type Answer, type Match, matchRoute } from "./route.ts";
import { allRoutes } from "./routes/routes.ts";
import { findRepository, type State, type Token } from "./state.ts";
import { authenticate, authorise } from "./tokens.ts";
import type { Traffic } from "./traffic.ts";

const maxBodyBytes = 512 * 1024 * 1024;

/** The HTTP server over the state; every request ends in one answer and one record of the traffic. */
export function createHttpServer(state: State, traffic: Traffic) {
  return createServer((request, response) => {
    void serve(state, traffic, request, response).catch((error) => {
      traffic.failures.push(
        `${request.method} ${request.url}: ${error instanceof Error ? (error.stack ?? error.message) : error}`,
      );
      response.destroy();
    });
  });
}

async function serve(state: State, traffic: Traffic, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const method = request.method ?? "GET";
  const url = new URL(request.url ?? "/", state.url);
  const at = state.now();
  const body = await readAll(request);
  const fault = takeFault(traffic.faults, method, url.pathname);
  const match = findRoute(method, url.pathname);
  const incoming: Incoming = { method, url, body, request, match, caller: undefined };
  const carriedOut = fault && !isCarriedOut(fault) ? undefined : await answerFor(state, traffic, incoming);
  const answer = fault && "status" in fault ? errorAnswer(errorOf(fault)) : carriedOut;
  const isUnanswered = answer === undefined || (fault !== undefined && ("cut" in fault || "timeout" in fault));
  const endpoint = match && `${method} ${match.route.pattern}`;
  const { "retry-after": wait } = answer?.headers ?? {};
  traffic.requests.push({
    method,
    path: url.pathname,
    endpoint,
    status: isUnanswered ? 0 : answer.status,
    caller: incoming.caller && nameOf(incoming.caller),
    at,
    retryAfterSeconds: isUnanswered || wait === undefined ? undefined : Number(wait),
  });
  if (isUnanswered) {
    // After a time-out it is whoever asked that gives up.
    if (!fault || !("timeout" in fault)) response.destroy();
    return;
  }
  traffic.onExchange?.({
    method,
    path: url.pathname + url.search,
    requestBody: body,
    status: answer.status,
    responseBody: answer.json ?? answer.bytes,
    injected: fault !== undefined,
  });
  await send(response, fault && "truncated" in fault ? halfOf(answer) : answer, method, state.now());
}

/** Undefined also for a path that cannot be read. */
function findRoute(method: string, path: string): Match | undefined {
  try {
    return matchRoute(allRoutes, method, path);
  } catch (error) {
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}

function halfOf(answer: Answer): Answer {
  const bytes = Buffer.from(JSON.stringify(answer.json ?? null));
  return {
    status: answer.status,
    headers: { ...answer.headers, "content-type": "application/json; charset=utf-8" },
    bytes: bytes.subarray(0, Math.floor(bytes.length / 2)),
  };
}

interface Incoming {
  method: string;
  url: URL;
  body: Buffer;
  request: IncomingMessage;
  match: Match | undefined;
  /** Once it is known. */
  caller: Token | undefined;
}

async function answerFor(state: State, traffic: Traffic, incoming: Incoming): Promise<Answer> {
  const { method, url } = incoming;
  try {
    const match = incoming.match ?? matchRoute(allRoutes, method, url.pathname);
    if (!match) throw new UnknownRequestError(404, "Not Found");
    return await handle(state, traffic, match, incoming);
  } catch (error) {
    if (error instanceof UnknownRequestError) traffic.unknownRequests.push(`${method} ${url.pathname}`);
    if (error instanceof ApiError) return errorAnswer(error);
    traffic.failures.push(`${method} ${url.pathname}: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
    return { status: 500, json: { message: "Server Error" } };
  }
}

async function handle(state: State, traffic: Traffic, { route, params }: Match, incoming: Incoming): Promise<Answer> {
  const { method, url, body, request } = incoming;
  const param = (name: string) => {
    const value = params.get(name);
    if (value === undefined) throw new Error(`${route.pattern} has no {${name}}`);
    return value;
  };
  const open = route.anyOf.includes("none");
  const caller = open ? nobody : authenticate(state, request.headers.authorization, route.anyOf);
  if (!open) incoming.caller = caller;
  // Whatever is asked of GraphQL here reads.
  const limits = open ? {} : traffic.rateLimiter?.admit(caller, route.pattern === "/graphql" ? "GET" : method);
  const repository = params.has("owner") ? findRepository(state, `${param("owner")}/${param("repo")}`) : undefined;
  if (params.has("owner")) {
    if (!repository) throw notFound();
    authorise(caller, repository, route.anyOf);
  }
  const answer = await route.handle({
    state,
    method,
    url,
    headers: request.headers,
    body,
    param,
    caller,
    get repository() {
      if (!repository) throw new Error(`${route.pattern} has no repository`);
      return repository;
    },
  });
  return { ...answer, headers: { ...limits, ...answer.headers } };
}

const nobody: Token = { repositories: new Set(), permissions: {}, kind: "user", login: "" };

function errorAnswer(error: ApiError): Answer {
  const { message, status, errors, headers } = error;
  const json = { message, documentation_url: "https://docs.github.com/rest" };
  if (status === 422) return { status, headers, json: errors.length > 0 ? { ...json, errors } : json };
  return { status, headers, json: { ...json, status: String(status) } };
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) throw new Error(`the body passes ${maxBodyBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function send(response: ServerResponse, answer: Answer, method: string, now: number): Promise<void> {
  const headers: Record<string, string> = {
    "x-github-media-type": "github.v3; format=json",
    date: new Date(now).toUTCString(),
    "x-ratelimit-limit": "5000",
    "x-ratelimit-remaining": "4999",
    "x-ratelimit-reset": String(Math.floor(now / 1000) + 3600),
    ...(answer.json !== undefined && { "content-type": "application/json; charset=utf-8" }),
    ...answer.headers,
  };
  if (answer.file) {
    const { path, start, end } = answer.file;
    response.writeHead(answer.status, { ...headers, "content-length": end - start + 1 });
    if (method === "HEAD" || end < start) response.end();
    else await pipeline(createReadStream(path, { start, end }), response);
    return;
  }
  const bytes = answer.json === undefined ? (answer.bytes ?? Buffer.alloc(0)) : Buffer.from(JSON.stringify(answer.json));
  response.writeHead(answer.status, answer.status === 204 ? headers : { ...headers, "content-length": bytes.length });
  response.end(bytes);
}
