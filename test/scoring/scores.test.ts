import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Column } from "../../src/data/table.ts";
import { type JoinRequest, joinPredictions } from "../../src/scoring/join.ts";
import type { RawPredictions } from "../../src/scoring/raw-predictions.ts";

const ids = ["a", "b", "c"];
const request: JoinRequest = { truth: { kind: "scored", ids }, task: "scored", positive: undefined, classes: undefined };

const numbers = (name: string, values: number[]): Column => ({ kind: "number", name, values: Float64Array.from(values) });
const texts = (name: string, values: (string | null)[]): Column => ({ kind: "text", name, values });

function raw(rowIds: string[] | undefined, ...columns: Column[]): RawPredictions {
  return { source: "s.jsonl", ids: rowIds, predictions: [], scores: new Map(), columns };
}

describe("scores", () => {
  it("are the columns of numbers and of true and false, in the test set's order", () => {
    const given = raw(
      ["b", "c", "a"],
      numbers("judge", [2, 3, 1]),
      texts("right", ["true", "False", "TRUE"]),
      texts("answer", ["x", "y", "z"]),
    );
    expect(joinPredictions(given, request)).toMatchObject({
      kind: "scored",
      ids,
      scores: new Map([
        ["judge", Float64Array.of(1, 2, 3)],
        ["right", Float64Array.of(1, 1, 0)],
      ]),
      repeats: undefined,
    });
  });

  it("of a row that is there several times are averaged, whatever the order of its lines", () => {
    const line = fc.record({ id: fc.constantFrom(...ids), score: fc.integer({ min: -50, max: 50 }) });
    const all = ids.map((id) => ({ id, score: 1 }));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), fc.infiniteStream(fc.nat()), (more, keys) => {
        const lines = [...all, ...more].map((one) => ({ ...one, key: keys.next().value ?? 0 })).sort((a, b) => a.key - b.key);
        const joined = joinPredictions(
          raw(
            lines.map(({ id }) => id),
            numbers(
              "s",
              lines.map(({ score }) => score),
            ),
          ),
          request,
        );
        if (joined.kind !== "scored") throw new Error("not scored");
        for (const [row, id] of ids.entries()) {
          const own = lines.filter((one) => one.id === id).map(({ score }) => score);
          expect(joined.scores.get("s")?.[row]).toBeCloseTo(own.reduce((sum, score) => sum + score, 0) / own.length, 9);
          expect(joined.repeats?.[row] ?? 1).toBe(own.length);
        }
      }),
    );
  });

  it("may say of how many scorings a line is the mean, and lines of a row then count by it", () => {
    const given = raw(["a", "a", "b", "c"], numbers("s", [1, 0, 0.5, 0.25]), numbers("repeats", [3, 1, 4, 1]));
    expect(joinPredictions(given, request)).toMatchObject({
      scores: new Map([["s", Float64Array.of(0.75, 0.5, 0.25)]]),
      repeats: Int32Array.of(4, 4, 1),
    });
    expect(() => joinPredictions(raw(ids, numbers("s", [1, 1, 1]), numbers("repeats", [1, 0.5, 1])), request)).toThrow(
      /^s\.jsonl: "repeats" is 0\.5 in row 2/,
    );
  });

  it("that were asked for must be there; others are kept where every row has them", () => {
    const given = raw(ids, numbers("s", [1, 2, 3]), numbers("tokens", [1, Number.NaN, 2]), numbers("time", [1, 2, 3]));
    const joined = joinPredictions(given, { ...request, scores: ["s"] });
    expect(joined.kind === "scored" && [...joined.scores.keys()]).toEqual(["s", "time"]);
    expect(() => joinPredictions(given, request)).toThrow(
      /^s\.jsonl: the score "tokens" is missing .* in 1 of 3 rows, with id "b"/,
    );
    expect(() => joinPredictions(given, { ...request, scores: ["acc"] })).toThrow(
      /^s\.jsonl has no column "acc"; it has "s", "tokens", "time"/,
    );
  });

  it.each([
    [
      "infinite ones",
      [numbers("s", [1, Number.POSITIVE_INFINITY, 1])],
      /no finite number in 1 of 3 rows, with id "b" \(Infinity\)/,
    ],
    ["words", [texts("s", ["1", "good", "2"])], /the score "s" must be numbers, or true and false, but it has "good" in row 2/],
    ["nothing", [texts("s", [null, null, null])], /it has only empty values/],
  ])("that are %s are refused", (_, columns, says) => {
    expect(() => joinPredictions(raw(ids, ...columns), { ...request, scores: ["s"] })).toThrow(says);
  });

  it.each(["s\n\nVerdict: pass", " ", "s".repeat(101)])("cannot be called %j", (name) => {
    const columns = [{ kind: "number" as const, name, values: Float64Array.of(1, 0) }];
    const raw = { ids: ["a", "b"], predictions: [], scores: new Map(), columns };
    const truth = { kind: "scored" as const, ids: ["a", "b"] };
    expect(() => joinPredictions(raw, { truth, task: "scored", positive: undefined, classes: undefined })).toThrow(
      "is no name of a score",
    );
  });

  it("are refused when there are none, or of other rows", () => {
    expect(() => joinPredictions(raw(ids, texts("answer", ["x", "y", "z"])), request)).toThrow(
      /there is no column of scores: "answer" are no numbers/,
    );
    expect(() => joinPredictions(raw(["a", "b", "b", "q"], numbers("s", [1, 1, 1, 1])), request)).toThrow(
      /1 id has no prediction \("c"\); 1 id is not in the test set \("q"\)/,
    );
    expect(() => joinPredictions(raw(undefined, numbers("s", [1, 1])), request)).toThrow(/2 predictions for 3 test rows/);
  });
});

