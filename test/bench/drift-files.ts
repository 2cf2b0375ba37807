import { DuckDBInstance } from "@duckdb/node-api";

/** Columns of mixed kinds; uniform numbers are made of hashes, so that the same seed gives the same file on any machine. */
const uniform = (column: number) => `((hash(i, ${column}, SEED) >> 11) / 9007199254740992.0)`;
const normal = (column: number) => `(sqrt(-2 * ln(1 - ${uniform(column)})) * cos(2 * pi() * ${uniform(column + 100)}))`;
const many = (count: number, from: number, make: (column: number) => string) =>
  Array.from({ length: count }, (_, index) => make(from + index));

const numbers = [
  ...many(5, 0, normal),
  ...many(3, 5, (column) => `exp(2 * ${normal(column)})`),
  ...many(3, 8, (column) => `CAST(floor(-ln(1 - ${uniform(column)}) * 3) AS INTEGER)`),
  ...many(2, 11, (column) => `CASE WHEN ${uniform(column)} < 0.5 THEN 0 ELSE ${uniform(column + 50)} END`),
  ...many(2, 13, (column) => `CASE WHEN ${uniform(column)} < 0.1 THEN NULL ELSE round(${normal(column + 20)}, 2) END`),
];
const categories = [
  ...many(2, 15, (column) => `'c' || CAST(floor(${uniform(column)} * ${uniform(column + 50)} * 50) AS INTEGER)`),
  ...many(2, 17, (column) => `'r' || CAST(floor(-ln(1 - ${uniform(column)}) * 100) AS INTEGER)`),
  `${uniform(19)} < 0.3`,
];

export const numberNames = numbers.map((_, index) => `number${index}`);
export const categoryNames = categories.map((_, index) => `category${index}`);

/** Writes a Parquet file of 15 columns of numbers and 5 of categories. */
export async function writeDriftFile(path: string, rows: number, seed: number): Promise<void> {
  const columns = [
    ...numbers.map((value, index) => `${value} AS ${numberNames[index]}`),
    ...categories.map((value, index) => `${value} AS ${categoryNames[index]}`),
  ];
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const select = `SELECT ${columns.join(", ")} FROM range(${rows}) t(i)`.replaceAll("SEED", String(seed));
  await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
}
