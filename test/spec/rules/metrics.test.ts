import { describe, expect, it } from "vitest";
import { command, having, onlyModel, recipe, scored, told } from "../assay-yml.ts";

const metricsOf = (metrics: string, gates: readonly string[] = []) =>
  onlyModel(having(command, { evaluate: `metrics: ${metrics}`, gates })).evaluate.metrics;

describe("a metric that takes a number", () => {
  it.each([
    ["[{recall_at_fpr: 0.01}]", "recall_at_fpr=0.01"],
    ["[recall_at_fpr: 0.01]", "recall_at_fpr=0.01"],
    ["[recall_at_fpr=0.01]", "recall_at_fpr=0.01"],
    ["[recall_at_fpr=1e-2, {recall_at_fpr: 0.010}]", "recall_at_fpr=0.01"],
    ["[{precision_at_k: 100}]", "precision_at_k=100"],
    ["[expected_calibration_error]", "expected_calibration_error"],
    ["[expected_calibration_error: 10]", "expected_calibration_error"],
    ["[expected_calibration_error: 15]", "expected_calibration_error=15"],
  ])("is one text, however it is written: %s", (written, metric) => {
    expect(metricsOf(written)).toEqual([metric, "accuracy"]);
  });

  it("may be named without it by a gate and as the primary metric where only one is declared", () => {
    const model = onlyModel(
      having(command, {
        evaluate: "metrics: [accuracy, recall_at_fpr: 0.01]\n      primary: recall_at_fpr",
        gates: ["{metric: recall_at_fpr, no-worse-than: 0.02}"],
      }),
    );
    expect(model.gates[1]).toMatchObject({ metric: "recall_at_fpr=0.01" });
    expect(model.evaluate).toMatchObject({ primary: "recall_at_fpr=0.01", metrics: ["accuracy", "recall_at_fpr=0.01"] });
  });

  it("may be named by a gate alone", () => {
    expect(metricsOf("[accuracy]", ["{metric: {precision_at_k: 50}, at-least: 0.5}"])).toEqual(["accuracy", "precision_at_k=50"]);
  });

  it.each([
    [
      "[recall_at_fpr]",
      "9:17 recall_at_fpr needs its highest false positive rate, a number from 0.000001 to 0.999999. Write {recall_at_fpr: 0.01}.",
    ],
    [
      "[recall_at_fpr: 5]",
      "9:17 5 is not a number from 0.000001 to 0.999999, as the highest false positive rate of recall_at_fpr has to be. Write {recall_at_fpr: 0.01}.",
    ],
    ["[recall_at_fpr=x]", /^9:17 x is not a number from 0\.000001/],
    [
      "[precision_at_k: 1.5]",
      "9:17 1.5 is not a whole number from 1 to 1000000000, as the rows with the highest scores of precision_at_k has to be. Write {precision_at_k: 100}.",
    ],
    ["[accuracy: 1]", "9:17 accuracy takes no number. Write accuracy."],
    ["[recall_at_fpr: high]", '9:32 "high" is not a number. Write for example 0.01.'],
    [
      "[{recall_at_fpr: 0.1, precision_at_k: 5}]",
      "9:17 A metric with its argument is one name and one number. Write {recall_at_fpr: 0.01}.",
    ],
    ["[recal_at_fpr: 0.1]", '9:17 "recal_at_fpr" is not a metric. Did you mean recall_at_fpr?'],
    ["[7]", "9:17 7 is not a metric. Write accuracy, or {recall_at_fpr: 0.01} for one that takes a number."],
  ])("is told what is wrong with %s", (metrics, expected) => {
    const found = told(having(command, { evaluate: `metrics: ${metrics}` }));
    expect(found).toEqual([typeof expected === "string" ? expected : expect.stringMatching(expected)]);
  });

  it("is told where a gate could mean several", () => {
    const evaluate = "metrics: [recall_at_fpr: 0.01, recall_at_fpr: 0.05]";
    expect(told(having(command, { evaluate, gates: ["{metric: recall_at_fpr, at-least: 0.5}"] }))).toEqual([
      "16:18 evaluate.metrics has recall_at_fpr=0.01 and recall_at_fpr=0.05; this may be any of them. Write for example recall_at_fpr=0.01.",
    ]);
  });
});

