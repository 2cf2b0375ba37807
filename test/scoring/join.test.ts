import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type JoinRequest, joinPredictions } from "../../src/scoring/join.ts";
import type { RawPredictions } from "../../src/scoring/raw-predictions.ts";

const ids = ["a", "b", "c"];
const binary: JoinRequest = {
  truth: { kind: "classification", ids, labels: ["1", "0", "1"] },
  task: "binary",
  positive: "1",
  classes: undefined,
};
const multiclass: JoinRequest = {
  truth: { kind: "classification", ids, labels: ["x", "y", "z"] },
  task: "multiclass",
  positive: undefined,
  classes: undefined,
};
const regression: JoinRequest = {
  truth: { kind: "regression", ids, values: Float64Array.of(1, 2, 3) },
  task: "regression",
  positive: undefined,
  classes: undefined,
};

function raw(
  predictions: RawPredictions["predictions"],
  scores: Record<string, number[]> = {},
  rawIds?: string[],
): RawPredictions {
  const columns = Object.entries(scores).map(([name, values]) => [name, Float64Array.from(values)] as const);
  return { ids: rawIds, predictions, scores: new Map(columns) };
}

describe("rows", () => {
  it("are put into the test set's order, with their scores", () => {
    const joined = joinPredictions(raw(["0", "1", "1"], { "": [0.1, 0.9, 0.8] }, ["b", "c", "a"]), binary);
    expect(joined).toMatchObject({
      ids,
      labels: ["1", "0", "1"],
      classes: ["1"],
      probabilities: [Float64Array.of(0.8, 0.1, 0.9)],
    });
  });

  it("are taken in order when the predictions have no ids", () => {
    expect(joinPredictions(raw(Float64Array.of(4, 5, 6)), regression)).toMatchObject({ ids, values: Float64Array.of(4, 5, 6) });
  });

  it("give the same predictions and digest in whatever order they come", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 20 }).chain((names) =>
          fc.tuple(
            fc.constant(names),
            fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: names.length, maxLength: names.length }),
            fc.shuffledSubarray(
              names.map((_, index) => index),
              { minLength: names.length },
            ),
          ),
        ),
        ([names, values, order]) => {
          const request: JoinRequest = {
            ...regression,
            truth: { kind: "regression", ids: names, values: Float64Array.from(values) },
          };
          const inOrder = joinPredictions({ ...raw(Float64Array.from(values)), ids: names }, request);
          const shuffled = joinPredictions(
            {
              ...raw(Float64Array.from(order, (index) => values[index] ?? 0)),
              ids: order.map((index) => names[index] ?? ""),
            },
            request,
          );
          expect(shuffled).toEqual(inOrder);
        },
      ),
    );
  });

  it("of another test set are named: missing, unexpected and double ones", () => {
    const many = Array.from({ length: 8 }, (_, index) => `m${index}`);
    const request: JoinRequest = {
      ...multiclass,
      truth: { kind: "classification", ids: [...many, "a"], labels: Array(9).fill("x") },
    };
    expect(() => joinPredictions(raw(["x", "x", "x"], {}, ["a", "q", "a"]), request)).toThrow(
      '8 ids have no prediction ("m0", "m1", "m2", "m3", "m4" and 3 more); 1 id is not in the test set ("q"); ' +
        '1 id is predicted more than once ("a")',
    );
    expect(() => joinPredictions(raw(["x"]), request)).toThrow(/There are 1 predictions for 9 test rows/);
  });

  it("without declared ids are advised to be in order", () => {
    const request: JoinRequest = { ...multiclass, truth: { kind: "classification", ids: ["1@ab", "2@ab"], labels: ["x", "y"] } };
    expect(() => joinPredictions(raw(["x", "y"], {}, ["0", "1"]), request)).toThrow(/or leave the id column out/);
  });
});

