import { resolve } from "node:path";
import type { Progress } from "../../data/dataset/dataset.ts";
import { exitCodes, UsageError } from "../../errors/errors.ts";
import { createNodeFiles } from "../../files/node-files.ts";
import { checkTable, suggestForTable } from "../../flows/check-table.ts";
import { rulesForFile } from "../../flows/rules-for-file.ts";
import { failures, uncomputed } from "../../quality/quality-result.ts";
import { type AddCommand, examples } from "../command.ts";
import { checkPage } from "../plain-files/write-page.ts";
import { qualityText } from "../quality-text.ts";
import { print, printJson, progress } from "../terminal.ts";

interface Options {
  reference?: string;
  test?: string;
  target?: string;
  id?: string;
  public?: string;
  rules?: string;
  model?: string;
  page?: string;
  suggest?: boolean;
  json?: boolean;
}

/** `assay quality`: what is wrong with a table, and which rows it is. */
export const addQuality: AddCommand = (program, finish) => {
  program
    .command("quality")
    .description(
      "Look at a table (CSV, TSV, JSON, JSON Lines, Parquet; a glob or a folder is one table) for what is wrong with it: what is looked for in any table, and the rules of assay.yml. " +
        "Exit code: 0 no error, 1 a check of severity error failed, 2 usage, 3 there is no such table, or a rule of severity error could not be computed. What is looked for, and its limits: docs/data-quality.md.",
    )
    .argument("<table>", "the file")
    .option("--reference <file>", "an earlier table, or its stored profile: what is other than there")
    .option("--test <file>", "the rows that the model is tested on: what the table and they have in common")
    .option("--target <column>", "the column that is predicted")
    .option("--id <column>", "the column that names rows")
    .option("--public <columns>", "comma-separated: columns whose values may be shown")
    .option("--rules <file>", "an assay.yml whose data.rules are checked; its id, target and public columns count too")
    .option("--model <name>", "with --rules: the model, where there are several")
    .option("--page <file>", "write an HTML page")
    .option("--suggest", "print rules that the table keeps, to paste into assay.yml, and nothing else")
    .option("--json", "print JSON")
    .addHelpText(
      "before",
      examples([
        "assay quality train.csv --target label --test test.csv",
        "assay quality new.parquet --reference train.parquet",
        "assay quality data/train.csv --rules assay.yml --model fraud --json",
        "assay quality train.csv --page quality.html",
        "assay quality train.csv --suggest",
      ]),
    )
    .action(async (file: string, options: Options) => {
      const files = createNodeFiles({ cleansUpOnSignal: true });
      if (options.model !== undefined && options.rules === undefined)
        throw new UsageError("--model belongs to --rules: add --rules assay.yml, or leave it out.");
      if (options.suggest) {
        checkSuggestUse(options);
        return print((await suggestForTable({ file, id: options.id, onProgress: report }, files)).trimEnd());
      }
      if (options.page !== undefined)
        checkPage(options.page, [file, ...[options.reference, options.test].filter((path) => path !== undefined)]);
      const { rules, target, id, public: open, folder } = await rulesForFile(file, options, files);
      const given = options.public === undefined ? undefined : splitList(options.public);
      const result = await checkTable(
        {
          file,
          ...options,
          target: options.target ?? target,
          id: options.id ?? id,
          public: given ?? open,
          named: [options.target, options.id, ...(given ?? [])].filter((name) => name !== undefined),
          rules,
          folder,
          now: new Date(),
          onProgress: report,
        },
        files,
      );
      const errors = failures(result, "error").length;
      if (options.page !== undefined) {
        const { renderQualityPage } = await import("../../report/page/quality-page.ts");
        await files.write(resolve(options.page), renderQualityPage(result));
        progress(`Wrote ${options.page}`);
      }
      if (options.json) printJson({ schema: "assay.quality/v1", errors, warnings: failures(result, "warn").length, ...result });
      else print(qualityText(result));
      if (errors > 0) finish(exitCodes.gateFailed);
      else if (uncomputed(result, "error").length > 0) finish(exitCodes.inconclusive);
    });
};

/** What has no effect would be taken for something that has one. */
function checkSuggestUse(options: Options): void {
  const beside = (["reference", "test", "target", "public", "rules", "page", "json"] as const).find(
    (name) => options[name] !== undefined,
  );
  if (beside !== undefined)
    throw new UsageError(`--${beside}: --suggest looks at the table alone and prints YAML. Leave one of the two out.`);
}

function splitList(text: string): string[] {
  return text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

let lastSaid = 0;

/** A line every few seconds: short reads need none. */
function report({ what, done, of }: Progress): void {
  const now = Date.now();
  if (lastSaid === 0) lastSaid = now;
  if (now - lastSaid < 3_000) return;
  lastSaid = now;
  progress(`${what} (${done} of ${of})`);
}
