import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { assay, temporaryFolder } from "./assay.ts";

const valid = `version: 1
models:
  fraud:
    task: binary
    train: {run: python train.py, outputs: {model: model.onnx}}
    evaluate: {data: test.csv, target: y, positive: "1", predict: {onnx: model.onnx}, metrics: [accuracy]}
`;

const mistaken = `version: 1
models:
  fraud:
    task: binry
    train:
      run: python train.py
      timout: 5m
      outputs: {model: ../model.onnx}
    evaluate:
      data: test.csv
      target: y
      positive: "1"
      predict: {onnx: model.onnx}
      metrics: [acuracy]
    gates:
      - {metric: accuracy, no-worse-than: lots}
`;

function folderWith(text: string, name = "assay.yml"): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, name), text);
  return folder;
}

/** Where the mistakes are, by the text that is wrong. */
function positionsOf(text: string, wrong: readonly string[]): string[] {
  const lines = text.split("\n");
  return wrong.map((part) => {
    const line = lines.findIndex((content) => content.includes(part));
    return `${line + 1}:${(lines[line]?.indexOf(part) ?? 0) + 1}`;
  });
}

const wrong = ["binry", "timout", "../model.onnx", "acuracy", "lots"];

describe("assay validate", () => {
  it("says that a file is valid, and what is in it", () => {
    const { status, stdout, stderr } = assay(folderWith(valid), "validate");
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "assay.yml is valid: 1 model (fraud).\n", stderr: "" });
  });

  it("reports all five mistakes at once, each at its place with what to write", () => {
    const { status, stdout, stderr } = assay(folderWith(mistaken), "validate");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    const found = [...stderr.matchAll(/^assay\.yml:(\d+:\d+) /gm)].map(([, place]) => place);
    expect(found.sort()).toEqual(positionsOf(mistaken, wrong).sort());
    expect(stderr).toMatch(/binary/);
    expect(stderr).toMatch(/timeout/);
    expect(stderr).toMatch(/accuracy/);
  });

  it("prints the same as JSON", () => {
    const { status, stdout, stderr } = assay(folderWith(mistaken), "validate", "--json");
    expect({ status, stderr }).toEqual({ status: 2, stderr: "" });
    const { schema, valid: isValid, errors } = JSON.parse(stdout);
    expect({ schema, isValid }).toEqual({ schema: "assay.validation/v1", isValid: false });
    const places = errors.map(
      ({ position }: { position: { line: number; column: number } }) => `${position.line}:${position.column}`,
    );
    expect(places.sort()).toEqual(positionsOf(mistaken, wrong).sort());
    expect(errors[0]).toMatchObject({ path: expect.any(String), message: expect.any(String), fix: expect.any(String) });
  });

  it("prints a valid file as JSON too", () => {
    const { status, stdout } = assay(folderWith(valid), "validate", "--json");
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      schema: "assay.validation/v1",
      valid: true,
      path: "assay.yml",
      models: ["fraud"],
      errors: [],
    });
  });

  it("reads the file that it is given", () => {
    const { status, stdout } = assay(folderWith(valid, "other.yml"), "validate", "other.yml");
    expect({ status, stdout }).toEqual({ status: 0, stdout: "other.yml is valid: 1 model (fraud).\n" });
  });

  it("says where it looked when there is none", () => {
    const folder = temporaryFolder();
    const { status, stderr } = assay(folder, "validate");
    expect(status).toBe(2);
    expect(stderr).toMatch(/There is no assay\.yml or \.github\/assay\.yml in /);
    expect(stderr).toContain(folder);
    expect(assay(folder, "validate", "missing.yml").stderr).toContain("missing.yml");
  });

  it.each([
    ["empty", ""],
    ["no YAML", "models: [unclosed"],
    ["another document", "- a\n- b\n"],
    ["an alias bomb", `a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nmodels: *c\n`],
  ])("refuses a file that is %s, with a position", (_, text) => {
    const { status, stderr } = assay(folderWith(text), "validate");
    expect(status).toBe(2);
    expect(stderr).toMatch(/^assay\.yml:\d+:\d+ /);
  });
});
