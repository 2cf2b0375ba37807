import { z } from "zod";
import { chunksOf } from "../../../src/drift/nannyml/chunks.ts";
import { type ClassifiedRows, pickRows } from "../../../src/monitoring/classified-rows.ts";
import { estimatedMetrics } from "../../../src/monitoring/without-labels/expected-metrics.ts";
import { createPerformanceEstimator } from "../../../src/monitoring/without-labels/performance-estimator.ts";
import { createDifferenceFinder, type Differences } from "../../drift/goldens/differences.ts";
import { madePredictions, madePredictionsSchema } from "./made-predictions.ts";

const number = z.number().nullable();
const tableSchema = madePredictionsSchema.extend({
  chunking: z.union([z.object({ size: z.int() }), z.object({ number: z.int() })]),
  calibrated: z.array(z.boolean()),
  metrics: z.record(
    z.enum(estimatedMetrics),
    z.object({
      lower: number,
      upper: number,
      chunks: z.array(z.object({ estimate: number, error: number, low: number, high: number, alert: z.boolean().nullable() })),
    }),
  ),
  /** Average precision's error of one row, the mean of many of NannyML's draws. */
  drawnError: z.number().optional(),
});
export type CbpeGolden = z.infer<typeof tableSchema>;

/** What make-nannyml-cbpe.py writes. */
export const cbpeGoldens = z.object({ tables: z.array(tableSchema) });

export function cbpeDifferences(golden: CbpeGolden): Differences {
  const { equal, near, found } = createDifferenceFinder(golden.rows);
  const [reference, current] = [madePredictions(golden, 0), madePredictions(golden, 1)];
  const windows = (rows: ClassifiedRows) =>
    chunksOf(rows.truth.length, golden.chunking).map(({ from, to }) =>
      pickRows(
        rows,
        Uint32Array.from({ length: to - from }, (_, i) => from + i),
      ),
    );
  const estimator = createPerformanceEstimator(reference, windows(reference));
  equal("calibrated", estimator.calibrated.join(), golden.calibrated.join());
  const sameNumber = (about: string, ours: number, theirs: number | null) => {
    if (theirs === null) equal(about, Number.isNaN(ours), true);
    else near(about, ours, theirs);
  };
  for (const [at, rows] of windows(current).entries())
    for (const { metric, estimate, samplingError, interval, usual, alert } of estimator.estimate(rows)) {
      const theirs = golden.metrics[metric];
      const chunk = theirs.chunks[at];
      if (chunk === undefined) throw new Error(`NannyML has no chunk ${at}.`);
      const about = `${metric} of chunk ${at}`;
      // Where a part cannot be said NannyML says nothing of the chunk.
      if (chunk.estimate === null) continue;
      sameNumber(about, estimate, chunk.estimate);
      // Theirs is drawn at random, and of ties as its sorting happens to leave them.
      if (metric !== "average_precision" && !(metric === "roc_auc" && golden.steps > 0)) {
        sameNumber(`sampling error of ${about}`, samplingError, chunk.error);
        sameNumber(`low end of ${about}`, interval.low, chunk.low);
        sameNumber(`high end of ${about}`, interval.high, chunk.high);
      }
      sameNumber(`lower threshold of ${about}`, usual.low, theirs.lower);
      sameNumber(`upper threshold of ${about}`, usual.high, theirs.upper);
      equal(`alert of ${about}`, alert, chunk.alert);
    }
  return found;
}
