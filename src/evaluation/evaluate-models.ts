import type { Evaluation, MetricResult, Pictures, Slice } from "../evidence/evidence.ts";
import type { Predictions, RowDesign, Truth } from "../scoring/predictions.ts";
import type { Task } from "../spec/spec.ts";
import type { Groups } from "../statistics/groups.ts";
import { mean } from "../statistics/moments.ts";
import { compareTrainings } from "./compare-trainings.ts";
import { countFlipped, type FlipScore, findFlipped } from "./flipped.ts";
import { measureTrainings, metricFor } from "./measure-trainings.ts";
import type { Metric } from "./metric.ts";
import { drawPictures } from "./pictures.ts";
import type { Trainings } from "./row-noise.ts";
import { joinRows } from "./rows.ts";
import { selectGroups, selectRows } from "./select-rows.ts";
import { type ChosenSlice, chooseSlices, listSlice } from "./slices.ts";
import { areEqual, type Weighing, withoutWeightless } from "./weightless.ts";

export interface EvaluateModelsRequest {
  task: Task;
  truth: Truth;
  design: RowDesign;
  /** Binary tasks: the label that counts as positive. Undefined: known only where the labels are 0/1, −1/1 or false/true. */
  positive: string | undefined;
  /** Names with their arguments; of `scored` tasks names of scores, and none for all that the candidate has. */
  metrics: readonly string[];
  /** `scored` tasks: scores of which less is better. */
  lowerIsBetter: readonly string[];
  /** One a training, on the rows of the truth; undefined: there is no such side. */
  candidate: readonly Predictions[] | undefined;
  baseline: readonly Predictions[] | undefined;
}

export interface ModelResult {
  metrics: MetricResult[];
  /** Of the first training. */
  pictures: Pictures;
}

/** What evidence says of the two sides on one test set. */
export interface EvaluatedModels
  extends Pick<Evaluation, "comparisons" | "flipped" | "slices" | "slicesLeftOut" | "slicesMissing" | "group" | "seedsEqual"> {
  candidate: ModelResult | undefined;
  baseline: ModelResult | undefined;
}

/** The two sides joined with the test set: each alone, so that neither's labels touch the other's values, and both in one coding. */
interface Joined {
  candidate: Trainings | undefined;
  baseline: Trainings | undefined;
  pair: { baseline: Trainings; candidate: Trainings } | undefined;
  groups: Groups | undefined;
}

interface NamedMetric {
  name: string;
  metric: Metric | { undefinedBecause: string };
}

/**
 * The metrics of candidate and baseline on the same rows, the change of each with its paired 95% interval, the same on declared
 * slices, and which rows flipped. Several trainings of a side count by the mean of their metrics.
 * @throws MissingDataError when predictions are of another kind or of other rows than the truth
 */
export function evaluateModels(request: EvaluateModelsRequest): EvaluatedModels {
  const { task, truth, lowerIsBetter } = request;
  const metrics = namesOf(request).map((name) => ({ name, metric: metricFor(name, task, lowerIsBetter) }));
  const flipScore = flipScoreOf(metrics);
  const weighing = withoutWeightless(truth.ids, request.design);
  const { ids, design } = weighing;
  const joined = joinSides(request, weighing);
  const { pair, groups } = joined;
  const side = (trainings: Trainings | undefined): ModelResult | undefined => {
    const [first] = trainings ?? [];
    return trainings && first && { metrics: measureAll(metrics, trainings, groups), pictures: drawPictures(first) };
  };
  const [theirs, ours] = [pair?.baseline[0], pair?.candidate[0]];
  const trainings = Math.max(request.candidate?.length ?? 0, request.baseline?.length ?? 0);
  const { chosen, leftOut, missing } = chooseSlices(design, { metrics: metrics.length, trainings });
  const seedsEqual = (["baseline", "candidate"] as const).filter((side) => areEqual(joined[side] ?? []));
  return {
    candidate: side(joined.candidate),
    baseline: side(joined.baseline),
    comparisons: pair ? compareAll(metrics, pair, groups) : [],
    ...(theirs && ours ? { flipped: findFlipped(ids, theirs, ours, flipScore) } : {}),
    ...(chosen.length > 0 ? { slices: chosen.map((slice) => evaluateSlice(slice, joined, metrics, flipScore)) } : {}),
    ...(leftOut.length > 0 ? { slicesLeftOut: leftOut } : {}),
    ...(missing.length > 0 ? { slicesMissing: missing } : {}),
    ...(design.group ? { group: { column: design.group.column, groups: design.group.groups } } : {}),
    ...(seedsEqual.length > 0 ? { seedsEqual } : {}),
  };
}