describe("numbers", () => {
  it.each([
    ["NaN", Float64Array.of(1, Number.NaN, 2)],
    ["infinity", Float64Array.of(1, Infinity, 2)],
    ["text", ["1", "two", "3"]],
    ["nothing", ["1", "", "3"]],
  ])("that are %s are refused with their ids", (_, predictions) => {
    expect(() => joinPredictions(raw(predictions), regression)).toThrow(/not a finite number in 1 of 3 rows, with id "b"/);
  });

  it("are read from text", () => {
    expect(joinPredictions(raw(["1", "-2.5e3", " 3"]), regression)).toMatchObject({ values: Float64Array.of(1, -2500, 3) });
  });
});

describe("labels", () => {
  it.each(["NaN", "nan", "null", "None", "NA", "<NA>", " ", ""])("that are %j are refused with the first row", (none) => {
    for (const request of [binary, multiclass])
      expect(() => joinPredictions(raw(["1", none, none]), request)).toThrow(
        /^"prediction" is (empty|"\S+", which is no label,) in 2 of 3 rows, first in row 2\. Write one for every row\.$/,
      );
  });

  it("may be called so where the test set or the declared classes have that label", () => {
    const truth = { kind: "classification", ids, labels: ["None", "x", "x"] } as const;
    expect(joinPredictions(raw(["None", "x", "None"]), { ...multiclass, truth })).toMatchObject({
      labels: ["None", "x", "None"],
    });
    const declared = { ...multiclass, classes: ["x", "y", "z", "null"] };
    expect(joinPredictions(raw(["x", "null", "z"]), declared)).toMatchObject({ labels: ["x", "null", "z"] });
    expect(() => joinPredictions(raw(["nan", "x", "None"]), { ...multiclass, truth })).toThrow(
      /is "nan", which is no label, in 1 of 3/,
    );
  });

  it("of a row of many may be none, but not NaN", () => {
    const request: JoinRequest = {
      ...multiclass,
      task: "multilabel",
      truth: { kind: "multilabel", ids, classes: ["x", "y"], indicators: [Uint8Array.of(1, 0, 1), Uint8Array.of(0, 1, 1)] },
    };
    expect(joinPredictions(raw(["x", "", "x|y"]), request)).toMatchObject({ classes: ["x", "y"] });
    expect(() => joinPredictions(raw(["x", "NaN", "y"]), request)).toThrow(
      /is "NaN", which is no label, in 1 of 3 rows, first in row 2/,
    );
  });

  it("are refused where hardly any is one of the test set's, and kept where some are", () => {
    const many = Array.from({ length: 100 }, (_, index) => `r${index}`);
    const truth = { kind: "classification", ids: many, labels: many.map((_, index) => (index % 2 ? "yes" : "no")) } as const;
    const request = { ...binary, truth, positive: "yes" };
    const predicted = (known: number) => many.map((_, index) => (index < known ? "no" : "YES"));
    expect(() => joinPredictions(raw(predicted(4)), request)).toThrow(
      /^96 of 100 predicted labels are none of the test set's: predicted "YES", but the labels are "no", "yes"\. Write labels exactly/,
    );
    expect(joinPredictions(raw(predicted(5)), request)).toMatchObject({ kind: "classification" });
    expect(joinPredictions(raw(predicted(4)), { ...request, classes: ["no", "yes", "YES"] })).toMatchObject({
      kind: "classification",
    });
  });
});

