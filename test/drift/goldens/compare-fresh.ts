import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { goldenSchema } from "./columns.ts";
import { evidentlyDifferences } from "./evidently-differences.ts";

/**
 * Compares so many fresh random tables with the real Evidently.
 * @param python that has Evidently
 * @returns what was compared, as a sentence, and whether everything is equal
 */
export function compareFresh(python: string, tables: number, seed: number): { said: string; areEqual: boolean } {
  const folder = mkdtempSync(join(tmpdir(), "evidently-"));
  try {
    const path = join(folder, "tables.json");
    const script = join(import.meta.dirname, "make-evidently.py");
    const made = spawnSync(python, [script, "--random", String(seed), String(tables), path], {
      stdio: ["ignore", "inherit", "inherit"],
    });
    if (made.status !== 0)
      return { said: `${python} could not run ${script}: bash .ci/evidently.sh installs Evidently.`, areEqual: false };
    const all = goldenSchema.parse(JSON.parse(readFileSync(path, "utf8"))).tables.map(evidentlyDifferences);
    const said = all.flatMap((differences) => differences.said);
    const compared = all.reduce((sum, differences) => sum + differences.compared, 0);
    const largest = Math.max(...all.map((differences) => differences.largest));
    return {
      said: [
        ...said,
        `evidently-0.7: ${said.length} of ${compared} numbers and decisions on ${all.length} random tables (seed ${seed}) differ; largest difference ${largest.toExponential(1)}`,
      ].join("\n"),
      areEqual: said.length === 0,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
