import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { compareWithProfile } from "../../src/drift/compare-with-profile.ts";
import { compareLikeEvidently } from "../../src/drift/evidently/compare-like-evidently.ts";
import type { DriftResult } from "../../src/evidence/data-evidence.ts";
import { createNodeFiles } from "../../src/files/node-files.ts";
import { readLikePandas } from "../../src/flows/read-like-pandas.ts";
import { withTable } from "../../src/flows/with-table.ts";
import type { ClassifiedRows } from "../../src/monitoring/classified-rows.ts";

export const referenceYear = 2015;
export const laterYears = [2016, 2017, 2018] as const;
export type LaterYear = (typeof laterYears)[number];

const machine = { files: createNodeFiles(), progress: () => undefined };
const perMetric = <T extends z.ZodType>(value: T) => z.record(z.string(), z.array(value));
const estimatesSchema = z.object({ estimates: perMetric(z.number()), alerts: perMetric(z.boolean()) });
const nannymlSchema = z.object({
  version: z.string(),
  /** Rows. */
  window: z.int(),
  years: estimatesSchema,
  windows: estimatesSchema,
});
export type NannymlEstimates = z.infer<typeof nannymlSchema>;

/** Every row in the order of the package's file. */
export interface CensusRows {
  year: Float64Array;
  /** RELP, what somebody is to the head of the household; 16 and 17: lives in no household. */
  relation: Float64Array;
  rows: ClassifiedRows;
}

/** Writes the tables that are read below. */
export function makeTables(folder: string): void {
  const python = join(import.meta.dirname, "..", "..", ".cache", "nannyml", "bin", "python");
  const made = spawnSync(python, [join(import.meta.dirname, "make-tables.py"), folder], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (made.status !== 0)
    throw new Error(`${python} could not make the tables: bash .ci/python-tool.sh nannyml installs what it needs.`);
}

export async function readRows(folder: string): Promise<CensusRows> {
  return withTable({ paths: ["predictions.parquet"], folder }, machine, async (dataset) => {
    const column = async (name: string) => (await dataset.numbers(name)).values;
    const labels = async (name: string) => Int32Array.from(await column(name));
    return {
      year: await column("year"),
      relation: await column("RELP"),
      rows: {
        probabilities: [await column("predicted_probability")],
        predicted: await labels("prediction"),
        truth: await labels("employed"),
      },
    };
  });
}

export function readNannyml(folder: string): NannymlEstimates {
  return nannymlSchema.parse(JSON.parse(readFileSync(join(folder, "nannyml.json"), "utf8")));
}

/** The columns of a later year beside those of 2015, by our preset and by Evidently's. */
export async function driftOf(folder: string, year: LaterYear): Promise<{ assay: DriftResult; evidently: DriftResult }> {
  const read = <T>(which: number, use: Parameters<typeof withTable<T>>[2]) =>
    withTable<T>({ paths: [`${which}.parquet`], folder }, machine, use);
  const profile = await read(referenceYear, (dataset) => dataset.profile());
  const counts = await read(year, (dataset) => dataset.count(profile));
  const pandas = (which: number) => read(which, (dataset) => readLikePandas(dataset, new Set()));
  return {
    assay: compareWithProfile(profile, counts),
    evidently: compareLikeEvidently(await pandas(referenceYear), await pandas(year)),
  };
}
