/** Assay's side of `npm run bench -- metrics`, in a process of its own so that its memory can be read. */
import { readFileSync } from "node:fs";
import { findMetric } from "../../src/evaluation/metrics/index.ts";
import type { Rows } from "../../src/evaluation/rows.ts";
import { metricNames } from "../../src/spec/metric-names.ts";
import { quantileOfSorted } from "../../src/statistics/moments.ts";
import { bootstrapPaired, type PairedChange, preparePaired } from "../../src/statistics/paired-bootstrap.ts";
import { generateBinary } from "../evaluation/goldens/generator.ts";

const [rowsText, seedText, measuredText, indicesPath = "", resamplesText] = process.argv.slice(2);
const [rows, seed, measured, resamples] = [rowsText, seedText, measuredText, resamplesText].map(Number);
if (!rows || !seed || !measured || !resamples) throw new Error("Called by the bench with rows, seed, resamples and their file.");

const { truth, baseline, candidate } = generateBinary(rows, seed);
const models = [baseline, candidate].map((scores) => ({ scores, predicted: scores.map((score) => (score > 0.5 ? 1 : 0)) }));
const joined = models.map(
  ({ scores, predicted }): Rows => ({
    kind: "classification",
    weights: undefined,
    task: "binary",
    count: rows,
    labels: ["0", "1"],
    truth: Int32Array.from(truth),
    predicted: Int32Array.from(predicted),
    positive: 1,
    classes: ["1"],
    probabilities: [scores],
  }),
);

// The time of one processor core, so that what else the machine does counts for neither side.
const cpuSeconds = () => (process.cpuUsage().user + process.cpuUsage().system) / 1e6;
const start = cpuSeconds();
const values: Record<string, [number, number]> = {};
const texts = new Map([
  ["recall_at_fpr", "recall_at_fpr=0.01"],
  ["precision_at_k", "precision_at_k=1000"],
]);
for (const name of metricNames("binary").map((each) => texts.get(each) ?? each)) {
  const [theirs = Number.NaN, ours = Number.NaN] = joined.map((of) => {
    const measuredValue = findMetric(name, "binary")?.measure(of);
    return measuredValue && "value" in measuredValue ? measuredValue.value : Number.NaN;
  });
  values[name] = [theirs, ours];
}
const afterMetrics = cpuSeconds();
const [first, second] = models.map(({ scores, predicted }) => ({ scores, predicted: Uint8Array.from(predicted) }));
if (!first || !second) throw new Error("Two models.");
const paired = { positive: truth, baseline: first, candidate: second };
const intervals = bootstrapPaired(paired, resamples);
const afterResamples = cpuSeconds();
if (!intervals.rocAuc || !intervals.f1 || !intervals.accuracy) throw new Error("No interval.");

/** The same resamples that the script in Python drew. */
const bytes = readFileSync(indicesPath);
const indices = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
const { placeOf, changeOf } = preparePaired(paired);
const changes = Array.from({ length: measured }, (_, resample) => {
  const counts = new Uint8Array(rows);
  for (let i = resample * rows; i < (resample + 1) * rows; i++) {
    const place = placeOf[indices[i] ?? 0] ?? 0;
    counts[place] = (counts[place] ?? 0) + 1;
  }
  return changeOf(counts);
});
const limitsOf = (of: (change: PairedChange) => number) => {
  const sorted = Float64Array.from(changes, of).sort();
  return [quantileOfSorted(sorted, 0.025), quantileOfSorted(sorted, 0.975)];
};

process.stdout.write(
  JSON.stringify({
    seconds: { metrics: afterMetrics - start, resample: afterResamples - afterMetrics },
    gibibytes: process.resourceUsage().maxRSS / 1024 / 1024,
    resamples,
    values,
    changes,
    limits: { rocAuc: limitsOf((of) => of.rocAuc), f1: limitsOf((of) => of.f1), accuracy: limitsOf((of) => of.accuracy) },
  }),
);
