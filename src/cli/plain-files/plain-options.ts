import { type Command, InvalidArgumentError, Option } from "commander";
import type { PlainRequest } from "../../flows/plain-files/request.ts";
import type { Task } from "../../spec/spec.ts";

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

/** What the options say; `--category` is one slice more. */
export function plainRequest({ lowerIsBetter, slices, category, ...options }: PlainOptions): PlainRequest {
  return {
    ...options,
    lowerIsBetter: splitList(lowerIsBetter),
    slices: [...new Set([...splitList(slices), ...(category === undefined ? [] : [category])])],
  };
}

function splitList(text: string | undefined): string[] {
  return (text ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}