describe("probabilities", () => {
  it("come in the declared order of classes, others after them", () => {
    const scores = { z: [0.1, 0.2, 0.3], new: [0, 0, 0], x: [0.9, 0.8, 0.7] };
    const { classes } = multiclassOf(joinPredictions(raw(["x", "x", "x"], scores), { ...multiclass, classes: ["z", "y", "x"] }));
    expect(classes).toEqual(["z", "x", "new"]);
    expect(multiclassOf(joinPredictions(raw(["x", "x", "x"], scores), multiclass)).classes).toEqual(["new", "x", "z"]);
  });

  it("may be written with few digits", () => {
    const scores = { x: [0.333, 0.333, 0.333], y: [0.333, 0.333, 0.333], z: [0.3333, 0.3333, 0.3333] };
    expect(multiclassOf(joinPredictions(raw(["x", "x", "x"], scores), multiclass)).probabilities).toHaveLength(3);
  });

  it.each([
    ["do not sum to 1", { x: [0.5, 0.5, 0.4], y: [0.5, 0.4, 0.6], z: [0, 0, 0] }, /do not sum to 1 in 1 of 3 rows, with id "b"/],
    [
      "do not sum to 1 for want of a class",
      { x: [0.5, 0.5, 0.4], y: [0.5, 0.4, 0.6] },
      /there is no column "proba_z", and without it the probabilities do not sum to 1/,
    ],
    ["are logits", { x: [3, 0.5, 0.4], y: [-2, 0.5, 0.6] }, /proba_x is not between 0 and 1 in 1 of 3 rows, with id "a"/],
    ["are NaN", { x: [1, Number.NaN, 1], y: [0, 0, 0] }, /proba_x is not a finite number in 1 of 3/],
    [
      "are for no label of the test set",
      { "x.0": [1, 1, 1], "y.0": [0, 0, 0] },
      /"proba_x\.0", "proba_y\.0", but the labels are "x", "y", "z"/,
    ],
    ["are one score", { "": [1, 1, 1] }, /score is for binary tasks/],
    ["come with a score", { "": [1, 1, 1], x: [1, 1, 1] }, /both score and proba_/],
  ])("that %s are refused", (_, scores, message) => {
    expect(() => joinPredictions(raw(["x", "x", "x"], scores), multiclass)).toThrow(message);
  });
});

describe("a binary score", () => {
  it("may be any real number", () => {
    expect(joinPredictions(raw(["1", "0", "1"], { "": [-3, 0, 12.5] }), binary)).toMatchObject({ classes: ["1"] });
  });

  it("may be the positive class's probability alone, and then is one", () => {
    expect(joinPredictions(raw(["1", "0", "1"], { 1: [0.9, 0.1, 1] }), binary)).toMatchObject({ classes: ["1"] });
    expect(() => joinPredictions(raw(["1", "0", "1"], { 1: [0.9, 0.1, 1.5] }), binary)).toThrow(/proba_1 is not between/);
  });

  it("of the other class alone is refused", () => {
    expect(() => joinPredictions(raw(["1", "0", "1"], { 0: [0.9, 0.1, 1] }), binary)).toThrow(/proba_0 alone/);
  });

  it("that is not finite is refused", () => {
    expect(() => joinPredictions(raw(["1", "0", "1"], { "": [1, 2, Number.NaN] }), binary)).toThrow(
      /score is not a finite number in 1 of 3/,
    );
  });

  it("is refused beside more than two classes", () => {
    expect(() => joinPredictions(raw(["1", "0", "1"], { 0: [1, 1, 1], 1: [0, 0, 0], 2: [0, 0, 0] }), binary)).toThrow(
      /3 columns of scores/,
    );
  });
});

describe("labels", () => {
  it("that the test set does not have are kept", () => {
    expect(joinPredictions(raw(["x", "new", "z"]), multiclass)).toMatchObject({
      labels: ["x", "new", "z"],
      classes: [],
      probabilities: [],
    });
  });

  it("are refused when none is the test set's, which is a difference of writing", () => {
    expect(() => joinPredictions(raw(["1.0", "0.0", "1.0"]), binary)).toThrow(
      /predicted "0\.0", "1\.0", but the labels are "0", "1"/,
    );
  });

  it("may all be wrong when they are declared", () => {
    const request = { ...multiclass, classes: ["x", "y", "z", "w"] };
    expect(joinPredictions(raw(["w", "w", "w"]), request)).toMatchObject({ labels: ["w", "w", "w"] });
  });
});

function multiclassOf(predictions: ReturnType<typeof joinPredictions>) {
  if (predictions.kind !== "classification") throw new Error("not a classification");
  return predictions;
}
