import { type ChildProcess, spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Config } from "../../bot/config.ts";
import { openStore } from "../../bot/queue/open-store.ts";
import { keyOf } from "../../bot/subject.ts";
import { type EmbeddedGitHub, startEmbeddedGitHub } from "../../src/embedded-github/embedded-github.ts";
import { missingPostgresql, type Postgresql, startPostgresql } from "../bot/postgresql.ts";
import { createWorld } from "../bot/world.ts";
import { skipWithout } from "../requirements.ts";

const pullRequests = 50;
const deliveries = 2_000;
const duplicates = 0.3;
const checkName = "assay / verdict";
const secret = "the secret of two replicas";

describe.skipIf(skipWithout("postgresql", "two replicas of the app", missingPostgresql()))(
  "two replicas on one PostgreSQL",
  () => {
    let server: Postgresql;
    let github: EmbeddedGitHub;
    const replicas: RunningReplica[] = [];
    beforeAll(async () => {
      server = await startPostgresql();
      github = await startEmbeddedGitHub();
    });
    afterAll(async () => {
      for (const { child } of replicas) child.kill("SIGKILL");
      await github?.close();
      await server?.stop();
    });

    it("lose and repeat nothing when one of them is killed half way", { timeout: 600_000 }, async () => {
      const url = server.createDatabase();
      const store = await openStore({ url });
      const world = await createWorld({ github, store });
      const numbers: number[] = [];
      const heads = new Map<number, string>();
      for (let index = 0; index < pullRequests; index += 1) {
        const pull = await world.open({ "train.csv": `x,y\n1,${index + 2}\n` }, { branch: `change-${index}` });
        await world.run(pull);
        numbers.push(pull.number);
        heads.set(pull.number, pull.headSha);
      }
      const { id: appId, privateKey } = world.app;
      const config = {
        appId,
        privateKey,
        webhookSecret: secret,
        apiUrl: github.url,
        host: "127.0.0.1",
        port: 0,
        store: { url },
        logLevel: "fatal",
      } as const;
      replicas.push(...(await Promise.all([1, 2].map(() => startReplica(config)))));

      const lastSent = new Map<string, number>();
      let known = 0;
      let failed: Sent[] = [];
      const post = async (sent: Sent, replica: RunningReplica | undefined) => {
        const at = Date.now();
        const answer = await send(replica?.url ?? "", sent).catch(() => undefined);
        if (answer === undefined || !answer.startsWith("202")) failed.push(sent);
        else if (answer.includes("Known")) known += 1;
        else {
          const key = keyOf(world.subject(sent.number));
          lastSent.set(key, Math.max(lastSent.get(key) ?? 0, at));
        }
      };
      const all = schedule(numbers, world.repository);
      for (let from = 0; from < all.length; from += 20) {
        if (from === deliveries / 2) replicas[0]?.child.kill("SIGKILL");
        await Promise.all(all.slice(from, from + 20).map((sent, index) => post(sent, replicas[index % 2])));
      }
      // What got no answer is sent again by GitHub when it is asked to, with the same GUID.
      expect(failed.length).toBeGreaterThan(0);
      const again = failed;
      failed = [];
      for (const sent of again) await post(sent, replicas[1]);
      expect(failed).toEqual([]);
      expect(known).toBeGreaterThan(0);

      for (let overview = await store.overview(); overview.waiting + overview.active > 0; overview = await store.overview())
        await sleep(200);
      expect(await store.overview()).toMatchObject({ dead: 0 });
      const looks = replicas.flatMap((replica) => replica.looks());
      for (const number of numbers) {
        const key = keyOf(world.subject(number));
        const last = Math.max(...looks.filter((look) => look.key === key).map(({ at }) => at));
        expect(last, key).toBeGreaterThanOrEqual(lastSent.get(key) ?? 0);
        expect(github.comments(number), `comments of ${key}`).toHaveLength(1);
        const checks = github.checks(heads.get(number) ?? "").filter(({ name }) => name === checkName);
        expect(checks, `checks of ${key}`).toMatchObject([{ conclusion: "success" }]);
      }
      await world.close();
      await store.close();
    });
  },
);

interface Sent {
  guid: string;
  number: number;
  body: string;
}

/** Seeded: pull requests in turn, and of the deliveries three in ten are one that was sent before. */
function schedule(
  numbers: readonly number[],
  { id, owner, name, installation }: { id: number; owner: string; name: string; installation: number },
): Sent[] {
  let seed = 1;
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const sent: Sent[] = [];
  for (let index = 0; index < deliveries; index += 1) {
    const earlier = random() < duplicates ? sent[Math.floor(random() * sent.length)] : undefined;
    const number = numbers[Math.floor(random() * numbers.length)] ?? 0;
    const body = JSON.stringify({
      action: "synchronize",
      installation: { id: installation },
      repository: { id, name, owner: { login: owner } },
      pull_request: { number },
    });
    sent.push(earlier ?? { guid: `delivery-${index}`, number, body });
  }
  return sent;
}

async function send(url: string, { guid, body }: Sent): Promise<string> {
  const response = await fetch(`${url}/webhooks`, {
    method: "POST",
    body,
    headers: {
      "x-github-delivery": guid,
      "x-github-event": "pull_request",
      "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
    },
  });
  return `${response.status} ${await response.text()}`;
}

interface RunningReplica {
  child: ChildProcess;
  url: string;
  looks(): { key: string; at: number }[];
}

async function startReplica(config: Config): Promise<RunningReplica> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "app-replica.ts"), JSON.stringify(config)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  const match = () => /^listens (.+)$/m.exec(output)?.[1];
  while (match() === undefined) {
    if (child.exitCode !== null) throw new Error("a replica did not start");
    await sleep(50);
  }
  return {
    child,
    url: match() ?? "",
    looks: () => [...output.matchAll(/^look (\S+) (\d+)$/gm)].map(([, key = "", at]) => ({ key, at: Number(at) })),
  };
}
