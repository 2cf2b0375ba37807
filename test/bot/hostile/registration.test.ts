import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { environmentFile } from "../../../bot/operations/environment-file.ts";
import { startSetup } from "../../../bot/operations/setup.ts";
import { createNodeFiles } from "../../../src/files/node-files.ts";
import { hostileValue, mutated } from "./mutated.ts";

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
/** What GitHub answers to the code of a manifest. */
const credentials = {
  ...{ id: 7, slug: "assay", html_url: "https://github.com/apps/assay", client_id: "Iv1", client_secret: "c" },
  ...{ pem, webhook_secret: "0123456789abcdef0123456789abcdef01234567", owner: { login: "acme" } },
};

describe("the code of a manifest", () => {
  let answer = { status: 201, body: "" };
  const asked: string[] = [];
  const github = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(answer.status, { "content-type": "application/json" }).end(answer.body);
  });
  beforeAll(() => new Promise<void>((resolve) => github.listen(0, "127.0.0.1", resolve)));
  afterAll(() => new Promise((resolve) => github.close(resolve)));

  /** Somebody registers, and comes back with a code. */
  async function exchange<Result>(work: (setup: Setup) => Promise<Result>): Promise<Result> {
    const root = mkdtempSync(join(tmpdir(), "assay-setup-"));
    const folder = join(root, "data");
    const apiUrl = `http://127.0.0.1:${(github.address() as AddressInfo).port}`;
    const setup = await startSetup({ publicUrl: "https://bot.example", organization: undefined, apiUrl, port: 0, folder });
    try {
      const page = await (await fetch(`${setup.url}/setup`)).text();
      const state = /state=([0-9a-f]+)/.exec(page)?.[1] ?? "";
      const comeBack = async (query: Record<string, string>) => {
        const response = await fetch(`${setup.url}/setup/done?${new URLSearchParams(query)}`);
        return { status: response.status, page: await response.text() };
      };
      return await work({ folder, state, comeBack });
    } finally {
      await setup.close();
      rmSync(root, { recursive: true, force: true });
    }
  }
  interface Setup {
    folder: string;
    state: string;
    comeBack(query: Record<string, string>): Promise<{ status: number; page: string }>;
  }

  it("becomes variables that read back as GitHub's, or nothing is written and it can be tried again, whatever GitHub answers", async () => {
    const bodies = fc.oneof(
      mutated(credentials),
      hostileValue.map((other) => JSON.stringify(other)),
      fc.string(),
      ...(["webhook_secret", "pem", "html_url"] as const).map((key) =>
        fc.string().map((text) => JSON.stringify({ ...credentials, [key]: credentials[key] + text })),
      ),
    );
    const answers = fc.record({ status: fc.constantFrom(201, 201, 201, 200, 404, 422, 500), body: bodies });
    await fc.assert(
      fc.asyncProperty(answers, (given) =>
        exchange(async ({ folder, state, comeBack }) => {
          answer = given;
          const { status, page } = await comeBack({ code: "code", state });
          expect([200, 502]).toContain(status);
          expect(page).not.toMatch(/<script|javascript:|BEGIN RSA/);
          if (status === 502) {
            expect(readdirSync(folder)).toEqual([]);
            answer = { status: 201, body: JSON.stringify(credentials) };
            expect((await comeBack({ code: "code", state })).status).toBe(200);
          }
          const said = JSON.parse(answer.body);
          expect(readdirSync(folder).sort()).toEqual(["app.env", "private-key.pem"]);
          expect(readFileSync(join(folder, "private-key.pem"), "utf8")).toBe(said.pem);
          expect(await environmentFile(createNodeFiles(), folder)).toEqual({
            APP_ID: String(said.id),
            WEBHOOK_SECRET: said.webhook_secret,
            PRIVATE_KEY_PATH: join(folder, "private-key.pem"),
          });
        }),
      ),
      { numRuns: 200 },
    );
  });

  it("is asked of one place of GitHub's only, whatever it is", async () => {
    answer = { status: 404, body: "{}" };
    await exchange(async ({ folder, state, comeBack }) => {
      await fc.assert(
        fc.asyncProperty(
          fc.oneof(fc.string(), fc.webPath(), fc.constantFrom("../x", "a/b", "%2e%2e", "a?b", "a#b")),
          async (code) => {
            asked.length = 0;
            expect([400, 502]).toContain((await comeBack({ code, state })).status);
            for (const one of asked) expect(one).toMatch(/^POST \/app-manifests\/[\w-]+\/conversions$/);
            expect(readdirSync(folder)).toEqual([]);
          },
        ),
        { numRuns: 200 },
      );
    });
  });
});
