import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openShop, type Shop } from "../chaos/promotion/shop.ts";
import { openEmergency } from "../flows/promotion/emergency.ts";

const action = join(import.meta.dirname, "..", "..", "actions", "promote", "index.ts");
const deploy = `name: Deploy
on:
  workflow_dispatch:
    inputs: { model: {}, version: {}, stage: {}, tag: {} }
`;
const permissions = {
  contents: "write",
  deployments: "write",
  actions: "write",
  checks: "write",
  "pull-requests": "read",
} as const;
/** Where nobody listens. */
const nowhere = "http://127.0.0.1:9";

let shop: Shop;
let folder: string;
beforeEach(async () => {
  shop = await openShop({ mirrors: "{mlflow: {registered-model: fraud}}", environment: { MLFLOW_TRACKING_URI: nowhere } });
  folder = mkdtempSync(join(tmpdir(), "assay-promote-"));
});
afterEach(async () => {
  await shop?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The action as it is written, in a clone of its own, by the form on the Actions page. */
async function fillIn(form: Readonly<Record<string, string>>) {
  const { github, place } = shop;
  const clone = mkdtempSync(join(folder, "clone-"));
  execFileSync("git", ["clone", "-q", shop.gitFolder, clone]);
  const file = (name: string, text = "") => {
    const path = join(clone, ".git", name);
    writeFileSync(path, text);
    return path;
  };
  const [owner = "", name = ""] = place.fullName.split("/");
  const repository = { id: place.id, name, full_name: place.fullName, owner: { login: owner }, default_branch: "main" };
  const [output, summary] = [file("output"), file("summary")];
  const token = github.tokenFor({ repository: place.fullName, permissions, kind: "workflow" });
  const inputs = { ...form, "deploy-workflow": "deploy.yml" };
  const env = {
    PATH: process.env["PATH"],
    MLFLOW_TRACKING_URI: nowhere,
    GITHUB_API_URL: github.url,
    GITHUB_SERVER_URL: github.serverUrl,
    GITHUB_REPOSITORY: place.fullName,
    GITHUB_RUN_ID: "17",
    GITHUB_REF: "refs/heads/main",
    GITHUB_SHA: execFileSync("git", ["-C", clone, "rev-parse", "HEAD"], { encoding: "utf8" }).trim(),
    GITHUB_EVENT_NAME: "workflow_dispatch",
    GITHUB_EVENT_PATH: file("event.json", JSON.stringify({ ref: "refs/heads/main", inputs: form, repository })),
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_WORKSPACE: clone,
    "INPUT_GITHUB-TOKEN": token,
    ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
  };
  const ended = await promisify(execFile)(process.execPath, [action], { env, cwd: clone })
    .then(({ stdout }) => ({ code: 0, stdout }))
    .catch(({ code, stdout }: { code: number; stdout: string }) => ({ code, stdout }));
  return { ...ended, outputs: readFileSync(output, "utf8"), summary: readFileSync(summary, "utf8") };
}

const deploys = () => shop.github.dispatches().map(({ inputs }) => inputs["version"]);

it("tells, shows and deploys what came into the stage although the mirror and the ledger fail, then fails with both", {
  timeout: 120_000,
}, async () => {
  shop.place.push("main", { ".github/workflows/deploy.yml": deploy });
  const { version, commit } = shop.tagNext();
  shop.github.failNext({ method: "PUT", pathPattern: "contents/promotions", status: 403 });
  const { code, stdout, outputs, summary } = await fillIn({ model: "fraud", version, stage: "staging" });
  expect(code, stdout).toBe(4);
  expect(outputs).toMatch(/outcome<<\S+\npromoted\n/);
  expect(outputs).toMatch(/stage-tag<<\S+\nfraud#staging#\d+\n/);
  expect(deploys()).toEqual([version]);
  const [check] = shop.github.checks(commit).filter(({ name }) => name === "assay / promotion");
  expect(check).toMatchObject({ conclusion: "success", title: `fraud ${version} came into staging` });
  for (const text of [stdout, summary, check?.summary]) {
    expect(text).toMatch(/contents\/promotions|promotions\/fraud|assay-ledger/);
    expect(text).toContain(`MLflow does not show fraud ${version} in staging`);
    expect(text).toContain("Promote again: what is done stays, and what failed is tried again.");
  }
  // The next time only the mirror is left.
  const again = await fillIn({ model: "fraud", version, stage: "staging" });
  expect([again.code, deploys()]).toEqual([4, [version]]);
  expect(again.stdout.match(/^::error::.*$/gm)).toEqual([
    expect.stringMatching(/^::error::fraud v\S+ is in staging\. What follows was not all done:%0A- MLflow does not show/),
  ]);
});

it("promotes what two owners ask for in an emergency, loudly, and refuses it with the line that they write before", {
  timeout: 120_000,
}, async () => {
  await shop.close();
  const emergency = await openEmergency();
  shop = emergency.shop;
  const { tagged, issue, line } = emergency;
  const form = { model: "fraud", version: tagged.version, stage: "production", "break-glass": String(issue) };
  const refused = await fillIn(form);
  expect(refused.code, refused.stdout).toBe(1);
  expect(refused.stdout).toContain(line("<why>"));
  // As somebody copies it from the page, with what keeps GitHub from seeing a mention in it.
  const [shown = ""] = /\/assay break-glass .*$/m.exec(refused.summary) ?? [];
  const copied = shown.replaceAll("&#8203;", "\u200b").replace("&lt;why&gt;", "v1.1.0 declines every card").replaceAll("\\", "");
  for (const login of ["owner", "second"]) await emergency.say(login, copied);
  shop.place.push("main", { ".github/workflows/deploy.yml": deploy });
  const { code, stdout, outputs, summary } = await fillIn(form);
  expect(code, stdout).toBe(0);
  const title = `Break-glass: fraud ${tagged.version} came into production`;
  const [check] = shop.github.checks(tagged.commit).filter(({ title: shownTitle }) => shownTitle === title);
  expect(check).toMatchObject({ conclusion: "neutral" });
  for (const text of [summary, check?.summary]) {
    expect(text).toContain(`### 🚨 ${title}`);
    expect(text).toContain("> [!CAUTION]\n> **Break-glass**");
  }
  expect(stdout).toMatch(/^::warning::Break-glass: .+“v1\.1\.0 declines every card”/m);
  expect(outputs).toMatch(/break-glass<<\S+\n\{"issue":\d+,"askedBy":/);
  expect(deploys()).toEqual([tagged.version]);
});

it("says of a refused promotion that could not be shown that it was refused, and not to promote again", {
  timeout: 120_000,
}, async () => {
  const { version } = shop.tagNext();
  shop.github.failNext({ method: "POST", pathPattern: "check-runs", status: 403 });
  const { code, stdout } = await fillIn({ model: "fraud", version, stage: "production" });
  expect(code, stdout).toBe(1);
  const errors = stdout.match(/^::error::.*$/gm);
  expect(errors).toEqual([
    expect.stringMatching(/^::error::fraud v\S+ does not come into production:/),
    expect.stringMatching(/^::error::That it was refused could not be shown everywhere:%0A- /),
  ]);
  expect(errors?.[1]).not.toContain("Promote again");
});

it.each([
  [{ "break-glass": "#57" }, "Input `break-glass` is"],
  [{ "break-glass": "57", rollback: "true" }, "`rollback` judges nothing"],
])("takes no %j", async (more, said) => {
  const { code, stdout } = await fillIn({ model: "fraud", version: "v1.1.0", stage: "production", ...more });
  expect([code, stdout]).toEqual([2, expect.stringContaining(said)]);
});
