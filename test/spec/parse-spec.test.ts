import { describe, expect, it } from "vitest";
import { trainingInputs } from "../../src/plan/training-inputs.ts";
import { command, mistakes, onlyModel, parse, recipe, told } from "./assay-yml.ts";

describe("a file that is right", () => {
  it("may leave the comment and the check to the app", () => {
    expect(parse(`writer: app\n${command}`).writer).toBe("app");
    expect(parse(`app: assay-acme\n${command}`).app).toBe("assay-acme");
    expect(told(`app: github-actions\n${command}`)).toEqual([expect.stringMatching(/Every workflow writes as github-actions/)]);
    expect(told(`app: assay[bot]\n${command}`)).toEqual([expect.stringMatching(/Write for example assay-acme/)]);
    expect(told(`writer: bot\n${command}`)).toEqual([expect.stringMatching(/^1:9 .*Write action or app\./)]);
  });

  it("has the defaults filled in for a command", () => {
    const model = onlyModel(command);
    expect(parse(command)).toMatchObject({ path: "assay.yml", baseline: "base", writer: "action", onInconclusive: "block" });
    expect(model).toMatchObject({
      name: "fraud",
      position: { file: "assay.yml", line: 3, column: 3 },
      owners: [],
      train: {
        trainer: { kind: "command", run: "python train.py" },
        setup: [],
        workingDirectory: ".",
        inputs: { code: undefined, data: ["data/train.csv"], params: [], environment: [] },
        outputs: { model: "model.onnx", metrics: undefined },
        runner: ["ubuntu-latest"],
        gpus: undefined,
        gpuMemory: undefined,
        timeoutMinutes: 360,
        seeds: [1],
        env: [],
      },
      evaluate: {
        id: undefined,
        positive: "1",
        classes: undefined,
        predict: { kind: "onnx", path: "model.onnx", features: undefined },
      },
      data: { unpinned: "fail" },
      gates: [{ position: { file: "assay.yml", line: 14, column: 9 }, metric: "accuracy", kind: "no-worse-than", margin: 0.01 }],
    });
    expect(model.evaluate.metrics).toEqual(["accuracy", "balanced_accuracy", "f1", "roc_auc"]);
  });

  it("has the defaults filled in for a recipe", () => {
    const model = onlyModel(recipe);
    expect(model.train.inputs.data).toEqual(["data/penguins.csv"]);
    expect(model.evaluate).toMatchObject({ predict: { kind: "tfjs" }, metrics: ["accuracy", "balanced_accuracy", "f1_macro"] });
    expect(model.train.trainer).toEqual({
      kind: "tfjs",
      backend: "auto",
      how: {
        recipe: {
          data: "data/penguins.csv",
          target: "species",
          features: { numeric: ["bill_length_mm"], categorical: ["island"] },
          missing: { numeric: "median", categorical: "most-frequent" },
          layers: [],
          optimizer: { kind: "adam", learningRate: 0.01 },
          batchSize: 32,
          epochs: 50,
          earlyStopping: undefined,
          validation: 0,
          seed: 1,
        },
      },
    });
  });

  it("keeps what is written", () => {
    const model = onlyModel(`
version: 1
on-inconclusive: allow
models:
  risk/fraud:
    task: binary
    owners: ["@acme/risk", "@octocat"]
    train:
      trainer: tfjs
      module: src/train.js
      backend: wasm
      setup: [npm ci]
      working-directory: ./models/fraud/
      inputs:
        code: [src/**]
        data: [data/train.parquet.dvc]
        params: [grid.json, params.yaml: [train.lr, train.depth]]
        environment: [package-lock.json]
      runner: [self-hosted, gpu]
      timeout: 1h30m
      seeds: [3]
      env: [HF_TOKEN]
    evaluate:
      data: data/test.parquet.dvc
      id: transaction
      target: is_fraud
      positive: 1
      classes: [0, 1]
      predict: {run: "node score.js {model} {data} {out}"}
      metrics: [roc_auc]
    data: {pull: make data, unpinned: train}
    gates: [{metric: recall, at-least: 0.5}, {metric: log_loss, at-most: 0.4}, {metric: roc_auc, better-than: 0}]
`);
    expect(model).toMatchObject({
      name: "risk/fraud",
      owners: ["@acme/risk", "@octocat"],
      train: {
        trainer: { kind: "tfjs", backend: "wasm", how: { module: "src/train.js" } },
        workingDirectory: "models/fraud",
        inputs: {
          code: ["src/**"],
          params: [
            { path: "grid.json", keys: undefined },
            { path: "params.yaml", keys: ["train.lr", "train.depth"] },
          ],
        },
        runner: ["self-hosted", "gpu"],
        timeoutMinutes: 90,
        seeds: [3],
        env: ["HF_TOKEN"],
      },
      evaluate: {
        positive: "1",
        classes: ["0", "1"],
        predict: { kind: "command", run: "node score.js {model} {data} {out}" },
        metrics: ["roc_auc", "recall", "log_loss"],
      },
      data: { pull: { kind: "command", run: "make data" }, unpinned: "train" },
      gates: [
        { kind: "at-least", limit: 0.5 },
        { kind: "at-most", limit: 0.4 },
        { kind: "better-than", margin: 0 },
      ],
    });
  });

  it.each(["dvc", "lfs"])("knows how data comes by %s", (kind) => {
    const text = command.replace("train:", `data: {pull: ${kind}}\n    train:`);
    expect(onlyModel(text)?.data.pull).toEqual({ kind });
  });

  it("may repeat itself by anchors", () => {
    const text = command.replace("train:", "train: &train").concat(`  other:
    task: regression
    train: *train
    evaluate: {data: data/other.csv, target: amount, predict: {onnx: model.onnx}}
`);
    expect(parse(text).models.get("other")?.train).toEqual(parse(text).models.get("fraud")?.train);
  });

  it.each([
    ["45m", 45],
    ["6h", 360],
    ["1h30m", 90],
    ["5d", 7200],
    ["1d2h3m", 1563],
    ["90s", 1.5],
    ["1m30s", 1.5],
  ])("reads the timeout %s", (timeout, minutes) => {
    expect(onlyModel(command.replace("inputs:", `timeout: ${timeout}\n      inputs:`)).train.timeoutMinutes).toBe(minutes);
  });
});

