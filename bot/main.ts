import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { AssayError, UsageError } from "../src/errors/errors.ts";
import { startBot } from "./bot.ts";
import { dataFolder, readConfig, webUrlOf } from "./config.ts";
import { silentLog } from "./log.ts";
import { environmentFile, setupPages } from "./operations/setup.ts";
import { startServer } from "./server.ts";
import { createWork } from "./work.ts";

try {
  const { values } = parseArgs({
    options: { setup: { type: "boolean" }, url: { type: "string" }, organization: { type: "string" } },
  });
  const file = join(dataFolder(process.env), environmentFile);
  if (existsSync(file)) process.loadEnvFile(file);
  if (values.setup) await setUp(values.url, values.organization);
  else await run();
} catch (error) {
  const isOurs = error instanceof AssayError;
  console.error(isOurs ? error.message : error);
  process.exitCode = isOurs ? error.exitCode : 70;
}

async function run(): Promise<void> {
  const bot = await startBot(await readConfig(process.env), createWork);
  onStop(() => bot.stop());
}

async function setUp(publicUrl: string | undefined, organization: string | undefined): Promise<void> {
  if (process.env["APP_ID"] !== undefined) throw new UsageError("APP_ID is set: there is an app already. Start it: npm run bot");
  if (!/^https?:\/\/[^/]+/.test(publicUrl ?? ""))
    throw new UsageError(
      "--url has to say where GitHub will reach the app: npm run bot -- --setup --url https://assay.example.com",
    );
  const apiUrl = (process.env["GITHUB_API_URL"] ?? "https://api.github.com").replace(/\/+$/, "");
  const port = Number(process.env["PORT"] ?? 3000);
  const setupUrl = `http://localhost:${port}`;
  const server = await startServer("localhost", port, {
    takeIn: async () => ({ status: 422, text: "There is no app yet.\n" }),
    pages: setupPages({
      publicUrl: (publicUrl ?? "").replace(/\/+$/, ""),
      setupUrl,
      organization,
      apiUrl,
      webUrl: webUrlOf(apiUrl),
      folder: dataFolder(process.env),
    }),
    log: { ...silentLog, error: (fields, message) => console.error(message, fields) },
  });
  console.error(`Open ${setupUrl}/setup in your browser.`);
  onStop(() => server.close());
}

function onStop(stop: () => Promise<void>): void {
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.once(signal, () =>
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error);
          process.exit(70);
        },
      ),
    );
}
