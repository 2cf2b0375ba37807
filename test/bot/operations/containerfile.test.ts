import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../../..");
const lines = readFileSync(join(root, "bot/Containerfile"), "utf8").replaceAll("\\\n", "").split("\n");
const of = (instruction: string) =>
  lines.filter((line) => line.startsWith(`${instruction} `)).map((line) => line.slice(instruction.length + 1));
const copied = of("COPY").filter((line) => !line.startsWith("--from"));

describe("the container", () => {
  it("has the Node that the tests run on", () => {
    const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    for (const from of of("FROM")) expect(from.split(" ")[0]).toBe(`docker.io/library/node:${devDependencies.node}-slim`);
  });

  it("copies only what is there and production needs", () => {
    for (const path of copied.flatMap((line) => line.split(" ").slice(0, -1))) expect(existsSync(join(root, path))).toBe(true);
    expect(copied.join("\n")).not.toMatch(/\btest\b|\bdist\b|\s\.\s/);
    expect(of("RUN").join("\n")).toContain("--omit=dev");
  });

  it("runs as a user without rights, and Node itself gets the signals", () => {
    expect(lines.indexOf("USER node")).toBeLessThan(lines.findIndex((line) => line.startsWith("CMD")));
    expect(of("CMD")).toEqual([`["node", "bot/main.ts"]`]);
  });
});

/** Its steps, in an empty folder; the packages are those that the lockfile has for production, from where they are installed here. */
describe("what the container has", () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-container-"));
  const app = join(folder, "app");
  const children: ChildProcess[] = [];
  beforeAll(() => {
    mkdirSync(app);
    installPackages(app);
    for (const line of copied) {
      const [from = "", to = ""] = line.split(" ").slice(-2);
      if (!line.includes("package-lock.json")) cpSync(join(root, from), join(app, to === "./" ? from : to), { recursive: true });
    }
  }, 120_000);
  afterAll(() => {
    for (const child of children) child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });

  function start(command: string | undefined, environment: NodeJS.Dict<string> = {}) {
    const [, ...args] = JSON.parse(command ?? "[]") as string[];
    const set = Object.fromEntries((of("ENV")[0] ?? "").split(" ").map((pair) => pair.split("=")));
    const env = { ...set, ASSAY_DATA: join(folder, "data"), ...environment };
    const child = spawn(process.execPath, args, { cwd: app, env, stdio: ["ignore", "pipe", "pipe"] });
    children.push(child);
    return child;
  }

  it("says what it lacks without its secrets", async () => {
    const child = start(of("CMD")[0]);
    const [error, [code]] = await Promise.all([text(child.stderr), once(child, "exit")]);
    expect(code).toBe(2);
    for (const name of ["APP_ID", "WEBHOOK_SECRET", "PRIVATE_KEY_PATH"]) expect(error).toContain(`- ${name} is not set.`);
  });

  it("starts with them, is healthy by its own check, and ends with SIGTERM", async () => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const child = start(of("CMD")[0], {
      APP_ID: "1",
      PRIVATE_KEY: privateKey.export({ type: "pkcs1", format: "pem" }).toString(),
      WEBHOOK_SECRET: "a secret of the test",
      GITHUB_API_URL: "http://127.0.0.1:9",
      HOST: "127.0.0.1",
      PORT: "0",
    });
    const port = await new Promise<string>((resolve, reject) => {
      let log = "";
      child.stdout.on("data", (chunk) => {
        log += chunk;
        const found = /"url":"http:\/\/127\.0\.0\.1:(\d+)"/.exec(log)?.[1];
        if (found) resolve(found);
      });
      text(child.stderr).then((error) => reject(new Error(`it ended: ${log}${error}`)));
    });
    const check = /CMD (\[.*\])/.exec(of("HEALTHCHECK")[0] ?? "")?.[1];
    const health = async (of: string) => (await once(start(check, { PORT: of }), "exit"))[0];
    expect(await health(port)).toBe(0);
    child.kill("SIGTERM");
    expect((await once(child, "exit"))[0]).toBe(0);
    expect(await health(port)).toBe(1);
  });

  it("has every package that the app can come to load, also later", () => {
    const packages = [...reachable(join(app, "bot/main.ts"))];
    expect(packages).toContain("probot");
    for (const name of packages) expect(existsSync(join(app, "node_modules", name)), name).toBe(true);
  });
});

function installPackages(app: string): void {
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const entries = Object.entries<{ dev?: boolean; optional?: boolean; devOptional?: boolean }>(lock.packages);
  for (const [path, { dev, optional, devOptional }] of entries) {
    if (dev || optional || devOptional || !/^node_modules\/(@[^/]+\/)?[^/]+$/.test(path)) continue;
    mkdirSync(join(app, dirname(path)), { recursive: true });
    // Linked where that can be.
    const copy = 'cp -al "$0" "$1" 2>/dev/null || cp -a "$0" "$1"';
    const { status, stderr } = spawnSync("sh", ["-c", copy, join(root, path), join(app, path)], { encoding: "utf8" });
    if (status !== 0) throw new Error(`${path}: ${stderr}`);
  }
  const removed = of("RUN").flatMap((line) => line.split(" && ").filter((part) => part.startsWith("rm ")));
  for (const part of removed) expect(spawnSync("sh", ["-c", part], { cwd: app }).status, part).toBe(0);
}

/** Packages that the file imports, at once or at some time, itself or by others of ours. */
function reachable(file: string, seen = new Set<string>(), packages = new Set<string>()): Set<string> {
  if (seen.has(file)) return packages;
  seen.add(file);
  const source = readFileSync(file, "utf8");
  const imports = [
    ...source.matchAll(/(?:^|\n)(?:import|export) (?!type\b)[^;]*?from "([^"]+)";/g),
    ...source.matchAll(/\bimport\(\s*"([^"]+)"\s*\)/g),
  ];
  for (const [, from = ""] of imports)
    if (from.startsWith(".")) reachable(join(dirname(file), from), seen, packages);
    else if (!from.startsWith("node:")) packages.add(/^(@[^/]+\/)?[^/]+/.exec(from)?.[0] ?? from);
  return packages;
}
