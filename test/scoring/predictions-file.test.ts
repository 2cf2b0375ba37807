import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { digestOf } from "../../src/evidence/digest.ts";
import { type JoinRequest, joinPredictions } from "../../src/scoring/join.ts";
import type { Predictions } from "../../src/scoring/predictions.ts";
import { digestPredictions, formatPredictions, readPredictions } from "../../src/scoring/predictions-file.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "assay-predictions-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(content: string) {
  const path = join(folder, "p.csv");
  await writeFile(path, content);
  return readPredictions(path, { name: "p.csv" });
}

const word = fc
  .oneof(fc.string({ unit: "binary", minLength: 1 }), fc.constantFrom("007", "1.0", "NA", "true", "score", ",", '"', " ", "=1"))
  .filter((text) => text.isWellFormed() && !text.includes("\0"));

describe("predictions written and read back are the same", () => {
  it("for a regression, to the last bit", async () => {
    const row = fc.tuple(word, fc.double({ noNaN: true, noDefaultInfinity: true }));
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(row, { minLength: 1, maxLength: 12, selector: ([id]) => id }), async (rows) => {
        const ids = rows.map(([id]) => id);
        const values = Float64Array.from(rows, ([, value]) => value);
        const body = { kind: "regression", ids, values } as const;
        await expectSame(
          { ...body, digest: digestPredictions(body) },
          { truth: body, task: "regression", positive: undefined, classes: undefined },
        );
      }),
      { numRuns: 80 },
    );
  });

  it("for classes with probabilities, whatever they are called", async () => {
    const scene = fc.record({
      ids: fc.uniqueArray(word, { minLength: 2, maxLength: 8 }),
      classes: fc.uniqueArray(word, { minLength: 2, maxLength: 4 }),
      weights: fc.infiniteStream(fc.double({ min: 0.001, max: 1, noNaN: true })),
    });
    await fc.assert(
      fc.asyncProperty(scene, async ({ ids, classes, weights }) => {
        const rows = ids.map(() => {
          const shares = [...weights.take(classes.length)];
          const sum = shares.reduce((total, share) => total + share, 0);
          return shares.map((share) => share / sum);
        });
        const labels = ids.map((_, row) => classes[row % classes.length] ?? "");
        const truth = { kind: "classification", ids, labels } as const;
        const probabilities = classes.map((_, index) => Float64Array.from(rows, (shares) => shares[index] ?? 0));
        const body = { ...truth, classes, probabilities };
        await expectSame(
          { ...body, digest: digestPredictions(body) },
          { truth, task: "multiclass", positive: undefined, classes },
        );
      }),
      { numRuns: 80 },
    );
  });

  it.each(["1", undefined])("for a binary score, with the positive label %s", async (positive) => {
    const truth = { kind: "classification", ids: ["a", "b"], labels: ["0", "1"] } as const;
    const body = { ...truth, classes: [positive ?? ""], probabilities: [Float64Array.of(-1e-300, 0.1 + 0.2)] };
    await expectSame({ ...body, digest: digestPredictions(body) }, { truth, task: "binary", positive, classes: undefined });
  });

  it("for many labels a row", async () => {
    const label = word.filter((text) => text === text.trim() && !text.includes("|") && !/[\s]/.test(text));
    const scene = fc.record({
      ids: fc.uniqueArray(word, { minLength: 1, maxLength: 8 }),
      classes: fc.uniqueArray(label, { minLength: 2, maxLength: 4 }),
      applies: fc.infiniteStream(fc.boolean()),
      probability: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    });
    await fc.assert(
      fc.asyncProperty(scene, async ({ ids, classes: given, applies, probability }) => {
        const classes = [...given].sort();
        const indicators = classes.map((_, index) =>
          Uint8Array.from(ids, (_, row) => Number(row === index || [...applies.take(1)][0])),
        );
        const probabilities = probability === null ? [] : classes.map(() => new Float64Array(ids.length).fill(probability));
        const body = { kind: "multilabel", ids, classes, indicators, probabilities } as const;
        const truth = { kind: "multilabel", ids, classes, indicators } as const;
        await expectSame(
          { ...body, digest: digestPredictions(body) },
          { truth, task: "multilabel", positive: undefined, classes: undefined },
        );
      }),
      { numRuns: 80 },
    );
  });

  it("for scores, with how often each row was scored", async () => {
    const score = fc.double({ noNaN: true, noDefaultInfinity: true });
    const row = fc.tuple(word, score, fc.integer({ min: 1, max: 5 }));
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(row, { minLength: 1, maxLength: 8, selector: ([id]) => id }), async (rows) => {
        const ids = rows.map(([id]) => id);
        const counts = Int32Array.from(rows, ([, , count]) => count);
        const body = {
          kind: "scored",
          ids,
          scores: new Map([["exact_match,strict", Float64Array.from(rows, ([, value]) => value)]]),
          repeats: counts.some((count) => count > 1) ? counts : undefined,
        } as const;
        const truth = { kind: "scored", ids } as const;
        await expectSame(
          { ...body, digest: digestPredictions(body) },
          { truth, task: "scored", positive: undefined, classes: undefined },
        );
      }),
      { numRuns: 80 },
    );
  });

  async function expectSame(predictions: Predictions, request: JoinRequest): Promise<void> {
    const text = formatPredictions(predictions);
    expect(predictions.digest).toBe(digestOf(text));
    expect(joinPredictions(await read(text), request)).toEqual(predictions);
  }
});

