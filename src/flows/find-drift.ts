import type { Dataset } from "../data/dataset/dataset.ts";
import type { Profile } from "../data/profile.ts";
import { mostShownValues } from "../data/shown-values.ts";
import { compareWithProfile } from "../drift/compare-with-profile.ts";
import { compareByPsi } from "../drift/psi-deciles.ts";
import { MissingDataError } from "../errors/errors.ts";
import type { DriftColumn, DriftResult } from "../evidence/data-evidence.ts";
import type { Drift } from "../spec/spec.ts";
import { told } from "./with-table.ts";

export interface DriftSetting {
  drift: Pick<Drift, "preset" | "exclude" | "weights" | "embeddings">;
  /** Columns whose values may be shown; of others only few values are. */
  public: readonly string[] | "all";
}

const presets = { assay: compareWithProfile, "psi-deciles": compareByPsi } satisfies Record<Drift["preset"], unknown>;

/**
 * Compares a table with the profile of an earlier one.
 * @throws MissingDataError when either has no rows
 */
export async function findDrift(
  reference: Profile,
  current: Dataset,
  { drift, public: shown }: DriftSetting,
  progress: (line: string) => void,
): Promise<DriftResult> {
  const counts = await current.count(reference, { onProgress: told(progress) });
  const options = {
    exclude: new Set(drift.exclude),
    weights: new Map(Object.entries(drift.weights)),
    embeddings: new Map(Object.entries(drift.embeddings)),
  };
  return withoutLabels(refuseEmpty(presets[drift.preset](reference, counts, options)), shown);
}

/** Of no rows nothing can be said: least of all that nothing drifted. @throws MissingDataError */
export function refuseEmpty(result: DriftResult): DriftResult {
  const { rows } = result;
  if (rows.reference > 0 && rows.current > 0) return result;
  throw new MissingDataError(
    `${rows.current === 0 ? "The table" : "The reference"} has no rows: nothing can be compared. Look at what wrote it.`,
  );
}

/** Without values of columns that may not be shown. */
export function withoutLabels(result: DriftResult, shown: DriftSetting["public"]): DriftResult {
  return shown === "all" ? result : { ...result, columns: result.columns.map((column) => withoutLabelsOf(column, shown)) };
}

/** @param shown columns whose values may be shown */
export function withoutLabelsOf(column: DriftColumn, shown: readonly string[]): DriftColumn {
  const { histogram, name } = column;
  if (histogram?.labels === undefined || histogram.labels.length <= mostShownValues || shown.includes(name)) return column;
  const { labels: _, ...unnamed } = histogram;
  return { ...column, histogram: unnamed };
}
