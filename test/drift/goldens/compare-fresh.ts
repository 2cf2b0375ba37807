import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Differences } from "./differences.ts";
import { evidentlyDifferences } from "./evidently-differences.ts";
import { evidentlyGoldens } from "./evidently-schema.ts";
import { nannymlDifferences, nannymlGoldens } from "./nannyml-differences.ts";

const tools = {
  evidently: (made: unknown) => evidentlyGoldens.parse(made).tables.map(evidentlyDifferences),
  nannyml: (made: unknown) => nannymlGoldens.parse(made).tables.map(nannymlDifferences),
} satisfies Record<string, (made: unknown) => Differences[]>;

/**
 * Compares so many fresh random tables with the real Evidently or NannyML.
 * @param python that has the tool
 * @returns what was compared, as a sentence, and whether everything is equal
 */
export function compareFresh(
  tool: keyof typeof tools,
  python: string,
  tables: number,
  seed: number,
): { said: string; areEqual: boolean } {
  const folder = mkdtempSync(join(tmpdir(), `${tool}-`));
  try {
    const path = join(folder, "tables.json");
    const script = join(import.meta.dirname, `make-${tool}.py`);
    const made = spawnSync(python, [script, "--random", String(seed), String(tables), path], {
      stdio: ["ignore", "inherit", "inherit"],
    });
    if (made.status !== 0)
      return { said: `${python} could not run ${script}: bash .ci/${tool}.sh installs it.`, areEqual: false };
    const all = tools[tool](JSON.parse(readFileSync(path, "utf8")));
    const said = all.flatMap((differences) => differences.said);
    const compared = all.reduce((sum, differences) => sum + differences.compared, 0);
    const largest = Math.max(...all.map((differences) => differences.largest));
    const summary =
      `${tool}: ${said.length} of ${compared} numbers and decisions on ${all.length} random tables (seed ${seed}) differ; ` +
      `largest difference of the others ${largest.toExponential(1)}`;
    return { said: [...said, summary].join("\n"), areEqual: said.length === 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
