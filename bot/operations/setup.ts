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
import { prepareFolder, reasonOf } from "./data-folder.ts";
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

/** Serves the pages that register the app, to this machine only. @throws UsageError when what GitHub will give could not be kept */
export async function startSetup(options: {
  publicUrl: string;
  organization: string | undefined;
  apiUrl: string;
  port: number;
  folder: string;
}): Promise<RunningServer> {
  const { apiUrl, port, folder } = options;
  // GitHub gives key and secret once.
  await prepareFolder(folder);
  let pages: ReturnType<typeof setupPages> = {};
  const page = (path: string) => async (query: URLSearchParams) => (await pages[path]?.(query)) ?? shown(404, "");
  const running = await startServer("localhost", port, {
    // GitHub's answer is waited for here: its code is good only once.
    times: { headers: 5_000, request: 10_000, answer: 60_000 },
    takeIn: async () => ({ status: 422, text: "There is no app yet.\n" }),
    pages: { "/setup": page("/setup"), "/setup/done": page("/setup/done") },
    log: createLog({ level: "error", secrets: [], write: (line) => process.stderr.write(line) }),
  });
  pages = setupPages({ ...options, setupUrl: running.url, webUrl: webUrlOf(apiUrl) });
  return running;
}

/** Registers the app: a page that posts the manifest to GitHub, and one that turns the code that comes back into credentials. */
function setupPages(options: SetupOptions): Record<string, (query: URLSearchParams) => Promise<Page>> {
  // Whoever comes back is who was sent.
  const state = randomBytes(16).toString("hex");
  let isDone = false;
  /** GitHub takes the code once: whoever loads the page again meanwhile is shown what comes of it. */
  let answering: { code: string; page: Promise<Page> } | undefined;
  /** What GitHub gave, until it is written. */
  let unkept: { code: string; credentials: Credentials } | undefined;
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
      const isAnswer = query.get("state") === state && /^[\w-]{1,200}$/.test(code);
      if (isAnswer && answering?.code === code) return answering.page;
      // Whoever loads the page again has it tried again: nobody else knows state and code.
      if (isAnswer && unkept?.code === code) return keepAndShow(unkept.credentials);
      if (isDone) return shown(400, registeredBefore);
      if (!isAnswer)
        return shown(
          400,
          notRegistered("This is not the answer that was waited for: it belongs to another start of this command."),
        );
      isDone = true;
      answering = { code, page: exchange(code) };
      return answering.page.finally(() => {
        answering = undefined;
      });
    },
  };

  async function exchange(code: string): Promise<Page> {
    const credentials = await convert(options.apiUrl, code).catch((error: unknown) => {
      isDone = false;
      return error instanceof UsageError ? error : Promise.reject(error);
    });
    if (credentials instanceof UsageError) return shown(502, notRegistered(escapeHtml(credentials.message)));
    unkept = { code, credentials };
    return keepAndShow(credentials);
  }

  async function keepAndShow(credentials: Credentials): Promise<Page> {
    try {
      await keep(options.folder, credentials);
    } catch (error) {
      return shown(500, toKeepByHand(options.folder, credentials, reasonOf(error)));
    }
    unkept = undefined;
    return shown(
      200,
      `<h1>✓ Registered as ${escapeHtml(credentials.slug)}</h1>
<p>Its key and its variables are in <code>${escapeHtml(join(options.folder, environmentFileName))}</code> and beside it, readable by this user only.</p>
<ol class="steps"><li>Stop this command (Ctrl-C), move the folder to where the app shall run, and start it there: <code>npm run bot</code></li>
${lastSteps(credentials)}</ol>`,
    );
  }
}

function lastSteps({ html_url }: Credentials): string {
  return `<li><a href="${escapeHtml(html_url)}/installations/new">Install it on your repositories</a></li>
<li>Let it write, and require its check: steps 5 and 6 of <code>docs/app.md</code></li>`;
}

/** GitHub does not give them again, and whoever sees the page has just registered the app. */
function toKeepByHand(folder: string, credentials: Credentials, why: string): string {
  const file = ({ name, content }: KeptFile) =>
    `<h2><code>${escapeHtml(join(folder, name))}</code></h2><pre>${escapeHtml(content)}</pre>`;
  return `<h1>✕ Registered as ${escapeHtml(credentials.slug)}, and not kept</h1>
<div class="alarm" role="alert"><b>Nothing could be written to <code>${escapeHtml(folder)}</code>: ${escapeHtml(why)}.</b>
<p>Mend that and load this page again, or save the two files below by hand, readable by you only. GitHub gives them once, and this page is the only place that has them: do not close it before.</p></div>
${filesOf(credentials).map(file).join("\n")}
<ol class="steps">${lastSteps(credentials)}</ol>`;
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

interface KeptFile {
  name: string;
  content: string;
}

const keyName = "private-key.pem";

function filesOf({ id, pem, webhook_secret }: Credentials): readonly KeptFile[] {
  const variables = `APP_ID=${id}\nWEBHOOK_SECRET=${webhook_secret}\nPRIVATE_KEY_PATH=${keyName}\n`;
  return [
    { name: keyName, content: pem },
    { name: environmentFileName, content: variables },
  ];
}

async function keep(folder: string, credentials: Credentials): Promise<void> {
  await prepareFolder(folder);
  await chmod(folder, 0o700);
  for (const { name, content } of filesOf(credentials)) {
    const file = join(folder, name);
    await createNodeFiles().write(file, content);
    await chmod(file, 0o600);
  }
}
