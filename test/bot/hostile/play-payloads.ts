import { createHmac, generateKeyPairSync } from "node:crypto";
import { rmSync } from "node:fs";
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningBot, startBot } from "../../../bot/bot.ts";
import type { Reconcile } from "../../../bot/queue/store.ts";
import { keyOf } from "../../../bot/subject.ts";
import { hostileDeliveries, payloads } from "../../fixtures/hostile/payloads.ts";
import { createStoreFolder } from "../store-folder.ts";
import type { Tally } from "./tally.ts";

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const secret = "a secret of the test";
const sign = (body: string) => `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;

/** Sends the corpus' deliveries to the running app. */
export function playPayloads(tally: Tally): void {
  tally.declare(hostileDeliveries.length + 2);
  describe("a delivery", () => {
    let folder: string;
    let bot: RunningBot;
    const looked: string[] = [];
    let guids = 0;

    beforeAll(async () => {
      folder = await createStoreFolder();
      const config = {
        appId: 99,
        privateKey: privateKey.export({ type: "pkcs1", format: "pem" }).toString(),
        webhookSecret: secret,
        apiUrl: "http://127.0.0.1:9",
        host: "127.0.0.1",
        port: 0,
        store: { folder },
        logLevel: "fatal" as const,
      };
      const reconcile: Reconcile = async (subject) => void looked.push(keyOf(subject));
      bot = await startBot(config, () => ({ reconcile, sweep: async () => ({}) }));
    });
    afterAll(async () => {
      await bot?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    /** Not `fetch`, which does not send some headers. */
    const post = (event: string, body: string, guid: string, signature: string | undefined) =>
      new Promise<string>((resolve, reject) => {
        const headers = {
          "x-github-event": event,
          "x-github-delivery": guid,
          ...(signature !== undefined && { "x-hub-signature-256": signature }),
        };
        const sent = request(`${bot.url}/webhooks`, { method: "POST", headers }, (response) => {
          let text = `${response.statusCode} `;
          response.setEncoding("utf8").on("data", (part) => {
            text += part;
          });
          response.on("end", () => resolve(text.trim()));
        });
        sent.on("error", reject).end(body);
      });
    const settled = async () => {
      for (;;) {
        const { waiting, active } = await bot.store.overview();
        if (waiting + active === 0) return;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };

    it.each(hostileDeliveries)("with $name is answered, and only what is ours is looked at", async (delivery) => {
      const { event, payload, guid = `hostile-${++guids}`, signature = (right, body) => right(body) } = delivery;
      const body = typeof payload === "string" ? payload : JSON.stringify(payload);
      const answer = await post(event, body, guid, signature(sign, body));
      expect(answer).toMatch(delivery.answer);
      expect(answer.length).toBeLessThan(200);
      await settled();
      expect(looked.splice(0)).toEqual(delivery.looks === undefined ? [] : [delivery.looks]);
      tally.played("deliveries");
    });

    it("that is played again is known, whatever it says the second time", async () => {
      const first = JSON.stringify(payloads["pull_request"]);
      const second = JSON.stringify({ ...payloads["pull_request"], pull_request: { number: 4 } });
      expect(await post("pull_request", first, "again", sign(first))).toMatch(/^202 Kept/);
      expect(await post("pull_request", first, "again", sign(first))).toMatch(/^202 Known/);
      expect(await post("pull_request", second, "again", sign(second))).toMatch(/^202 Known/);
      await settled();
      expect(looked.splice(0)).toEqual(["10/pull/3"]);
      tally.played("deliveries");
    });

    it("leaves nothing behind in the objects that all others are made of", async () => {
      expect(Object.keys(Object.prototype)).toEqual([]);
      expect((await bot.store.overview()).dead).toBe(0);
      tally.played("deliveries");
    });
  });
}
