import { hideTokens } from "../src/github/hide-tokens.ts";
import type { Config } from "./config.ts";

/** Values that must not be shown, wherever they turn up. */
export type Secrets = readonly string[];

const shapes: readonly [RegExp, string][] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g, "[private key]"],
  [/\b(bearer|basic)\s+[\w.~+/=-]{6,}/gi, "$1 [token]"],
  [/(\bauthorization\W{1,4}token\s+)[\w.~+/=-]{6,}/gi, "$1[token]"],
  // Passwords in addresses, and what addresses carry as a permission.
  [/(:\/\/[^\s/:@]*:)[^\s/]+@/g, "$1[password]@"],
  [/([?&](?:[\w-]*token|sig|signature|[\w-]*secret|password|code|key)=)[^&\s"']+/gi, "$1[secret]"],
];

export function redact(text: string, secrets: Secrets): string {
  let shown = text;
  for (const secret of secrets) shown = shown.replaceAll(secret, "[secret]");
  for (const [shape, replacement] of shapes) shown = shown.replace(shape, replacement);
  return hideTokens(shown, "[token]");
}

/** What of a configuration is secret; the key also line by line, as parts of it turn up in errors. */
export function secretsOf({ privateKey, webhookSecret, store }: Config): Secrets {
  const lines = privateKey.split(/\r?\n/).filter((line) => line.length >= 20 && !line.startsWith("-----"));
  return [webhookSecret, ...lines, ...("url" in store ? passwordsIn(store.url) : [])];
}

/** The password of an address, as it is written and as it is meant. */
export function passwordsIn(url: string): Secrets {
  const password = URL.parse(url)?.password ?? "";
  // What is so short would be found everywhere.
  return [password, decoded(password)].filter(({ length }) => length >= 6);
}

/** As PostgreSQL's client reads it; a password may have a percent sign of its own. */
function decoded(password: string): string {
  try {
    return decodeURIComponent(password);
  } catch {
    return password;
  }
}