describe("the GPUs of a training", () => {
  const withTrain = (lines: string) => command.replace("run:", `${lines}\n      run:`);

  it.each([
    ["24GiB", 24_576],
    ["0.5GiB", 512],
    ["512MiB", 512],
  ])("need %s of memory each", (written, mebibytes) => {
    expect(onlyModel(withTrain(`gpus: 2\n      gpu-memory: ${written}`)).train).toMatchObject({ gpus: 2, gpuMemory: mebibytes });
  });

  it.each(["24", "24 GiB", "24GB", "0GiB", "-1GiB", "2000GiB"])("cannot need %s", (written) => {
    expect(told(withTrain(`gpus: 1\n      gpu-memory: "${written}"`))).toEqual([
      `7:19 ${JSON.stringify(written)} is not an amount of memory in MiB or GiB, at most 1,024 GiB. Write for example 24GiB or 512MiB.`,
    ]);
  });

  it("are counted, and their memory is not declared without them", () => {
    expect(told(withTrain("gpus: 0"))).toEqual(["6:13 0 is not a whole number from 1 to 64. Write one that is."]);
    expect(told(withTrain("gpu-memory: 1GiB"))).toEqual([
      "6:19 Memory is of GPUs, and gpus is not there. Write gpus: 1 beside it.",
    ]);
  });

  it("are no reason to train again", () => {
    expect(trainingInputs(onlyModel(withTrain("gpus: 2\n      gpu-memory: 8GiB")))).toEqual(trainingInputs(onlyModel(command)));
  });
});

describe("retention", () => {
  const withRetention = (text: string) => command.replace("models:", `retention: ${text}\nmodels:`);

  it("is an age in days, and for ever where nothing is said", () => {
    expect(parse(command).retention).toBeUndefined();
    expect(parse(withRetention("{store: 180d}")).retention).toEqual({ storeDays: 180 });
    for (const wrong of ["{}", "{store: 180}", "{store: 0d}", "{store: 4000d}", "{releases: 1d, store: 9d}", "180d"])
      expect(() => parse(withRetention(wrong)), wrong).toThrow(/retention/);
  });
});

