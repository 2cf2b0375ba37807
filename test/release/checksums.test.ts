import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { sha256Sums } from "../../src/release/checksums.ts";

const sha256Of = (text: string) => createHash("sha256").update(text).digest("hex");

it("SHA256SUMS is what sha256sum writes and checks, whatever the files are called", () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-sums-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const paths = [
    "model.onnx",
    "a b/ü.bin",
    "*star",
    " space ",
    "back\\slash",
    "line\nbreak",
    "-x",
    "#",
    "🐧",
    "ﬁ",
    "a/b",
    "a-b",
    "sha256sum",
  ];
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), path);
  }
  const sums = sha256Sums(paths.map((path) => ({ path, sha256: sha256Of(path) })));
  writeFileSync(join(folder, "SHA256SUMS"), sums);
  const sorted = paths.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  expect(execFileSync("sha256sum", ["--", ...sorted], { cwd: folder, encoding: "utf8" })).toBe(sums);
  const checked = execFileSync("sha256sum", ["--check", "--strict", "SHA256SUMS"], { cwd: folder, encoding: "utf8" });
  expect(checked.match(/: OK$/gm)).toHaveLength(paths.length);
  writeFileSync(join(folder, "a-b"), "changed");
  const { stdout, status } = spawnSync("sha256sum", ["--check", "SHA256SUMS"], { cwd: folder, encoding: "utf8" });
  expect([status, stdout.match(/.*FAILED.*/g)]).toEqual([1, ["a-b: FAILED"]]);
});

it.each(["", "-", "a\rb", "a\0b", "\ud800"])("a file named %j cannot be listed", (path) => {
  expect(() => sha256Sums([{ path, sha256: sha256Of("") }])).toThrow("Rename it.");
});

it("a file is listed once", () => {
  const file = { path: "a", sha256: sha256Of("") };
  expect(() => sha256Sums([file, file])).toThrow("a is to be listed in SHA256SUMS twice.");
});
