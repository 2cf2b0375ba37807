import { InvalidArgumentError, Option } from "commander";
import { UsageError } from "../../errors/errors.ts";
import { createNodeFiles } from "../../files/node-files.ts";
import { compareFiles } from "../../flows/compare-files.ts";
import { planRows } from "../../flows/rows-needed.ts";
import { type AddCommand, examples } from "../command.ts";
import { comparisonText } from "../plain-files/comparison-text.ts";
import { parseLimit } from "../plain-files/limit.ts";
import { comparisonJson } from "../plain-files/plain-json.ts";
import { addPlainOptions, type PlainOptions, parseCount, plainOptionsGiven, plainRequest } from "../plain-files/plain-options.ts";
import { rowsNeededText } from "../plain-files/rows-needed-text.ts";
import { pageOfComparison, writePage } from "../plain-files/write-page.ts";
import { print, printJson } from "../terminal.ts";

interface Options extends PlainOptions {
  primary?: string;
  noWorseThan?: string;
  rowsNeeded?: boolean;
  metric?: string;
  disagreement?: number;
  power?: number;
  seedSd?: number;
  rows?: number;
}

/** `assay compare`: files of predictions or scores on the same rows, without a spec and without GitHub. */
export const addCompare: AddCommand = (program, finish) => {
  const command = program
    .command("compare")
    .description(
      "Compare files of predictions or scores of the same rows: the change of each metric with its 95% interval, what flipped, " +
        "slices. CSV, Parquet, JSON Lines, and samples_*.jsonl of lm-evaluation-harness. Trainings of one model with several seeds " +
        "are written seed1.csv,seed2.csv. Exit code: with --no-worse-than 0 pass, 1 fail, 3 inconclusive; without it 1 when a " +
        "metric or a slice is shown to be worse, else 0.",
    )
    .argument("[baseline]", "id, and prediction with score or proba_<class>, or columns of scores")
    .argument("[candidates...]", "each is compared with the baseline");
  addPlainOptions(command)
    .option("--primary <metric>", "the metric that decides; default: all, corrected for their number")
    .addOption(noWorseThan())
    .option("--rows-needed", "how many test rows or seeds decide a limit, before anything is trained")
    .option("--metric <name>", "with --rows-needed: the metric")
    .addOption(
      new Option("--disagreement <share>", "with --rows-needed: rows on which the models differ in being right").argParser(
        parseShare,
      ),
    )
    .addOption(new Option("--power <share>", "with --rows-needed: share of cases in which it is decided").argParser(parseShare))
    .addOption(
      new Option("--seed-sd <number>", "with --rows-needed: the metric's standard deviation from seed to seed").argParser(
        parsePositive,
      ),
    )
    .addOption(new Option("--rows <rows>", "with --seed-sd: test rows that there are").argParser(parseCount))
    .addHelpText(
      "before",
      examples([
        "assay compare old.csv new.csv --data test.csv --id id --target label --task binary --positive 1",
        "assay compare base/samples_mmlu.jsonl new/samples_mmlu.jsonl --category subject",
        "assay compare a.jsonl b.jsonl --metrics exact_match --no-worse-than 0.01 --page report.html",
        "assay compare --rows-needed --metric accuracy --no-worse-than 0.01 --disagreement 0.1",
      ]),
    )
    .action(async (baseline: string | undefined, candidates: readonly string[], options: Options) => {
      const given = baseline === undefined ? [] : [baseline, ...candidates];
      if (options.rowsNeeded) return answerRowsNeeded(given, options);
      checkUse(given, options);
      const limit = options.noWorseThan === undefined ? undefined : parseLimit(options.noWorseThan);
      const files = createNodeFiles();
      const compared = await compareFiles({ ...plainRequest(options, given), given, limit, primary: options.primary }, files);
      if (options.page !== undefined) await writePage(options.page, pageOfComparison(compared), files);
      if (options.json) printJson(comparisonJson(compared));
      else print(comparisonText(compared));
      finish(compared.exitCode);
    });
};

/** Commander takes `--no-…` for the negation of an option. */
function noWorseThan(): Option {
  const option = new Option(
    "--no-worse-than <limit>",
    "how much worse is accepted, such as 0.01, or 2% of the baseline's value; with --slices on each slice too",
  );
  option.negate = false;
  return option;
}

function checkUse(given: readonly string[], options: Options): void {
  if (given.length < 2)
    throw new UsageError(
      `missing required argument '${given.length === 0 ? "baseline" : "candidate"}': two files or more are compared. See assay compare --help.`,
    );
  const alone = (["metric", "disagreement", "power", "seedSd", "rows"] as const).filter((name) => options[name] !== undefined);
  if (alone.length > 0)
    throw new UsageError(
      `--${alone[0]?.replace("seedSd", "seed-sd")} belongs to --rows-needed.${alone[0] === "metric" ? " For a comparison write --metrics." : " Add it, or leave the option out."}`,
    );
}

async function answerRowsNeeded(pilot: readonly string[], options: Options): Promise<void> {
  const { metric, noWorseThan, disagreement, power, seedSd, rows } = options;
  if (metric === undefined) throw new UsageError("--metric is missing: --rows-needed is about one metric, such as accuracy.");
  if (noWorseThan === undefined)
    throw new UsageError("--no-worse-than is missing: --rows-needed is about a limit, such as 0.01.");
  checkRowsNeededUse(pilot, options);
  const request = { metric, limit: parseLimit(noWorseThan), disagreement, pilot, power, seedSd, rows };
  const needed = await planRows(request, plainRequest(options, pilot), createNodeFiles());
  if (options.json) printJson(needed);
  else print(rowsNeededText(needed));
}

/** What has no effect on how many rows are needed would be taken for one that has. */
function checkRowsNeededUse(pilot: readonly string[], options: Options): void {
  const { metrics, primary, page, disagreement, rows, seedSd } = options;
  if (metrics !== undefined || primary !== undefined)
    throw new UsageError(
      `--${primary === undefined ? "metrics" : "primary"}: --rows-needed is about the one metric that --metric names. Leave the option out.`,
    );
  if (page !== undefined) throw new UsageError("--page: --rows-needed writes no page. Leave one of the two out.");
  if (pilot.length > 0 && disagreement !== undefined)
    throw new UsageError(
      "--disagreement: the files of a pilot say how often the models differ. Leave the files or the option out.",
    );
  if (pilot.length === 0 && rows !== undefined && seedSd === undefined)
    throw new UsageError("--rows is about how many seeds are needed: add --seed-sd, or leave it out.");
  if (pilot.length === 0) {
    const [ofFiles] = plainOptionsGiven(options);
    if (ofFiles !== undefined)
      throw new UsageError(`${ofFiles} is about files of predictions. Name two as a pilot, or leave the option out.`);
  }
}

function parseShare(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value > 0 && value < 1) return value;
  throw new InvalidArgumentError("A number between 0 and 1 was expected.");
}

function parsePositive(text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError("A number above 0 was expected.");
}
