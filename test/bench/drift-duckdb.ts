/** DuckDB's side of `npm run bench -- drift`: exact quantiles and category counts of the same columns of both files. */
import { DuckDBInstance } from "@duckdb/node-api";
import { categoryNames, numberNames } from "./drift-files.ts";

const [how, ...files] = process.argv.slice(2);
const levels = `[${Array.from({ length: 99 }, (_, index) => (index + 1) / 100).join(", ")}]`;
const instance = await DuckDBInstance.create(":memory:");
const connection = await instance.connect();
for (const file of files) {
  for (const name of numberNames) {
    // Its own function, and what is faster where quantiles are many.
    if (how === "quantiles") await connection.run(`SELECT quantile_disc(${name}, ${levels}) FROM '${file}'`);
    else await connection.run(`SELECT ${name} FROM '${file}' WHERE ${name} IS NOT NULL ORDER BY ${name}`);
  }
  for (const name of categoryNames) await connection.run(`SELECT ${name}, count(*) FROM '${file}' GROUP BY 1 ORDER BY 2 DESC`);
}
connection.closeSync();
instance.closeSync();
process.stdout.write(JSON.stringify({ gibibytes: process.resourceUsage().maxRSS / 2 ** 20 }));