describe("the budget of a pull request", () => {
  const withBudget = (text: string) => command.replace("models:", `budget: ${text}\nmodels:`);

  it("is none, or a number of GPU-hours", () => {
    expect(parse(command).budget).toBeUndefined();
    expect(parse(withBudget("{gpu-hours: 7.5}")).budget).toEqual({ gpuHours: 7.5 });
    expect(parse(withBudget("{gpu-hours: 0}")).budget).toEqual({ gpuHours: 0 });
  });

  it.each([
    ["8", "2:9 8 is not a map of what may be used. Write {gpu-hours: 8}."],
    ["{gpu-hours: -1}", "2:21 -1 is not a number of 0 or more. Write one that is."],
    ["{}", "2:1 gpu-hours is missing; it has to be a number of 0 or more. Write one that is."],
  ])("is told what is wrong with %s", (written, message) => {
    expect(told(withBudget(written))).toEqual([message]);
  });
});

describe("the time of training", () => {
  const withTrain = (text: string) => command.replace("run:", `${text}\n      run:`);

  it("is every push, or a label", () => {
    expect(onlyModel(command).train.when).toBe("push");
    expect(onlyModel(withTrain("when: push")).train.when).toBe("push");
    expect(onlyModel(withTrain("when: {label: train on GPU}")).train.when).toEqual({ label: "train on GPU" });
  });

  it("is no reason to train again", () => {
    expect(trainingInputs(onlyModel(withTrain("when: {label: train}")))).toEqual(trainingInputs(onlyModel(command)));
  });

  it.each([
    [
      "command",
      /^6:13 "command" is not supported yet\. Commands in comments need Assay's app\. Write push, or \{label: train\}\.$/,
    ],
    ["pull", /^6:13 "pull" is not push or a label\. /],
    ["{label: ''}", /^6:21 "" is not the name of a label\. /],
    ["{labels: train}", /^6:13 a map is not push or a label\. Write push, or \{label: train\}\.$/],
  ])("is told what is wrong with %s", (written, message) => {
    expect(told(withTrain(`when: ${written}`))).toEqual([expect.stringMatching(message)]);
  });
});

