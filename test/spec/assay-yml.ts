import { ConfigError, type Diagnostic } from "../../src/errors/errors.ts";
import { parseSpec } from "../../src/spec/parse-spec.ts";
import type { Model, Spec } from "../../src/spec/spec.ts";

/** A small file that is right, to change in tests. */
export const command = `version: 1
models:
  fraud:
    task: binary
    train:
      run: python train.py
      inputs: {data: [data/train.csv]}
    evaluate:
      data: data/test.csv
      target: is_fraud
      positive: "1"
      predict: {onnx: model.onnx}
    gates:
      - {metric: accuracy, no-worse-than: 0.01}
`;

export const recipe = `version: 1
models:
  species:
    task: multiclass
    train:
      trainer: tfjs
      recipe:
        data: data/penguins.csv
        target: species
        features: {numeric: [bill_length_mm], categorical: [island]}
    evaluate: {data: data/test.csv, target: species}
`;

export function parse(text: string): Spec {
  return parseSpec(text, "assay.yml");
}

export function onlyModel(text: string): Model {
  const [model] = parse(text).models.values();
  if (!model) throw new Error("There is no model.");
  return model;
}

export function mistakes(text: string): readonly Diagnostic[] {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof ConfigError) return error.diagnostics;
    throw error;
  }
  return [];
}

/** `LINE:COLUMN message fix` of each mistake. */
export function told(text: string): string[] {
  return mistakes(text).map(({ position, message, fix }) => `${position.line}:${position.column} ${message} ${fix}`);
}

/** Rows that a command scores, compared with no truth. */
export const scored = `version: 1
models:
  assistant:
    task: scored
    train:
      run: python tune.py
      outputs: {model: adapter, metrics: metrics.json}
    evaluate:
      data: data/prompts.jsonl
      predict: {run: "python judge.py {model} {data} {out}"}
      metrics: [exact_match, grade, latency]
      lower-is-better: [latency]
    gates:
      - {metric: exact_match, no-worse-than: 0.01}
`;

/** `text` with lines added to its `evaluate`, and gates after its own. */
export function having(text: string, { evaluate = "", gates = [] }: { evaluate?: string; gates?: readonly string[] }): string {
  const more = gates.map((gate) => `      - ${gate}\n`).join("");
  return text.replace("      data: data/", `${evaluate && `      ${evaluate}\n`}      data: data/`) + more;
}
