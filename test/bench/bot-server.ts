import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Probot } from "probot";
import { startBot } from "../../bot/bot.ts";

/** One of the two servers that `bench -- bot` compares; says its webhook address, and its processor time when asked. */
const { name, privateKey, secret, folder } = JSON.parse(process.argv[2] ?? "");
const common = { appId: 1, privateKey, logLevel: "fatal" } as const;

if (name === "assay") {
  const { url } = await startBot(
    { ...common, webhookSecret: secret, apiUrl: "http://127.0.0.1:9", host: "127.0.0.1", port: 0, store: { folder } },
    () => ({ reconcile: async () => {}, sweep: async () => ({}) }),
  );
  process.stdout.write(`${url}/webhooks\n`);
} else {
  const probot = new Probot({ ...common, secret });
  await probot.load((app) => {
    app.on("pull_request", async () => {});
  });
  const middleware = await probot.getNodeMiddleware({ path: "/webhooks" });
  const server = createServer((request, response) => void middleware(request, response));
  server.listen(0, "127.0.0.1", () => {
    process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks\n`);
  });
}

process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.((user + system) / 1_000);
});
