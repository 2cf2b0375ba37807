import { describe, expect, it } from "vitest";
import { applyLaw, compareLaws, trainingsOf } from "../../src/spec/law.ts";
import { dataFile, inRepository } from "../../src/spec/paths.ts";
import { command, having, onlyModel, parse, recipe, scored } from "./assay-yml.ts";

const changes = (head: string, base = command) => compareLaws(parse(base), parse(head));
const owned = command.replace("task:", 'owners: ["@acme/risk"]\n    task:');

describe("the law in force", () => {
  it("takes what decides from base and what is run, and where, from the head", () => {
    const head = command
      .replace("python train.py", "python better.py")
      .replace("train.csv", "more.csv")
      .replace("test.csv", "easy.csv")
      .replace("is_fraud", "is_easy")
      .replace('"1"', '"0"')
      .replace("model.onnx", "better.onnx")
      .replace("0.01", "0.5");
    const law = applyLaw(onlyModel(owned), onlyModel(head));
    expect(law).toMatchObject({
      owners: ["@acme/risk"],
      task: "binary",
      train: { trainer: { run: "python better.py" }, inputs: { data: ["data/more.csv"] } },
      evaluate: { data: "data/easy.csv", target: "is_fraud", positive: "1", predict: { path: "better.onnx" } },
      gates: [{ metric: "accuracy", kind: "no-worse-than", margin: 0.01 }],
    });
  });

  it("keeps base's metrics and shows the head's as well", () => {
    const base = command.replace("target:", "metrics: [f1, accuracy]\n      target:");
    const head = command.replace("target:", "metrics: [log_loss]\n      target:");
    expect(applyLaw(onlyModel(base), onlyModel(head)).evaluate.metrics).toEqual(["f1", "accuracy", "log_loss"]);
  });

  it("leaves out metrics of the head that base's task does not have", () => {
    const head = recipe.replace("multiclass", "regression");
    expect(applyLaw(onlyModel(recipe), onlyModel(head)).evaluate.metrics).toEqual(["accuracy", "balanced_accuracy", "f1_macro"]);
  });

  it("takes from base who is grouped, weighed and sliced, the primary metric, the waivers and the promotion", () => {
    const waiver = '    waivers: [{gate: accuracy.no-worse-than, by: "@octocat", reason: why, until: 2026-12-31}]\n';
    const promote = "    promote: {stages: [live]}\n";
    const evaluate = "primary: f1\n      group: customer\n      weight: amount\n      slices: [country]";
    const [plain, designed] = [onlyModel(command), onlyModel(having(command, { evaluate }) + waiver + promote)];
    expect(applyLaw(designed, plain)).toMatchObject({
      waivers: designed.waivers,
      promote: designed.promote,
      evaluate: { primary: "f1", group: "customer", weight: "amount", slices: [{ column: "country", minRows: 50 }] },
    });
    expect(applyLaw(plain, designed)).toMatchObject({
      waivers: [],
      promote: undefined,
      evaluate: { primary: undefined, group: undefined, weight: undefined, slices: [] },
    });
  });

  it("shows the head's own scores, with the direction that the head says of them", () => {
    const head = scored
      .replace("[exact_match, grade, latency]", "[exact_match, cost, latency]")
      .replace("[latency]", "[cost, exact_match]");
    expect(applyLaw(onlyModel(scored), onlyModel(head)).evaluate).toMatchObject({
      metrics: ["exact_match", "grade", "latency", "cost"],
      lowerIsBetter: ["latency", "cost"],
    });
    expect(applyLaw(onlyModel(command), onlyModel(scored)).evaluate.metrics).toEqual(onlyModel(command).evaluate.metrics);
    expect(applyLaw(onlyModel(scored), onlyModel(command)).evaluate.metrics).toEqual(["exact_match", "grade", "latency"]);
  });

  it("points gates on slices at lines of their own", () => {
    const evaluate = "slices: [country]";
    const gates = [
      "{metric: accuracy, slice: country, no-worse-than: 0.1}",
      "{metric: accuracy, slice: {country: BR}, no-worse-than: 0.2}",
    ];
    const text = having(command, { evaluate, gates });
    const law = applyLaw(onlyModel(text), onlyModel(text.replace("version: 1", "# more\nversion: 1")));
    expect(law.gates.map(({ position }) => position.line)).toEqual([16, 17, 18]);
  });

  it("points a gate at its line in the head, or at the model where it was removed", () => {
    const moved = command.replace("version: 1", "# more\nversion: 1");
    expect(applyLaw(onlyModel(command), onlyModel(moved)).gates[0]?.position.line).toBe(15);
    const removed = command.slice(0, command.indexOf("    gates:"));
    expect(applyLaw(onlyModel(command), onlyModel(removed)).gates).toMatchObject([{ margin: 0.01, position: { line: 3 } }]);
  });
});

