import { describe, expect, it } from "vitest";
import { runStep } from "./step.ts";

const defaults = { issue: "true", "fail-on-drift": "false", current: "live.csv" };
const load = (inputs: Readonly<Record<string, string>>) => {
  const { stdout, status, commands } = runStep({
    code: `import { loadInputs } from "#/actions/drift/inputs.ts";
import { runAction } from "#/actions/runtime/run-action.ts";
const plain = (_, value) => (value instanceof Map ? Object.fromEntries(value) : value);
await runAction(async () => console.log(JSON.stringify(loadInputs(), plain)));`,
    inputs: { ...defaults, ...inputs },
  });
  return { status, message: commands.at(-1)?.message ?? "", loaded: () => JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "") };
};

const said = { model: "fraud", predictions: "said.csv", "predictions-reference": "v.csv", label: "y", prediction: "p" };

describe("inputs of the drift action", () => {
  it("are a model, whose name the issue has, with the table where it has several", () => {
    expect(load({ model: "fraud" }).loaded()).toEqual({
      ...{ reference: { model: "fraud" }, current: "live.csv", name: "fraud", issue: true, failOnDrift: false },
    });
    expect(load({ model: "fraud", reference: "data/a.csv", spec: "ml/assay.yml" }).loaded()).toMatchObject({
      reference: { model: "fraud", table: "data/a.csv", spec: "ml/assay.yml" },
      name: "fraud, data/a.csv",
    });
  });

  it("are a path with its settings, a list one a line", () => {
    const inputs = {
      ...{ reference: "train.profile.json", exclude: "id\n\nlast, first\n", types: "post=code=category\nwhen = time" },
      ...{
        "max-drifted": "2",
        preset: "evidently-0.7",
        embeddings: "review=e_",
        name: "feed",
        "fail-on-drift": "true",
        issue: "false",
      },
    };
    expect(load(inputs).loaded()).toMatchObject({
      reference: {
        ...{ path: "train.profile.json", preset: "evidently-0.7", exclude: ["id", "last, first"], maxDrifted: 2 },
        types: { "post=code": "category", when: "time" },
        embeddings: { review: "e_" },
      },
      ...{ name: "feed", issue: false, failOnDrift: true },
    });
    expect(load({ reference: "a.csv", same: "weekday", "same-by": "at" }).loaded()).toMatchObject({
      reference: { same: { by: "at", cycle: "weekday" } },
    });
    const chunks = { "chunk-by": "at", "chunk-period": "month", weights: "amount=3\na=b=0.5" };
    expect(load({ reference: "a.csv", preset: "nannyml-0.13", ...chunks }).loaded()).toMatchObject({
      reference: { preset: "nannyml-0.13", chunkPeriod: { by: "at", period: "month" }, weights: { amount: 3, "a=b": 0.5 } },
    });
    expect(load({ reference: "a.csv", preset: "nannyml-0.13", "chunk-size": "500" }).loaded()).toMatchObject({
      reference: { chunkSize: 500 },
    });
    expect(load({ reference: "a.csv" }).loaded()).toMatchObject({
      reference: { path: "a.csv", preset: "assay", exclude: [], types: {}, embeddings: {}, maxDrifted: 0, together: false },
      name: "a.csv",
    });
  });

  it("name a workflow to retrain by, with what it is given", () => {
    const inputs = { model: "fraud", "retrain-workflow": "retrain.yml", "retrain-inputs": "months=6\nwhy-now=a=b c" };
    expect(load(inputs).loaded()).toMatchObject({
      retraining: { workflow: "retrain.yml", inputs: { months: "6", "why-now": "a=b c" } },
    });
  });

  it("are about a model in use as well, as of `assay monitor`", () => {
    const monitored = {
      ...{ model: "fraud", predictions: "said.csv", "predictions-reference": "validation.csv", label: "y", prediction: "y_hat" },
      ...{ score: "p", by: "day", period: "week", tolerance: "0.02" },
    };
    expect(load(monitored).loaded().monitored).toEqual({
      ...{ current: "said.csv", reference: "validation.csv", label: "y", prediction: "y_hat", tolerance: 0.02 },
      ...{ scores: [{ column: "p" }], windows: { by: "day", period: "week" } },
    });
    const { by: _, period: __, ...rest } = monitored;
    const several = load({ ...rest, task: "multiclass", score: "a=p_a,b=p_b", "window-rows": "500" }).loaded().monitored;
    expect(several).toMatchObject({ scores: [{ label: "a", column: "p_a" }, { label: "b" }], windows: { size: 500 } });
    expect(load(rest).loaded().monitored).toMatchObject({ windows: { number: 10 } });
    expect(load({ ...rest, windows: "4" }).loaded().monitored).toMatchObject({ windows: { number: 4 } });
  });

  it.each([
    [{ model: "fraud", label: "y" }, /Input `label` is about `predictions`, which is not given/],
    [{ model: "fraud", predictions: "a.csv" }, /Input `predictions-reference` is empty, and `predictions` need it/],
    [{ ...said, period: "week" }, /Input `period` is of a column of times: name it with input `by`/],
    [{ ...said, period: "weekly", by: "day" }, /Input `period` is "weekly"; it has to be one of day, week, month, year/],
    [{ ...said, by: "day", "window-rows": "5" }, /`by` and input `window-rows` both say/],
    [{ ...said, tolerance: "5" }, /Input `tolerance` is "5"/],
    [{ ...said, task: "multiclass", score: "p" }, /Input `score`: "p" is not a label and its column/],
    [{}, /Neither `model` nor `reference`/],
    [{ model: "fraud", current: "" }, /Input `current` is empty/],
    [{ model: "fraud", exclude: "id" }, /`exclude` goes without `model`.*models\.fraud\.drift/],
    [{ model: "fraud", together: "true" }, /`together` goes without `model`, of which a profile is kept and no rows/],
    [{ reference: "a.csv", preset: "best" }, /Input `preset` is "best"; it has to be one of assay, /],
    [{ reference: "a.csv", same: "day", "same-by": "at" }, /Input `same` is "day"; it has to be one of hour, weekday, month/],
    [{ reference: "a.csv", same: "weekday" }, /Input `same` says what comes round and input `same-by` which .* both are needed/],
    [{ model: "fraud", same: "weekday" }, /`same` goes without `model`/],
    [{ reference: "a.csv", embeddings: "review" }, /Input `embeddings`: "review" is not what is embedded.*review=review_/],
    [{ reference: "a.csv", weights: "amount" }, /Input `weights`: "amount" is not a column and a number.*amount=3/],
    [{ reference: "a.csv", "chunk-size": "0" }, /Input `chunk-size` is "0"; it has to be a whole number from 1/],
    [{ reference: "a.csv", "chunk-by": "at" }, /`chunk-by` names a column of times and input `chunk-period` .* both are needed/],
    [{ reference: "a.csv", "chunk-by": "at", "chunk-period": "hour" }, /Input `chunk-period` is "hour"; .*day, week/],
    [{ model: "fraud", "chunk-size": "5" }, /`chunk-size` goes without `model`/],
    [{ model: "fraud", windows: "5" }, /Input `windows` is about `predictions`/],
    [{ reference: "a.csv", types: "postcode" }, /Input `types`: "postcode" is not a column .*postcode=category/],
    [{ reference: "a.csv", types: "postcode=words" }, /Input `types`: "postcode=words" is not/],
    [{ reference: "a.csv", "max-drifted": "-1" }, /Input `max-drifted` is "-1"; it has to be a whole number/],
    [{ reference: "a.csv", issue: "yes" }, /Input `issue` is "yes"; it has to be true or false/],
    [{ reference: "a.csv", "retrain-workflow": ".github/workflows/retrain.yml" }, /without the folder: retrain\.yml/],
    [{ reference: "a.csv", "retrain-workflow": "../x.yml" }, /without the folder/],
    [{ reference: "a.csv", "retrain-workflow": "r.yml", "retrain-inputs": "months" }, /Input `retrain-inputs` is "months"/],
    [{ reference: "a.csv", "retrain-inputs": "months=6" }, /`retrain-workflow` is not: name the workflow's file/],
    [{ reference: "a.csv", "retrain-workflow": "r.yml", issue: "false" }, /needs `issue: true`/],
  ])("are refused: %j", (inputs, message) => {
    const { status, message: said } = load(inputs);
    expect(status).toBe(2);
    expect(said).toMatch(message);
  });
});
