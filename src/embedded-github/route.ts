import type { IncomingHttpHeaders } from "node:http";
import type * as z from "zod/mini";
import { english } from "../errors/english.ts";
import { ApiError, notFound } from "./api-error.ts";
import type { Repository, State, Token } from "./state.ts";
import type { Requirement } from "./tokens.ts";

/** One request, as a route's handler sees it. */
export interface Call {
  state: State;
  method: string;
  url: URL;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** The decoded parts of the path. Throws when the route has no such part. */
  param(name: string): string;
  /** Who calls; routes that need no token must not ask. */
  caller: Token;
  /** The repository of the path. */
  repository: Repository;
}

export interface Answer {
  status: number;
  headers?: Readonly<Record<string, string>>;
  json?: unknown;
  bytes?: Buffer;
  /** A file that is streamed, from byte `start` to byte `end`, inclusive. */
  file?: { path: string; start: number; end: number };
}

export interface Route {
  method: string;
  /** `{name}` is one part of the path, `{name+}` the rest of it. */
  pattern: string;
  /** Permissions of which the token needs one; `none` for what authenticates in its own way. */
  anyOf: readonly Requirement[];
  handle(call: Call): Promise<Answer>;
}

export interface Match {
  route: Route;
  params: ReadonlyMap<string, string>;
}

/** The first route that takes the request. Octokit sends slashes inside a part as `%2F`, others as they are. */
export function matchRoute(routes: readonly Route[], method: string, path: string): Match | undefined {
  for (const route of routes) {
    if (route.method !== method) continue;
    const params = matchPattern(route.pattern, path);
    if (params) return { route, params };
  }
  return undefined;
}

const compiled = new Map<string, { regex: RegExp; names: readonly string[] }>();

function matchPattern(pattern: string, path: string): ReadonlyMap<string, string> | undefined {
  let known = compiled.get(pattern);
  if (!known) {
    const names: string[] = [];
    const source = pattern.replaceAll(/[.]/g, "\\.").replaceAll(/\{(\w+)(\+?)\}/g, (_, name: string, rest: string) => {
      names.push(name);
      return rest ? "(.*)" : "([^/]+)";
    });
    known = { regex: new RegExp(`^${source}$`), names };
    compiled.set(pattern, known);
  }
  const found = known.regex.exec(path);
  if (!found) return undefined;
  return new Map(known.names.map((name, at) => [name, decodePart(found[at + 1] ?? "")]));
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new ApiError(400, "Bad Request");
  }
}

/** The numeric part of a path; 404 for anything else, as GitHub answers. */
export function idParam(call: Call, name: string): number {
  const text = call.param(name);
  if (!/^\d{1,15}$/.test(text)) throw notFound();
  return Number(text);
}

/** The JSON body in the given shape. Throws 400 for what is no JSON and 422 for another shape. */
export function readBody<Shape>(call: Call, shape: z.ZodMiniType<Shape>): Shape {
  const parsed = shape.safeParse(parseJson(call.body), english);
  if (parsed.success) return parsed.data;
  const complaints = parsed.error.issues.map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`);
  throw new ApiError(422, `Invalid request.\n\n${complaints.join("\n")}`);
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new ApiError(400, "Problems parsing JSON");
  }
}

/** One page of the items (30, at most 100 a page), with the Link header that leads to the others. */
export function paginate<Item>(call: Call, items: readonly Item[]): { page: readonly Item[]; headers: Record<string, string> } {
  const perPage = pageSize(call);
  const number = clamp(call.url.searchParams.get("page"), 1, Number.MAX_SAFE_INTEGER);
  const last = Math.max(1, Math.ceil(items.length / perPage));
  const link = (page: number, rel: string) => {
    const url = new URL(call.url);
    url.searchParams.set("page", String(page));
    return `<${url.href}>; rel="${rel}"`;
  };
  const links = [
    ...(number > 1 ? [link(Math.min(number - 1, last), "prev")] : []),
    ...(number < last ? [link(number + 1, "next"), link(last, "last")] : []),
    ...(number > 1 ? [link(1, "first")] : []),
  ];
  return {
    page: items.slice((number - 1) * perPage, number * perPage),
    headers: links.length > 0 ? { link: links.join(", ") } : {},
  };
}

/** Of a list: 30 unless asked, at most 100. */
export function pageSize(call: Call): number {
  return clamp(call.url.searchParams.get("per_page"), 30, 100);
}

function clamp(text: string | null, fallback: number, most: number): number {
  const value = Number.parseInt(text ?? "", 10);
  return Number.isNaN(value) || value < 1 ? fallback : Math.min(value, most);
}
