import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { specJsonSchema } from "../../src/spec/json-schema.ts";
import { command, recipe, told } from "./assay-yml.ts";

const validate = new Ajv({ allErrors: true, strict: true, strictRequired: false }).compile(specJsonSchema());

describe("the JSON Schema", () => {
  it("is the one that is published", () => {
    const published: unknown = JSON.parse(readFileSync(new URL("../../docs/assay.schema.json", import.meta.url), "utf8"));
    expect(published).toEqual(specJsonSchema());
  });

  it.each(["penguins", "breast-cancer-python"])("accepts the example %s", (example) => {
    const text = readFileSync(new URL(`../../examples/${example}/assay.yml`, import.meta.url), "utf8");
    expect(validate(parseYaml(text)), JSON.stringify(validate.errors)).toBe(true);
  });

  it.each([
    ["a command", command],
    ["a recipe", recipe],
    ["parameters", command.replace("inputs: {", "inputs: {params: [grid.json, params.yaml: [train.lr]], ")],
    ["runner labels", command.replace("run:", "runner: [self-hosted, gpu]\n      run:")],
    [
      "layers",
      recipe.replace("target: species\n        f", "layers: [{dense: 3}, {dropout: 0.1}]\n        target: species\n        f"),
    ],
  ])("accepts %s, as the parser does", (_, text) => {
    expect(told(text)).toEqual([]);
    expect(validate(parseYaml(text)), JSON.stringify(validate.errors)).toBe(true);
  });

  it.each([
    ["nothing", ""],
    ["no model", "version: 1\nmodels: {}"],
    ["another version", command.replace("version: 1", "version: 2")],
    ["a misspelt key", command.replace("task:", "taks:")],
    ["a misspelt value", command.replace("binary", "binry")],
    ["a name that is no tag", command.replace("fraud:", "fraud=a:")],
    ["a path that leaves", command.replace("data/test.csv", "../test.csv")],
    ["an absolute path", command.replace("data/test.csv", "/test.csv")],
    ["a planned key", command.replace("run:", "gpus: 1\n      run:")],
    ["a planned value", `baseline: stage:production\n${command}`],
    ["a seed twice", command.replace("run:", "seeds: [1, 1]\n      run:")],
    ["a bad duration", command.replace("run:", "timeout: 6 hours\n      run:")],
    ["a forbidden variable", command.replace("run:", "env: [GITHUB_TOKEN]\n      run:")],
    ["an unknown metric", command.replace("accuracy", "acuracy")],
    ["a negative margin", command.replace("0.01", "-0.01")],
    ["a gate without a rule", command.replace(", no-worse-than: 0.01", "")],
    ["a gate with two rules", command.replace("0.01", "0.01, at-least: 0.5")],
    ["a predict command without its places", command.replace("{onnx: model.onnx}", "{run: python predict.py}")],
    ["two ways to train", command.replace("run:", "trainer: tfjs\n      run:")],
    ["a recipe beside a command", recipe.replace("trainer: tfjs", "run: make")],
    ["a trainer without a recipe", command.replace("run: python train.py", "trainer: tfjs")],
    [
      "a layer of two kinds",
      recipe.replace("target: species\n        f", "layers: [{dense: 3, dropout: 0.1}]\n        target: species\n        f"),
    ],
    [
      "two optimisers",
      recipe.replace("target: species\n        f", "optimizer: {adam: 0.1, sgd: 0.1}\n        target: species\n        f"),
    ],
    ["two parameter files in one entry", command.replace("inputs: {", "inputs: {params: [{a.yaml: [x], b.yaml: [y]}], ")],
  ])("refuses %s, as the parser does", (_, text) => {
    expect(told(text)).not.toEqual([]);
    expect(validate(parseYaml(text))).toBe(false);
  });

  it("explains every key", () => {
    const unexplained = keysOf(specJsonSchema(), "").filter(({ description }) => !description);
    expect(unexplained).toEqual([]);
  });
});

function keysOf(schema: unknown, prefix: string): { key: string; description: unknown }[] {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([word, part]) => {
    // Conditions speak of keys that are explained elsewhere.
    if (word === "allOf") return [];
    if (word !== "properties" || typeof part !== "object" || part === null) return keysOf(part, prefix);
    return Object.entries(part).flatMap(([name, child]) => [
      { key: prefix + name, description: Reflect.get(Object(child), "description") },
      ...keysOf(child, `${prefix}${name}.`),
    ]);
  });
}