it("is plain CSV", () => {
  const text = formatPredictions({
    kind: "classification",
    ids: ["1", 'a,"b"'],
    labels: ["x", "y"],
    classes: ["x", "y"],
    probabilities: [Float64Array.of(0.1, 1 / 3), Float64Array.of(0.9, 2 / 3)],
  });
  expect(text).toBe('id,prediction,proba_x,proba_y\n1,x,0.1,0.9\n"a,""b""",y,0.3333333333333333,0.6666666666666666\n');
});

describe("a predictions file", () => {
  it("keeps ids and labels as written and ignores other columns", async () => {
    expect(await read("comment,prediction,id,proba_1.0\nhi,1.0,007,0.5\n")).toMatchObject({
      ids: ["007"],
      predictions: ["1.0"],
      scores: new Map([["1.0", Float64Array.of(0.5)]]),
    });
  });

  it("may be JSON Lines, and its rows be named by another column", async () => {
    const path = join(folder, "p.jsonl");
    await writeFile(
      path,
      '{"case":12345678901234567890,"prediction":true,"score":0.5}\n{"case":"b","prediction":false,"score":1}\n',
    );
    expect(await readPredictions(path, { id: "case" })).toMatchObject({
      ids: ["12345678901234567890", "b"],
      predictions: ["true", "false"],
      scores: new Map([["", Float64Array.of(0.5, 1)]]),
    });
  });

  it("may have no ids", async () => {
    expect(await read("prediction\n1\n2\n")).toMatchObject({ ids: undefined, predictions: ["1", "2"], scores: new Map() });
  });

  it.each([
    ["with empty ids", "id,prediction\n,x\n", /"id" is empty in 1 of 1 rows/],
    ["with text as a score", "id,prediction,score\n1,x,high\n", /"score" must be numbers/],
    ["that is ragged", "id,prediction\n1\n", /Predictions: p\.csv: every line must have 2 fields/],
    ["that is empty", "", /Predictions: p\.csv is empty/],
  ])("%s is refused as the command's fault", async (_, content, message) => {
    await expect(read(content)).rejects.toMatchObject({ name: "UserCommandError", message: expect.stringMatching(message) });
  });

  it("of another format is refused", async () => {
    await writeFile(join(folder, "p.json"), "[]");
    await expect(readPredictions(join(folder, "p.json"))).rejects.toThrow(
      /p\.json: predictions must be a file that ends in \.csv, \.tsv, \.parquet, \.jsonl, \.ndjson, but it ends in "\.json"/,
    );
  });

  it.each([
    ["without predictions", "id,pred\n1,2\n", /^p\.csv has no column "prediction"; it has "id", "pred"/],
    [
      "of another delimiter",
      "id:prediction\n1:2\n",
      /has "id:prediction"\. Columns are told apart by a comma, a semicolon, a tab or \|/,
    ],
    ["with empty predictions", "id,prediction\n1,\n2,x\n3,\n", /^p\.csv: "prediction" is empty in 2 of 3 rows, first in row 1/],
  ])("%s is refused when it is joined", async (_, content, message) => {
    const truth = { kind: "classification", ids: ["1", "2", "3"], labels: ["x", "y", "x"] } as const;
    const raw = await read(content);
    const request = { truth, task: "multiclass", positive: undefined, classes: undefined } as const;
    expect(() => joinPredictions(raw, request)).toThrow(message);
  });
});
