import { randomBytes } from "node:crypto";
import { chmod } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod/mini";
import { UsageError } from "../../src/errors/errors.ts";
import { createNodeFiles } from "../../src/files/node-files.ts";
import { webUrlOf } from "../config.ts";
import { createLog } from "../log.ts";
import { type Page, type RunningServer, startServer } from "../server.ts";
import { environmentFileName } from "./environment-file.ts";
import { createManifest } from "./manifest.ts";
import { escapeHtml } from "./status-page.ts";

interface SetupOptions {
  /** Where GitHub will reach the app. */
  publicUrl: string;
  /** Where this page is, as the browser sees it. */
  setupUrl: string;
  /** Owner of the app; without one the person who registers it. */
  organization: string | undefined;
  apiUrl: string;
  webUrl: string;
  /** Where the credentials are written. */
  folder: string;
}

const credentialsSchema = z.object({
  id: z.int(),
  slug: z.string(),
  html_url: z.url(),
  pem: z.string(),
  webhook_secret: z.string().check(z.minLength(1)),
});

/** Serves the pages that register the app, to this machine only. */
export function startSetup(options: {
  publicUrl: string;
  organization: string | undefined;
  apiUrl: string;
  port: number;
  folder: string;
}): Promise<RunningServer> {
  const { apiUrl, port } = options;
  let pages: ReturnType<typeof setupPages> = {};
  const page = (path: string) => async (query: URLSearchParams) => (await pages[path]?.(query)) ?? html(404, "");
  const server = startServer("localhost", port, {
    // GitHub's answer is waited for here: its code is good only once.
    times: { headers: 5_000, request: 10_000, answer: 60_000 },
    takeIn: async () => ({ status: 422, text: "There is no app yet.\n" }),
    pages: { "/setup": page("/setup"), "/setup/done": page("/setup/done") },
    log: createLog({ level: "error", secrets: [], write: (line) => process.stderr.write(line) }),
  });
  return server.then((running) => {
    pages = setupPages({ ...options, setupUrl: running.url, webUrl: webUrlOf(apiUrl) });
    return running;
  });
}

/** Registers the app: a page that posts the manifest to GitHub, and one that turns the code that comes back into credentials. */
function setupPages(options: SetupOptions): Record<string, (query: URLSearchParams) => Promise<Page>> {
  // Whoever comes back is who was sent.
  const state = randomBytes(16).toString("hex");
  let isDone = false;
  return {
    async "/setup"() {
      const { webUrl, organization, publicUrl, setupUrl } = options;
      const owner = organization === undefined ? "" : `/organizations/${encodeURIComponent(organization)}`;
      const manifest = createManifest(publicUrl, setupUrl);
      return html(
        200,
        `<h1>Register Assay</h1>
<p>GitHub makes an app of your own, with these permissions and webhooks to <code>${escapeHtml(manifest.hook_attributes.url)}</code>.
Nobody else gets its key.</p>
<table>${Object.entries(manifest.default_permissions)
          .map(([name, value]) => `<tr><td>${name}</td><td>${value}</td></tr>`)
          .join("")}</table>
<form method="post" action="${escapeHtml(`${webUrl}${owner}/settings/apps/new?state=${state}`)}">
<input type="hidden" name="manifest" value="${escapeHtml(JSON.stringify(manifest))}">
<button>Register on GitHub</button>
</form>`,
      );
    },
    async "/setup/done"(query) {
      const code = query.get("code") ?? "";
      if (isDone || query.get("state") !== state || !/^[\w-]{1,200}$/.test(code))
        return html(
          400,
          '<h1>Not registered</h1><p>This is not the answer that was waited for. <a href="/setup">Begin again</a>.</p>',
        );
      isDone = true;
      const credentials = await convert(options.apiUrl, code).catch((error: unknown) => {
        isDone = false;
        return error instanceof UsageError ? error : Promise.reject(error);
      });
      if (credentials instanceof UsageError)
        return html(502, `<h1>Not registered</h1><p>${escapeHtml(credentials.message)} <a href="/setup">Begin again</a>.</p>`);
      const files = await keep(options.folder, credentials);
      return html(
        200,
        `<h1>Registered</h1>
<p>Its key and its variables are in <code>${escapeHtml(files.environment)}</code>, readable by this user only.</p>
<ol><li>Stop this command and start the app: <code>npm run bot</code></li>
<li><a href="${escapeHtml(credentials.html_url)}/installations/new">Install it on your repositories</a></li></ol>`,
      );
    },
  };
}

async function convert(apiUrl: string, code: string): Promise<z.infer<typeof credentialsSchema>> {
  const response = await fetch(`${apiUrl}/app-manifests/${code}/conversions`, {
    method: "POST",
    headers: { accept: "application/vnd.github+json" },
    signal: AbortSignal.timeout(30_000),
  });
  if (!response.ok) throw new UsageError(`GitHub did not register the app: it answered ${response.status}.`);
  return credentialsSchema.parse(await response.json());
}

async function keep(folder: string, { id, pem, webhook_secret }: z.infer<typeof credentialsSchema>) {
  const files = createNodeFiles();
  const keyName = "private-key.pem";
  const key = join(folder, keyName);
  const environment = join(folder, environmentFileName);
  await files.makeFolder(folder);
  await chmod(folder, 0o700);
  await files.write(key, pem);
  await files.write(environment, `APP_ID=${id}\nWEBHOOK_SECRET=${webhook_secret}\nPRIVATE_KEY_PATH=${keyName}\n`);
  for (const file of [key, environment]) await chmod(file, 0o600);
  return { environment };
}

function html(status: number, body: string): Page {
  const style =
    ":root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem}" +
    "td{padding:.1rem 1rem .1rem 0}button{font:inherit;padding:.5rem 1rem;margin-top:1rem}";
  return {
    status,
    type: "text/html; charset=utf-8",
    body: `<!doctype html><html lang="en"><meta charset="utf-8"><title>Assay: register</title><style>${style}</style><body>${body}</body></html>`,
  };
}
