import { describe, expect, it } from "vitest";
import { nameOfRule, type RuleTerms } from "../../../src/spec/data-rule.ts";
import { command, onlyModel, recipe, told } from "../assay-yml.ts";

const withRules = (...rules: string[]) =>
  `${command}    data:\n      rules:\n${rules.map((rule) => `        - ${rule}\n`).join("")}`;
const read = (rule: string) =>
  onlyModel(withRules(rule)).data.rules.map(({ position, severity, table, ...terms }): RuleTerms => terms);

describe("a rule of data", () => {
  it.each<[string, RuleTerms[]]>([
    ["{column: amount, min: 0}", [{ kind: "min", column: "amount", bound: 0 }]],
    [
      "{column: amount, min: 0, max: 1e6, type: number, missing: 5%}",
      [
        { kind: "type", column: "amount", type: "number" },
        { kind: "missing", column: "amount", share: 0.05 },
        { kind: "min", column: "amount", bound: 0 },
        { kind: "max", column: "amount", bound: 1e6 },
      ],
    ],
    ["{column: day, min: 2024-01-31}", [{ kind: "min", column: "day", bound: "2024-01-31" }]],
    ["{column: day, max: 2024-01-31 23:59}", [{ kind: "max", column: "day", bound: "2024-01-31 23:59" }]],
    ["{column: day, max: 2024-01-31T23:59:01.5+02:00}", [{ kind: "max", column: "day", bound: "2024-01-31T23:59:01.5+02:00" }]],
    ["{column: grade, in: [a, 1, true, a]}", [{ kind: "in", column: "grade", values: ["a", 1, "true"] }]],
    ['{column: code, matches: "(?i)[a-z]{2}-\\\\d+"}', [{ kind: "matches", column: "code", pattern: "(?i)[a-z]{2}-\\d+" }]],
    ["{column: code, missing: 0}", [{ kind: "missing", column: "code", share: 0 }]],
    ["{unique: [a, b]}", [{ kind: "unique", columns: ["a", "b"] }]],
    [
      "{rows: {at-least: 10, at-most: 20}}",
      [
        { kind: "at-least", rows: 10 },
        { kind: "at-most", rows: 20 },
      ],
    ],
    [
      "{references: {column: country, table: ./data//countries.csv, key: code}}",
      [{ kind: "references", column: "country", other: "data/countries.csv", key: "code" }],
    ],
    ["{fresh: {column: day, within: 36h}}", [{ kind: "fresh", column: "day", days: 1.5 }]],
    ["{sql: amount >= fee, name: fee}", [{ kind: "sql", name: "fee", expression: "amount >= fee" }]],
  ])("is read: %s", (rule, expected) => {
    expect(read(rule)).toEqual(expected);
  });

  it("is an error of all training tables where nothing else is said", () => {
    expect(onlyModel(withRules("{unique: [a]}")).data.rules).toMatchObject([
      { severity: "error", table: undefined, position: { line: 17, column: 11 } },
    ]);
    expect(onlyModel(withRules("{unique: [a], severity: warn, table: ./data/test.csv}")).data.rules).toMatchObject([
      { severity: "warn", table: "data/test.csv" },
    ]);
    expect(onlyModel(command).data.rules).toEqual([]);
  });

  it("has a name of its own", () => {
    const rules = [
      "{column: a, min: 0, max: 1}",
      "{column: a, min: 0, table: data/test.csv}",
      "{unique: [a, b]}",
      "{rows: {at-least: 1, at-most: 2}}",
      "{references: {column: a, table: other.csv, key: b}}",
      "{fresh: {column: a, within: 1d}}",
      "{sql: a > b, name: order}",
    ];
    expect(onlyModel(withRules(...rules)).data.rules.map(nameOfRule)).toEqual([
      "a.min",
      "a.max",
      "a.min[data/test.csv]",
      "a,b.unique",
      "rows.at-least",
      "rows.at-most",
      "a.references",
      "a.fresh",
      "sql.order",
    ]);
  });

  it("may be about a table that a recipe or DVC names", () => {
    expect(told(`${recipe}    data: {rules: [{column: a, min: 0}, {column: b, min: 0, table: data/penguins.csv}]}\n`)).toEqual(
      [],
    );
    const dvc = withRules("{column: a, min: 0, table: data/train.csv}").replace("[data/train.csv]", "[data/train.csv.dvc]");
    expect(told(dvc)).toEqual([]);
  });

  it.each([
    ["{severity: warn}", /^17:11 One of column, unique, rows, references, fresh, sql is missing\. Write for example/],
    ["{column: a, min: 0, unique: [b]}", /^17:\d+ Only one of column, .* can be used; found column and unique/],
    ["{column: a}", /^17:20 The rule asks nothing of the column\. Add min, max, in, matches, missing or type/],
    ["{unique: [a], min: 0}", "17:30 min has an effect only beside column. Write a rule of its own for the column."],
    ["{colum: amount, min: 0}", '17:12 "colum" is not a key that is known here. Did you mean column?'],
    ["{column: a, min: low}", '17:28 "low" is not a number, or a day or time such as 2024-01-31. Write one of these.'],
    ["{column: a, min: 2024-02-30}", /^17:28 "2024-02-30" is not a number, or a day/],
    ["{column: a, min: 2024-02-03T25:00}", /^17:28 .* is not a number, or a day/],
    ["{column: a, min: 2, max: 1}", "17:36 max is less than min. Swap them."],
    ["{column: a, min: 2024-02-01, max: 2024-01-31}", "17:45 max is less than min. Swap them."],
    ["{column: a, min: 1, max: 2024-01-31}", "17:36 min and max are a number and a time. Write both alike."],
    ["{column: a, min: 1, type: time}", /^17:37 A bound of 1 is none for values of type time/],
    ["{column: a, type: int}", '17:29 "int" is not a type. Write one of number, integer, boolean, time.'],
    ["{column: a, in: []}", /^17:27 an empty list is not a list of at least 1 values/],
    ["{column: a, in: [[b]]}", /^17:28 a list is not a value of the column/],
    ['{column: a, matches: "("}', /^17:32 "\(" is not a regular expression that RE2 reads, without look-around/],
    ['{column: a, matches: "a(?=b)"}', /^17:32 .* is not a regular expression that RE2 reads, without look-around/],
    ['{column: a, matches: "(a)\\\\1"}', /^17:32 .* is not a regular expression that RE2 reads, without look-around/],
    ["{column: a, missing: 5}", /^17:32 5 is not a number from 0 to 1/],
    ["{column: a, missing: 101%}", /^17:32 "101%" is not a share from 0 to 1, or from 0% to 100%/],
    ["{column: a, missing: 100%}", "17:32 The rule can never fail. Write a smaller share, such as 5%."],
    ["{unique: [a, a]}", '17:24 The column "a" is named twice. Keep one of them.'],
    ["{rows: {}}", /^17:18 The rule asks nothing\. Write \{at-least: 1000\}/],
    ["{rows: {at-least: 2, at-most: 1}}", "17:41 at-most is less than at-least. Swap them."],
    ["{rows: {min: 5}}", /^17:19 "min" is not a key that is known here/],
    ["{references: {column: a, table: ../x.csv, key: b}}", /^17:43 "\.\.\/x\.csv" is not a path below the working directory/],
    ["{references: {column: a, table: x.csv}}", /^17:12 key is missing; it has to be the name of a column/],
    ["{fresh: {column: a, within: 30}}", "17:39 30 is not an age of at most 3650 days. Write for example 30d or 36h."],
    ["{fresh: {column: a, within: 0d}}", /^17:39 "0d" is not an age/],
    ["{sql: a > b}", "17:11 name is missing: an expression has to be called something. Add name: fee-is-part-of-amount."],
    ["{sql: ' ', name: x}", /^17:17 " " is not an SQL expression/],
    ["{unique: [a], name: x}", /^17:31 name has an effect only beside sql/],
    ["{unique: [a], severity: fatal}", '17:35 "fatal" is not error or warn. Write one of these.'],
    [
      "{unique: [a], table: data/tran.csv}",
      '17:32 "data/tran.csv" is not among the tables of train.inputs.data and evaluate.data. Did you mean data/train.csv?',
    ],
    [
      "{unique: [a], table: xyz.csv}",
      /^17:32 "xyz\.csv" is not among .* Write one of data\/train\.csv, data\/test\.csv, or add it there/,
    ],
  ])("is refused: %s", (rule, expected) => {
    const said = told(withRules(rule));
    expect(said).toEqual([typeof expected === "string" ? expected : expect.stringMatching(expected)]);
  });

  it("is refused where there is no table that it could be about", () => {
    const text = withRules("{unique: [a]}").replace("[data/train.csv]", "[images]");
    expect(told(text)).toEqual([
      "17:11 There is no training table that the rule could be about. Name it in train.inputs.data, or write table: here.",
    ]);
  });

  it("is there once", () => {
    expect(told(withRules("{column: a, min: 0}", "{column: a, max: 9, min: 1}", "{unique: [a]}", "{unique: [a]}"))).toEqual([
      "18:36 There is already a rule a.min on line 17. Keep one of them.",
      "20:20 There is already a rule a.unique on line 19. Keep one of them.",
    ]);
    expect(told(withRules("{sql: a > b, name: x}", "{sql: b > c, name: x}"))).toEqual([
      "18:17 There is already a rule sql.x on line 17. Give one of them another name.",
    ]);
  });

  it("is refused with all other mistakes of the file", () => {
    expect(told(withRules("{column: a}", "{sql: x}").replace("task: binary", "task: binry"))).toHaveLength(3);
  });
});
