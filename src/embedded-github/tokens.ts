import { createHmac, randomBytes } from "node:crypto";
import { ApiError } from "./api-error.ts";
import { authenticateApp } from "./app-tokens.ts";
import {
  actionsBot,
  findRepository,
  type PermissionName,
  type Permissions,
  type Repository,
  type State,
  type Token,
  userOf,
} from "./state.ts";

export interface TokenRequest {
  /** `owner/name`; the token sees no other repository. */
  repository: string;
  permissions: Permissions;
  /** `workflow`: a `GITHUB_TOKEN`, writes as `github-actions[bot]`. `user`: a personal access token. */
  kind: "workflow" | "user";
  /** Of a user's token; default the repository's owner. */
  login?: string | undefined;
}

export function issueToken(state: State, request: TokenRequest): string {
  const repository = findRepository(state, request.repository);
  if (!repository) throw new Error(`There is no repository ${request.repository} on the embedded GitHub; create it first.`);
  const login = request.kind === "workflow" ? actionsBot : (request.login ?? repository.owner);
  userOf(state, login);
  const token = `${request.kind === "workflow" ? "ghs" : "github_pat"}_${randomBytes(18).toString("hex")}`;
  state.tokens.set(token, {
    repositories: new Set([repository]),
    permissions: request.permissions,
    kind: request.kind,
    login,
  });
  return token;
}

/** Who calls, by the Authorization header. Throws 401. */
export function authenticate(state: State, header: string | undefined, anyOf: readonly Requirement[]): Token {
  const given = /^(?:bearer|token)\s+(\S+)$/i.exec(header ?? "")?.[1];
  if (given === undefined) throw new ApiError(401, "Requires authentication");
  if (anyOf.includes("app")) return authenticateApp(state, given);
  const token = state.tokens.get(given);
  if (!token || (token.expiresAt ?? Number.POSITIVE_INFINITY) <= state.now()) throw new ApiError(401, "Bad credentials");
  return token;
}

/**
 * `contents:read`, `checks:write`…; one of several is enough. `metadata:read` needs nothing, `none` not even a token, and `app` asks
 * for the JWT of an app.
 */
export type Requirement = `${PermissionName}:${"read" | "write"}` | "metadata:read" | "none" | "app";

export function authorise(token: Token, repository: Repository, anyOf: readonly Requirement[]): void {
  if (token.kind === "app") return;
  if (!token.repositories.has(repository)) throw new ApiError(404, "Not Found");
  if (anyOf.some((requirement) => allows(token, requirement))) return;
  const what = token.kind === "user" ? "personal access token" : "integration";
  throw new ApiError(403, `Resource not accessible by ${what}`);
}

export function allows({ permissions }: Token, requirement: Requirement): boolean {
  if (requirement === "metadata:read" || requirement === "none") return true;
  const [name = "", level] = requirement.split(":");
  const granted = permissions[name] ?? permissions[name.replaceAll("-", "_")];
  return granted === "write" || (granted === "read" && level === "read");
}

/** The runtime token of a job: an HS256 JWT whose scope names the run and the job to the artifact results service. */
export function issueRuntimeToken(state: State, runBackendId: string, jobBackendId: string): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: state.url, iat: now, exp: now + 6 * 3600, scp: `Actions.Results:${runBackendId}:${jobBackendId}` };
  const unsigned = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${unsigned}.${createHmac("sha256", state.secret).update(unsigned).digest("base64url")}`;
}

/** The run and job of a runtime token; undefined when the token is not ours or has run out. */
export function readRuntimeToken(state: State, header: string | undefined): { run: string; job: string } | undefined {
  const [head, body, signature] = /^bearer\s+(\S+)$/i.exec(header ?? "")?.[1]?.split(".") ?? [];
  if (head === undefined || body === undefined) return undefined;
  if (createHmac("sha256", state.secret).update(`${head}.${body}`).digest("base64url") !== signature) return undefined;
  const claims: { exp?: number; scp?: string } = JSON.parse(Buffer.from(body, "base64url").toString());
  const [, run, job] = /^Actions\.Results:([^:]+):([^:]+)$/.exec(claims.scp ?? "") ?? [];
  if (run === undefined || job === undefined || (claims.exp ?? 0) < Date.now() / 1000) return undefined;
  return { run, job };
}
