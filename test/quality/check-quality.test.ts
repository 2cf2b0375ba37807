import { describe, expect, it } from "vitest";
import { type Columns, failed, found, generator, permuted, qualityOf } from "./tables.ts";

const rows = 400;
const random = generator(7);
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** A healthy table: a noisy target, numbers, categories, a few values missing. */
const healthy: Columns = (() => {
  const amount = Array.from({ length: rows }, () => Number((50 + 10 * normal()).toFixed(2)));
  return {
    id: Array.from({ length: rows }, (_, row) => 1_000 + row),
    amount,
    age: Array.from({ length: rows }, () => (random() < 0.05 ? null : Math.floor(18 + 60 * random()))),
    country: Array.from({ length: rows }, () => ["BR", "US", "DE", "JP"][Math.floor(4 * random())] ?? "BR"),
    note: Array.from({ length: rows }, (_, row) => `call no ${row} ${random().toString(36).slice(2)}`),
    day: Array.from({ length: rows }, (_, row) =>
      new Date(Date.UTC(2025, 0, 1 + Math.floor(row / 4))).toISOString().slice(0, 10),
    ),
    fraud: amount.map((value) => (value + 15 * normal() > 60 ? "yes" : "no")),
  };
})();

const withColumn = (name: string, change: (cell: string | number | null, row: number) => string | number | null): Columns => ({
  ...healthy,
  [name]: (healthy[name] ?? []).map(change),
});
const asked = { target: "fraud", id: "id" };

describe("a healthy table", () => {
  it("has no fault", async () => {
    expect(failed(await qualityOf(healthy, asked))).toEqual([]);
    expect(failed(await qualityOf(healthy, { ...asked, reference: healthy }))).toEqual([]);
  });
});

const repeated = (columns: Columns, copies: readonly number[]): Columns =>
  permuted(columns, [...Array.from({ length: rows }, (_, row) => row), ...copies]);

