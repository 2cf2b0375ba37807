import { type Command, InvalidArgumentError, Option } from "commander";
import { UsageError } from "../../errors/errors.ts";
import type { PlainRequest } from "../../flows/plain-files/request.ts";
import type { Task } from "../../spec/spec.ts";
import { checkPage } from "./write-page.ts";

export interface PlainOptions {
  task?: Task;
  data?: string;
  id?: string;
  target?: string;
  positive?: string;
  metrics?: string;
  lowerIsBetter?: string;
  group?: string;
  weight?: string;
  slices?: string;
  category?: string;
  minRows: number;
  json?: boolean;
  page?: string;
}

const tasks: readonly Task[] = ["binary", "multiclass", "multilabel", "regression", "scored"];

export function addPlainOptions(command: Command): Command {
  return command
    .addOption(new Option("--task <task>", "what is predicted; scored: numbers a row, such as exact_match").choices(tasks))
    .option("--data <file>", "the test set")
    .option("--target <column>", "column of the test set that holds the truth")
    .option("--id <column>", "column that names a row; default: the row's number, of scored tasks the files' id")
    .option("--positive <label>", "binary tasks: the positive label")
    .option("--metrics <names>", "comma-separated; default: the task's, or every column of scores")
    .option("--lower-is-better <names>", "scored tasks: scores of which less is better")
    .option("--group <column>", "rows with the same value are not independent")
    .option("--weight <column>", "sample weights")
    .option("--slices <columns>", "comma-separated: look at the rows of each value by themselves")
    .option("--category <column>", "as --slices, one column")
    .addOption(new Option("--min-rows <rows>", "smaller slices are listed and not judged").default(50).argParser(parseCount))
    .option("--json", "print JSON")
    .option("--page <file>", "write an HTML page");
}

export function parseCount(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 1e9) return value;
  throw new InvalidArgumentError("A whole number of 1 or more was expected.");
}

/**
 * What the options say; `--category` is one slice more.
 * @param given files of predictions
 */
export function plainRequest(options: PlainOptions, given: readonly string[]): PlainRequest {
  for (const [name, option] of named) refuseEmpty(option, options[name]);
  const { lowerIsBetter, slices, category, page, ...request } = options;
  if (page !== undefined) checkPage(page, [request.data ?? "", ...given]);
  return {
    ...request,
    lowerIsBetter: splitList(lowerIsBetter),
    slices: [...new Set([...splitList(slices), ...(category === undefined ? [] : [category])])],
  };
}

/** Which of the options that are about files of predictions were written. */
export function plainOptionsGiven(options: PlainOptions): readonly string[] {
  return named.filter(([name]) => options[name] !== undefined).map(([, option]) => option);
}

const named = [
  ["task", "--task"],
  ["data", "--data"],
  ["target", "--target"],
  ["id", "--id"],
  ["positive", "--positive"],
  ["metrics", "--metrics"],
  ["lowerIsBetter", "--lower-is-better"],
  ["group", "--group"],
  ["weight", "--weight"],
  ["slices", "--slices"],
  ["category", "--category"],
  ["page", "--page"],
] as const;

/** As of a shell's variable that is not set. */
function refuseEmpty(option: string, value: string | undefined): void {
  if (value !== undefined && splitList(value).length === 0)
    throw new UsageError(`${option}: ${JSON.stringify(value)} names nothing. Write what it is, or leave the option out.`);
}

function splitList(text: string | undefined): string[] {
  return (text ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}
