import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inBrackets, problemOfExpression } from "../../src/quality/rules/expression.ts";
import { allowedFunctions } from "../../src/quality/rules/functions.ts";
import { inDuckDb } from "./tables.ts";

const columns = ["amount", "fee", "name", "Unit Price", "day", "flag"];
const problem = (expression: string) => inDuckDb((query) => problemOfExpression(query, expression, columns));

describe("an expression of a rule", () => {
  it.each([
    "amount >= fee",
    "amount BETWEEN 0 AND 1e6 AND NOT flag",
    `"Unit Price" > 0 OR name IS NULL`,
    `AMOUNT > 0`,
    "name LIKE 'A%' ESCAPE '!'",
    "name ~ '[A-Z]+' AND name NOT IN ('x', 'y')",
    "CASE WHEN flag THEN amount > 1 ELSE true END",
    "try_cast(name AS INTEGER) > 3 AND amount::INT % 2 = 0",
    "day + INTERVAL 1 DAY > DATE '2024-01-01'",
    "date_diff('day', day, TIMESTAMP '2024-01-01') < 10",
    "extract(year FROM day) > 2000 AND coalesce(amount, 0) IS DISTINCT FROM fee",
    "(amount > 1) -- a comment",
    "/* first */ amount > 1",
    "amount IN [1, 2]",
    "trim(BOTH ' ' FROM name) <> ''",
    "replace(replace(name, '.', ''), ',', '.')::DECIMAL(10, 2) > 0",
    "regexp_replace(name, '^([A-Z]+)-', '\\1', 'g') <> concat_ws('-', name, name, day::VARCHAR)",
    "name || name IN ['AA', name] OR try_cast(name AS TIMESTAMPTZ) > day",
  ])("may be %s", async (expression) => {
    expect(await problem(expression)).toBeUndefined();
  });

  it.each([
    ["amount > 1; DROP TABLE rows_here", /one expression over the columns/],
    ["amount > 1; SELECT 1", /one expression over the columns/],
    ["1) FROM rows_here; COPY rows_here TO '/tmp/x.csv' --", /no SQL expression/],
    ["amount FROM read_text('/etc/passwd')", /one expression over the columns/],
    ["(SELECT content FROM read_text('/etc/passwd')) = ''", /no|may not hold a query/],
    ["EXISTS (FROM 'data.csv')", /may not hold a query/],
    ["amount IN (SELECT fee FROM rows_here)", /may not hold a query/],
    ["amount > (WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT max(n) FROM t)", /may not hold a query/],
    ["read_text('/etc/passwd') = ''", /function read_text may not be used/],
    ["read_csv('x.csv') = ''", /function read_csv may not be used/],
    ["getenv('HOME') = ''", /function getenv may not be used/],
    ["current_setting('home_directory') = ''", /function current_setting may not be used/],
    ["getvariable('x') = 1", /function getvariable may not be used/],
    ["nextval('s') > 0", /function nextval may not be used/],
    ["sleep_ms(100000) IS NULL", /function sleep_ms may not be used/],
    ["write_log('x') IS NULL", /function write_log may not be used/],
    ["error('x') IS NULL", /function error may not be used/],
    ["random() > 0.5", /function random may not be used/],
    ["repeat(name, 1000000000) = ''", /function repeat may not be used/],
    ["length(range(1000000000)) > 1", /function range may not be used/],
    ["sum(amount) > 1", /function sum may not be used/],
    ["query('SELECT 1') = 1", /function query may not be used/],
    ["lenght(name) > 1", /Did you mean length\?/],
    ["other.abs(amount) > 1", /function abs may not be used/],
    ["row_number() OVER () > 1", /may not look at other rows/],
    ["list_filter([amount], x -> x > 1) = []", /function list_filter may not be used/],
    ["COLUMNS(*) > 1", /has to name the columns/],
    ["*", /has to name the columns/],
    ["$1 > 1", /parameters/],
    ["day < current_date", /another answer every day.*fresh/],
    ["day < now()", /another answer every day/],
    ["day < today()", /another answer every day/],
    ["replace(replace(replace(name, 'a', 'aaaaaaaaaa'), 'a', 'aaaaaaaaaa'), 'a', 'aa') = ''", /more than 100 times as long/],
    ["replace(upper(replace(name, 'a', 'aaaaaaaaaaaaaaa')), 'A', lower('BBBBBBBBBB')) = ''", /replace may put in nothing but/],
    ["replace(name, 'a', name) = ''", /replace may put in nothing but a text/],
    [
      "regexp_replace(name, '.*', '\\0\\0\\0\\0\\0\\0\\0\\0\\0') || regexp_replace(REPLACE(name, 'a', '12345'), '', '12345678901234567890') = ''",
      /more than 100 times/,
    ],
    ["length((name::BLOB)::BIT::VARCHAR) > 1", /may not read values as such a type/],
    ["concat_ws('', [concat_ws('', [name])]) = ''", /may not be made of another one/],
    ["name::INT[] = [1]", /may not read values as such a type/],
    ["amout > 1", 'The table has no column "amout". Did you mean amount?'],
    ['name = "Ann"', /no column "Ann"\. A text is written in 'single quotes'/],
    ["rows_here.amount > 1", /named by its name alone/],
    ["amount > 1 AS x", /one expression/],
    ["amount, fee", /one expression/],
    ["DISTINCT amount", /one expression/],
    ["amount ORDER BY 1", /one expression/],
    ["amount LIMIT 1", /one expression/],
    ["amount GROUP BY ALL", /one expression/],
    ["amount UNION SELECT 1", /one expression/],
    ["amount >", /no SQL expression: syntax error/],
    ["'open", /no SQL expression/],
    ["PRAGMA database_list", /one expression/],
    ["ATTACH DATABASE 'x.db'", /no SQL expression/],
    ["amount > 1,", /no SQL expression/],
    ["INSTALL httpfs", /one expression/],
    ["SET x = 1", /no SQL expression|one expression|no column/],
  ])("may not be %s", async (expression, expected) => {
    expect(await problem(expression)).toMatch(expected);
  });

  it("may call every function that the documentation names", async () => {
    await inDuckDb(async (query) => {
      const known = await query("SELECT DISTINCT function_name AS name FROM duckdb_functions()");
      const names = new Set(known.map(({ name }) => name));
      // What the parser makes something else of.
      const special = ["coalesce", "ifnull", "position"];
      const unknown = Object.values(allowedFunctions)
        .join(" ")
        .split(" ")
        .filter((name) => !names.has(name) && !special.includes(name));
      expect(unknown).toEqual([]);
    });
  });

  it("cannot do anything but compute, whatever it is made of", async () => {
    const fragments = [
      "amount", "fee", "name", "flag", "1", "0", "'x'", "'", '"', "(", ")", ",", ";", "--", "/*", "*/", "\n", " ", "=", ">", "AND",
      "OR", "NOT", "NULL", "IS", "IN", "SELECT", "FROM", "rows_here", "UNION", "COPY", "TO", "DROP", "TABLE", "CREATE", "x", "AS",
      "abs(", "lower(", "sum(", "read_text(", "CASE", "WHEN", "THEN", "END", "::", "INT", "||", "+", "$1", "*", "[", "]", "->",
    ]; // biome-ignore format: a table
    await inDuckDb(async (query) => {
      await query("CREATE TABLE rows_here AS SELECT 1 AS amount, 2 AS fee, 'n' AS name, true AS flag, DATE '2024-01-01' AS day");
      let accepted = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(fc.constantFrom(...fragments), { minLength: 1, maxLength: 12 }), async (parts) => {
          const expression = parts.join(" ");
          if ((await problemOfExpression(query, expression, columns)) !== undefined) return;
          accepted++;
          const counted = await query(
            `SELECT count(*) FILTER (WHERE ${inBrackets(expression)} = false) AS n FROM rows_here`,
          ).catch((error: Error) => error.message);
          // Types may not fit; the statement around it is never broken up.
          if (typeof counted === "string")
            expect(counted).toMatch(/^(Binder|Catalog|Conversion|Invalid Input|Out of Range) Error/);
          else expect(counted).toHaveLength(1);
        }),
        { numRuns: 3_000 },
      );
      expect(accepted).toBeGreaterThan(20);
      expect(await query("SELECT table_name FROM duckdb_tables()")).toEqual([{ table_name: "rows_here" }]);
    });
  });
});