describe("a damaged table", () => {
  it.each<[string, Columns, string[], number[]]>([
    ["missing", withColumn("age", (cell, row) => (row % 2 === 0 ? null : cell)), ["warn missing age"], [1, 3, 5, 7, 9]],
    ["empty", withColumn("age", () => null), ["warn empty age"], []],
    ["infinite", withColumn("amount", (cell, row) => (row === 6 ? Infinity : cell)), ["warn infinite amount"], [7]],
    ["constant", withColumn("country", () => "BR"), ["warn constant country"], []],
    [
      "words among numbers",
      withColumn("age", (cell, row) => ([4, 9].includes(row) ? "?" : cell)),
      ["warn type-mismatch age"],
      [5, 10],
    ],
    ["numbers among words", withColumn("country", (cell, row) => (row === 4 ? "12" : cell)), ["warn type-mismatch country"], [5]],
    ["spellings", withColumn("country", (cell, row) => (row < 3 ? " br" : cell)), ["warn string-variants country"], [1, 2, 3]],
    ["blanks", withColumn("country", (cell, row) => (row === 3 ? "  " : cell)), ["warn string-variants country"], [4]],
    ["an id", { ...healthy, order: Array.from({ length: rows }, (_, row) => row * 2) }, ["warn id-like order"], []],
    ["a code", { ...healthy, code: Array.from({ length: rows }, (_, row) => `X${row * 7}`) }, ["warn id-like code"], []],
    [
      "rows that repeat, with an id of their own",
      { ...repeated(healthy, [7, 7, 8, 9, 10]), id: Array.from({ length: rows + 5 }, (_, row) => row) },
      ["warn duplicate-rows"],
      [401, 402, 403, 404, 405],
    ],
    [
      "another label for the same features",
      { ...repeated(healthy, [0]), fraud: [...(healthy.fraud ?? []), healthy.fraud?.[0] === "yes" ? "no" : "yes"] },
      ["warn label-conflicts fraud"],
      [1, 401],
    ],
    [
      "a column that tells the target",
      { ...healthy, refund: (healthy.fraud ?? []).map((label) => (label === "yes" ? 10 + random() : random())) },
      ["error target-leakage refund"],
      [],
    ],
    ["no rows", permuted(healthy, []), ["error empty-table"], []],
  ])("is found by: %s", async (_, columns, expected, examples) => {
    const result = await qualityOf(columns, asked);
    expect(failed(result)).toEqual(expected);
    expect(result.checks[0]?.examples.slice(0, 5)).toEqual(examples);
  });

  it("is found by one value in nearly every row", async () => {
    const flag = Array.from({ length: 2_000 }, (_, row) => (row === 77 ? 1 : 0));
    expect(failed(await qualityOf({ flag }))).toEqual(expect.arrayContaining(["warn almost-constant flag"]));
  });

  it("counts all rows at fault, shows twenty and no value of a column that has many", async () => {
    const secret = withColumn("note", (cell, row) => (row < 395 ? `${row}` : cell));
    const check = found(await qualityOf(secret, asked), "type-mismatch", "note");
    expect(check).toMatchObject({ rows: { count: 5, of: 400 }, examples: [396, 397, 398, 399, 400] });
    expect(check.message).not.toContain("call");
    const missing = found(
      await qualityOf(
        withColumn("age", () => null),
        asked,
      ),
      "empty",
    );
    expect(missing.examples).toEqual([]);
    const half = found(
      await qualityOf(
        withColumn("age", (cell, row) => (row % 2 ? null : cell)),
        asked,
      ),
      "missing",
    );
    expect(half.examples).toHaveLength(20);
  });

  it("keeps an error, however many warnings of its kind come before", async () => {
    const always = Array.from({ length: 120 }, (_, column) => [`never${column}`, healthy["age"]?.map(() => null) ?? []] as const);
    const reference = { ...Object.fromEntries(always), ...healthy };
    const result = await qualityOf({ ...reference, age: healthy["age"]?.map(() => null) ?? [] }, { ...asked, reference });
    expect(failed(result)[0]).toBe("error empty age");
    expect(result.leftOut).toBe(20);
  });

  it("is none where a column without values gets some", async () => {
    const reference = { ...healthy, later: healthy["age"]?.map(() => null) ?? [] };
    const columns = { ...healthy, later: (healthy["note"] ?? []).map((_, row) => (row % 2 === 0 ? "a" : "b")) };
    expect(failed(await qualityOf(columns, { ...asked, reference }))).toEqual([]);
  });

  it("names the rows with new values also where values are longer than a profile holds", async () => {
    const long = (kind: string) => `${"x".repeat(300)} ${kind}`;
    const kinds = (changed: boolean) =>
      Array.from({ length: rows }, (_, row) => long(changed && row >= 360 ? "new" : row % 2 ? "a" : "b"));
    const result = await qualityOf(
      { ...healthy, kind: kinds(true) },
      { ...asked, reference: { ...healthy, kind: kinds(false) } },
    );
    expect(found(result, "new-categories", "kind")).toMatchObject({ rows: { count: 40, of: 400 } });
    expect(found(result, "new-categories", "kind").examples.slice(0, 2)).toEqual([361, 362]);
  });

  it("names values of few kinds and no others", async () => {
    const columns = withColumn("country", (cell, row) => (row < 3 ? " br" : cell));
    expect(found(await qualityOf(columns, asked), "string-variants").message).toBe(
      '"country" spells values in more than one way in 3 of 400 rows (0.75%): " br" for "BR".',
    );
    const many = withColumn("country", (_, row) => (row < 3 ? " c1" : `C${row % 25}`));
    expect(found(await qualityOf(many, asked), "string-variants").message).toMatch(/ in 3 of 400 rows \(0\.75%\)\.$/);
  });
});

