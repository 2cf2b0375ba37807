import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isHarnessSample, readHarnessSamples } from "../../src/scoring/samples/lm-evaluation-harness.ts";
import { harnessSamples, makeDocuments, plantedDrop } from "../fixtures/samples/make-samples.ts";

const sample = (fields: object) => ({
  doc_id: 0,
  doc: {},
  target: "A",
  resps: [],
  filtered_resps: [],
  filter: "none",
  metrics: ["acc"],
  doc_hash: "h",
  acc: 1,
  ...fields,
});
const lines = (...samples: object[]) => samples.map((fields) => JSON.stringify(fields)).join("\n");

function read(text: string) {
  const { table, scores, notes } = readHarnessSamples(text, "s.jsonl");
  const columns = Object.fromEntries(table.columns.map(({ name, values }) => [name, [...values]]));
  return { rows: table.rows, columns, scores: [...scores], notes };
}

describe("samples of lm-evaluation-harness", () => {
  it("are known by their first line", () => {
    const text = harnessSamples(makeDocuments({ ...plantedDrop, documents: 1 }), "baseline");
    expect(isHarnessSample(text.split("\n")[0])).toBe(true);
    for (const other of [undefined, "", "{", "[]", "null", '{"id":"a","acc":1}', '{"doc_id":1}'])
      expect(isHarnessSample(other)).toBe(false);
  });

  it("have the doc_id as id, a column a metric, and the plain fields of the document", () => {
    const doc = { category: "law", meta: { level: 2 }, choices: ["A"], empty: "", none: null };
    expect(read(lines(sample({ doc_id: 7, doc }), sample({ doc_id: "x", doc: { category: "art" }, acc: false })))).toEqual({
      rows: 2,
      columns: {
        id: ["7", "x"],
        acc: [1, 0],
        doc_hash: ["h", "h"],
        target: ["A", "A"],
        "doc.category": ["law", "art"],
        "doc.meta.level": ["2", null],
        "doc.empty": [null, null],
      },
      scores: ["acc"],
      notes: [],
    });
  });

  it("leave metrics out that are not one number, and say so", () => {
    const both = { metrics: ["acc", "f1"], f1: [1, 0] };
    expect(read(lines(sample(both), sample({ ...both, doc_id: 1, f1: 1 })))).toMatchObject({
      scores: ["acc"],
      notes: ['left out "f1": not one number a document'],
    });
    expect(() => read(lines(sample({ metrics: ["f1"], f1: [1, 0] })))).toThrow(
      /no metric of these samples is one number a document \("f1"\)/,
    );
  });

  it("of several filters have a row a document and a score a filter", () => {
    const strict = { filter: "strict-match" };
    const text = lines(
      sample(strict),
      sample({ ...strict, doc_id: 1 }),
      sample({ filter: "flexible", acc: 0 }),
      sample({ filter: "flexible", doc_id: 1, acc: 0.5 }),
    );
    expect(read(text)).toMatchObject({
      rows: 2,
      columns: { id: ["0", "1"], "acc,strict-match": [1, 1], "acc,flexible": [0, 0.5] },
    });
  });

  it("of a document that was sampled several times have a row each", () => {
    expect(
      read(lines(sample({ acc: 1 }), sample({ acc: 0 }), sample({ acc: 0, filter: "b" }), sample({ acc: 1, filter: "b" }))),
    ).toMatchObject({
      rows: 2,
      columns: { id: ["0", "0"], "acc,none": [1, 0], "acc,b": [0, 1] },
    });
  });

  it("that older versions wrote do not list their metrics", () => {
    const { metrics: _, filter: __, ...old } = sample({ acc_norm: 0 });
    expect(read(lines(old)).scores).toEqual(["acc", "acc_norm"]);
  });

  it("may hold NaN and Infinity, as Python writes them: missing", () => {
    const text = `{"doc_id":0,"doc":{"a":NaN,"b":"is NaN, \\"NaN\\""},"filtered_resps":[-Infinity],"metrics":["acc"],"acc":NaN}`;
    expect(isHarnessSample(text)).toBe(true);
    expect(read(text)).toMatchObject({ columns: { "doc.b": ['is NaN, "NaN"'], acc: [Number.NaN] } });
  });

  it.each([
    [
      "of several tasks in one file",
      lines(sample({}), sample({ doc_hash: "other" })),
      /^s\.jsonl: doc_id 0 stands for several documents .* Give each task's file by itself/,
    ],
    ["with a line that is cut off", `${lines(sample({}))}\n{"doc_id":1,`, /^s\.jsonl:2: this is no sample/],
    ["with a line that is no object", `${lines(sample({}))}\n[]`, /^s\.jsonl:2: this is no sample/],
    ["without a doc_id", `${lines(sample({}))}\n{"acc":1}`, /^s\.jsonl:2: "doc_id" is null; a number or text was expected/],
  ])("%s are refused", (_, text, says) => {
    expect(() => read(text)).toThrow(says);
  });

  it("are read or refused in words, whatever a line holds", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.json(),
            fc.string(),
            fc.json().map((doc) => `{"doc_id":1,"doc":${doc},"acc":${doc}}`),
          ),
        ),
        (records) => {
          try {
            readHarnessSamples(records.join("\n"), "s.jsonl");
          } catch (error) {
            expect(error).toMatchObject({ name: "UsageError", message: expect.stringMatching(/^s\.jsonl/) });
          }
        },
      ),
    );
  });
});
