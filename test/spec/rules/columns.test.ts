import { expect, it } from "vitest";
import { command, having, onlyModel, told } from "../assay-yml.ts";

it("names the columns that group, weigh and slice the rows", () => {
  const evaluate =
    "group: customer\n      weight: amount\n      slices: [country, {column: channel, min-rows: 100}, {column: device}]";
  expect(onlyModel(having(command, { evaluate })).evaluate).toMatchObject({
    group: "customer",
    weight: "amount",
    slices: [
      { column: "country", minRows: 50 },
      { column: "channel", minRows: 100 },
      { column: "device", minRows: 50 },
    ],
  });
});

it.each([
  ["id: a\n      group: a", /^10:14 The column "a" is id as well/],
  ["group: is_fraud", '9:14 The column "is_fraud" is target as well. Name another column, or remove one of them.'],
  ["weight: is_fraud", /^9:15 The column "is_fraud" is target as well/],
  ["group: a\n      weight: a", /^10:15 The column "a" is group as well/],
  ["id: a\n      weight: a", /^10:15 The column "a" is id as well/],
  ["group: [a]", /^9:14 a list is not the name of a column/],
  ["slices: country", /^9:15 "country" is not a list of columns/],
  ["slices: []", /^9:15 an empty list is not a list of at least 1 columns/],
  ["slices: [a, {column: a}]", '9:19 The column "a" is named twice. Keep one of them.'],
  ["slices: [7]", "9:16 7 is not a column. Write country, or {column: country, min-rows: 100}."],
  ["slices: [{column: a, min_rows: 5}]", '9:28 "min_rows" is not a key that is known here. Did you mean min-rows?'],
  ["slices: [{min-rows: 5}]", /^9:16 column is missing; it has to be the name of a column/],
  ["slices: [{column: a, min-rows: 0}]", /^9:38 0 is not a whole number from 1 to 1000000000/],
  [
    `slices: [${Array.from({ length: 21 }, (_, index) => `c${index}`).join(", ")}]`,
    /^9:15 a list is not a list of at most 20 columns/,
  ],
])("is told what is wrong with %s", (evaluate, expected) => {
  const found = told(having(command, { evaluate }));
  expect(found).toEqual([typeof expected === "string" ? expected : expect.stringMatching(expected)]);
});