describe("a numeric target", () => {
  const x = Array.from({ length: 500 }, () => random());
  const columns: Columns = {
    noise: Array.from({ length: 500 }, () => random()),
    curve: x.map((value) => (value - 0.5) ** 2),
    rough: x.map((value) => value + 0.3 * normal()),
    copy: x.map((value) => Math.exp(3 * value)),
    price: x,
  };

  it("is told by a column that it is a function of, and by no noisy one", async () => {
    expect(failed(await qualityOf(columns, { target: "price" }))).toEqual(["error target-leakage copy"]);
  });

  it("is not told by columns of few values, and no label is by rows that repeat", async () => {
    const few = { a: x.map((value) => Math.floor(value * 5)), b: x.map(() => Math.floor(3 * random())), same: x.map(() => 7) };
    const leaks = async (target: readonly (string | number)[]) =>
      failed(await qualityOf({ ...few, target }, { target: "target" })).filter((name) => name.includes("leakage"));
    expect(await leaks(x.map(() => (random() < 0.5 ? "yes" : "no")))).toEqual([]);
    expect(await leaks(x.map(() => Math.floor(1e6 * random())))).toEqual([]);
    // Of one row the class cannot stand apart.
    expect(await leaks(few.a.map((_, row) => (row === 7 ? "yes" : "no")))).toEqual([]);
    expect(await leaks(few.a)).toEqual(["error target-leakage a"]);
  });

  it("is no class that could conflict", async () => {
    expect(found(await qualityOf(columns, { target: "price" }), "label-conflicts").status).toBe("skipped");
  });
});

describe("a table beside its reference", () => {
  const reference = healthy;
  it.each<[string, Columns, string[], number[]]>([
    ["words among its numbers", withColumn("age", (cell, row) => (row === 4 ? "?" : cell)), ["error type-mismatch age"], [5]],
    ["numbers in other units", withColumn("amount", (cell) => Number(cell) * 1_000), ["error out-of-range amount"], [1, 2]],
    [
      "numbers beyond the range",
      withColumn("age", (cell, row) => (row < 12 ? 300 + row : cell)),
      ["warn out-of-range age"],
      [1, 2],
    ],
    ["new values", withColumn("country", (cell, row) => (row < 6 ? "FR" : cell)), ["warn new-categories country"], [1, 2]],
    [
      "many new values",
      withColumn("country", (cell, row) => (row < 100 ? `C${row % 5}` : cell)),
      ["error new-categories country"],
      [1, 2],
    ],
    ["another balance", withColumn("fraud", (cell, row) => (row % 3 ? "no" : cell)), ["warn class-balance fraud"], []],
    ["one more column", { ...healthy, more: healthy.amount ?? [] }, ["warn schema more"], []],
  ])("is found by: %s", async (_, columns, expected, examples) => {
    const result = await qualityOf(columns, { ...asked, reference });
    expect(failed(result)).toEqual(expected);
    expect(result.checks[0]?.examples.slice(0, 2)).toEqual(examples);
  });

  it("misses columns that are gone", async () => {
    const { age: _, ...rest } = healthy;
    expect(failed(await qualityOf(rest, { ...asked, reference }))).toEqual(["error schema age"]);
  });

  it("is told of far more values than there were", async () => {
    const columns = { ...healthy, shop: Array.from({ length: rows }, (_, row) => `shop ${row % 90}`) };
    const before = { ...healthy, shop: Array.from({ length: rows }, (_, row) => `shop ${row % 30}`) };
    expect(failed(await qualityOf(columns, { ...asked, reference: before }))).toContain("warn cardinality shop");
    expect(failed(await qualityOf(before, { ...asked, reference: columns }))).toEqual(["warn cardinality shop"]);
  });

  it("may have ids and values that chance brings", async () => {
    const later = withColumn("id", (cell) => Number(cell) + 1_000_000);
    const one = { ...later, amount: (healthy.amount ?? []).map((cell, row) => (row === 0 ? 1e6 : cell)) };
    expect(failed(await qualityOf(one, { ...asked, reference }))).toEqual([]);
  });
});

describe("a column that lost all its values", () => {
  it("is an error where the reference has some, and where it is the target", async () => {
    const emptied = withColumn("age", () => null);
    expect(failed(await qualityOf(emptied, { ...asked, reference: healthy }))).toContain("error empty age");
    expect(failed(await qualityOf(emptied, { ...asked, reference: emptied }))).toEqual(["warn empty age"]);
    expect(
      failed(
        await qualityOf(
          withColumn("fraud", () => null),
          asked,
        ),
      ),
    ).toContain("error empty fraud");
  });
});

