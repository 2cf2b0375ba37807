import { UsageError } from "../errors/errors.ts";
import { errorKind, sqlName, sqlText, withDuckDb, withoutPatterns } from "./duckdb.ts";
import type { Table } from "./table.ts";
import { selectColumns, type TableRequest, tableLimits, tooManyRows } from "./table-request.ts";

/** Types that are numbers; everything else is text, booleans as `true` and `false`, times in ISO form. */
const numeric = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(.*\))$/;

/** Reads a Parquet file with DuckDB, by the types that the file declares. */
export async function readParquet(path: string, request: TableRequest): Promise<Table> {
  const from = `read_parquet(${sqlText(withoutPatterns(path))}, hive_partitioning = false)`;
  try {
    return await withDuckDb([path], async (connection) => {
      const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${from}`);
      const fields = described.getRows().map(([name, type]) => ({ name: String(name), type: String(type) }));
      const chosen = selectColumns(
        fields.map(({ name }) => name),
        request,
      ).flatMap((index) => fields[index] ?? []);
      const counted = await connection.runAndReadAll(`SELECT count(*) FROM ${from}`);
      const rows = Number(counted.getRows()[0]?.[0] ?? 0);
      if (rows > request.maxRows) throw tooManyRows(request);
      if (rows * chosen.length > tableLimits.cells)
        throw new UsageError(`${request.file} has ${rows} × ${chosen.length} values; at most ${tableLimits.cells} can be read.`);
      if (chosen.length === 0) return { rows, columns: [] };

      const columns = chosen.map(({ name, type }) => createBuffer(name, rows, numeric.test(type) && !request.text.has(name)));
      const expressions = chosen.map(({ name, type }, index) => expression(name, type, columns[index]?.kind === "number"));
      const result = await connection.stream(`SELECT ${expressions.join(", ")} FROM ${from}`);
      let offset = 0;
      for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
        for (const [index, column] of columns.entries()) {
          const vector = chunk.getColumnVector(index);
          for (let row = 0; row < chunk.rowCount; row++) put(column, offset + row, vector.getItem(row));
        }
        offset += chunk.rowCount;
      }
      if (offset !== rows) throw new UsageError(`${request.file} has ${rows} rows by its footer, but ${offset} could be read.`);
      return { rows, columns };
    });
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${request.file} is no complete Parquet file: ${errorKind(error)}. Write or fetch the file again.`, {
      cause: error,
    });
  }
}

type ColumnBuffer =
  | { kind: "number"; name: string; values: Float64Array }
  | { kind: "text"; name: string; values: (string | null)[] };

function createBuffer(name: string, rows: number, isNumber: boolean): ColumnBuffer {
  return isNumber ? { kind: "number", name, values: new Float64Array(rows) } : { kind: "text", name, values: [] };
}

function put(column: ColumnBuffer, row: number, value: unknown): void {
  if (column.kind === "number") column.values[row] = typeof value === "number" ? value : Number.NaN;
  else column.values[row] = typeof value === "string" && value !== "" ? value : null;
}

/** Whole floats as text lose `.0`: a label or id that pandas made a float is written as the whole number it was. */
function expression(name: string, type: string, asNumber: boolean): string {
  if (asNumber) return `CAST(${sqlName(name)} AS DOUBLE)`;
  const text = `CAST(${sqlName(name)} AS VARCHAR)`;
  return type === "FLOAT" || type === "DOUBLE" ? `regexp_replace(${text}, '\\.0$', '')` : text;
}
