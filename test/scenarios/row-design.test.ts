import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import type { Evidence } from "../../src/evidence/evidence.ts";

const cli = join(import.meta.dirname, "..", "..", "dist", "cli.js");
const fixture = join(import.meta.dirname, "..", "fixtures", "threshold");

/** The fixture as a git repository in a folder of its own, used by hand. */
function createClone() {
  const root = mkdtempSync(join(tmpdir(), "assay-row-design-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  cpSync(fixture, root, { recursive: true });
  const run = (file: string, ...args: string[]) => spawnSync(file, args, { cwd: root, encoding: "utf8" });
  const git = (...args: string[]) => run("git", "-c", "user.name=t", "-c", "user.email=t@localhost", ...args);
  return {
    git,
    assay: (...args: string[]) => run(process.execPath, cli, ...args),
    edit: (path: string, change: (text: string) => string) =>
      writeFileSync(join(root, path), change(readFileSync(join(root, path), "utf8"))),
  };
}

it("takes groups, weights and slices that are declared into the evidence", () => {
  const { git, assay, edit } = createClone();
  // Four rows a customer; every third row counts twice; two countries and one row without.
  edit("data/test.csv", (text) =>
    text
      .trim()
      .split("\n")
      .map((line, row) => {
        if (row === 0) return `${line},customer,weight,country`;
        return `${line},${String(Math.floor((row - 1) / 4)).padStart(3, "0")},${row % 3 === 0 ? 2 : 1},${row === 1 ? "" : row % 4 === 0 ? "PT" : "BR"}`;
      })
      .join("\n"),
  );
  edit("assay.yml", (text) =>
    text.replace(
      "metrics: [accuracy, roc_auc]",
      "metrics: [accuracy, roc_auc]\n      group: customer\n      weight: weight\n      slices: [country]",
    ),
  );
  git("init", "-q", "-b", "main");
  git("add", "-A");
  git("commit", "-qm", "first");
  git("checkout", "-qb", "better");
  edit("params.yaml", (text) => text.replace("threshold: 40", "threshold: 50"));

  const trained = assay("train");
  expect(trained.status, trained.stderr).toBe(0);
  const evaluated = assay("evaluate", "--json");
  expect(evaluated.status, evaluated.stderr).toBe(0);
  const [evidence]: readonly Evidence[] = JSON.parse(evaluated.stdout).evidence;
  const [evaluation] = evidence?.evaluations ?? [];
  expect(evaluation).toMatchObject({ group: { column: "customer", groups: 100 }, weight: "weight" });
  expect(evaluation?.slices?.map(({ column, value, rows, tooSmall }) => [column, value, rows, tooSmall])).toEqual([
    ["country", "BR", 299, undefined],
    ["country", "PT", 100, undefined],
    ["country", "", 1, true],
  ]);
  for (const comparison of evaluation?.slices?.[0]?.comparisons ?? []) expect(comparison).toMatchObject({ rows: 299 });
  expect(evaluation?.slices?.[0]?.comparisons).toHaveLength(2);
});
