import { describe, expect, it } from "vitest";
import { uncomputed } from "../../src/quality/quality-result.ts";
import { queryOf } from "../../src/quality/sql-table-of.ts";
import type { RuleTerms } from "../../src/spec/data-rule.ts";
import { type Columns, found, qualityOf } from "./tables.ts";

const columns: Columns = {
  amount: [1, 2.5, null, -4, 1e6],
  fee: [0, 3, 1, 0, 10],
  count: [1, 2, 3, 4.5, null],
  mixed: ["1", "x", "NA", "", "2"],
  flag: ["true", "False", "maybe", "", "true"],
  code: ["AB-1", "ab-2", "AB-3 ", "", "AB-44"],
  day: ["2026-01-01", "2026-01-30", "", "yesterday", "2025-12-31T23:59:59Z"],
  country: ["BR", "US", "BR", "", "XX"],
  shop: [1, 2, 3, null, 9],
};

const others: Readonly<Record<string, Columns>> = {
  countries: { iso: ["BR", "US", "DE"] },
  shops: { shop: [1, 2, 3, 4], name: ["a", "b", "c", "d"] },
};

async function check(rule: RuleTerms) {
  const result = await qualityOf(columns, { rules: [rule], others });
  const checked = result.checks.find(({ name }) => name.startsWith("rule."));
  if (!checked) throw new Error("The rule was not checked.");
  return checked;
}

