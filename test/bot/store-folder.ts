import { randomUUID } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPglite } from "../../bot/queue/pglite.ts";
import packageJson from "../../package.json" with { type: "json" };

const version = packageJson.dependencies["@electric-sql/pglite"];
const made = join(import.meta.dirname, "../../.cache", `pglite-${version}`);

/** A new folder for a store with PGlite's empty database in it: to make one takes seconds, to copy one milliseconds. */
export async function createStoreFolder(): Promise<string> {
  if (!existsSync(made)) await make();
  const folder = mkdtempSync(join(tmpdir(), "assay-store-"));
  cpSync(made, folder, { recursive: true });
  return folder;
}

async function make(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "assay-store-"));
  await (await openPglite(folder)).close();
  const draft = `${made}-${randomUUID()}`;
  cpSync(folder, draft, { recursive: true });
  rmSync(folder, { recursive: true, force: true });
  try {
    renameSync(draft, made);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // Another process was faster.
    if (!existsSync(made)) throw error;
  }
}