describe("a file that is wrong", () => {
  it("is told all its mistakes at once, each at its place with a fix", () => {
    const text = `version: 1
models:
  fraud:
    task: binry
    train:
      run: python train.py
      timout: 6h
      env: [GITHUB_TOKEN]
    evaluate:
      data: ../test.csv
      target: is_fraud
      predict: {onnx: model.onnx}
    gates:
      - {metric: acuracy, no-worse-than: -1}
`;
    expect(told(text)).toEqual([
      '4:11 "binry" is not a task. Did you mean binary?',
      '7:7 "timout" is not a key that is known here. Did you mean timeout?',
      expect.stringMatching(
        /^8:13 "GITHUB_TOKEN" is not the name of an environment variable that may be passed on\. Write a name such as/,
      ),
      expect.stringMatching(
        /^10:13 "\.\.\/test\.csv" is not a path below the working directory.* Write for example data\/test\.csv/,
      ),
      '14:18 "acuracy" is not a metric. Did you mean accuracy?',
      "14:42 -1 is not a number of 0 or more. Write one that is.",
    ]);
    expect(mistakes(text).map(({ path }) => path)).toEqual([
      "models.fraud.task",
      "models.fraud.train.timout",
      "models.fraud.train.env[0]",
      "models.fraud.evaluate.data",
      "models.fraud.gates[0].metric",
      "models.fraud.gates[0].no-worse-than",
    ]);
  });

  it("is told what is missing at the key that lacks it", () => {
    expect(told("version: 1\nmodels:\n  a: {}\n")).toEqual([
      "3:3 task is missing; it has to be a task. Write one of binary, multiclass, multilabel, regression, scored.",
      "3:3 train is missing; it has to be a map that says how the model is trained. Write {run: python train.py}.",
      "3:3 evaluate is missing; it has to be a map that says how the model is evaluated. Write {data: data/test.csv, target: label}.",
    ]);
    expect(told("")).toEqual(["1:1 nothing is not a map with version and models. Write version: 1 and models: below it."]);
  });

  it.each([
    ["rmse", "root_mean_squared_error"],
    ["MAE", "mean_absolute_error"],
    ["mse", "mean_squared_error"],
    ["auc", "roc_auc"],
    ["roc-auc-score", "roc_auc"],
    ["mcc", "matthews_corrcoef"],
    ["r2_score", "r2"],
    ["f1_score", "f1"],
    ["logloss", "log_loss"],
    ["ECE", "expected_calibration_error"],
    ["cohen_kappa_score", "cohen_kappa"],
    ["quantile loss", "mean_pinball_loss"],
    ["constructor", undefined],
  ])("knows what else a metric is called: %s", (name, metric) => {
    const [mistake = ""] = told(command.replace("metric: accuracy", `metric: ${name}`));
    const fix = metric === undefined ? "Write one of accuracy, " : `Did you mean ${metric}?`;
    expect(mistake).toMatch(`14:18 "${name}" is not a metric. ${fix}`);
  });

  it("is told the same below a model whose name is none", () => {
    const wrong = command.replace("task:", "tusk:").replace("data: [data/train.csv]", "dta: []");
    for (const name of ["frau d", "my.model", "__proto__"]) {
      const [ofName, ...others] = told(wrong.replace("fraud:", `${name}:`));
      expect(ofName).toContain(`3:3 ${JSON.stringify(name)} is not a model's name`);
      expect(others).toEqual(told(wrong));
    }
  });

  it("has no model called __proto__", () => {
    expect(told(command.replace("fraud:", "__proto__:"))).toEqual([
      expect.stringMatching(/^3:3 "__proto__" is not a model's name/),
    ]);
  });

  it("is told how long a column's name may be, and what else it may not hold", () => {
    const called = (name: string) => told(command.replace("target: is_fraud", `target: "${name}"`));
    expect(called("x".repeat(200))).toEqual([]);
    expect(called("x".repeat(201))).toEqual([
      expect.stringMatching(/x…? is not the name of a column of at most 200 characters\. Shorten it\.$/),
    ]);
    expect(called("")).toEqual(['10:15 "" is not the name of a column. Write for example customer_id.']);
  });

  it("says that there are more mistakes than it shows", () => {
    const keys = (count: number) => command + Array.from({ length: count }, (_, index) => `    odd_${index}: 1\n`).join("");
    expect(told(keys(100))).toHaveLength(100);
    expect(told(keys(100)).at(-1)).toMatch(/odd_99/);
    expect(told(keys(500)).slice(99)).toEqual([expect.stringMatching(/odd_99/), "115:5 And more: mend these first."]);
    const gates = command + "      - {metric: 7}\n".repeat(60);
    expect(told(gates).slice(99)).toEqual([expect.stringMatching(/^64:18/), "65:9 And more: mend these first."]);
    expect(told(command + "fraud: 1\n".repeat(30)).slice(19)).toEqual([
      expect.stringMatching(/written twice/),
      "36:1 And more: mend these first.",
    ]);
  });

  it("is told of a misspelt key once, not of the missing one as well", () => {
    expect(told(command.replace("task:", "taks:"))).toEqual(['4:5 "taks" is not a key that is known here. Did you mean task?']);
    expect(told(command.replace("no-worse-than", "no_worse_then"))).toEqual([
      '14:28 "no_worse_then" is not a key that is known here. Did you mean no-worse-than?',
    ]);
  });

  it("is told the known keys where none is near", () => {
    expect(told(`${command}zebra: 1\n`)).toEqual([
      '15:1 "zebra" is not a key that is known here. Known here: version, baseline, writer, app, on-inconclusive, budget, retention, models.',
    ]);
  });

  it.each([
    ["models: []\nversion: 1", "1:9 an empty list is not a map of models by name. Write models: and a name below it."],
    ["models: {}\nversion: 1", "1:9 There is no model. Add one."],
    [command.replace("version: 1", 'version: "1"'), '1:10 "1" is not the version of this format. Write version: 1.'],
    [command.replace("fraud:", "fraud=v1:"), /^3:3 "fraud=v1" is not a model's name of at most 100 letters/],
    [command.replace("fraud:", "risk//fraud:"), /^3:3 "risk\/\/fraud" is not a model's name/],
    [command.replace("data/test.csv", "/etc/passwd"), /^9:13 "\/etc\/passwd" is not a path below/],
    [command.replace("data/test.csv", "data/../../x"), /^9:13 .* is not a path below/],
    [command.replace("data/test.csv", "C:/x.csv"), /^9:13 .* is not a path below/],
    [command.replace("data/test.csv", "data\\test.csv"), /^9:13 .* is not a path below/],
    [
      command
        .replace("predict: {onnx: model.onnx}", "predict: {run: python predict.py}")
        .replace("inputs:", "outputs: {model: m.bin}\n      inputs:"),
      /^13:22 "python predict.py" is not a command with \{model\}, \{data\} and \{out\} in it/,
    ],
    [
      command.replace("{onnx: model.onnx}", "{}"),
      "12:7 One of onnx, run is missing. Write {onnx: model.onnx} or {run: a command}.",
    ],
    [
      command.replace("no-worse-than: 0.01", "no-worse-than: 0.01, at-least: 1"),
      /^14:\d+ Only one of no-worse-than, better-than, at-least, at-most can be used; found no-worse-than and at-least/,
    ],
    [command.replace("no-worse-than: 0.01", "at-least: .nan"), "14:38 NaN is not a number. Write for example 0.8."],
    [
      command.replace("accuracy,", "mean_absolute_error,"),
      /^14:18 mean_absolute_error is a metric of regression tasks, and this task is binary\. Write one of .*accuracy/,
    ],
    [
      `${command}      - {metric: accuracy, no-worse-than: 0.02}\n`,
      "15:9 There is already a gate accuracy.no-worse-than on line 14. Keep one of them.",
    ],
    [
      command.replace('      positive: "1"\n', "").replace("accuracy,", "roc_auc,"),
      /^8:5 positive is missing, and roc_auc needs it\. Add the label/,
    ],
    [command.replace("task: binary", "task: multiclass"), "11:17 A multiclass task has no positive label. Remove positive."],
    [
      command.replace('positive: "1"', 'positive: "1"\n      classes: [no, yes]'),
      '11:17 "1" is not among the classes no, yes. Write one of them.',
    ],
    [
      command.replace('positive: "1"', 'positive: "1"\n      classes: ["1", "0", "2"]'),
      /^12:16 A binary task has 2 classes, not 3/,
    ],
    [command.replace("      predict: {onnx: model.onnx}\n", ""), /^8:5 predict is missing/],
    [command.replace("{onnx: model.onnx}", '{run: "p {model} {data} {out}"}'), /^5:5 outputs\.model is missing/],
    [command.replace("run: python", "trainer: tfjs\n      run: python"), /^6:16 Only one of run, trainer can be used/],
    [command.replace("run: python", "backend: wasm\n      run: python"), /^6:16 This key has an effect only with trainer: tfjs/],
    [
      recipe.replace("trainer: tfjs", "trainer: tfjs\n      outputs: {model: m}"),
      "7:16 The tfjs trainer knows what it writes. Remove outputs.",
    ],
    [recipe.replace("[bill_length_mm]", "[species]"), '10:30 The column "species" is the target. Remove it here.'],
    [recipe.replace("[island]", "[bill_length_mm]"), '10:61 The column "bill_length_mm" is named twice. Remove it here.'],
    [recipe.replace("{numeric: [bill_length_mm], categorical: [island]}", "{}"), /^10:19 The recipe has no feature/],
    [
      recipe.replace("target: species\n        f", "target: species\n        early-stopping: {patience: 3}\n        f"),
      /^10:25 Early stopping watches the validation loss/,
    ],
    [
      recipe.replace("target: species\n        f", "target: species\n        layers: [{dense: 3, dropout: 0.1}]\n        f"),
      /^10:38 Only one of dense, dropout/,
    ],
    [
      recipe.replace("target: species\n        f", "target: species\n        optimizer: {adam: 0.1, sgd: 1}\n        f"),
      /^10:37 Only one of adam, sgd, rmsprop/,
    ],
    [
      recipe
        .replace("target: species\n        f", "target: species\n        seed: 3\n        f")
        .replace("trainer: tfjs", "trainer: tfjs\n      seeds: [4]"),
      /^11:15 The seed is 3 here and 4 in train.seeds/,
    ],
  ])("is told what is wrong and what to write: %#", (text, expected) => {
    expect(told(text)).toEqual([typeof expected === "string" ? expected : expect.stringMatching(expected)]);
  });

  it.each(["6 hours", "6", "0m", "0s", "5d1m", "5d1s", "1.5h", "-1h", "h"])("does not take %s for a timeout", (timeout) => {
    expect(told(command.replace("inputs:", `timeout: "${timeout}"\n      inputs:`))).toEqual([
      `7:16 ${JSON.stringify(timeout)} is not a duration between 1 second and 5 days. Write for example 90m, 6h or 1h30m.`,
    ]);
  });

  it.each([
    "GITHUB_TOKEN",
    "github_sha",
    "RUNNER_TRACKING_ID",
    "ACTIONS_RUNTIME_TOKEN",
    "INPUT_TOKEN",
    "ASSAY_MODEL",
    "1A",
    "A-B",
    "A=B",
    "",
  ])("does not pass on the environment variable %s", (name) => {
    expect(told(command.replace("inputs:", `env: ["${name}"]\n      inputs:`))).toHaveLength(1);
  });

  it.each(["octocat", "@", "@-a", "@a/b/c", "@a b", "@a/"])("does not take %s for an owner", (name) => {
    expect(told(command.replace("task:", `owners: ["${name}"]\n    task:`))).toHaveLength(1);
  });

  it("may not list more globs than the limit", () => {
    const globs = Array.from({ length: 201 }, (_, index) => `d${index}/**`);
    expect(told(command.replace("[data/train.csv]", `[${globs.join(", ")}]`))).toEqual([
      "7:22 a list is not a list of at most 200 paths or globs. Shorten it; a glob can stand for many paths.",
    ]);
  });
});

describe("what is designed and not built", () => {
  it.each([
    ["baseline: stage:production", "1:11"],
    ["baseline: v1.4.0", "1:11"],
  ])("says of %s that it is not supported yet", (line, at) => {
    expect(told(`${line}\n${command}`)).toEqual([expect.stringMatching(new RegExp(`^${at} .* is not supported yet\\.`))]);
  });

  it.each(["when: command", "container: python:3.12", "outputs: {predictions: p.csv}"])(
    "says of train's %s that it is not supported yet",
    (line) => {
      expect(told(command.replace("run:", `${line}\n      run:`))).toEqual([expect.stringContaining("is not supported yet.")]);
    },
  );

  it("says of evaluate's sensitive: [age] that it is not supported yet", () => {
    expect(told(command.replace("target:", "sensitive: [age]\n      target:"))).toEqual([
      expect.stringContaining("is not supported yet."),
    ]);
  });

  it("takes the presets of drift that go by a profile", () => {
    for (const preset of ["assay", "psi-deciles"])
      expect(told(command.replace("train:", `drift: {preset: ${preset}}\n    train:`))).toEqual([]);
  });

  it("takes an embedding's columns by how their names begin or as a list, by preset assay alone", () => {
    const drift = (written: string) => command.replace("train:", `drift: ${written}\n    train:`);
    const embeddings = "embeddings: {review: e_, title: [t1, t2]}";
    expect(onlyModel(drift(`{${embeddings}}`)).drift?.embeddings).toEqual({ review: "e_", title: ["t1", "t2"] });
    expect(told(drift(`{preset: psi-deciles, ${embeddings}}`))).toEqual([
      expect.stringMatching(/Preset "psi-deciles" looks at the columns of an embedding one by one/),
    ]);
    expect(told(drift("{embeddings: {review: 3}}"))).toEqual([
      expect.stringMatching(/how the names of columns begin, or a list of them/),
    ]);
  });

  it("says of drift's preset that another one is not supported yet, and where it is", () => {
    const said = told(command.replace("train:", "drift: {preset: evidently-0.7}\n    train:"));
    expect(said).toEqual([
      expect.stringMatching(/"evidently-0\.7" is not supported yet\. Only the baseline's profile is kept.*assay drift --preset/),
    ]);
  });
});