describe("metrics of a task", () => {
  it("are suggested among those of the task first", () => {
    expect(told(recipe.replace("target: species}", "target: species, metrics: [auc]}"))).toEqual([
      expect.stringMatching(/"auc" is not a metric\. Did you mean roc_auc_ovr\?/),
    ]);
  });

  it("have usual ones in multilabel tasks", () => {
    const text = command
      .replace("binary", "multilabel")
      .replace('      positive: "1"\n', "")
      .replace("{onnx: model.onnx}", '{run: "p {model} {data} {out}"}')
      .replace("run: python train.py", "run: python train.py\n      outputs: {model: m.bin}");
    expect(onlyModel(text).evaluate.metrics).toEqual(["accuracy", "f1_macro", "f1_micro", "hamming_loss"]);
  });
});

describe("the primary metric", () => {
  it.each([
    ["primary: accuracy", "accuracy"],
    ["primary: f1", "f1"],
  ])("is one of the metrics: %s", (evaluate, primary) => {
    expect(onlyModel(having(command, { evaluate })).evaluate.primary).toBe(primary);
  });

  it.each([
    ["primary: log_loss", /^9:16 log_loss is not among the model's metrics\. Write one of accuracy, balanced_accuracy/],
    ["metrics: [roc_auc]\n      primary: f1", /^10:16 f1 is not among the model's metrics\. Add it to evaluate\.metrics\./],
    ["primary: acuracy", '9:16 "acuracy" is not a metric. Did you mean accuracy?'],
    ["primary: recall_at_fpr", /^9:16 recall_at_fpr needs its highest false positive rate/],
    ["primary: rmse", '9:16 "rmse" is not a metric. Did you mean root_mean_squared_error?'],
  ])("is told what is wrong with %s", (evaluate, expected) => {
    const found = told(having(command, { evaluate }));
    expect(found).toEqual([typeof expected === "string" ? expected : expect.stringMatching(expected)]);
  });
});

describe("scores", () => {
  it("are metrics by their column's name, with less better where it is said", () => {
    expect(onlyModel(scored).evaluate).toMatchObject({
      target: undefined,
      metrics: ["exact_match", "grade", "latency"],
      lowerIsBetter: ["latency"],
      predict: { kind: "command" },
    });
  });

  it("may be called anything, as a metric or with = in it", () => {
    const text = scored
      .replace("grade", '"acc=norm, all", accuracy')
      .replace("{metric: exact", '{metric: "acc=norm, all", at-least: 0.5}\n      - {metric: exact');
    expect(onlyModel(text).evaluate.metrics).toEqual(["exact_match", "acc=norm, all", "accuracy", "latency"]);
    expect(onlyModel(text).gates[0]?.metric).toBe("acc=norm, all");
  });

  it.each([
    [
      scored.replace("{metric: exact_match", "{metric: exact_mach"),
      '14:18 "exact_mach" is not among evaluate.metrics. Did you mean exact_match?',
    ],
    [
      scored.replace("{metric: exact_match", "{metric: f1"),
      '14:18 "f1" is not among evaluate.metrics. Write one of exact_match, grade, latency.',
    ],
    [scored.replace("[latency]", "[latncy]"), '12:25 "latncy" is not among evaluate.metrics. Did you mean latency?'],
    [
      having(scored, { evaluate: "primary: score" }),
      '9:16 "score" is not among evaluate.metrics. Write one of exact_match, grade, latency.',
    ],
    [
      scored.replace("grade,", "{grade: 1},"),
      "11:30 The metrics of a scored task are names of score columns. Write the name alone.",
    ],
    [
      scored.replace("      metrics: [exact_match, grade, latency]\n      lower-is-better: [latency]\n", ""),
      "8:5 metrics is missing: a scored task names its scores. Write metrics: [the names of score columns].",
    ],
    [
      having(command, { evaluate: "lower-is-better: [accuracy]" }),
      /^9:24 Which way is better is known of the metrics of binary tasks\. Remove lower-is-better\./,
    ],
  ])("are told what is wrong: %#", (text, expected) => {
    expect(told(text)).toEqual([typeof expected === "string" ? expected : expect.stringMatching(expected)]);
  });

  it("are not taken for unknown metrics where the task is misspelt", () => {
    expect(told(scored.replace("task: scored", "task: scoerd"))).toEqual(['4:11 "scoerd" is not a task. Did you mean scored?']);
  });
});
