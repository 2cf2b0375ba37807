import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createLog } from "../../bot/log.ts";
import { secretsOf } from "../../bot/redact.ts";
import { GitHubError } from "../../src/errors/errors.ts";

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
const config = {
  appId: 1,
  privateKey: pem,
  webhookSecret: "a webhook's own secret",
  apiUrl: "https://api.github.com",
  host: "127.0.0.1",
  port: 0,
  store: { url: "postgres://assay:pa%20ssword@db/assay" },
  logLevel: "info" as const,
};
const token = `ghs_${"a1B2".repeat(9)}`;
const jwt = `eyJhbGciOiJSUzI1NiJ9.${"eyJpc3MiOjF9"}.${"c2ln".repeat(10)}`;

describe("the log", () => {
  const lines: string[] = [];
  const log = createLog({ level: "info", secrets: secretsOf(config), write: (line) => lines.push(line) });
  const logged = (write: () => void) => {
    lines.length = 0;
    write();
    return lines.map((line) => JSON.parse(line));
  };

  it("keeps of an error its name, message, status, cause and first calls, and nothing else", () => {
    const error = new GitHubError("GitHub answered 502", { status: 502, cause: new TypeError("fetch failed") });
    Object.assign(error, { request: { headers: { authorization: `token ${token}` } } });
    const [{ err }] = logged(() => log.error({ err: error }, "failed"));
    expect(err).toEqual({
      name: "GitHubError",
      message: "GitHub answered 502",
      status: 502,
      cause: "TypeError: fetch failed",
      stack: expect.any(Array),
    });
    expect(err.stack.length).toBeLessThanOrEqual(5);
  });

  it.each([
    ["the key", pem],
    ["the key on one line", pem.replaceAll("\n", "\\n")],
    ["a line of the key", pem.split("\n")[3] ?? ""],
    ["half a key", `-----BEGIN PRIVATE KEY-----\n${"QUJD".repeat(20)}`],
    ["the webhook secret", config.webhookSecret],
    ["a token", `bad credentials for ${token}`],
    ["a JSON web token", `Authorization: Bearer ${jwt}`],
    ["a token in an address", `GET https://x.example/file?name=a&access_token=${"q".repeat(20)}&b=1`],
    ["a signed address", "https://blob.example/c?se=2026&sig=abc%2Fdef%3D"],
    ["a database's address", `connect ${config.store.url}`],
    ["a password", "password authentication failed: pa ssword"],
  ])("shows nothing of %s", (_, secret) => {
    const text = JSON.stringify(
      logged(() => {
        log.error({ err: new Error(secret, { cause: new Error(secret) }), nested: { list: [secret] } }, secret);
        log.child({ secret }).warn(secret);
        log.fatal(new Error(secret));
      }),
    );
    for (const part of [token, jwt, "q".repeat(20), "abc%2Fdef", "pa%20ssword", "pa ssword", "QUJDQUJD", config.webhookSecret])
      expect(text).not.toContain(part);
    for (const line of pem.split("\n").filter((line) => line.length > 20 && !line.startsWith("---")))
      expect(text).not.toContain(line);
  });

  it("writes below its level nothing, and what is no JSON without its fields", () => {
    expect(logged(() => log.debug("a detail"))).toEqual([]);
    const circular: Record<string, unknown> = {};
    circular["self"] = circular;
    expect(logged(() => log.info(circular, `of ${token}`))).toEqual([{ msg: "of [token]", fields: "not writable as JSON" }]);
  });
});

it("takes a password with a percent sign of its own as it is", () => {
  expect(secretsOf({ ...config, store: { url: "postgres://assay:100%sure@db/assay" } })).toContain("100%sure");
});
