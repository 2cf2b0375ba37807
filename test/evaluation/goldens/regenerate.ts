/**
 * `npm run goldens [-- --check]`: makes the reference numbers again with the Python that `PYTHON` names, or `python3`, which needs
 * scikit-learn and SciPy, and those of Evidently, NannyML and River with the ones that `.ci/python-tool.sh` installs.
 * `--check` writes nothing and ends with 1 when a number moved. `--fresh 200` compares so many random tables with the tools
 * themselves, others each time; `--seed 1` the same ones, `--of drift/` those of drift alone.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { compareFresh, freshScripts } from "../../drift/goldens/compare-fresh.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const goldens = [
  ["test/evaluation/goldens/make-metrics.py", "test/evaluation/goldens/metrics.json"],
  ["test/evaluation/goldens/make-label-metrics.py", "test/evaluation/goldens/label-metrics.json"],
  ["test/evaluation/goldens/make-score-metrics.py", "test/evaluation/goldens/score-metrics.json"],
  ["test/statistics/goldens/make-statistics.py", "test/statistics/goldens/statistics.json"],
  ["test/statistics/goldens/make-two-samples.py", "test/statistics/goldens/two-samples.json"],
  ["test/drift/goldens/make-evidently.py", "test/drift/goldens/evidently.json"],
  ["test/drift/goldens/make-nannyml.py", "test/drift/goldens/nannyml.json"],
  ["test/monitoring/goldens/make-nannyml-cbpe.py", "test/monitoring/goldens/nannyml-cbpe.json"],
  ["test/monitoring/goldens/make-river-adwin.py", "test/monitoring/goldens/river-adwin.json"],
] as const;
/** Tools with a Python of their own. */
const tools = ["evidently", "nannyml", "river"] as const;
/** Other processors and library versions round the last digits differently. */
const tolerance = 1e-11;

const { values } = parseArgs({
  options: {
    check: { type: "boolean", default: false },
    fresh: { type: "string" },
    seed: { type: "string" },
    of: { type: "string" },
  },
});
/** That a script needs. */
const pythonOf = (script: string) => {
  const tool = tools.find((name) => script.includes(name));
  return tool === undefined ? (process.env["PYTHON"] ?? "python3") : join(root, ".cache", tool, "bin", "python");
};
if (values.fresh !== undefined) {
  for (const script of freshScripts.filter((path) => path.startsWith(values.of ?? ""))) {
    const { said, areEqual } = compareFresh(
      script,
      pythonOf(script),
      Number(values.fresh),
      Number(values.seed ?? Date.now() % 2 ** 31),
    );
    process.stdout.write(`${said}\n`);
    if (!areEqual) process.exitCode = 1;
  }
}
for (const [script, json] of values.fresh === undefined ? goldens : []) {
  const python = pythonOf(script);
  const path = join(root, json);
  const before = readFileSync(path, "utf8");
  const made = spawnSync(python, [join(root, script)], { stdio: ["ignore", "inherit", "inherit"] });
  if (made.status !== 0) {
    process.stderr.write(
      `${python} could not run ${script}. Set PYTHON to one that has scikit-learn and SciPy; bash .ci/python-tool.sh evidently nannyml river installs those tools.\n`,
    );
    process.exit(2);
  }
  const after = readFileSync(path, "utf8");
  if (values.check) {
    writeFileSync(path, before);
    const moved = firstMoved(JSON.parse(before), JSON.parse(after), "");
    process.stdout.write(`${json}: ${moved === undefined ? "nothing moved" : `moved at ${moved}`}\n`);
    if (moved !== undefined) process.exitCode = 1;
  } else {
    spawnSync(join(root, "node_modules", ".bin", "biome"), ["format", "--write", path], { stdio: "inherit" });
    process.stdout.write(`${json}: written\n`);
  }
}

/** Where two JSON values differ by more than rounding, versions apart. */
function firstMoved(before: unknown, after: unknown, at: string): string | undefined {
  if (at === "/versions") return undefined;
  if (typeof before === "number" && typeof after === "number")
    return Math.abs(after - before) <= tolerance * Math.max(1, Math.abs(before)) ? undefined : `${at}: ${before} to ${after}`;
  if (typeof before === "object" && typeof after === "object" && before !== null && after !== null) {
    const [old, fresh] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
    for (const key of new Set([...old.keys(), ...fresh.keys()])) {
      const moved = firstMoved(old.get(key), fresh.get(key), `${at}/${key}`);
      if (moved !== undefined) return moved;
    }
    return undefined;
  }
  return before === after ? undefined : `${at}: ${String(before)} to ${String(after)}`;
}
