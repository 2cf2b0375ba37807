import type { Evidence, Experiment, Experiments } from "../evidence/evidence.ts";
import type { Phrase } from "../markdown/phrase.ts";
import { mean, standardDeviation } from "../statistics/moments.ts";
import { decimalsForRow, formatFixed, plural, shortSha } from "./format.ts";

export interface ExperimentRow {
  /** From 1. */
  number: number;
  /** One a parameter, in the order of `ExperimentsTable.parameters`. */
  values: readonly string[];
  /** `0.3241 ± 0.0102`: mean and standard deviation over the seeds. */
  result: string;
  /** Of each training, in the order of the seeds. */
  seeds: readonly string[];
  status: Phrase;
  chosen: boolean;
}

export interface ExperimentsTable {
  parameters: readonly string[];
  seeds: readonly number[];
  /** The number that chooses. */
  measure: string;
  rows: readonly ExperimentRow[];
  /** How the best was chosen. */
  rule: Phrase;
  /** What is odd about them together. */
  warning: Phrase | undefined;
}

const maxMessage = 300;

/** The experiments that a run was chosen from: a row each, and the rule. */
export function experimentsTable({ experiments, trainings }: Evidence): ExperimentsTable | undefined {
  if (!experiments) return undefined;
  const { points, select, chosen } = experiments;
  const isRecipe = trainings.some(({ trainer }) => trainer === "tfjs");
  const parameters = [...new Set(points.flatMap(({ values }) => Object.keys(values)))];
  const numbers = points.map(numbersOf);
  const decimals = decimalsOf(numbers);
  const rows = points.map((point, index): ExperimentRow => {
    const known = numbers[index] ?? [];
    return {
      number: index + 1,
      values: parameters.map((name) => String(point.values[name] ?? "—")),
      // A mean over other seeds than the rest's would look like one that can be compared.
      result: known.length === point.seeds.length ? meanAndSpread(known, decimals) : "—",
      seeds: point.seeds.map(({ value }) => formatFixed(value, decimals)),
      status: statusOf(point),
      chosen: index === chosen,
    };
  });
  const seeds = [...new Set(points.flatMap(({ seeds: own }) => own.map(({ seed }) => seed)))];
  const rule = ruleOf(experiments, seeds.length, isRecipe);
  return { parameters, seeds, rows, measure: select.reported, rule, warning: sameModels(points) ? allSame : undefined };
}

function numbersOf({ seeds }: Experiment): number[] {
  return seeds.flatMap(({ value }) => (value === null ? [] : [value]));
}

/** As many for every row, so that they can be read down the column: the smallest spread to two digits. */
function decimalsOf(numbers: readonly (readonly number[])[]): number {
  const spreads = numbers.map(spreadOf).filter((spread) => spread > 0);
  const largest = Math.max(0, ...numbers.flat().map(Math.abs));
  const spread = spreads.length > 0 ? Math.min(...spreads) : undefined;
  return Math.min(6, decimalsForRow({ candidate: largest, change: spread && spread / 10 }));
}

function spreadOf(values: readonly number[]): number {
  return values.length < 2 ? 0 : standardDeviation(Float64Array.from(values));
}

function meanAndSpread(values: readonly number[], decimals: number): string {
  if (values.length === 0) return "—";
  const centre = formatFixed(mean(Float64Array.from(values)), decimals);
  return values.length < 2 ? centre : `${centre} ± ${formatFixed(spreadOf(values), decimals)}`;
}

function statusOf({ outcome, message, reusedFrom }: Experiment): Phrase {
  const why = message === undefined || message.length <= maxMessage ? message : `${message.slice(0, maxMessage - 1)}…`;
  if (outcome !== "completed") return why === undefined ? outcome : `${outcome}: ${why}`;
  if (why !== undefined) return why;
  if (!reusedFrom) return "trained";
  const { pullRequest, commit, run } = reusedFrom;
  if (!run) return "trained before";
  return pullRequest === undefined ? ["reused from ", { code: shortSha(commit) }] : `reused from pull request ${pullRequest}`;
}

function ruleOf({ select: { reported, better }, chosen }: Experiments, seeds: number, isRecipe: boolean): Phrase {
  const whose = isRecipe ? " of rows held out of training" : " that the trainer reported itself";
  const over = seeds > 1 ? `, the mean over ${plural(seeds, "seed")} (± the standard deviation between them)` : "";
  return [
    `${chosen === undefined ? "The best is chosen" : "Chosen"} by the ${better === "lower" ? "lowest" : "highest"} `,
    { code: reported },
    `${whose}${over}, before any test row was scored. Only the chosen one is judged.`,
  ];
}

const allSame: Phrase = [
  "All experiments gave the same models, so the grid changed nothing: the training command has to read its parameters from the files that ",
  { code: "ASSAY_PARAMS" },
  " names.",
];

function sameModels(points: readonly Experiment[]): boolean {
  const completed = points.filter(({ outcome }) => outcome === "completed");
  const models = new Set(completed.map(({ seeds }) => seeds.map(({ model }) => model).join()));
  return completed.length > 1 && models.size === 1 && completed.every(({ seeds }) => seeds.some(({ model }) => model));
}

/** Title of the column with each training's number. */
export function eachSeed(seeds: readonly number[]): string {
  return seeds.length === 0 ? "Seeds" : `Seed ${seeds.join(", ")}`;
}
