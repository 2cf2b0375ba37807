import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { examplePath } from "../../src/demo/team.ts";

const cli = join(import.meta.dirname, "..", "..", "dist", "cli.js");
const folder = mkdtempSync(join(tmpdir(), "assay-by-hand-"));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The penguins example with other names for everything: model, folder, columns, target. */
function renamedExample(): string {
  const root = join(folder, "renamed");
  const inner = join(root, "teams", "birds");
  mkdirSync(inner, { recursive: true });
  cpSync(examplePath("penguins"), inner, { recursive: true });
  renameSync(join(inner, "assay.yml"), join(root, "assay.yml"));
  renameSync(join(inner, "data"), join(inner, "tables"));
  const rename = (text: string) =>
    text
      .replaceAll("flipper_length_mm", "wing length (mm)")
      .replaceAll("body_mass_g", "weight, g")
      .replaceAll("species", "kind")
      .replaceAll("penguins", "birds");
  for (const name of readdirSync(join(inner, "tables"))) {
    const [header = "", ...rows] = readFileSync(join(inner, "tables", name), "utf8").split("\n");
    const renamed = header
      .split(",")
      .map(rename)
      .map((column) => (column.includes(",") ? `"${column}"` : column));
    rmSync(join(inner, "tables", name));
    writeFileSync(join(inner, "tables", rename(name)), [renamed.join(","), ...rows].join("\n"));
  }
  const spec = rename(readFileSync(join(root, "assay.yml"), "utf8"))
    .replace("numeric: [wing length (mm), weight, g]", 'numeric: ["wing length (mm)", "weight, g"]')
    .replace("column: weight, g", 'column: "weight, g"')
    .replaceAll("data/", "tables/")
    .replace("    train:\n", "    train:\n      working-directory: teams/birds\n");
  writeFileSync(join(root, "assay.yml"), spec);
  return root;
}

describe("a repository made from the example by renaming everything", () => {
  const root = renamedExample();
  const git = (...args: string[]) =>
    spawnSync("git", ["-C", root, "-c", "user.name=t", "-c", "user.email=t@localhost", ...args], { encoding: "utf8" });
  const assay = (...args: string[]) => spawnSync(process.execPath, [cli, ...args], { cwd: root, encoding: "utf8" });

  it("is planned, trained, evaluated, judged and reported by hand", () => {
    git("init", "-q", "-b", "main");
    git("add", "-A");
    git("commit", "-qm", "first");
    expect(assay("validate").stdout).toContain("assay.yml is valid: 1 model (kind)");
    expect(assay("plan").stdout).toMatch(/^skip +kind/);

    expect(assay("train").status).toBe(0);
    const first = assay("evaluate");
    expect(first.status, first.stderr).toBe(0);
    expect(first.stdout).toContain("There is no earlier kind to compare with yet.");

    git("checkout", "-qb", "better");
    const path = join(root, "assay.yml");
    writeFileSync(path, readFileSync(path, "utf8").replace("numeric: [", "numeric: [bill_length_mm, bill_depth_mm, "));
    expect(assay("plan").stdout).toMatch(/^train +kind/);
    const trained = assay("train");
    expect(trained.status, trained.stderr).toBe(0);
    expect(assay("evaluate").status).toBe(0);
    const verdict = assay("gate");
    expect(verdict.status, verdict.stdout + verdict.stderr).toBe(0);
    expect(verdict.stdout).toMatch(/accuracy\.no-worse-than.*pass/);
    expect(assay("report").stdout).toContain("kind");
    expect(assay("report", "--format", "html", "--out", join(folder, "report.html")).status).toBe(0);
    expect(readFileSync(join(folder, "report.html"), "utf8")).toMatch(/^<!doctype html>/i);
    expect(git("status", "--porcelain").stdout.trim()).toBe("M assay.yml");
  });
});
