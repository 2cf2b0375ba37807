import { describe, expect, it } from "vitest";
import { atPoint } from "../../../src/spec/grid.ts";
import { command, onlyModel, recipe, told } from "../assay-yml.ts";

const rule = "select: {reported: val_loss, better: lower}";
const ofRecipe = (grid: string, select = rule) =>
  recipe
    .replace("trainer: tfjs", `trainer: tfjs\n      grid: ${grid}\n      ${select}`)
    .replace(
      "target: species\n",
      "target: species\n        validation: 0.2\n        layers: [{dense: 8}]\n        optimizer: {adam: 0.01}\n",
    );
const ofCommand = (grid: string, { params = "[params.yaml]", metrics = ", metrics: metrics.json" } = {}) =>
  command
    .replace("run:", `grid: ${grid}\n      select: {reported: loss, better: lower}\n      run:`)
    .replace(/^( *run: .*)$/m, `$1\n      outputs: {model: m.onnx${metrics}}`)
    .replace("{data: [data/train.csv]}", `{params: ${params}}`);

describe("a grid over a recipe", () => {
  const model = onlyModel(ofRecipe("{optimizer.adam: [0.01, 0.03], layers.0.dense: [8, 16]}"));
  const points = model.train.grid?.points ?? [];

  it("has a point for each combination, the last parameter changing fastest", () => {
    expect(points.map(({ values }) => values)).toEqual([
      { "optimizer.adam": 0.01, "layers.0.dense": 8 },
      { "optimizer.adam": 0.01, "layers.0.dense": 16 },
      { "optimizer.adam": 0.03, "layers.0.dense": 8 },
      { "optimizer.adam": 0.03, "layers.0.dense": 16 },
    ]);
  });

  it("is trained at a point as if its values were written there", () => {
    const written = onlyModel(
      ofRecipe("{optimizer.adam: [0.01], layers.0.dense: [8]}")
        .replace(/ {6}(grid|select): .*\n/g, "")
        .replace("dense: 8", "dense: 16"),
    );
    const [, second] = points;
    expect(second && atPoint(model, second).train.trainer).toEqual(written.train.trainer);
  });
});

it.each([
  [ofRecipe("{optimizer.adm: [0.01]}"), 'The recipe has no single value at "optimizer.adm". Did you mean optimizer.adam?'],
  [
    ofRecipe("{layers.3.dense: [8]}"),
    /^7:\d+ The recipe has no single value at "layers\.3\.dense"\. Did you mean layers\.0\.dense\?/,
  ],
  [ofRecipe("{layers: [8]}"), /The recipe has no single value at "layers"/],
  [ofRecipe("{optimizer.adam: [0.01, fast]}"), '7:37 "fast" is not a number from 1e-9 to 100. Write one that is.'],
  [ofRecipe("{layers.0.dense: [8, 0.5]}"), "7:34 0.5 is not a whole number from 1 to 4096. Write one that is."],
  [ofRecipe("{optimizer.adam: [0.01, 0.01]}"), "7:37 The value 0.01 is named twice. Keep one of them."],
  [ofRecipe("{optimizer.adam: [[1]]}"), /^7:\d+ a list is not a number, a text, true or false/],
  [ofRecipe("{}"), /The grid has no parameter\./],
  [ofRecipe("{validation: [0.1, 0.2]}"), /validation decides which rows are held out/],
  [
    ofRecipe(`{optimizer.adam: [0.1, 0.2, 0.3, 0.4, 0.5], layers.0.dense: [1, 2, 3, 4, 5]}`),
    /^7:\d+ The grid has 25 points, more than 20\. Name fewer parameters or values\./,
  ],
  [ofRecipe("{optimizer.adam: [0.01]}", ""), /select is missing: nothing says which point of the grid is best\./],
  [ofRecipe("{optimizer.adam: [0.01]}", "select: {reported: val_loss}"), /better is missing; it has to be lower or higher/],
  [
    ofRecipe("{optimizer.adam: [0.01]}", "select: {reported: f1, better: higher}"),
    /^8:\d+ A recipe reports val_loss and val_accuracy, and no "f1"\./,
  ],
  [ofRecipe("{optimizer.adam: [0.01]}").replace(/ +validation: 0.2\n/, ""), /^8:\d+ The recipe holds no rows out/],
  [
    ofRecipe("{optimizer.adam: [0.01]}").replace(/ +grid: .*\n/, ""),
    /^7:\d+ select chooses among the points of a grid, and there is none\./,
  ],
  [ofCommand("{lr: [1]}", { metrics: "" }), /The training command reports no numbers: train\.outputs\.metrics is missing\./],
  [ofCommand("{lr: [1]}", { params: "[]" }), /train\.inputs\.params names none/],
  [
    ofCommand("{lr: [1]}", { params: "[a.yaml, {b.yaml: [lr]}]" }),
    /"lr" does not say which parameter file it is in\. Write for example a\.yaml#lr\./,
  ],
  [ofCommand("{lr: [1], params.yaml#lr: [2]}"), /params\.yaml#lr is there twice\./],
])("is told what is wrong: %#", (text, expected) => {
  expect(told(text)).toEqual([expect.stringMatching(expected)]);
});

it("names keys of the one parameter file, or of one of several", () => {
  const values = (grid: string, params?: string) =>
    onlyModel(ofCommand(grid, params === undefined ? {} : { params })).train.grid?.points[0]?.params;
  expect(values("{train.lr: [0.1]}")).toMatchObject([{ file: "params.yaml", key: "train.lr", value: 0.1, name: "train.lr" }]);
  expect(values("{b.yaml#lr: [0.1]}", "[a.yaml, {b.yaml: [lr]}]")).toMatchObject([{ file: "b.yaml", key: "lr" }]);
});
