import { execFile, execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openShop, type Shop, type Tagged } from "../chaos/promotion/shop.ts";

const cli = join(import.meta.dirname, "..", "..", "src", "cli", "main.ts");

let shop: Shop;
let folder: string;
let tagged: Tagged;
beforeEach(async () => {
  shop = await openShop();
  tagged = shop.tagNext();
  folder = mkdtempSync(join(tmpdir(), "assay-promote-"));
  execFileSync("git", ["clone", "-q", shop.gitFolder, join(folder, "clone")]);
});
afterEach(async () => {
  await shop?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function promote(...args: string[]) {
  const { github, place } = shop;
  const permissions = { contents: "write", deployments: "write", actions: "read", "pull-requests": "read" } as const;
  const token = github.tokenFor({ repository: place.fullName, permissions, kind: "workflow" });
  const { PATH } = process.env;
  const env = { PATH, NO_COLOR: "1", GITHUB_TOKEN: token, GITHUB_API_URL: github.url, GITHUB_REPOSITORY: place.fullName };
  execFileSync("git", ["-C", join(folder, "clone"), "fetch", "-q", "--tags"]);
  return promisify(execFile)(process.execPath, [cli, "promote", "fraud", tagged.version, ...args], {
    cwd: join(folder, "clone"),
    env,
  })
    .then(({ stdout, stderr }) => ({ code: 0, stdout, stderr }))
    .catch(({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }));
}

const failLedger = () => shop.github.failNext({ method: "PUT", pathPattern: "contents/promotions", status: 403 });

it("tells what came into the stage, and what failed after that, with exit code 4 until it is done", async () => {
  failLedger();
  const { code, stdout, stderr } = await promote();
  expect(code, stderr).toBe(4);
  expect(stdout).toMatch(
    /^✓ fraud v1\.\d\.0 came into staging, approved by @owner\.\n {2}Release http\S+\n {2}Stage {3}fraud#staging#\d+\n/,
  );
  expect(stdout).toMatch(
    /\n! What follows was not all done:\n {2}- .*promotions\/fraud.*\n {2}Promote again: what is done stays/,
  );
  failLedger();
  const again = await promote("--json");
  expect(again.code).toBe(4);
  expect(JSON.parse(again.stdout)).toMatchObject({
    outcome: "promoted",
    wasThere: true,
    afterwards: [expect.stringContaining("promotions/fraud")],
  });
  const { code: last, stdout: done } = await promote("--json");
  expect(last).toBe(0);
  expect(JSON.parse(done)).toMatchObject({ outcome: "promoted", afterwards: [] });
});

it("says that it signs nothing where the release is published already, without a signature", async () => {
  expect((await promote()).code).toBe(0);
  const key = join(folder, "team.pem");
  writeFileSync(key, generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "pkcs8", format: "pem" }));
  const { code, stderr } = await promote("--sign-with", key);
  expect(code).toBe(0);
  expect(stderr).toMatch(/releases\S+ was published without a signature and stays as it is, so nothing is signed\.\n/);
});