describe("a test table", () => {
  const half = (start: number): Columns =>
    permuted(
      healthy,
      Array.from({ length: 200 }, (_, row) => start + row),
    );
  const overlapping = permuted(
    healthy,
    Array.from({ length: 200 }, (_, row) => 195 + row),
  );

  it("is apart from the table", async () => {
    expect(failed(await qualityOf(half(0), { ...asked, test: half(200) }))).toEqual([]);
  });

  it("is found to share rows, by its own numbers", async () => {
    const result = await qualityOf(half(0), {
      ...asked,
      test: { ...overlapping, id: Array.from({ length: 200 }, (_, row) => -row) },
    });
    expect(found(result, "train-test-overlap")).toMatchObject({
      status: "fail",
      severity: "error",
      rows: { count: 5, of: 200 },
      examples: [1, 2, 3, 4, 5],
      examplesOf: "test",
    });
  });

  it("is found to be older, by its own numbers", async () => {
    const late = { ...half(200), day: (half(200).day ?? []).map((day, row) => ([7, 9].includes(row) ? "2025-01-03" : day)) };
    expect(found(await qualityOf(half(0), { ...asked, test: late }), "date-leakage")).toMatchObject({
      status: "fail",
      severity: "warn",
      rows: { count: 2, of: 200 },
      examples: [8, 10],
      examplesOf: "test",
    });
  });

  it("is found in a table whose rows all stand there twice", async () => {
    const twice = Object.fromEntries(Object.entries(half(0)).map(([name, cells]) => [name, [...cells, ...cells]]));
    expect(found(await qualityOf(twice, { ...asked, test: half(0) }), "train-test-overlap")).toMatchObject({
      ...{ status: "fail", severity: "error", rows: { count: 200, of: 200 } },
    });
    expect(found(await qualityOf(twice, { ...asked, test: half(200) }), "train-test-overlap").status).toBe("pass");
  });

  it("is found where a text that differs in every row is all there is to learn from", async () => {
    const molecules = (from: number): Columns => ({
      smiles: Array.from({ length: 200 }, (_, row) => `C${"CN"[row % 2]}${(from + row) * 7}`),
      fraud: Array.from({ length: 200 }, (_, row) => (row % 3 === 0 ? "yes" : "no")),
    });
    const question = { target: "fraud" };
    expect(found(await qualityOf(molecules(0), { ...question, test: molecules(0) }), "train-test-overlap").status).toBe("fail");
    expect(failed(await qualityOf(molecules(0), { ...question, test: molecules(200) }))).toEqual(["warn id-like smiles"]);
  });

  it("may coincide as often as rows of the table do", async () => {
    const coarse = (seed: number): Columns => {
      const next = generator(seed);
      return {
        a: Array.from({ length: rows }, () => Math.floor(4 * next())),
        b: Array.from({ length: rows }, () => Math.floor(4 * next())),
      };
    };
    expect(found(await qualityOf(coarse(1), { test: coarse(2) }), "train-test-overlap").status).toBe("pass");
  });
});

describe("the order of rows", () => {
  it("changes nothing but their numbers", async () => {
    const columns: Columns = {
      ...repeated(
        withColumn("age", (cell, row) => (row % 9 === 0 ? "?" : cell)),
        [7, 8, 9, 10, 11],
      ),
      leak: Array.from({ length: rows + 5 }, (_, row) => (healthy.fraud?.[row] === "yes" ? 1 : 0) + (row % 40 === 0 ? 1 : 0)),
    };
    const order = Array.from({ length: rows + 5 }, (_, row) => (row * 101) % (rows + 5));
    const one = await qualityOf(columns, { ...asked, reference: healthy });
    const other = await qualityOf(permuted(columns, order), { ...asked, reference: healthy });
    const withoutNumbers = ({ checks, ...rest }: typeof one) => ({
      ...rest,
      checks: checks.map((check) => ({ ...check, examples: [] })),
    });
    expect(withoutNumbers(other)).toEqual(withoutNumbers(one));
    const few = ({ rows, examples }: { rows?: { count: number } | undefined; examples: number[] }) =>
      rows && rows.count <= 20 && examples;
    for (const check of other.checks)
      if (few(check) && check.name !== "duplicate-rows")
        expect(check.examples.map((number) => (order[number - 1] ?? 0) + 1).sort((a, b) => a - b)).toEqual(
          one.checks.find(({ name, columns }) => name === check.name && columns[0] === check.columns[0])?.examples,
        );
  });
});