describe("rules of data", () => {
  const ruled = (...rules: string[]) => `${command}    data: {unpinned: train, rules: [${rules.join(", ")}]}\n`;

  it("are base's, and point at their line in the head or at the model", () => {
    const base = onlyModel(ruled("{column: amount, min: 0}", "{unique: [id]}"));
    const head = onlyModel(ruled("{column: amount, min: -5, severity: warn}").replace("version: 1", "# more\nversion: 1"));
    expect(applyLaw(base, head).data).toMatchObject({
      unpinned: "train",
      rules: [
        { kind: "min", bound: 0, severity: "error", position: { line: 16 } },
        { kind: "unique", position: { line: 4 } },
      ],
    });
  });

  it.each([
    ["{column: amount, max: 9}", "{column: amount, max: 99}", "rule amount.max: 9 → 99"],
    ["{column: amount, max: 9}", "{column: amount, max: 9, severity: warn}", "rule amount.max: 9 → 9 (warn)"],
    ["{column: a, missing: 1%}", "{column: a, missing: 0.07}", "rule a.missing: 1% → 7%"],
    ["{column: a, in: [x, y]}", "{column: a, in: [x, y, z]}", "rule a.in: x, y → x, y, z"],
    ["{column: a, matches: x+}", "{column: a, matches: x*}", "rule a.matches: x+ → x*"],
    ["{column: a, type: integer}", "{column: a, type: number}", "rule a.type: integer → number"],
    ["{rows: {at-least: 100}}", "{rows: {at-least: 1}}", "rule rows.at-least: 100 → 1"],
    ["{unique: [a]}", "{unique: [a], severity: warn}", "rule a.unique: every row → every row (warn)"],
    ["{fresh: {column: d, within: 1d}}", "{fresh: {column: d, within: 36h}}", "rule d.fresh: 1 days → 1.5 days"],
    [
      "{references: {column: a, table: b.csv, key: c}}",
      "{references: {column: a, table: d.csv, key: c}}",
      "rule a.references: c of b.csv → c of d.csv",
    ],
    ["{sql: a > b, name: x}", "{sql: a >= b, name: x}", "rule sql.x: a > b → a >= b"],
    ["{unique: [a]}", "{unique: [b]}", "rule removed: a.unique every row"],
    ["{unique: [a]}", "{unique: [a], table: data/test.csv}", "rule removed: a.unique every row"],
  ])("are told where %s becomes %s", (before, after, what) => {
    expect(changes(ruled(after), ruled(before))).toContainEqual({ model: "fraud", what });
  });
});

describe("the time of training", () => {
  it("is base's to choose", () => {
    const base = command.replace("run:", "when: {label: train}\n      run:");
    expect(applyLaw(onlyModel(base), onlyModel(command)).train.when).toEqual({ label: "train" });
    expect(applyLaw(onlyModel(command), onlyModel(base)).train.when).toBe("push");
  });
});

describe("retention", () => {
  it("is told", () => {
    const head = command.replace("models:", "retention: {store: 30d}\nmodels:");
    expect(changes(head)).toEqual([{ model: "", what: "how long the store keeps what is not needed: for ever → 30 days" }]);
  });
});

describe("the budget of a pull request", () => {
  const budget = (hours: number) => command.replace("models:", `budget: {gpu-hours: ${hours}}\nmodels:`);

  it("is told when it changes", () => {
    expect(changes(budget(99), budget(8))).toEqual([{ model: "", what: "GPU-hours of a pull request: 8 → 99" }]);
    expect(changes(command, budget(8))).toEqual([{ model: "", what: "GPU-hours of a pull request: 8 → any" }]);
  });
});

