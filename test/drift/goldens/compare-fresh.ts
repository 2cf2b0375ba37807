import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cbpeDifferences, cbpeGoldens } from "../../monitoring/goldens/nannyml-cbpe-differences.ts";
import type { Differences } from "./differences.ts";
import { evidentlyDifferences } from "./evidently-differences.ts";
import { evidentlyGoldens } from "./evidently-schema.ts";
import { nannymlDifferences, nannymlGoldens } from "./nannyml-differences.ts";

const compared = {
  "drift/goldens/make-evidently.py": (made) => evidentlyGoldens.parse(made).tables.map(evidentlyDifferences),
  "drift/goldens/make-nannyml.py": (made) => nannymlGoldens.parse(made).tables.map(nannymlDifferences),
  "monitoring/goldens/make-nannyml-cbpe.py": (made) => cbpeGoldens.parse(made).tables.map(cbpeDifferences),
} satisfies Record<string, (made: unknown) => Differences[]>;
type Script = keyof typeof compared;

/** In test/, which write numbers of the tools themselves. */
export const freshScripts: readonly Script[] = [
  "drift/goldens/make-evidently.py",
  "drift/goldens/make-nannyml.py",
  "monitoring/goldens/make-nannyml-cbpe.py",
];

/**
 * Compares so many fresh random tables with the real Evidently or NannyML.
 * @param python that has the tool
 * @returns what was compared, as a sentence, and whether everything is equal
 */
export function compareFresh(script: Script, python: string, tables: number, seed: number): { said: string; areEqual: boolean } {
  const folder = mkdtempSync(join(tmpdir(), "fresh-"));
  try {
    const path = join(folder, "tables.json");
    const made = spawnSync(
      python,
      [join(import.meta.dirname, "..", "..", script), "--random", String(seed), String(tables), path],
      {
        stdio: ["ignore", "inherit", "inherit"],
      },
    );
    if (made.status !== 0)
      return { said: `${python} could not run test/${script}: .ci/python-tool.sh installs it.`, areEqual: false };
    const all = compared[script](JSON.parse(readFileSync(path, "utf8")));
    const said = all.flatMap((differences) => differences.said);
    const numbers = all.reduce((sum, differences) => sum + differences.compared, 0);
    const largest = Math.max(...all.map((differences) => differences.largest));
    const summary =
      `${script}: ${said.length} of ${numbers} numbers and decisions on ${all.length} random tables (seed ${seed}) differ; ` +
      `largest difference of the others ${largest.toExponential(1)}`;
    return { said: [...said, summary].join("\n"), areEqual: said.length === 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
