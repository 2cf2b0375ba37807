import type { GpuUse, Input, Training } from "../../evidence/evidence.ts";
import { table } from "../../markdown/blocks.ts";
import { codeSpan, escapeInline } from "../../markdown/escape.ts";
import { type Phrase, phraseToMarkdown } from "../../markdown/phrase.ts";
import { formatBytes, formatDuration, formatFixed, formatLimit, formatNumber, plural } from "../../report/format.ts";
import type { ReleaseFacts } from "../release-facts.ts";
import { limited } from "./facts-table.ts";

const maxInputs = 50;
const maxTrainings = 20;
/** Longest id or value of an input that is shown; an id of ours is shorter. */
const maxId = 120;

/** What the model was trained on, with what, how and on which machine. */
export function trainingDetails({ evidence }: ReleaseFacts): string[] {
  const { inputs, trainings, data, experiments } = evidence;
  const of = (...kinds: readonly Input["kind"][]) => inputs.filter(({ kind }) => kinds.includes(kind));
  const tables = new Map(data?.tables.map((one) => [one.path, one]));
  return [
    "### Training data",
    inputTable(of("data"), "Data", (name) => {
      const found = tables.get(name);
      return found ? `${formatFixed(found.rows, 0)} × ${formatFixed(found.columns, 0)}` : "not counted";
    }),
    "### Code and environment",
    `${plural(of("code").length, "file")} of code at the trained commit.`,
    inputTable(of("environment", "command", "backend", "contract"), "What"),
    "### Training hyperparameters",
    inputTable(of("param", "seed"), "Name"),
    ...(experiments
      ? [
          `Chosen from a grid of ${plural(experiments.points.length, "point")} by ${codeSpan(experiments.select.reported)}, ${experiments.select.better} is better, before any test row was scored.`,
        ]
      : []),
    "### Training runs",
    limited(trainings, maxTrainings, "trainings", trainingTable),
    "### Environmental impact",
    impact(trainings),
  ];
}

/** `rows`: of a table of data, by its path. */
function inputTable(inputs: readonly Input[], title: string, rows?: (name: string) => string): string {
  if (inputs.length === 0) return "None declared.";
  return limited(inputs, maxInputs, "inputs", (shown) =>
    table(
      [{ title }, { title: "Content or value" }, ...(rows ? [{ title: "Rows × columns", align: "right" as const }] : [])],
      shown.map(({ kind, name, id }) => [
        name === "" ? kind : codeSpan(name, maxId),
        codeSpan(id, maxId),
        ...(rows ? [rows(name)] : []),
      ]),
    ),
  );
}

function trainingTable(trainings: readonly Training[]): string {
  return table(
    [{ title: "Seed" }, { title: "Started" }, { title: "Took" }, { title: "With" }, { title: "GPU" }, { title: "Model" }],
    trainings.map((training) => [
      training.seed === undefined ? "—" : String(training.seed),
      training.startedAt,
      formatDuration(training.durationSeconds),
      phraseToMarkdown(trainer(training)),
      training.gpus ? escapeInline(gpuText(training.gpus)) : "none recorded",
      training.model ? codeSpan(training.model.digest) : escapeInline(training.outcome),
    ]),
  );
}

function trainer({ trainer, backend, engine }: Training): Phrase {
  return [
    trainer === "tfjs" ? "TensorFlow.js" : "the repository's command",
    ...(backend ? [" on ", { code: backend.used }, " ", backend.version] : []),
    ...(engine ? [", Ray job ", { code: engine.job }] : []),
  ];
}

function gpuText({ count, name, hours, peakMemory, utilization, power }: GpuUse): string {
  return [
    `${count}× ${name}`,
    `${formatNumber(hours)} GPU-hours`,
    `peak ${formatBytes(peakMemory * 1_024 ** 2)}`,
    ...(utilization ? [`${Math.round(utilization.mean)}% busy`] : []),
    ...(power === undefined ? [] : [`${Math.round(power)} W`]),
  ].join(", ");
}

/** Time and, where the driver told it, energy of the GPUs; emissions are nobody's to guess. */
function impact(trainings: readonly Training[]): string {
  const seconds = trainings.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0);
  const uses = trainings.flatMap(({ gpus }) => gpus ?? []);
  const hours = uses.reduce((sum, use) => sum + use.hours, 0);
  const energy = uses.reduce((sum, { power, hours, count }) => sum + ((power ?? 0) * hours) / count, 0);
  const isKnown = uses.length > 0 && uses.every(({ power }) => power !== undefined);
  return [
    `- Time: ${formatDuration(seconds)} in ${plural(trainings.length, "training")}`,
    `- GPU-hours: ${uses.length === 0 ? "none recorded" : formatNumber(hours)}`,
    `- Energy of the GPUs: ${isKnown ? `${formatLimit(Number((energy / 1_000).toPrecision(3)))} kWh` : "not measured"}`,
    "- Carbon emitted: not measured",
  ].join("\n");
}
