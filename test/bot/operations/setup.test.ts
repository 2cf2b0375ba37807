import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../../../bot/config.ts";
import { environmentFile } from "../../../bot/operations/environment-file.ts";
import { startSetup } from "../../../bot/operations/setup.ts";
import type { RunningServer } from "../../../bot/server.ts";
import { createNodeFiles } from "../../../src/files/node-files.ts";
import { type CheckedGitHub, startCheckedGitHub } from "../../openapi/checked-github.ts";
import { connectApp } from "../test-app.ts";

describe("registering the app", () => {
  let github: CheckedGitHub;
  let setup: RunningServer;
  const root = mkdtempSync(join(tmpdir(), "assay-setup-"));
  const folder = join(root, "data");
  beforeAll(async () => {
    github = await startCheckedGitHub();
    const place = { publicUrl: "http://127.0.0.1:9", apiUrl: github.url, port: 0, folder };
    setup = await startSetup({ ...place, organization: "a-team" });
  });
  afterAll(async () => {
    await setup.close();
    await github.close();
    rmSync(root, { recursive: true, force: true });
  });

  const unescaped = (text = "") => text.replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
  /** What a browser would post. */
  async function form() {
    const page = await (await fetch(`${setup.url}/setup`)).text();
    const action = new URL(unescaped(/<form method="post" action="([^"]+)"/.exec(page)?.[1]));
    const manifest = JSON.parse(unescaped(/name="manifest" value="([^"]+)"/.exec(page)?.[1]));
    return { action, manifest, state: action.searchParams.get("state") ?? "" };
  }
  const comeBack = (parameters: Record<string, string>) => fetch(`${setup.url}/setup/done?${new URLSearchParams(parameters)}`);

  it("posts a manifest that leads back to its own page", async () => {
    const { action, manifest, state } = await form();
    expect(action.pathname).toBe("/organizations/a-team/settings/apps/new");
    expect(state).toMatch(/^[0-9a-f]{32}$/);
    expect(manifest).toMatchObject({
      hook_attributes: { url: "http://127.0.0.1:9/webhooks" },
      redirect_url: `${setup.url}/setup/done`,
      public: false,
    });
  });

  it("takes no code of somebody that it did not send, and writes nothing", async () => {
    const { manifest, state } = await form();
    const code = github.agreeToApp(manifest);
    for (const parameters of [{ code }, { code, state: "0".repeat(32) }, { code: "../../app", state }, { state }])
      expect((await comeBack(parameters as Record<string, string>)).status).toBe(400);
    expect(readdirSync(root)).toEqual([]);
  });

  it("says so when GitHub knows no such code, and lets one begin again", async () => {
    const { state } = await form();
    const answer = await comeBack({ code: "nothing", state });
    expect(answer.status).toBe(502);
    expect(await answer.text()).toContain("404");
  });

  it("keeps what GitHub answers for its user only, once, and the app starts from it wherever the folder is", async () => {
    const { manifest, state } = await form();
    const code = github.agreeToApp(manifest);
    const answer = await comeBack({ code, state });
    expect(answer.status).toBe(200);
    const page = await answer.text();
    expect(page).toContain("/apps/assay/installations/new");
    for (const name of ["app.env", "private-key.pem"]) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readFileSync(join(folder, "app.env"), "utf8")).not.toContain(root);
    const config = await readConfig(await environmentFile(createNodeFiles(), folder));
    expect(page).not.toContain(config.webhookSecret);
    const app = connectApp(github, { ...config, id: config.appId, clientId: "", slug: "", bot: { id: 0, login: "" } });
    expect(await app.installations()).toEqual([]);
    expect((await comeBack({ code: github.agreeToApp(manifest), state })).status).toBe(400);
  });
});
