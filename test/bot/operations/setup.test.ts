import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
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

  it("does not begin where nothing could be kept", async () => {
    const file = join(root, "a-file");
    writeFileSync(file, "");
    const place = { publicUrl: "http://127.0.0.1:9", apiUrl: github.url, port: 0, organization: undefined };
    for (const [unfit, why] of [
      [file, "is a file"],
      [join(file, "below"), "ENOTDIR"],
      ["/proc/nope/deeper", "E"],
    ] as const)
      await expect(startSetup({ ...place, folder: unfit })).rejects.toThrow(
        new RegExp(`^ASSAY_DATA is ${unfit}, which cannot be written to: .*${why}.*Name another one`),
      );
    rmSync(file);
  });

  it("takes no code of somebody that it did not send, and writes nothing", async () => {
    const { manifest, state } = await form();
    const code = github.agreeToApp(manifest);
    for (const parameters of [{ code }, { code, state: "0".repeat(32) }, { code: "../../app", state }, { state }])
      expect((await comeBack(parameters as Record<string, string>)).status).toBe(400);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("says so when GitHub knows no such code, and lets one begin again", async () => {
    const { state } = await form();
    const answer = await comeBack({ code: "nothing", state });
    expect(answer.status).toBe(502);
    expect(await answer.text()).toContain("404");
  });

  it("shows what GitHub gives once where it cannot be kept, and keeps it when the page is loaded again", async () => {
    const another = await startCheckedGitHub();
    const place = { publicUrl: "http://127.0.0.1:9", apiUrl: another.url, port: 0, organization: undefined };
    const lost = join(root, "lost");
    const own = await startSetup({ ...place, folder: lost });
    try {
      const page = await (await fetch(`${own.url}/setup`)).text();
      const state = /state=([0-9a-f]{32})/.exec(page)?.[1] ?? "";
      const { manifest } = await form();
      const query = new URLSearchParams({ code: another.agreeToApp(manifest), state });
      rmSync(lost, { recursive: true });
      writeFileSync(lost, "");
      const answer = await fetch(`${own.url}/setup/done?${query}`);
      const told = await answer.text();
      expect(answer.status).toBe(500);
      expect(told).toContain("is a file");
      const [key = "", variables = ""] = [...told.matchAll(/<pre>([^<]+)<\/pre>/g)].map(([, text]) => unescaped(text));
      const other = new URLSearchParams({ code: "another", state });
      expect(await (await fetch(`${own.url}/setup/done?${other}`)).text()).not.toContain("<pre>");
      rmSync(lost);
      expect((await fetch(`${own.url}/setup/done?${query}`)).status).toBe(200);
      expect(readFileSync(join(lost, "private-key.pem"), "utf8")).toBe(key);
      expect(readFileSync(join(lost, "app.env"), "utf8")).toBe(variables);
      const again = await fetch(`${own.url}/setup/done?${query}`);
      expect([again.status, (await again.text()).includes("PRIVATE")]).toEqual([400, false]);
    } finally {
      await own.close();
      await another.close();
      rmSync(lost, { recursive: true, force: true });
    }
  });

  it("shows the same to whoever loads the page again before GitHub has answered", async () => {
    const another = await startCheckedGitHub();
    const place = { publicUrl: "http://127.0.0.1:9", apiUrl: another.url, port: 0, organization: undefined };
    const own = await startSetup({ ...place, folder: join(root, "twice") });
    try {
      const page = await (await fetch(`${own.url}/setup`)).text();
      const state = /state=([0-9a-f]{32})/.exec(page)?.[1] ?? "";
      const { manifest } = await form();
      const query = new URLSearchParams({ code: another.agreeToApp(manifest), state });
      const answers = await Promise.all([1, 2, 3].map(() => fetch(`${own.url}/setup/done?${query}`)));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
      for (const answer of answers) expect(await answer.text()).toContain("Registered as");
    } finally {
      await own.close();
      await another.close();
      rmSync(join(root, "twice"), { recursive: true, force: true });
    }
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