function namesOf({ task, metrics, candidate = [], baseline = [] }: EvaluateModelsRequest): readonly string[] {
  const first = candidate[0] ?? baseline[0];
  return task === "scored" && metrics.length === 0 && first?.kind === "scored" ? [...first.scores.keys()] : metrics;
}

function joinSides(
  { task, truth, positive, design, candidate = [], baseline = [] }: EvaluateModelsRequest,
  { groups, select }: Weighing,
): Joined {
  const weights = design.weights && ofMeanOne(design.weights);
  const join = (models: readonly Predictions[]) => joinRows({ task, truth, positive, weights }, models).map(select);
  const [ours, theirs] = [candidate.length > 0 ? join(candidate) : undefined, baseline.length > 0 ? join(baseline) : undefined];
  const both = ours && theirs ? join([...baseline, ...candidate]) : undefined;
  return {
    candidate: ours,
    baseline: theirs,
    pair: both && { baseline: both.slice(0, baseline.length), candidate: both.slice(baseline.length) },
    groups,
  };
}

/** Only their shares matter, and sums of huge or tiny weights would be no numbers. */
function ofMeanOne(weights: Float64Array): Float64Array {
  const largest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  const scaled = weights.map((weight) => weight / largest);
  const average = mean(scaled);
  return scaled.map((weight) => weight / average);
}

function measureAll(metrics: readonly NamedMetric[], trainings: Trainings, groups: Groups | undefined): MetricResult[] {
  return metrics.map(({ name, metric }) => measureTrainings(name, metric, trainings, groups));
}

function compareAll(metrics: readonly NamedMetric[], pair: NonNullable<Joined["pair"]>, groups: Groups | undefined) {
  return metrics.map(({ name, metric }) => compareTrainings(name, metric, pair.baseline, pair.candidate, groups));
}

function evaluateSlice(
  slice: ChosenSlice,
  joined: Joined,
  metrics: readonly NamedMetric[],
  flipScore: FlipScore | undefined,
): Slice {
  if (slice.isTooSmall) return listSlice(slice);
  const select = (trainings: Trainings) => trainings.map((rows) => selectRows(rows, slice.rows));
  const groups = joined.groups && selectGroups(joined.groups, slice.rows);
  const pair = joined.pair && { baseline: select(joined.pair.baseline), candidate: select(joined.pair.candidate) };
  const [theirs, ours] = [pair?.baseline[0], pair?.candidate[0]];
  return {
    column: slice.column,
    value: slice.value,
    rows: slice.rows.length,
    metrics: joined.candidate ? measureAll(metrics, select(joined.candidate), groups) : [],
    comparisons: pair ? compareAll(metrics, pair, groups) : [],
    ...(theirs && ours ? { flipped: countFlipped(theirs, ours, flipScore) } : {}),
  };
}

/** Of `scored` tasks rows flip by the first metric. */
function flipScoreOf([first]: readonly NamedMetric[]): FlipScore | undefined {
  if (first === undefined || !("measure" in first.metric)) return undefined;
  return { name: first.name, greaterIsBetter: first.metric.greaterIsBetter };
}
