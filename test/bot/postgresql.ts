import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const installed = "/usr/lib/postgresql";
const nobody = 65_534;

/** Why no PostgreSQL can be started here; undefined when one can. */
export function missingPostgresql(): string | undefined {
  return binaries() === undefined
    ? `there is no initdb in ${installed}/*/bin. Install it: apt-get install postgresql`
    : undefined;
}

export interface Postgresql {
  /** A fresh database in it. */
  createDatabase(): string;
  stop(): Promise<void>;
}

/** A server of its own in a temporary folder, on a socket there; no user but this test can reach it. */
export async function startPostgresql(): Promise<Postgresql> {
  const folder = mkdtempSync(join(tmpdir(), "assay-pg-"));
  const bin = binaries();
  if (bin === undefined) throw new Error(missingPostgresql());
  // It refuses to run as root.
  const user = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
  if ("uid" in user) chownSync(folder, nobody, nobody);
  const data = join(folder, "data");
  run(join(bin, "initdb"), ["-D", data, "-U", "assay", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C"]);
  const server = spawn(join(bin, "postgres"), ["-D", data, "-k", folder, "-h", "", "-c", "fsync=off"], {
    ...user,
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let log = "";
  server.stderr?.on("data", (chunk) => {
    log = `${log}${chunk}`.slice(-10_000);
  });
  while (spawnSync(join(bin, "pg_isready"), ["-h", folder, "-q"]).status !== 0) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL did not start: ${log}`);
    await sleep(50);
  }
  let databases = 0;
  return {
    createDatabase() {
      const name = `test${databases++}`;
      run(join(bin, "createdb"), ["-h", folder, "-U", "assay", name]);
      return `postgres://assay@/${name}?host=${encodeURIComponent(folder)}`;
    },
    async stop() {
      await ended(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };

  function run(file: string, args: readonly string[]): void {
    const { status, stderr, error } = spawnSync(file, args, { ...user, cwd: folder, encoding: "utf8" });
    if (status !== 0) throw new Error(`${file} failed: ${error?.message ?? stderr}`);
  }
}

function ended(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    server.once("exit", () => resolve());
    server.kill("SIGQUIT");
  });
}

function binaries(): string | undefined {
  if (!existsSync(installed)) return undefined;
  return readdirSync(installed)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(installed, version, "bin"))
    .find((bin) => existsSync(join(bin, "initdb")));
}
