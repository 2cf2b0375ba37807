import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readConfig } from "../../bot/config.ts";

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
const complete = { APP_ID: "12", PRIVATE_KEY: pem, WEBHOOK_SECRET: "0123456789abcdef" };

describe("the app's configuration", () => {
  it("needs an id, a key and a secret, and knows the rest", async () => {
    expect(await readConfig(complete)).toMatchObject({
      appId: 12,
      apiUrl: "https://api.github.com",
      host: "127.0.0.1",
      port: 3000,
    });
    expect((await readConfig({ ...complete, DATABASE_URL: "postgres://a:b@db/assay" })).store).toEqual({
      url: "postgres://a:b@db/assay",
    });
    expect((await readConfig({ ...complete, PRIVATE_KEY: Buffer.from(pem).toString("base64") })).privateKey).toBe(pem);
    expect((await readConfig({ ...complete, PRIVATE_KEY: pem.replaceAll("\n", "\\n") })).privateKey).toBe(pem);
  });

  it("takes no key that GitHub would not have given", async () => {
    const key = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    await expect(readConfig({ ...complete, PRIVATE_KEY: key })).rejects.toThrow("PRIVATE_KEY is no RSA private key");
  });

  it("names every mistake at once, and no secret", async () => {
    const environment = {
      APP_ID: "Assay",
      WEBHOOK_SECRET: "development",
      PORT: "70000",
      DATABASE_URL: "mysql://root:hunter2@db",
      PRIVATE_KEY_PATH: "/nowhere/key.pem",
    };
    const error = await readConfig(environment).catch((thrown: Error) => thrown.message);
    for (const name of Object.keys(environment)) expect(error).toContain(`- ${name} `);
    expect(error).not.toContain("hunter2");
    expect(error).toMatchInlineSnapshot(`
      "The app cannot start:
      - APP_ID is not right. It has to be the number that GitHub shows as App ID. Without an app yet, register one: npm run bot -- --help says how.
      - WEBHOOK_SECRET is not right. It has to be the app's webhook secret, at least 16 characters and none that others know: whoever has it can send us anything. Make one: openssl rand -hex 32.
      - PORT is not right. It has to be a port, 0 to 65535.
      - DATABASE_URL is not right. It has to be the address of a PostgreSQL, postgres://user:password@host/database.
      - PRIVATE_KEY_PATH names /nowhere/key.pem, which is not there (ENOENT)."
    `);
  });

  it("says why a key cannot be read, and nothing of the file", async () => {
    const folder = mkdtempSync(join(tmpdir(), "assay-config-"));
    try {
      const large = join(folder, "large.pem");
      writeFileSync(large, "SECRET ".repeat(20_000));
      const why = (path: string) =>
        readConfig({ ...complete, PRIVATE_KEY: "", PRIVATE_KEY_PATH: path }).catch((thrown: Error) => thrown.message);
      expect(await why(folder)).toContain("which cannot be read (it is no file of at most 100 kB)");
      expect(await why(large)).toContain("which cannot be read (it is no file of at most 100 kB)");
      expect(await why(large)).not.toContain("SECRET");
      expect(await why(join(folder, "x".repeat(300)))).toContain("which is not there");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("does not start without a webhook secret", async () => {
    await expect(readConfig({ ...complete, WEBHOOK_SECRET: "" })).rejects.toThrow("WEBHOOK_SECRET is not set");
  });
});
