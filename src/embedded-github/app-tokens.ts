import { createPublicKey, generateKeyPair, type KeyObject, randomBytes, verify } from "node:crypto";
import { promisify } from "node:util";
import * as z from "zod/mini";
import { ApiError, validationFailed } from "./api-error.ts";
import type { App, AppPermissions, Installation, Repository, State, Token } from "./state.ts";

export interface AppKeys {
  publicKey: KeyObject;
  /** PEM. */
  privateKey: string;
}

/** A key pair as GitHub makes one for an app: the private half is a PKCS #1 PEM, shown once. */
export async function createAppKeys(): Promise<AppKeys> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  });
  return { publicKey: createPublicKey(publicKey), privateKey };
}

const longestSeconds = 600;
const headShape = z.object({ alg: z.literal("RS256") });
const claimsShape = z.object({
  iss: z.union([z.string(), z.number()]),
  iat: z.optional(z.unknown()),
  exp: z.optional(z.unknown()),
});

/** The app whose key signed the JWT. Octokit knows the words about the times: they make it look at GitHub's clock. */
export function authenticateApp(state: State, jwt: string): Token {
  const undecodable = new ApiError(401, "A JSON web token could not be decoded");
  const [head = "", body = "", signature = ""] = jwt.split(".");
  const claims = claimsShape.safeParse(decode(body));
  if (!headShape.safeParse(decode(head)).success || !claims.success) throw undecodable;
  const { iss, iat, exp } = claims.data;
  const app = [...state.apps.values()].find(({ id, clientId }) => [String(id), clientId].includes(String(iss)));
  if (!app) throw new ApiError(401, "Integration not found");
  if (!verify("RSA-SHA256", Buffer.from(`${head}.${body}`), app.publicKey, Buffer.from(signature, "base64url")))
    throw undecodable;
  const now = Math.floor(state.now() / 1000);
  if (typeof exp !== "number" || exp <= now) {
    const what = "must be a numeric value representing the future time at which the assertion expires";
    throw new ApiError(401, `'Expiration time' claim ('exp') ${what}`);
  }
  if (exp > now + longestSeconds) throw new ApiError(401, "'Expiration time' claim ('exp') is too far in the future");
  if (!Number.isInteger(iat) || Number(iat) > now) {
    throw new ApiError(401, "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued");
  }
  return { kind: "app", app, login: `${app.slug}[bot]`, permissions: {}, repositories: new Set() };
}

function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}

interface Restriction {
  repositories: readonly Repository[] | undefined;
  permissions: AppPermissions | undefined;
}

/** A token of the installation, or of less than it has. */
export function issueInstallationToken(
  state: State,
  installation: Installation,
  { repositories, permissions }: Restriction,
): Token & { token: string; expiresAt: number } {
  const { app } = installation;
  for (const [name, level] of Object.entries(permissions ?? {})) {
    const granted = permissionsOf(app)[name];
    if (granted === "write" || granted === level) continue;
    const message = "The permissions requested are not granted to this installation.";
    throw new ApiError(422, message, validationFailed({ resource: "Integration", field: "permissions", code: "invalid" }).errors);
  }
  const token = `ghs_${randomBytes(18).toString("hex")}`;
  const issued = {
    kind: "installation" as const,
    app,
    installation,
    login: `${app.slug}[bot]`,
    permissions: permissions ? { ...permissions, metadata: "read" as const } : permissionsOf(app),
    // Without a restriction it sees what is added to the installation later, too.
    repositories: repositories ? new Set(repositories) : installation.repositories,
    expiresAt: state.now() + app.tokenSeconds * 1000,
  };
  state.tokens.set(token, issued);
  return { token, ...issued };
}

export function permissionsOf(app: App): AppPermissions {
  return { metadata: "read", ...app.permissions };
}