describe("what is looked for in training data", () => {
  const withDrift = (drift: string) => command.replace("train:", `drift: ${drift}\n    train:`);
  const withPublic = (columns: string) => command.replace("train:", `data: {public: [${columns}]}\n    train:`);

  it("is the base branch's", () => {
    const base = onlyModel(withDrift("{preset: assay, exclude: [id], max-drifted: 1}"));
    expect(applyLaw(base, onlyModel(command)).drift).toEqual({
      preset: "assay",
      exclude: ["id"],
      types: {},
      weights: {},
      embeddings: {},
      maxDrifted: 1,
    });
    expect(applyLaw(onlyModel(withPublic("country")), onlyModel(withPublic("name"))).data.public).toEqual(["country"]);
  });

  it.each([
    ["{}", "{exclude: [a]}", "drift: preset assay → preset assay, without a"],
    ["{}", "{preset: assay, max-drifted: 2}", "drift: preset assay → preset assay, 2 may drift"],
    ["{}", "{weights: {zip: 2}}", "drift: preset assay → preset assay, zip weighs 2"],
    [
      "{}",
      "{embeddings: {text: e_, more: [b, a]}}",
      "drift: preset assay → preset assay, more embedded by a, b, text embedded by e_…",
    ],
    ["{}", "{types: {zip: category}}", "drift: preset assay → preset assay, zip as category"],
  ])("is told when it changes from %s to %s", (before, after, what) => {
    expect(changes(withDrift(after), withDrift(before))).toEqual([{ model: "fraud", what }]);
  });

  it("is told when it is left out, and what of it may be shown", () => {
    expect(changes(command, withDrift("{}"))).toEqual([{ model: "fraud", what: "drift: preset assay → not looked for" }]);
    expect(changes(withPublic("a, b"), withPublic("a"))).toEqual([{ model: "fraud", what: "public columns: a → a, b" }]);
    expect(changes(withDrift("{max-drifted: 1}"), withDrift("{max-drifted: 1}\n    data: {public: [a]}"))).toHaveLength(1);
  });

  it("is told which faults a gate counts", () => {
    const gated = (severity: string) => `${command}      - {quality: ${severity}}\n`;
    expect(changes(gated("error"), gated("warn"))).toEqual([
      { model: "fraud", what: "gate quality at-most: 0 (errors and warnings) → 0 (errors)" },
    ]);
  });

  it("is told with the limit of the gate on it", () => {
    const gated = (drift: string) => `${withDrift(drift)}      - {drift: true}\n`;
    expect(changes(gated("{max-drifted: 3}"), gated("{}"))).toEqual([
      { model: "fraud", what: "drift: preset assay → preset assay, 3 may drift" },
      { model: "fraud", what: "gate drift at-most: 0 → 3" },
    ]);
  });
});

describe("seeds", () => {
  const seeds = (list: string) => command.replace("run: python train.py", `run: python train.py\n      seeds: [${list}]`);

  it("are law by their number, and the head's to choose", () => {
    const [base, head] = [onlyModel(seeds("1, 2, 3")), onlyModel(seeds("7"))];
    expect(trainingsOf(base)).toBe(3);
    expect(applyLaw(base, head).train.seeds).toEqual([7]);
    expect(changes(seeds("7"), seeds("1, 2, 3"))).toEqual([{ model: "fraud", what: "seeds: 1, 2, 3 → 7" }]);
    expect(changes(seeds("1, 2, 3, 4"), seeds("1, 2, 3"))).toHaveLength(1);
    expect(changes(seeds("4, 5, 6"), seeds("1, 2, 3"))).toEqual([]);
  });
});