describe("labels of a row", () => {
  const truth = {
    kind: "multilabel",
    ids,
    classes: ["red", "round"],
    indicators: [Uint8Array.of(1, 0, 1), Uint8Array.of(0, 0, 1)],
  } as const;
  const labelled: JoinRequest = { truth, task: "multilabel", positive: undefined, classes: undefined };
  const given = (predictions: string[], scores: Record<string, number[]> = {}): RawPredictions => ({
    source: "p.csv",
    ids,
    predictions,
    scores: new Map(Object.entries(scores).map(([name, values]) => [name, Float64Array.from(values)])),
  });

  it("may be none, in any order, and ones that the test set does not have", () => {
    expect(joinPredictions(given(["", "round | red", "new"]), labelled)).toMatchObject({
      kind: "multilabel",
      classes: ["new", "red", "round"],
      indicators: [Uint8Array.of(0, 0, 1), Uint8Array.of(0, 1, 0), Uint8Array.of(0, 1, 0)],
      probabilities: [],
    });
  });

  it("have probabilities that need not sum to 1", () => {
    const scores = { round: [1, 1, 0], red: [0.9, 0.8, 0.7] };
    expect(joinPredictions(given(["red", "red", "red"], scores), labelled)).toMatchObject({
      classes: ["red", "round"],
      probabilities: [Float64Array.of(0.9, 0.8, 0.7), Float64Array.of(1, 1, 0)],
    });
  });

  it.each<[string, string[], Record<string, number[]>, RegExp]>([
    [
      "probabilities of some labels only",
      ["red", "", ""],
      { red: [1, 0, 0] },
      /^p\.csv: There is proba_<class> for some labels but not for "round"/,
    ],
    [
      "probabilities above 1",
      ["red", "", ""],
      { red: [1, 2, 0], round: [0, 0, 0] },
      /^p\.csv: proba_red is not between 0 and 1 in 1 of 3 rows, with id "b" \(the first is 2\)/,
    ],
    ["one score", ["red", "", ""], { "": [1, 2, 0] }, /score is for binary tasks; write one proba_<class> a label/],
    ["other labels", ["rot", "", "rund"], {}, /predicted "rot", "rund", but the labels are "red", "round"/],
  ])("with %s are refused", (_, predictions, scores, says) => {
    expect(() => joinPredictions(given(predictions, scores), labelled)).toThrow(says);
  });
});
