import { writeSync } from "node:fs";
import { openStore } from "../../../bot/queue/open-store.ts";
import { aDelivery, aPullRequest } from "./deliveries.ts";

/** Accepts deliveries of pull requests 1, 2, 3 … without end, names each on stdout once it is kept, and never finishes 1 and 2. */
const store = await openStore(JSON.parse(process.argv[2] ?? ""), { concurrency: 4, heartbeatSeconds: 10, superviseSeconds: 1 });
await store.worker.start((subject) =>
  subject.kind === "pull-request" && subject.number <= 2 ? new Promise(() => {}) : Promise.resolve(),
);
for (let number = 1; ; number += 1) {
  await store.accept(aDelivery({ guid: `${number}`, subject: aPullRequest(number) }));
  writeSync(1, `${number}\n`);
}
