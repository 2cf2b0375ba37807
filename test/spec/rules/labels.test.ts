import { describe, expect, it } from "vitest";
import { command, having, onlyModel, scored, told } from "../assay-yml.ts";

const multilabel = `version: 1
models:
  topics:
    task: multilabel
    train:
      run: python train.py
      outputs: {model: model.bin}
    evaluate:
      data: data/test.csv
      target: topics
      classes: [sport, politics, music]
      predict: {run: "python predict.py {model} {data} {out}"}
    gates:
      - {metric: f1_macro, no-worse-than: 0.01}
`;

describe("a multilabel task", () => {
  it("has a target and may have classes", () => {
    expect(onlyModel(multilabel)).toMatchObject({
      task: "multilabel",
      evaluate: { target: "topics", classes: ["sport", "politics", "music"] },
    });
  });

  it.each([
    [having(multilabel, { evaluate: "positive: sport" }), "9:17 A multilabel task has no positive label. Remove positive."],
    [
      multilabel.replace("      target: topics\n", ""),
      "8:5 target is missing; it has to be the name of a column. Write for example customer_id.",
    ],
    [
      multilabel.replace("music]", "music|dance]"),
      '11:16 "music|dance" cannot be told from several labels with | between them. Rename it.',
    ],
    [multilabel.replace("music]", "sport]"), "11:16 A label is named twice. Name each label once."],
    [
      multilabel.replace('{run: "python predict.py {model} {data} {out}"}', "{onnx: model.onnx}"),
      "12:23 A multilabel task is scored by a command. Write {run: a command} in its place.",
    ],
    [
      multilabel.replace(/ {6}predict: .*\n/, ""),
      "8:5 predict is missing: a multilabel task is scored by a command. Add predict: {run: a command}.",
    ],
    [
      multilabel.replace("f1_macro", "matthews_corrcoef"),
      /^14:18 matthews_corrcoef is a metric of binary and multiclass tasks, and this task is multilabel\. Write one of accuracy/,
    ],
    [
      multilabel.replace(
        "run: python train.py\n      outputs: {model: model.bin}",
        "trainer: tfjs\n      recipe: {data: d.csv, target: topics, features: {numeric: [a]}}",
      ),
      "7:15 A recipe trains for binary, multiclass and regression tasks, and this task is multilabel. Train by a command or a module.",
    ],
  ])("is told what is wrong: %#", (text, expected) => {
    expect(told(text)).toEqual([typeof expected === "string" ? expected : expect.stringMatching(expected)]);
  });
});

describe("a scored task", () => {
  it.each([
    ["target: answer", "9:15 A scored task is compared with no truth. Remove target."],
    ["positive: 1", "9:17 A scored task has no positive label. Remove positive."],
    ["classes: [a, b]", "9:16 A scored task has no classes. Remove classes."],
  ])("does not take %s", (evaluate, expected) => {
    expect(told(having(scored, { evaluate }))).toEqual([expected]);
  });

  it("is scored by a command", () => {
    expect(told(scored.replace(/predict: .*/, "predict: {onnx: a.onnx}"))).toEqual([
      "10:23 A scored task is scored by a command. Write {run: a command} in its place.",
    ]);
  });
});

it("is told of a missing target, unless it is misspelt", () => {
  expect(told(command.replace("      target: is_fraud\n", ""))).toEqual([
    "8:5 target is missing; it has to be the name of a column. Write for example customer_id.",
  ]);
  expect(told(command.replace("target:", "traget:"))).toEqual([
    '10:7 "traget" is not a key that is known here. Did you mean target?',
  ]);
});
