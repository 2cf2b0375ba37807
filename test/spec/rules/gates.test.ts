import { describe, expect, it } from "vitest";
import { nameOfGate } from "../../../src/spec/gate-name.ts";
import { command, having, onlyModel, recipe, scored, told } from "../assay-yml.ts";

const reporting = command.replace("run: python train.py", "run: python train.py\n      outputs: {metrics: metrics.json}");
const sliced = having(reporting, { evaluate: "slices: [country, channel]" });
const withGate = (gate: string) => having(sliced, { gates: [gate] });

describe("a gate", () => {
  it.each([
    ["{metric: accuracy, better-than: 0.01}", { kind: "better-than", margin: 0.01 }],
    ["{metric: f1, no-worse-than: 5%}", { kind: "no-worse-than", margin: 0.05, relative: true }],
    ["{metric: f1, better-than: 0.7%}", { kind: "better-than", margin: 0.007, relative: true }],
    ["{metric: f1, better-than: 2.50 %}", { kind: "better-than", margin: 0.025, relative: true }],
    [
      "{metric: recall, slice: country, worst: true, no-worse-than: 0.03}",
      { slice: { column: "country", value: undefined, worst: true } },
    ],
    ["{metric: recall, slice: {country: BR}, at-least: 0.5}", { slice: { column: "country", value: "BR", worst: false } }],
    [`{metric: recall, slice: {country: ""}, at-least: 0.5}`, { slice: { column: "country", value: "", worst: false } }],
    ["{metric: recall, slice: {channel: 7}, at-least: 0.5}", { slice: { column: "channel", value: "7", worst: false } }],
    [
      "{reported: latency_ms, noise: 1, no-worse-than: 3}",
      { metric: "latency_ms", margin: 3, reported: { greaterIsBetter: false, noise: 1 } },
    ],
    [
      "{reported: speed, better: higher, noise: 0.5, better-than: 5%}",
      { metric: "speed", margin: 0.05, relative: true, reported: { greaterIsBetter: true, noise: 0.5 } },
    ],
    ["{reported: bytes, at-most: 4e6}", { metric: "bytes", limit: 4e6, reported: { greaterIsBetter: false, noise: 0 } }],
  ])("is read: %s", (gate, expected) => {
    const model = onlyModel(withGate(gate));
    expect(model.gates[1]).toMatchObject({ position: { line: 17, column: 9 }, ...expected });
    expect(model.evaluate.metrics.includes(model.gates[1]?.metric ?? "")).toBe(model.gates[1]?.reported === undefined);
  });

  it.each([
    ["{drift: true}", { metric: "drift", data: { check: "drift" }, kind: "at-most", limit: 0 }],
    ["{quality: warn}", { metric: "quality", data: { check: "quality", severity: "warn" }, kind: "at-most", limit: 0 }],
    ["{gpu-hours: {at-most: 4}}", { metric: "gpu-hours", resource: "gpu-hours", kind: "at-most", limit: 4 }],
    ["{gpu-memory: {at-most: 20GiB}}", { metric: "gpu-memory", resource: "gpu-memory", kind: "at-most", limit: 20 }],
    ["{gpu-memory: {at-most: 512MiB}}", { resource: "gpu-memory", limit: 0.5 }],
  ])("on what a run used and was trained on is read, and is no metric: %s", (gate, expected) => {
    const model = onlyModel(withGate(gate));
    expect(model.gates[1]).toMatchObject({ position: { line: 17, column: 9 }, ...expected });
    expect(model.evaluate.metrics).not.toContain(model.gates[1]?.metric);
  });

  it("has neither slice nor share where it names none", () => {
    expect(Object.keys(onlyModel(command).gates[0] ?? {}).sort()).toEqual(["kind", "margin", "metric", "position"]);
  });

  it.each([
    ["{no-worse-than: 0.01}", "17:9 One of metric, reported is missing. Write metric: accuracy, or reported: latency_ms."],
    ["{metric: f1, reported: x, at-least: 1}", /^17:32 Only one of metric, reported can be used; found metric and reported/],
    [
      "{metric: f1, gpu-hours: {at-most: 4}}",
      /^17:\d+ Only one of metric, reported, gpu-hours, gpu-memory, drift, quality can be used/,
    ],
    [
      "{gpu-hours: {at-most: 4}, at-most: 4}",
      /^17:\d+ at-most is no rule for gpu-hours\. Write \{gpu-hours: \{at-most: …\}\} alone/,
    ],
    ["{drift: false}", "17:17 false is not true. Write drift: true, or leave the gate out."],
    ["{quality: true}", "17:19 true is not error or warn. Write one of these."],
    ["{quality: error, at-most: 3}", /^17:\d+ at-most is no rule for quality\. Write \{quality: error\} alone/],
    ["{drift: true, at-most: 3}", /^17:\d+ at-most is no rule for drift\. Write \{drift: true\} alone/],
    ["{gpu-hours: {at-most: 4}, slice: country}", /^17:\d+ slice is no rule for gpu-hours/],
    ["{gpu-hours: {at-most: -1}}", /^17:31 -1 is not a number of 0 or more/],
    ["{gpu-hours: 4}", "17:21 4 is not a limit on GPU-hours. Write {at-most: 4}."],
    ["{gpu-memory: {at-most: 20}}", /^17:32 20 is not an amount of memory in MiB or GiB/],
    ["{metric: f1, no-worse-than: 5 percent}", '17:37 "5 percent" is not a share of 0% or more. Write for example 5%.'],
    ["{metric: f1, no-worse-than: -5%}", /^17:37 "-5%" is not a share/],
    ["{metric: f1, no-worse-than: [5]}", "17:37 a list is not a number of 0 or more. Write one that is, or a share such as 5%."],
    ["{metric: f1, at-least: 5%}", '17:32 "5%" is not a number. Write for example 0.8.'],
    ["{metric: f1, slice: contry, at-least: 1}", '17:29 "contry" is not among evaluate.slices. Did you mean country?'],
    ["{metric: f1, slice: age, at-least: 1}", '17:29 "age" is not among evaluate.slices. Add slices: [age] to evaluate.'],
    ["{metric: f1, slice: {age: 7}, at-least: 1}", /^17:29 "age" is not among evaluate\.slices/],
    [
      "{metric: f1, slice: {country: BR, channel: a}, at-least: 1}",
      "17:29 A slice is one value of one column. Write {country: BR}.",
    ],
    [
      "{metric: f1, slice: [country], at-least: 1}",
      "17:29 a list is not a column or one value of it. Write country, or {country: BR}.",
    ],
    ["{metric: f1, slice: {country: [BR]}, at-least: 1}", /^17:39 a list is not a value of the column/],
    ["{metric: f1, worst: true, at-least: 1}", "17:29 worst chooses among slices, and there is none. Add slice: a column."],
    ["{metric: f1, slice: {country: BR}, worst: true, at-least: 1}", /^17:51 worst chooses among the slices of a column/],
    [
      "{metric: f1, slice: country, worst: yes, at-least: 1}",
      '17:45 "yes" is not true or false. Write worst: true, or leave it out.',
    ],
    [
      "{metric: f1, noise: 1, at-least: 1}",
      "17:29 This key has an effect only beside reported. Remove noise, or replace metric by reported.",
    ],
    ["{metric: f1, better: lower, at-least: 1}", /^17:30 This key has an effect only beside reported/],
    [
      "{reported: x, no-worse-than: 3}",
      /^17:9 noise is missing: without it nobody can say whether a change is one\. Add how far/,
    ],
    ["{reported: x, noise: -1, no-worse-than: 3}", /^17:30 -1 is not a number of 0 or more/],
    ["{reported: x, better: less, at-most: 3}", /^17:31 "less" is not lower or higher/],
    ["{reported: x, slice: country, at-most: 3}", "17:30 A reported number is one for all rows. Remove slice."],
  ])("is told what is wrong with %s", (gate, expected) => {
    expect(told(withGate(gate))).toEqual([typeof expected === "string" ? expected : expect.stringMatching(expected)]);
  });

  it.each([
    [
      "accuracy, no-worse-than: 5",
      "accuracy lies between 0 and 1, so no-worse-than: 5 can never fail. Write 0.05, or 5% for a share of the baseline's value.",
    ],
    [
      "accuracy, no-worse-than: 1",
      "accuracy lies between 0 and 1, so no-worse-than: 1 can never fail. Write 0.01, or 1% for a share of the baseline's value.",
    ],
    ["accuracy, no-worse-than: 500", /can never fail\. Write for example 0\.01, or 1%\.$/],
    [
      "accuracy, no-worse-than: 500%",
      "accuracy lies between 0 and 1, so no-worse-than: 500% can never fail. Write a smaller share of the baseline's value, such as 5%.",
    ],
    ["accuracy, no-worse-than: 100%", /can never fail/],
    ["accuracy, better-than: 2", /so better-than: 2 can never pass\. Write 0\.02, or 2% for/],
    ["roc_auc, at-least: 90", "roc_auc lies between 0 and 1, so at-least: 90 can never pass. Write 0.9."],
    ["roc_auc, at-least: -1", /so at-least: -1 can never fail\. Write a value that it can have\./],
    ["roc_auc, at-most: 90", /can never fail\. Write 0\.9\./],
    ["roc_auc, at-most: -0.5", /can never pass/],
    [
      "matthews_corrcoef, no-worse-than: 2",
      "matthews_corrcoef lies between -1 and 1, so no-worse-than: 2 can never fail. Write 0.02, or 2% for a share of the baseline's value.",
    ],
    ["log_loss, at-most: -1", /^log_loss is 0 or more, so at-most: -1 can never pass/],
    ["log_loss, better-than: 100%", /^log_loss is 0 or more, so better-than: 100% can never pass/],
  ])("that can never decide is a mistake: %s", (gate, expected) => {
    const text = having(command, {
      evaluate: "metrics: [accuracy, roc_auc, matthews_corrcoef, log_loss]",
      gates: [`{metric: ${gate}}`],
    });
    const [found = "", ...more] = told(text.replace("      - {metric: accuracy, no-worse-than: 0.01}\n", ""));
    expect(more).toEqual([]);
    expect(found).toMatch(/^15:\d+ /);
    expect(found.replace(/^\S+ /, "")).toEqual(typeof expected === "string" ? expected : expect.stringMatching(expected));
  });

  it.each([
    "accuracy, no-worse-than: 0.5",
    "accuracy, better-than: 300%",
    "roc_auc, at-least: 1",
    "roc_auc, at-least: 0",
    "matthews_corrcoef, no-worse-than: 1.5",
    "log_loss, no-worse-than: 7",
    "log_loss, no-worse-than: 500%",
    "log_loss, at-most: 90",
  ])("that may decide is none: %s", (gate) => {
    const text = having(command, {
      evaluate: "metrics: [accuracy, roc_auc, matthews_corrcoef, log_loss]",
      gates: [`{metric: ${gate}}`],
    });
    expect(told(text.replace("      - {metric: accuracy, no-worse-than: 0.01}\n", ""))).toEqual([]);
  });

  it("may have any limit on a score and on a reported number, whatever they are called", () => {
    expect(told(having(scored, { gates: ["{metric: grade, no-worse-than: 7}"] }))).toEqual([]);
    expect(told(having(scored.replace("grade", "accuracy"), { gates: ["{metric: accuracy, at-least: 90}"] }))).toEqual([]);
    expect(told(withGate("{reported: roc_auc, at-least: 90}"))).toEqual([]);
  });

  it("judges a reported number only where one is reported", () => {
    const gates = ["{reported: bytes, at-most: 4}"];
    expect(told(having(command, { gates }))).toEqual([
      "15:20 The training command reports no numbers: train.outputs.metrics is missing. Add outputs: {metrics: metrics.json} to train.",
    ]);
    expect(told(`${recipe}    gates: [{reported: loss, at-most: 4}]\n`)).toEqual([]);
  });
});

