import { createPrivateKey } from "node:crypto";
import { isAbsolute, resolve } from "node:path";
import * as z from "zod/mini";
import { UsageError } from "../src/errors/errors.ts";
import { createNodeFiles } from "../src/files/node-files.ts";
import { type LogLevel, logLevels } from "./log.ts";
import type { StoreLocation } from "./queue/open-store.ts";

export interface Config {
  appId: number;
  privateKey: string;
  webhookSecret: string;
  /** Of GitHub's API, without a slash at its end. */
  apiUrl: string;
  host: string;
  port: number;
  store: StoreLocation;
  logLevel: LogLevel;
}

const port = z.optional(
  z.string().check(
    z.regex(/^\d{1,5}$/),
    z.refine((text) => Number(text) <= 65_535),
  ),
);

/** What each variable has to be, in words that follow its name. */
const variables = {
  APP_ID: {
    schema: z.string().check(z.regex(/^[1-9]\d{0,15}$/)),
    fix: "has to be the number that GitHub shows as App ID. Without an app yet, register one: npm run bot -- --help says how",
  },
  WEBHOOK_SECRET: {
    schema: z.string().check(
      z.minLength(16),
      z.refine((secret) => secret !== "development"),
    ),
    fix: "has to be the app's webhook secret, at least 16 characters and none that others know: whoever has it can send us anything. Make one: openssl rand -hex 32",
  },
  GITHUB_API_URL: {
    schema: z.optional(z.url({ protocol: /^https?$/ })),
    fix: "has to be the address of GitHub's API, such as https://github.example.com/api/v3; leave it out for github.com",
  },
  HOST: { schema: z.optional(z.string().check(z.minLength(1))), fix: "has to be an address to listen on, such as 0.0.0.0" },
  PORT: { schema: port, fix: "has to be a port, 0 to 65535" },
  ASSAY_DATA: { schema: z.optional(z.string().check(z.minLength(1))), fix: "has to be a folder that lasts" },
  DATABASE_URL: {
    schema: z.optional(z.string().check(z.regex(/^postgres(ql)?:\/\//))),
    // Not the value: it holds a password.
    fix: "has to be the address of a PostgreSQL, postgres://user:password@host/database",
  },
  LOG_LEVEL: { schema: z.optional(z.enum(logLevels)), fix: `has to be one of ${logLevels.join(", ")}` },
} as const;

type Variable = keyof typeof variables;

/** The environment as a configuration. @throws UsageError that names every mistake and its fix, and no value of any variable */
export async function readConfig(environment: NodeJS.Dict<string>): Promise<Config> {
  const mistakes = mistakesIn(environment, Object.keys(variables) as Variable[]);
  const privateKey = await readPrivateKey(set(environment, "PRIVATE_KEY"), set(environment, "PRIVATE_KEY_PATH"));
  if ("mistake" in privateKey) mistakes.push(privateKey.mistake);
  if (mistakes.length > 0 || "mistake" in privateKey) throw cannotStart(mistakes);
  return {
    appId: Number(set(environment, "APP_ID")),
    privateKey: privateKey.pem,
    webhookSecret: set(environment, "WEBHOOK_SECRET") ?? "",
    apiUrl: apiUrl(environment),
    host: set(environment, "HOST") ?? "127.0.0.1",
    port: Number(set(environment, "PORT") ?? 3000),
    store: storeLocation(environment),
    logLevel: logLevels.find((level) => level === set(environment, "LOG_LEVEL")) ?? "info",
  };
}

/** What registering needs of the environment. @throws UsageError */
export function readSetup(environment: NodeJS.Dict<string>): { apiUrl: string; port: number; folder: string } {
  if (set(environment, "APP_ID") !== undefined)
    throw new UsageError("APP_ID is set: there is an app already. Start it: npm run bot");
  const mistakes = mistakesIn(environment, ["GITHUB_API_URL", "PORT"]);
  if (mistakes.length > 0) throw cannotStart(mistakes);
  return { apiUrl: apiUrl(environment), port: Number(set(environment, "PORT") ?? 3000), folder: dataFolder(environment) };
}

/** Where the store is. @throws UsageError */
export function readStore(environment: NodeJS.Dict<string>): StoreLocation {
  const mistakes = mistakesIn(environment, ["DATABASE_URL"]);
  if (mistakes.length > 0) throw cannotStart(mistakes);
  return storeLocation(environment);
}

/** Set to nothing is not set. */
function set(environment: NodeJS.Dict<string>, name: string): string | undefined {
  return environment[name]?.trim() || undefined;
}

function mistakesIn(environment: NodeJS.Dict<string>, names: readonly Variable[]): string[] {
  return names.flatMap((name) => {
    const { schema, fix } = variables[name];
    const value = set(environment, name);
    if (schema.safeParse(value).success) return [];
    return [`${name} ${value === undefined ? "is not set. It" : "is not right. It"} ${fix}.`];
  });
}

function cannotStart(mistakes: readonly string[]): UsageError {
  return new UsageError(`The app cannot start:\n${mistakes.map((mistake) => `- ${mistake}`).join("\n")}`);
}

function apiUrl(environment: NodeJS.Dict<string>): string {
  return (set(environment, "GITHUB_API_URL") ?? "https://api.github.com").replace(/\/+$/, "");
}

function storeLocation(environment: NodeJS.Dict<string>): StoreLocation {
  const url = set(environment, "DATABASE_URL");
  return url === undefined ? { folder: dataFolder(environment) } : { url };
}

/** GitHub's pages, by the address of its API. */
export function webUrlOf(apiUrl: string): string {
  return apiUrl === "https://api.github.com" ? "https://github.com" : apiUrl.replace(/\/api\/v3$/, "");
}

/** Where the app keeps its own files. */
export function dataFolder(environment: NodeJS.Dict<string>): string {
  return resolve(environment["ASSAY_DATA"]?.trim() || "assay-data");
}

async function readPrivateKey(
  inline: string | undefined,
  path: string | undefined,
): Promise<{ pem: string } | { mistake: string }> {
  if (inline === undefined && path === undefined)
    return {
      mistake:
        "PRIVATE_KEY_PATH is not set. It has to be the file with the app's private key that GitHub gave (or PRIVATE_KEY its content).",
    };
  if (inline !== undefined && path !== undefined)
    return { mistake: "PRIVATE_KEY and PRIVATE_KEY_PATH are both set. Leave one out." };
  if (inline !== undefined) {
    // One line with \n in it, or Base64, as some places want variables.
    const text = inline.includes("-----BEGIN") ? inline.replaceAll("\\n", "\n") : Buffer.from(inline, "base64").toString();
    return isKey(text) ? { pem: text } : { mistake: "PRIVATE_KEY is no RSA private key in PEM form, nor one in Base64." };
  }
  const file = isAbsolute(path ?? "") ? (path ?? "") : resolve(path ?? "");
  const text = await createNodeFiles()
    .readText(file, 100_000)
    .catch((error: NodeJS.ErrnoException & { cause?: NodeJS.ErrnoException }) => ({ code: error.code ?? error.cause?.code }));
  if (text === undefined) return { mistake: `PRIVATE_KEY_PATH names ${file}, which is not there (ENOENT).` };
  if (typeof text !== "string")
    return {
      mistake: `PRIVATE_KEY_PATH names ${file}, which cannot be read (${text.code ?? "it is no file of at most 100 kB"}).`,
    };
  return isKey(text) ? { pem: text } : { mistake: `PRIVATE_KEY_PATH names ${file}, which is no RSA private key in PEM form.` };
}

/** GitHub gives RSA keys. */
function isKey(text: string): boolean {
  try {
    return createPrivateKey(text).asymmetricKeyType === "rsa";
  } catch {
    return false;
  }
}
