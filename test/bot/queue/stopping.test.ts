import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { keyOf, type Subject } from "../../../bot/subject.ts";
import { drained, isEmpty, onBothStores, type StorePlace, until } from "./both-stores.ts";
import { aDelivery, aPullRequest } from "./deliveries.ts";

onBothStores(stopping);

function stopping({ open, location }: StorePlace): void {
  it("hands work back when the process stops before it is done", async () => {
    const store = await open({ graceSeconds: 0 });
    await store.accept(aDelivery());
    let reason: unknown;
    await store.worker.start(
      (_, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => {
            reason = signal.reason;
            reject(new Error("aborted"));
          });
        }),
    );
    await until(async () => (await store.overview()).active === 1);
    await store.worker.stop();
    expect(reason).toBe("the process stops");
    expect(await store.overview()).toMatchObject({ active: 0, waiting: 1 });
    expect(await drained(store)).toHaveLength(1);
  });

  it("loses nothing that it acknowledged when its process is killed, and takes again what that was working on", async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, "accept-until-killed.ts"), JSON.stringify(location())], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    const ended = new Promise((resolve) => child.once("exit", resolve));
    await until(async () => output.split("\n").length > 100 || child.exitCode !== null);
    child.kill("SIGKILL");
    await ended;
    const acknowledged = output.split("\n").slice(0, -1).map(Number);
    expect(acknowledged.length).toBeGreaterThanOrEqual(100);

    const store = await open({ heartbeatSeconds: 10, superviseSeconds: 1, retryDelaySeconds: 0 });
    for (const number of acknowledged)
      expect(await store.accept(aDelivery({ guid: `${number}`, subject: aPullRequest(number) }))).toBe(false);
    const looked = new Set<string>();
    await store.worker.start(async (subject) => {
      looked.add(keyOf(subject));
    });
    await until(async () => [1, 2].every((number) => looked.has(keyOf(aPullRequest(number)))));
    await until(async () => isEmpty(await store.overview()));
    const lookedAtBefore = (await store.subjects(10_000)).map(({ subject }) => keyOf(subject as Subject));
    for (const number of acknowledged) expect(lookedAtBefore).toContain(keyOf(aPullRequest(number)));
  }, 180_000);
}