describe("a change of the law", () => {
  it("is none when only paths and commands of training change", () => {
    expect(changes(command.replace("python train.py", "make").replace("train.csv", "other.csv"))).toEqual([]);
  });

  it.each([
    ["a limit", command.replace("0.01", "0.1"), "gate accuracy no-worse-than: 0.01 → 0.1"],
    ["a gate's kind", command.replace("no-worse-than: 0.01", "at-least: 0.5"), "gate removed: accuracy no-worse-than 0.01"],
    ["an added gate", `${command}      - {metric: f1, at-least: 0.5}\n`, "gate added: f1 at-least 0.5"],
    ["a limit on memory", `${command}      - {gpu-memory: {at-most: 20GiB}}\n`, "gate added: gpu-memory at-most 20 GiB"],
    ["when it is trained", command.replace("run:", "when: {label: train}\n      run:"), "when it is trained: push → label train"],
    ["the owners", owned, "owners: none → @acme/risk"],
    ["the test set", command.replace("test.csv", "easy.csv"), "test set: data/test.csv → data/easy.csv"],
    [
      "the working directory",
      command.replace("run:", "working-directory: models\n      run:"),
      "test set: data/test.csv → models/data/test.csv",
    ],
    ["the target", command.replace("is_fraud", "label"), "target: is_fraud → label"],
    ["the id", command.replace("target:", "id: row\n      target:"), "id: row number → row"],
    ["the positive label", command.replace('"1"', '"0"'), "positive: 1 → 0"],
    ["the classes", command.replace("target:", "classes: [0, 1]\n      target:"), "classes: none → 0, 1"],
    [
      "a metric",
      command.replace("target:", "metrics: [accuracy, f1, roc_auc, balanced_accuracy, log_loss]\n      target:"),
      "metric added: log_loss",
    ],
    ["the group", having(command, { evaluate: "group: customer" }), "group: none → customer"],
    ["the weight", having(command, { evaluate: "weight: amount" }), "weight: none → amount"],
    ["the primary metric", having(command, { evaluate: "primary: f1" }), "primary metric: none → f1"],
    ["a slice", having(command, { evaluate: "slices: [country]" }), "slice added: country of 50 rows or more"],
    ["a share", command.replace("0.01", "5%"), "gate accuracy no-worse-than: 0.01 → 5%"],
    ["a rule of data", `${command}    data: {rules: [{column: amount, min: 0}]}\n`, "rule added: amount.min 0"],
    ["a key", `${command}    data: {rules: [{unique: [a]}]}\n`, "rule added: a.unique every row"],
    [
      "a waiver",
      `${command}    waivers: [{gate: accuracy.no-worse-than, by: "@octocat", reason: New labels., until: 2026-12-31}]\n`,
      "waiver added: accuracy.no-worse-than until 2026-12-31 by @octocat: New labels.",
    ],
    [
      "promotion",
      `${command}    promote: {stages: [staging, production], approvals: {staging: 0}}\n`,
      "promotion: none → staging by 0, production by 1, not by the author",
    ],
    [
      "where promotions are shown",
      `${command}    promote: {mirrors: {mlflow: {url: "https://mlflow.localhost"}}}\n`,
      "promotion: none → production by 1, not by the author, shown on MLflow at https://mlflow.localhost as fraud by assay",
    ],
  ])("is told for %s", (_, head, what) => {
    expect(changes(head)).toContainEqual(expect.objectContaining({ model: "fraud", what }));
  });

  const designed = having(command.replace("run: python train.py", "run: python train.py\n      outputs: {metrics: m.json}"), {
    evaluate: "slices: [{column: country, min-rows: 80}]",
    gates: [
      "{metric: recall, slice: country, worst: true, no-worse-than: 5%}",
      "{metric: recall, slice: {country: BR}, at-least: 0.5}",
      "{reported: latency_ms, noise: 1, no-worse-than: 3}",
    ],
  });

  it.each([
    ["80", "100", "slice country: of 80 rows or more → of 100 rows or more"],
    ["5%", "7%", "gate recall[country] no-worse-than: 5% (worst slice shown) → 7% (worst slice shown)"],
    ["5%", "0.05", "gate recall[country] no-worse-than: 5% (worst slice shown) → 0.05 (worst slice shown)"],
    ["worst: true, ", "", "gate recall[country] no-worse-than: 5% (worst slice shown) → 5%"],
    ["0.5}", "0.4}", "gate recall[country=BR] at-least: 0.5 → 0.4"],
    ["BR", "US", "gate removed: recall[country=BR] at-least 0.5"],
    [
      "noise: 1",
      "noise: 2",
      "gate latency_ms no-worse-than: 3 (reported, lower is better, noise 1) → 3 (reported, lower is better, noise 2)",
    ],
    [
      "noise: 1",
      "better: higher, noise: 1",
      "gate latency_ms no-worse-than: 3 (reported, lower is better, noise 1) → 3 (reported, higher is better, noise 1)",
    ],
  ])("is told where a rule's %s becomes %s", (before, after, what) => {
    expect(changes(designed.replace(before, after), designed)).toContainEqual({ model: "fraud", what });
  });

  it("is told for scores of which less is better", () => {
    expect(changes(scored.replace("[latency]", "[latency, grade]"), scored)).toEqual([
      { model: "assistant", what: "lower is better: latency → grade, latency" },
    ]);
    expect(changes(scored.replace("lower-is-better: [latency]", "group: topic"), scored)).toEqual([
      { model: "assistant", what: "group: none → topic" },
      { model: "assistant", what: "lower is better: latency → none" },
    ]);
  });

  it("is told for the whole file and for models that come and go", () => {
    const head = command
      .replace("version: 1", "version: 1\nwriter: app\napp: assay-acme\non-inconclusive: allow")
      .replace("fraud:", "scam:");
    expect(changes(head)).toEqual([
      { model: "", what: "writer of comment and check: action → app" },
      { model: "", what: "app whose records promotions believe: none → assay-acme" },
      { model: "", what: "on-inconclusive: block → allow" },
      { model: "fraud", what: "model removed" },
      { model: "scam", what: "model added" },
    ]);
  });
});

describe("paths of a model", () => {
  it("are joined to its working directory", () => {
    const model = onlyModel(command.replace("run:", "working-directory: models/fraud\n      run:"));
    expect(inRepository(model, "data/test.csv")).toBe("models/fraud/data/test.csv");
    expect(inRepository(onlyModel(command), "./data//test.csv")).toBe("data/test.csv");
  });

  it("mean the data where they name a .dvc file", () => {
    expect(dataFile("data/x.parquet.dvc")).toBe("data/x.parquet");
    expect(dataFile("data/x.parquet")).toBe("data/x.parquet");
  });
});
