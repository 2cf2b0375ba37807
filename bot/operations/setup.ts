import { randomBytes } from "node:crypto";
import { chmod } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod/mini";
import { english } from "../../src/errors/english.ts";
import { UsageError } from "../../src/errors/errors.ts";
import { createNodeFiles } from "../../src/files/node-files.ts";
import { webUrlOf } from "../config.ts";
import { createLog } from "../log.ts";
import { type Page, type RunningServer, startServer } from "../server.ts";
import { environmentFileName } from "./environment-file.ts";
import { createManifest, permissionReasons } from "./manifest.ts";
import { escapeHtml, htmlPage } from "./page.ts";

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
  id: z.int().check(z.gte(1)),
  slug: z.string().check(z.maxLength(100)),
  html_url: z.url({ protocol: /^https?$/ }),
  pem: z.string().check(z.startsWith("-----BEGIN "), z.maxLength(20_000)),
  // As it can stand in a file of variables without quotes.
  webhook_secret: z.string().check(z.regex(/^[\w+/=.~-]{1,200}$/)),
});
type Credentials = z.infer<typeof credentialsSchema>;

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
  const page = (path: string) => async (query: URLSearchParams) => (await pages[path]?.(query)) ?? shown(404, "");
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
      const { webUrl, organization, publicUrl, setupUrl, folder } = options;
      const owner = organization === undefined ? "" : `/organizations/${encodeURIComponent(organization)}`;
      const manifest = createManifest(publicUrl, setupUrl);
      const rows = permissionReasons.map(
        ({ permission, why }) => `<tr><td class="short"><b>${permission}</b></td><td>${codeIn(why)}</td></tr>`,
      );
      return shown(
        200,
        `<h1>Register Assay on GitHub</h1>
<p>GitHub makes an app that is yours alone: it belongs to ${organization === undefined ? "your own account" : `the organization <b>${escapeHtml(organization)}</b>`}, and nobody else gets its key.</p>
<ol class="steps"><li>Press the button. GitHub shows a name, which you may change, and asks once.</li>
<li>It leads back here, and the app's id, key and webhook secret are written to <code>${escapeHtml(folder)}</code>, readable by this user only.</li></ol>
<form method="post" action="${escapeHtml(`${webUrl}${owner}/settings/apps/new?state=${state}`)}">
<input type="hidden" name="manifest" value="${escapeHtml(JSON.stringify(manifest))}">
<button>Register on GitHub</button>
</form>
<h2>What it hears</h2>
<p>GitHub sends webhooks to <code>${escapeHtml(manifest.hook_attributes.url)}</code>, which has to be reached from GitHub once the app runs.</p>
<h2>What it may do, and why</h2>
<p class="dim">In the repositories that it is installed on, and in no others.</p>
<div class="scroll"><table><thead><tr><th>permission</th><th>for</th></tr></thead><tbody>${rows.join("\n")}</tbody></table></div>`,
      );
    },
    async "/setup/done"(query) {
      const code = query.get("code") ?? "";
      if (isDone) return shown(400, registeredBefore);
      if (query.get("state") !== state || !/^[\w-]{1,200}$/.test(code))
        return shown(
          400,
          notRegistered("This is not the answer that was waited for: it belongs to another start of this command."),
        );
      isDone = true;
      const credentials = await convert(options.apiUrl, code).catch((error: unknown) => {
        isDone = false;
        return error instanceof UsageError ? error : Promise.reject(error);
      });
      if (credentials instanceof UsageError) return shown(502, notRegistered(escapeHtml(credentials.message)));
      const files = await keep(options.folder, credentials);
      return shown(
        200,
        `<h1>✓ Registered as ${escapeHtml(credentials.slug)}</h1>
<p>Its key and its variables are in <code>${escapeHtml(files.environment)}</code> and beside it, readable by this user only.</p>
<ol class="steps"><li>Stop this command (Ctrl-C), move the folder to where the app shall run, and start it there: <code>npm run bot</code></li>
<li><a href="${escapeHtml(credentials.html_url)}/installations/new">Install it on your repositories</a></li>
<li>Let it write, and require its check: steps 5 and 6 of <code>docs/app.md</code></li></ol>`,
      );
    },
  };
}

function notRegistered(why: string): string {
  return `<h1>✕ Not registered</h1><p>${why}</p><p><a class="button" href="/setup">Begin again</a></p>`;
}

const registeredBefore =
  "<h1>Registered already</h1><p>The app that was registered here is kept. Another one takes another start of this command, and a folder of its own.</p>";

function shown(status: number, body: string): Page {
  return htmlPage(status, "Assay: register", `<div class="narrow">${body}</div>`);
}

/** Text of ours, with names in Markdown's quotes. */
function codeIn(text: string): string {
  return escapeHtml(text).replaceAll(/`([^`]+)`/g, "<code>$1</code>");
}

async function convert(apiUrl: string, code: string): Promise<Credentials> {
  const response = await fetch(`${apiUrl}/app-manifests/${code}/conversions`, {
    method: "POST",
    headers: { accept: "application/vnd.github+json" },
    signal: AbortSignal.timeout(30_000),
  }).catch((cause: unknown) => {
    throw new UsageError(`GitHub did not register the app: ${new URL(apiUrl).host} does not answer.`, { cause });
  });
  if (!response.ok) throw new UsageError(`GitHub did not register the app: it answered ${response.status}.`);
  const { data, error } = credentialsSchema.safeParse(await response.json().catch(() => undefined), english);
  if (data) return data;
  const [issue] = error.issues;
  const what = issue?.path.join(".") || "the answer";
  throw new UsageError(`GitHub answered with something unexpected: ${what}: ${issue?.message}. Delete the app there.`);
}

async function keep(folder: string, { id, pem, webhook_secret }: Credentials) {
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
