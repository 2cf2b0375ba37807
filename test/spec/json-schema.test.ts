import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { specJsonSchema } from "../../src/spec/json-schema.ts";
import { command, having, recipe, scored, told } from "./assay-yml.ts";

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
    [
      "an engine",
      command.replace("run:", "engine: {ray: {storage: /mnt/assay, cpus: 0.5, hand-off: true}}\n      gpus: 1\n      run:"),
    ],
    ["runner labels", command.replace("run:", "runner: [self-hosted, gpu]\n      run:")],
    [
      "layers",
      recipe.replace("target: species\n        f", "layers: [{dense: 3}, {dropout: 0.1}]\n        target: species\n        f"),
    ],
    ["scores", scored],
    [
      "many labels",
      command
        .replace("binary", "multilabel")
        .replace('positive: "1"', "classes: [a, b, c]")
        .replace("{onnx: model.onnx}", '{run: "p {model} {data} {out}"}')
        .replace("inputs:", "outputs: {model: m}\n      inputs:"),
    ],
    [
      "metrics with numbers",
      having(command, {
        evaluate: "metrics: [accuracy, recall_at_fpr: 0.01, precision_at_k=10]\n      primary: recall_at_fpr",
        gates: ["{metric: recall_at_fpr, no-worse-than: 5%}", "{metric: {precision_at_k: 10}, at-least: 0.1}"],
      }),
    ],
    [
      "all that is said of rows, seeds and gates",
      having(
        command.replace("run:", "seeds: [1, 2, 3]\n      run:").replace("inputs:", "outputs: {metrics: m.json}\n      inputs:"),
        {
          evaluate: "group: a\n      weight: b\n      slices: [c, {column: d, min-rows: 9}]",
          gates: [
            "{metric: f1, slice: c, worst: true, no-worse-than: 0.1}",
            "{metric: f1, slice: {d: 7}, at-least: 0.1}",
            "{reported: ms, better: lower, noise: 1, no-worse-than: 5%}",
            "{gpu-hours: {at-most: 4}}",
            "{gpu-memory: {at-most: 20GiB}}",
          ],
        },
      ).concat('    waivers: [{gate: accuracy.no-worse-than, by: "@octocat", reason: why, until: "2026-12-31"}]\n'),
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
    ["a planned key", command.replace("run:", "container: python\n      run:")],
    ["GPU memory without GPUs", command.replace("run:", "gpu-memory: 24GiB\n      run:")],
    ["memory without a unit", command.replace("run:", "gpus: 1\n      gpu-memory: 24\n      run:")],
    ["an engine beside a recipe", recipe.replace("trainer:", "engine: {ray: {storage: /mnt/assay}}\n      trainer:")],
    [
      "an engine of experiments",
      command.replace(
        "run:",
        "engine: {ray: {storage: /mnt/assay}}\n      grid: {lr: [1, 2]}\n      select: {data: v.csv, metric: accuracy}\n      run:",
      ),
    ],
    ["an engine without storage", command.replace("run:", "engine: {ray: {}}\n      run:")],
    ["storage that is relative", command.replace("run:", "engine: {ray: {storage: mnt/assay}}\n      run:")],
    ["storage that leaves", command.replace("run:", "engine: {ray: {storage: /mnt/../etc}}\n      run:")],
    [
      "GPU memory of an engine",
      command.replace("run:", "engine: {ray: {storage: /mnt/assay}}\n      gpus: 1\n      gpu-memory: 1GiB\n      run:"),
    ],
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
    ["a target of scores", having(scored, { evaluate: "target: a" })],
    ["scores without metrics", scored.replace(/ {6}metrics: .*\n/, "")],
    ["a score as a map", scored.replace("grade,", "{grade: 1},")],
    ["no target", command.replace("      target: is_fraud\n", "")],
    ["a metric of another task", command.replace("metric: accuracy", "metric: r2")],
    ["a metric without its number", having(command, { evaluate: "metrics: [recall_at_fpr]" })],
    ["a metric with a number that it does not take", having(command, { evaluate: "metrics: [accuracy: 1]" })],
    ["a number out of its range", having(command, { evaluate: "metrics: [recall_at_fpr: 2]" })],
    ["a direction of what has one", having(command, { evaluate: "lower-is-better: [accuracy]" })],
    ["a gate on two numbers", having(command, { gates: ["{metric: f1, reported: x, at-least: 1}"] })],
    ["a gate on two resources", having(command, { gates: ["{gpu-hours: {at-most: 1}, gpu-memory: {at-most: 1GiB}}"] })],
    ["a second rule for a resource", having(command, { gates: ["{gpu-hours: {at-most: 1}, at-most: 1}"] })],
    ["a resource without a rule", having(command, { gates: ["{gpu-hours: {}}"] })],
    ["a gate on no number", having(command, { gates: ["{at-least: 1}"] })],
    ["noise of a metric", having(command, { gates: ["{metric: f1, noise: 1, at-least: 1}"] })],
    ["the worst of no slices", having(command, { gates: ["{metric: f1, worst: true, at-least: 1}"] })],
    ["a share below 0", command.replace("0.01", "-5%")],
    ["slices without a column", having(command, { evaluate: "slices: [{min-rows: 5}]" })],
    ["a waiver without a reason", `${command}    waivers: [{gate: accuracy.no-worse-than, by: "@a", until: 2026-12-31}]\n`],
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
