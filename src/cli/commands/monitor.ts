import { resolve } from "node:path";
import { InvalidArgumentError, Option } from "commander";
import { type Period, periods } from "../../data/periods.ts";
import { exitCodes } from "../../errors/errors.ts";
import { createNodeFiles } from "../../files/node-files.ts";
import { type MonitorFilesRequest, monitorFiles } from "../../flows/monitor-files.ts";
import { parseScores, parseWindows } from "../../flows/monitor-options.ts";
import { isModelJudged } from "../../monitoring/worse-windows.ts";
import { type AddCommand, examples } from "../command.ts";
import { monitorText } from "../monitor-text.ts";
import { parseCount } from "../plain-files/plain-options.ts";
import { checkPage } from "../plain-files/write-page.ts";
import { print, printJson, progress } from "../terminal.ts";

interface Options {
  label: string;
  prediction: string;
  score?: string;
  task?: "binary" | "multiclass" | "regression";
  positive?: string;
  metrics?: string;
  windowRows?: number;
  windows: number;
  by?: string;
  period?: Period;
  order?: string;
  tolerance: number;
  page?: string;
  json?: boolean;
}

/** `assay monitor`: a model in use, by tables of its predictions, without a spec and without GitHub. */
export const addMonitor: AddCommand = (program, finish) => {
  program
    .command("monitor")
    .description(
      "Look at a model in use, window by window: its metrics with their intervals where labels are known, an estimate without " +
        "labels where it gives probabilities (as NannyML's CBPE), where its errors changed (ADWIN), and whether predictions and labels " +
        "drifted. Exit code: 0 no window is worse than the reference, 1 one is, 2 a file cannot be read as it is, 3 it is not there, or " +
        "nothing can be judged by it.",
    )
    .argument("<reference>", "a table of predictions with labels that the model was not trained on")
    .argument("<current>", "predictions of now; labels may be missing, or the column of labels")
    .requiredOption("--label <column>", "what turned out")
    .requiredOption("--prediction <column>", "the label or number that the model predicted")
    .option("--score <columns>", "the positive label's probability, or of several labels: red=p_red,blue=p_blue,green=p_green")
    .addOption(new Option("--task <task>", "what is predicted; default: binary").choices(["binary", "multiclass", "regression"]))
    .option("--positive <label>", "binary tasks: the positive label; known of 0 and 1, false and true")
    .option("--metrics <names>", "comma-separated; default: accuracy, F1 and ROC-AUC, or the error of numbers")
    .addOption(new Option("--window-rows <rows>", "rows of a window").argParser(parseCount))
    .addOption(new Option("--windows <count>", "so many windows of equal size").argParser(parseCount).default(10))
    .option("--by <column>", "one window for each value of a column, such as a month")
    .addOption(
      new Option("--period <period>", "with --by: one window for each day, week, month or year of its times").choices(periods),
    )
    .option("--order <column>", "a number or time that says in which order rows came; default: the file's order")
    .addOption(
      new Option("--tolerance <amount>", "changes of a metric up to it are none; of predicted numbers, as a share of the metric")
        .argParser(parseShare)
        .default(0.01),
    )
    .option("--page <file>", "write an HTML page with every window and metric")
    .option("--json", "print one JSON document")
    .addHelpText(
      "before",
      examples([
        "assay monitor 2015.parquet 2016.parquet --label employed --prediction predicted --score probability",
        "assay monitor validation.csv live.csv --label y --prediction y_hat --score p --by sold_at --period month --page model.html",
        "assay monitor test.csv live.csv --label colour --prediction said --task multiclass --score red=p_red,blue=p_blue,green=p_green",
        "assay monitor test.csv live.csv --label price --prediction said --task regression --order sold_at --window-rows 5000 --json",
      ]),
    )
    .action(async (reference: string, current: string, options: Options) => {
      const { label, prediction, task, positive, metrics, order, tolerance } = options;
      const request: MonitorFilesRequest = {
        ...{ reference, current, label, prediction, task, positive, metrics, order, tolerance, called },
        scores: parseScores(options.score, task, called),
        windows: parseWindows(
          { rows: options.windowRows, number: options.windows, by: options.by, period: options.period },
          called,
        ),
      };
      const files = createNodeFiles();
      if (options.page !== undefined) checkPage(options.page, [reference, current]);
      const monitored = await monitorFiles(request, files);
      const judged = isModelJudged(monitored);
      const passes = judged && monitored.worse.length === 0;
      if (options.page !== undefined) {
        const { renderMonitorPage } = await import("../../report/page/monitor-page.ts");
        await files.write(resolve(options.page), renderMonitorPage({ reference, current, monitored }));
        progress(`Wrote ${options.page}`);
      }
      if (options.json) printJson({ schema: "assay.monitor/v1", tables: { reference, current }, passes, judged, ...monitored });
      else print(monitorText(monitored));
      finish(passes ? exitCodes.pass : judged ? exitCodes.gateFailed : exitCodes.inconclusive);
    });
};

const called = (name: string, value?: string) => (value === undefined ? `--${name}` : `--${name} ${value}`);

function parseShare(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= 0 && value < 1) return value;
  throw new InvalidArgumentError("A number from 0 to below 1 was expected.");
}
