import { cpSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createRepository } from "../git/repository.ts";
import { assay } from "./assay.ts";

const fixture = join(import.meta.dirname, "..", "fixtures", "threshold");

/** The fixture twice, each a model in a folder of its own, committed on main. */
function createTwoModels() {
  const repository = createRepository();
  const [head = "", model = ""] = readFileSync(join(fixture, "assay.yml"), "utf8").split("  threshold:\n");
  const models = ["clf", "other"].map((name) => {
    cpSync(fixture, join(repository.folder, name), { recursive: true });
    rmSync(join(repository.folder, name, "assay.yml"));
    return `  ${name}:\n${model.replace("    train:\n", `    train:\n      working-directory: ${name}\n`)}`;
  });
  repository.commit({ "assay.yml": head + models.join("") });
  const trouble = (name: string, kind: string) =>
    repository.commit({ [`${name}/params.yaml`]: `threshold: 41\ntrouble: ${kind}\nnote: not declared\n` });
  return { ...repository, trouble, assay: (...args: string[]) => assay(repository.folder, ...args) };
}

it("trains an unchanged model once by hand, and again by --force", () => {
  const { assay } = createTwoModels();
  expect(assay("plan").stdout).toMatch(/^skip {3}clf/);
  expect(assay("train", "clf").stdout).toContain("clf: trained in");
  const again = assay("train", "clf");
  expect(again).toMatchObject({ status: 0, stdout: "" });
  expect(again.stderr).toContain("clf is not trained: ");
  expect(assay("train", "clf", "--force").stdout).toContain("clf: trained in");
  expect(assay("plan").stdout).toMatch(/^skip {3}clf/);
});

describe("beside a model whose training fails", () => {
  it("another is trained, evaluated and judged by hand", () => {
    const { assay, trouble } = createTwoModels();
    trouble("clf", "exit");
    trouble("other", "none");
    const base = ["--base", "HEAD~2"];
    expect(assay("train", ...base)).toMatchObject({ status: 5, stdout: expect.stringContaining("other: trained in") });
    const evaluated = assay("evaluate", ...base);
    expect(evaluated).toMatchObject({ status: 3, stderr: expect.stringContaining("clf could not be trained: ") });
    expect(evaluated.stdout).toContain("accuracy");
    const judged = assay("gate", ...base);
    expect(judged.stdout).toMatch(/^clf: failed: /m);
    expect(judged.stdout).toMatch(/^other: pass/m);
    const { stdout } = assay("report", ...base);
    expect(stdout).toContain("Mend what is said of `clf`, then train and evaluate again.");
    expect(stdout).toMatch(/\| Why \| trained here, kept in `?\.assay/);
  });

  it("one that nobody has evaluated is not called lost, and no run is to be run again", () => {
    const { assay, trouble } = createTwoModels();
    trouble("clf", "none");
    trouble("other", "none");
    const base = ["--base", "HEAD~2"];
    assay("train", ...base);
    assay("evaluate", "other", ...base);
    const judged = assay("gate", ...base);
    expect(judged).toMatchObject({ status: 3, stdout: expect.stringContaining("clf: not evaluated. ") });
    const { stdout } = assay("report", ...base);
    expect(stdout).toContain("Train and evaluate `clf`.");
    expect(stdout).not.toMatch(/lost|re-run/i);
  });
});
