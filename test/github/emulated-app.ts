import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { createEmulator } from "emulate";
import { z } from "zod";

/** A webhook as it arrived, and what it was answered. */
export interface Arrived {
  event: string;
  guid: string;
  signature: string;
  payload: unknown;
  status: number;
}

const appPermissions = {
  contents: "write",
  checks: "write",
  issues: "write",
  pull_requests: "write",
  actions: "write",
  metadata: "read",
};

/** Emulate with the app `assay` (id 7, installation 100), and `reader` (8, 200) which may only read, installed in acme/models. */
export async function startEmulatedApp() {
  const secret = "the secret of the emulated app";
  const privateKey = generateKeyPairSync("rsa", { modulusLength: 2048 })
    .privateKey.export({ type: "pkcs8", format: "pem" })
    .toString();
  let target: string | undefined;
  const arrived: Arrived[] = [];
  const mailbox = createServer(async (request, response) => {
    const body = await text(request);
    const header = (name: string) => request.headers[name]?.toString() ?? "";
    const [guid, event, signature] = ["x-github-delivery", "x-github-event", "x-hub-signature-256"].map(header);
    const headers = { "x-github-delivery": guid ?? "", "x-github-event": event ?? "", "x-hub-signature-256": signature ?? "" };
    const status = target === undefined ? 503 : (await fetch(target, { method: "POST", body, headers })).status;
    arrived.push({ event: event ?? "", guid: guid ?? "", signature: signature ?? "", payload: JSON.parse(body), status });
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => mailbox.listen(0, "127.0.0.1", resolve));
  const webhookUrl = `http://127.0.0.1:${(mailbox.address() as AddressInfo).port}/webhooks`;

  const people = ["acme", "owner", "visitor"];
  const install = (app_id: number, installation_id: number, slug: string, permissions: Record<string, string>) => ({
    ...{ app_id, slug, name: slug, private_key: privateKey, permissions },
    installations: [{ installation_id, account: "acme", repository_selection: "all" as const, permissions }],
  });
  const emulator = await createEmulator({
    service: "github",
    port: 0,
    hostname: "127.0.0.1",
    seed: {
      tokens: Object.fromEntries(people.map((login) => [login, { login, scopes: ["repo"] }])),
      github: {
        // An app's account is not to be read there unless it is a user's as well.
        users: [...people, "assay[bot]"].map((login) => ({ login })),
        repos: [{ owner: "acme", name: "models", auto_init: true }],
        apps: [
          {
            ...install(7, 100, "assay", appPermissions),
            events: ["pull_request", "issue_comment"],
            webhook_url: webhookUrl,
            webhook_secret: secret,
          },
          install(8, 200, "reader", { contents: "read", checks: "read", metadata: "read" }),
        ],
      },
    },
  });
  const apiUrl = `http://127.0.0.1:${new URL(emulator.url).port}`;

  async function ask(method: string, path: string, body?: object, login = "acme") {
    const response = await fetch(`${apiUrl}${path}`, {
      method,
      // Its server ends idle connections, which is noticed late while a database starts in this process.
      headers: { authorization: `token ${login}`, "content-type": "application/json", connection: "close" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = await response.text();
    return { status: response.status, json: answer === "" ? undefined : (JSON.parse(answer) as unknown) };
  }
  async function call(method: string, path: string, body?: object, login?: string): Promise<unknown> {
    const { status, json } = await ask(method, `/repos/acme/models/${path}`, body, login);
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(json)}`);
    return json;
  }
  const shaOf = async (branch: string) =>
    z.object({ object: z.object({ sha: z.string() }) }).parse(await call("GET", `git/ref/heads/${branch}`)).object.sha;

  for (const [login, permission] of [
    ["owner", "maintain"],
    ["visitor", "pull"],
  ])
    await call("PUT", `collaborators/${login}`, { permission });

  return {
    ...{ apiUrl, privateKey, secret, arrived, ask },
    /** Webhooks go there from now on. */
    sendTo: (url: string) => {
      target = url;
    },
    commit: (branch: string, path: string, content: string) =>
      call("PUT", `contents/${path}`, { branch, message: "Change", content: Buffer.from(content).toString("base64") }),
    async open(branch: string, path: string, content: string) {
      await call("POST", "git/refs", { ref: `refs/heads/${branch}`, sha: await shaOf("main") });
      await this.commit(branch, path, content);
      const pull = await call("POST", "pulls", { title: branch, head: branch, base: "main" });
      return z.object({ number: z.int(), head: z.object({ sha: z.string() }) }).parse(pull);
    },
    async comment(number: number, login: string, body: string) {
      return z.object({ id: z.int() }).parse(await call("POST", `issues/${number}/comments`, { body }, login));
    },
    async comments(number: number) {
      const schema = z.array(z.object({ body: z.string(), user: z.object({ login: z.string() }) }));
      return schema.parse(await call("GET", `issues/${number}/comments`));
    },
    async close() {
      await emulator.close();
      mailbox.closeAllConnections();
      await new Promise((resolve) => mailbox.close(resolve));
    },
  };
}

export type EmulatedApp = Awaited<ReturnType<typeof startEmulatedApp>>;
