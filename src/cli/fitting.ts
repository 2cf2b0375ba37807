import { markdownTable } from "markdown-table";

type Align = "l" | "r";

export interface Column<Row> {
  header: string;
  align: Align;
  cell(row: Row): string;
  /** Left out where the terminal is too narrow for all. */
  optional?: boolean;
}

/** A table of these columns; optional ones are dropped from the last on until it fits. */
export function fittingTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[], width: number): string {
  const table = markdownTable([columns.map(({ header }) => header), ...rows.map((row) => columns.map(({ cell }) => cell(row)))], {
    align: columns.map(({ align }) => align),
  });
  const last = columns.findLastIndex(({ optional }) => optional);
  const [firstLine = ""] = table.split("\n", 1);
  if (last < 0 || firstLine.length <= width) return table;
  return fittingTable(columns.toSpliced(last, 1), rows, width);
}
