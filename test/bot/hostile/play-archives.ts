import { existsSync } from "node:fs";
import { lstat, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { MissingDataError } from "../../../src/errors/errors.ts";
import { unzip } from "../../../src/files/unzip.ts";
import { archiveLimits, hostileArchives } from "../../fixtures/hostile/archives.ts";
import type { Tally } from "./tally.ts";

/** Unpacks the corpus' archives as those of other runs are. */
export function playArchives(tally: Tally): void {
  tally.declare(hostileArchives.length);
  describe("an archive", () => {
    it.each(hostileArchives)("with $name leaves everything outside of its folder alone", async ({ bytes, says }) => {
      const folder = await mkdtemp(join(tmpdir(), "assay-hostile-"));
      onTestFinished(() => rm(folder, { recursive: true, force: true }));
      const [archive, to] = [join(folder, "archive.zip"), join(folder, "room", "to")];
      await writeFile(archive, bytes());
      await mkdir(join(folder, "room"));
      const failure: unknown = await unzip("assay-run-fraud", archive, to, archiveLimits).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (says === undefined) expect(failure).toBeUndefined();
      else {
        expect(failure).toBeInstanceOf(MissingDataError);
        expect(String(failure)).toMatch(says);
        expect(String(failure).length).toBeLessThan(1_000);
      }
      const ours = ["archive.zip", "room", "to"];
      const around = [...(await readdir(folder)), ...(await readdir(join(folder, "room")))];
      tally.expectNone(
        "escapes",
        around.filter((name) => !ours.includes(name)),
      );
      tally.expectNone(
        "escapes",
        ["/tmp/assay-outside", "/assay-outside"].filter((path) => existsSync(path)),
      );
      let unpacked = 0;
      for (const path of existsSync(to) ? await readdir(to, { recursive: true }) : []) {
        const found = await lstat(join(to, path));
        expect(found.isSymbolicLink()).toBe(false);
        unpacked += found.isFile() ? found.size : 0;
      }
      expect(unpacked).toBeLessThanOrEqual(archiveLimits.maxBytes);
      tally.played("archives");
    });
  });
}
