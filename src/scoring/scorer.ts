import type { Table } from "../data/table.ts";
import type { RawPredictions } from "./raw-predictions.ts";

/** A model that can be asked about rows. Implementations are in `scorers/`. */
export interface Scorer {
  /**
   * Scores the rows of the test set.
   * @param test the whole test set; scorers read the features they need and never the target
   * @throws MissingDataError when a feature column is not there
   * @throws UserCommandError when the user's model or command does not keep the predictions contract
   */
  score(test: TestRows): Promise<RawPredictions>;
}

export interface TestRows {
  /** Absolute path of the file, for commands. */
  path: string;
  /** The path as in `assay.yml`, for messages. */
  name: string;
  table: Table;
  idColumn: string | undefined;
  targetColumn: string | undefined;
  groupColumn?: string | undefined;
  weightColumn?: string | undefined;
}

/** The columns that a model reads when nobody says which: all but id, target, group and weight, in the table's order. */
export function defaultFeatures({ table, idColumn, targetColumn, groupColumn, weightColumn }: TestRows): string[] {
  const others = [idColumn, targetColumn, groupColumn, weightColumn];
  return table.columns.map(({ name }) => name).filter((name) => !others.includes(name));
}