describe("a rule", () => {
  it.each<[RuleTerms, string, number[], number]>([
    [{ kind: "min", column: "amount", bound: 0 }, "amount.min", [4], 4],
    [{ kind: "max", column: "amount", bound: 1_000 }, "amount.max", [5], 4],
    [{ kind: "min", column: "mixed", bound: 2 }, "mixed.min", [1, 2], 4],
    [{ kind: "min", column: "day", bound: "2026-01-01" }, "day.min", [4, 5], 4],
    [{ kind: "max", column: "day", bound: "2026-01-01T00:00" }, "day.max", [2, 4], 4],
    [{ kind: "in", column: "country", values: ["BR", "US"] }, "country.in", [5], 4],
    [{ kind: "in", column: "shop", values: ["1", "2.0", "x"] }, "shop.in", [3, 5], 4],
    [{ kind: "in", column: "shop", values: ["x"] }, "shop.in", [1, 2, 3, 5], 4],
    [{ kind: "matches", column: "code", pattern: "[A-Z]{2}-\\d+" }, "code.matches", [2, 3], 4],
    [{ kind: "missing", column: "amount", share: 0 }, "amount.missing", [3], 5],
    [{ kind: "type", column: "mixed", type: "number" }, "mixed.type", [2], 4],
    [{ kind: "type", column: "count", type: "integer" }, "count.type", [4], 4],
    [{ kind: "type", column: "flag", type: "boolean" }, "flag.type", [3], 4],
    [{ kind: "type", column: "day", type: "time" }, "day.type", [4], 4],
    [{ kind: "unique", columns: ["country"] }, "country.unique", [3], 4],
    [{ kind: "references", column: "country", other: "countries", key: "iso" }, "country.references", [5], 4],
    [{ kind: "references", column: "shop", other: "shops", key: "shop" }, "shop.references", [5], 4],
    [{ kind: "sql", name: "fee", expression: "amount >= fee -- in cents" }, "sql.fee", [2, 4], 5],
    [{ kind: "sql", name: "big", expression: "CASE WHEN country = 'XX'\nTHEN amount < 10 END" }, "sql.big", [5], 5],
  ])("is broken by rows with their numbers: %o", async (rule, name, examples, of) => {
    expect(await check(rule)).toMatchObject({
      name: `rule.${name}`,
      severity: "error",
      status: "fail",
      rows: { count: examples.length, of },
      examples,
    });
  });

  it.each<RuleTerms>([
    { kind: "min", column: "amount", bound: -4 },
    { kind: "max", column: "fee", bound: 10 },
    { kind: "in", column: "country", values: ["BR", "US", "XX"] },
    { kind: "missing", column: "amount", share: 0.2 },
    { kind: "unique", columns: ["country", "shop"] },
    { kind: "at-least", rows: 5 },
    { kind: "at-most", rows: 5 },
    { kind: "references", column: "country", other: "countries", key: "iso" },
    { kind: "sql", name: "fee", expression: "fee >= 0 or amount is null" },
  ])("is kept: %o", async (rule) => {
    const kept = rule.kind === "references" ? { ...others, countries: { iso: ["XX", "BR", "US"] } } : others;
    const result = await qualityOf(columns, { rules: [rule], others: kept });
    expect(result.checks.filter(({ name }) => name.startsWith("rule."))).toMatchObject([{ status: "pass", examples: [] }]);
  });

  it.each<[RuleTerms, string | RegExp]>([
    [{ kind: "min", column: "amout", bound: 0 }, 'The table has no column "amout". Did you mean "amount"?'],
    [{ kind: "unique", columns: ["country", "nothing"] }, 'The table has no column "nothing".'],
    [{ kind: "at-least", rows: 6 }, "The table has 5 rows; at least 6 were expected."],
    [{ kind: "at-most", rows: 4 }, "The table has 5 rows; at most 4 were expected."],
    [
      { kind: "references", column: "country", other: "countries", key: "is" },
      /^countries: The table has no column "is"\. Did you mean "iso"/,
    ],
    [{ kind: "fresh", column: "country", days: 1 }, /^"country" holds no day or time/],
    [{ kind: "fresh", column: "day", days: 1 }, 'By "day" the newest row is 1.5 days old; at most 1 day were expected.'],
    [{ kind: "sql", name: "x", expression: "amount + fee" }, /^The expression gives DOUBLE and not true or false/],
    [
      { kind: "sql", name: "x", expression: "amount > country" },
      /^The expression cannot be computed: Cannot compare values of type/,
    ],
    [
      { kind: "sql", name: "x", expression: "country::INT > 1" },
      /^The expression cannot be computed of every row \(conversion error\)/,
    ],
    [{ kind: "sql", name: "x", expression: "amuont > 1" }, 'The table has no column "amuont". Did you mean amount?'],
  ])("says why it does not hold: %o", async (rule, message) => {
    const expected = typeof message === "string" ? message : expect.stringMatching(message);
    expect(await check(rule)).toMatchObject({ status: "fail", examples: [], message: expected });
  });

  it.each<RuleTerms>([
    { kind: "references", column: "country", other: "lost", key: "iso" },
    { kind: "sql", name: "slow", expression: "levenshtein(text, reverse(text)) < 0" },
  ])("says nothing where it cannot be computed: %o", async (rule) => {
    const text = Array.from({ length: 20_000 }, (_, row) => `${row}`.padEnd(700, "abcdefg"));
    const result = await qualityOf(
      { country: text.map((_, row) => row % 3), text },
      { rules: [rule], queryInTime: (datasets) => queryOf(datasets, 0.3) },
    );
    const [checked] = uncomputed(result, "error");
    expect(checked).toMatchObject({ status: "unknown", examples: [] });
    expect(checked?.message).toMatch(/^lost could not be read\.|^The expression says nothing: it takes too long/);
    expect(checked?.rows).toBeUndefined();
  });

  it.each<[string, RuleTerms, Columns, number[]]>([
    ["codes", { kind: "matches", column: "zip", pattern: "[0-9]{5}" }, { zip: ["01234", "1234", "99999"] }, [2]],
    ["numbers", { kind: "matches", column: "n", pattern: "[0-9.]+" }, { n: ["1.0", "1e3", "2"] }, [2]],
    [
      "days",
      { kind: "matches", column: "day", pattern: "[0-9]{4}-[0-9]{2}-[0-9]{2}" },
      { day: ["2026-01-01", "2026-01-01T10:00"] },
      [2],
    ],
    ["booleans", { kind: "matches", column: "flag", pattern: "True|False" }, { flag: ["True", "false"] }, [2]],
    ["listed codes", { kind: "in", column: "zip", values: ["01234", "99999"] }, { zip: ["01234", "1234", "99999"] }, [2]],
    ["listed texts", { kind: "in", column: "n", values: ["1", "2.0"] }, { n: ["1.0", "01", "2", "3"] }, [2, 4]],
    ["listed numbers", { kind: "in", column: "month", values: [1, 2] }, { month: ["01", "2", "2.0", "03"] }, [4]],
    ["keys", { kind: "unique", columns: ["zip"] }, { zip: ["01234", "1234", "1234.0", "9"] }, [3]],
    ["long keys", { kind: "unique", columns: ["n"] }, { n: ["1234567890123456789", "1234567890123456788", "1"] }, []],
    [
      "looked up codes",
      { kind: "references", column: "zip", other: "zips", key: "zip" },
      { zip: ["01234", "1234", "7", "7.0"] },
      [2],
    ],
  ])("goes by what stands in the file: %s", async (_, rule, table, examples) => {
    const zips = { zip: ["01234", "7", "99999"] };
    const result = await qualityOf(table, { rules: [rule], others: { zips } });
    const checked = result.checks.find(({ name }) => name.startsWith("rule."));
    expect(checked).toMatchObject({ status: examples.length > 0 ? "fail" : "pass", examples });
  });

  it("tells rows of the future", async () => {
    const result = await qualityOf(
      { day: ["2026-01-01", "2205-01-01"] },
      { rules: [{ kind: "fresh", column: "day", days: 60 }] },
    );
    expect(found(result, "rule.day.fresh")).toMatchObject({ status: "fail", rows: { count: 1, of: 2 }, examples: [2] });
    const fresh = await qualityOf({ day: ["2026-01-01", "2026-02-01"] }, { rules: [{ kind: "fresh", column: "day", days: 60 }] });
    expect(found(fresh, "rule.day.fresh").status).toBe("pass");
  });

  it("says how many values may be missing", async () => {
    expect((await check({ kind: "missing", column: "amount", share: 0.1 })).message).toBe(
      '"amount" has no value in 1 of 5 rows (20%); 10% may be.',
    );
  });

  it("can warn", async () => {
    const result = await qualityOf(columns, { rules: [{ kind: "min", column: "amount", bound: 0, severity: "warn" }] });
    expect(found(result, "rule.amount.min")).toMatchObject({ severity: "warn", status: "fail" });
  });

  it("does not repeat what a cell holds where an expression cannot be computed of it", async () => {
    const secret = { name: ["ann-7781", "5"], n: [1, 2] };
    const result = await qualityOf(secret, { rules: [{ kind: "sql", name: "x", expression: "name::INT > n" }] });
    expect(JSON.stringify(result)).not.toContain("7781");
  });
});
