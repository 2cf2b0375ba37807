import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openStore } from "../../../bot/queue/open-store.ts";
import { openPostgres } from "../../../bot/queue/postgres.ts";
import { unusable } from "../../../bot/queue/unusable.ts";
import { skipWithout } from "../../requirements.ts";
import { missingPostgresql, type Postgresql, startPostgresql } from "../postgresql.ts";
import { createStoreFolder } from "../store-folder.ts";

const nobody = 65_534;

const told = (location: Parameters<typeof openStore>[0]) =>
  openStore(location).then(
    () => "opened",
    (error: Error) => `${error.name}: ${error.message}`,
  );

describe("an embedded store that cannot be used", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await createStoreFolder();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it.each<[string, () => void]>([
    ["without its control file", () => truncateSync(join(folder, "database/global/pg_control"), 100)],
    [
      "without its catalogue",
      () => {
        const base = join(folder, "database/base/5");
        for (const name of readdirSync(base)) if (/^\d+$/.test(name)) truncateSync(join(base, name), 0);
      },
    ],
    [
      "half made",
      () => {
        rmSync(join(folder, "database"), { recursive: true });
        mkdirSync(join(folder, "database"));
        writeFileSync(join(folder, "database/PG_VERSION"), "");
      },
    ],
    [
      "a file",
      () => {
        rmSync(join(folder, "database"), { recursive: true });
        writeFileSync(join(folder, "database"), "");
      },
    ],
  ])("says what to do when the database is damaged: %s", async (_, damage) => {
    damage();
    expect(await told({ folder })).toMatch(
      /^UsageError: ASSAY_DATA is [^ ]+, and the embedded database in it does not work: .+\. Unless .* move [^ ]+database away/,
    );
  });

  it("starts again once the damaged database is moved away", async () => {
    truncateSync(join(folder, "database/global/pg_control"), 100);
    await expect(openStore({ folder })).rejects.toThrow();
    renameSync(join(folder, "database"), join(folder, "damaged"));
    await (await openStore({ folder })).close();
  });

  it("says whose file it is, and not that it is damaged, when the database was written by another user", () => {
    const version = join(folder, "database/PG_VERSION");
    chmodSync(version, 0o000);
    rmSync(join(folder, "in-use.lock"), { force: true });
    // Root may read and write everything.
    const user = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
    if ("uid" in user) chownSync(folder, nobody, nobody);
    const main = join(import.meta.dirname, "../../../bot/main.ts");
    const env = { PATH: process.env["PATH"], ASSAY_DATA: folder };
    const { status, stderr } = spawnSync(process.execPath, [main, "--retry-dead"], { ...user, env, encoding: "utf8" });
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(/ this user may not read and write [^ ]+database.* in it\. .*chown/),
    ]);
  });

  it("says what the database threw also where that is no error", async () => {
    expect((await unusable(folder, { name: "ErrnoError", errno: 2 })).message).toContain("does not work: ErrnoError (error 2). ");
  });

  it("says so when the folder is a file", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "assay-file-")), "data");
    writeFileSync(file, "");
    expect(await told({ folder: file })).toMatch(/^UsageError: ASSAY_DATA is .*: .* is a file\. It has to be a folder/);
    rmSync(join(file, ".."), { recursive: true });
  });
});

describe.skipIf(skipWithout("postgresql", "a user's rights on PostgreSQL", missingPostgresql()))("a PostgreSQL", () => {
  let server: Postgresql;
  beforeAll(async () => {
    server = await startPostgresql();
  });
  afterAll(() => server?.stop());

  it("names the rights that its user lacks, and works with no more than those", async () => {
    const url = server.createDatabase();
    const owner = openPostgres(url, () => {});
    await owner.executeSql("create role tenant login");
    const tenant = url.replace("//assay@", "//tenant:hunter22@");
    const refused = await told({ url: tenant });
    expect(refused).toMatch(/^UsageError: DATABASE_URL names .*: permission denied for database test0\. .*CONNECT and CREATE/);
    expect(refused).not.toContain("hunter22");
    await owner.executeSql("grant create on database test0 to tenant");
    await owner.close();
    for (let start = 0; start < 2; start += 1) await (await openStore({ url: tenant })).close();
  });
});