describe("the name of a gate", () => {
  it.each([
    ["{metric: recall, slice: country, at-least: 0.1}", "recall[country].at-least"],
    ["{metric: recall, slice: {country: BR}, at-least: 0.1}", "recall[country=BR].at-least"],
    ["{metric: {recall_at_fpr: 0.010}, at-least: 0.1}", "recall_at_fpr=0.01.at-least"],
    ["{reported: bytes, at-most: 1}", "bytes.at-most"],
  ])("is in its model once: %s", (gate, name) => {
    const text = withGate(gate);
    expect(onlyModel(text).gates.map(nameOfGate)).toEqual(["accuracy.no-worse-than", name]);
    expect(told(having(text, { gates: [gate] }))).toEqual([`18:9 There is already a gate ${name} on line 17. Keep one of them.`]);
  });

  it("is one for a metric and for a reported number of that name", () => {
    expect(told(withGate("{reported: accuracy, noise: 1, no-worse-than: 1}"))).toEqual([
      "17:9 There is already a gate accuracy.no-worse-than on line 16. Keep one of them.",
    ]);
  });

  it("tells slices and all rows apart", () => {
    const gates = [
      "{metric: accuracy, slice: country, no-worse-than: 0.1}",
      "{metric: accuracy, slice: {country: BR}, no-worse-than: 0.1}",
    ];
    expect(onlyModel(having(sliced, { gates })).gates).toHaveLength(3);
  });
});
