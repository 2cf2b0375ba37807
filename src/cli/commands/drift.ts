import { resolve } from "node:path";
import { Option } from "commander";
import { type CalendarCycle, calendarCycles } from "../../data/dataset/calendar.ts";
import { type Period, periods } from "../../data/periods.ts";
import type { Together } from "../../drift/together.ts";
import { exitCodes, UsageError } from "../../errors/errors.ts";
import { createNodeFiles } from "../../files/node-files.ts";
import { compareTables, type DriftPreset, driftPresets, profileOfTable } from "../../flows/compare-tables.ts";
import { compareFilesTogether } from "../../flows/compare-together.ts";
import { type DriftSettings, parseDriftOptions } from "../../flows/drift-options.ts";
import { exceedsLimits } from "../../flows/exceeds-limits.ts";
import { type AddCommand, examples } from "../command.ts";
import { driftTable } from "../drift-table.ts";
import { parseCount } from "../plain-files/plain-options.ts";
import { checkPage, checkProfile } from "../plain-files/write-page.ts";
import { print, printJson, progress } from "../terminal.ts";
import { togetherText } from "../together-text.ts";

interface Options {
  preset: DriftPreset;
  chunkSize?: number;
  chunkBy?: string;
  chunkPeriod?: Period;
  exclude?: string;
  types?: string;
  same?: CalendarCycle;
  sameBy?: string;
  weights?: string;
  embeddings?: string;
  maxDrifted: number;
  together?: boolean;
  profile?: string;
  page?: string;
  json?: boolean;
}

/** `assay drift`: two tables, or a profile and a table, without a spec and without GitHub. */
export const addDrift: AddCommand = (program, finish) => {
  program
    .command("drift")
    .description(
      "Compare a table with a reference, column by column: where numbers lie, how often categories occur, what is missing, new or " +
        "out of range. A column drifted when the effect is over its limit and chance does not explain it, over all columns " +
        "together. CSV, TSV, JSON, JSON Lines and Parquet, also larger than memory; globs and folders of partitions. Exit code: 0 " +
        "no more columns drifted than allowed, 1 more did, 2 a file cannot be read as it is, 3 it is not there.",
    )
    .argument(
      "<reference>",
      "a table, or a profile that --profile wrote earlier; a glob of profiles stands for the parts of one table",
    )
    .argument("[current]", "the table that is looked at; without it only --profile is written")
    .addOption(
      new Option("--preset <preset>", "whose rules: assay, or the numbers of another tool")
        .choices(driftPresets)
        .default("assay"),
    )
    .addOption(
      new Option("--chunk-size <rows>", "with preset nannyml-0.13: rows of a chunk; default: a tenth of them").argParser(
        parseCount,
      ),
    )
    .option("--chunk-by <column>", "with preset nannyml-0.13: the column of times that --chunk-period goes by")
    .addOption(new Option("--chunk-period <period>", "one chunk for each day, week, month or year").choices(periods))
    .option("--exclude <columns>", "columns that are not compared, such as ids: id,name")
    .option("--types <types>", "what columns hold where it is not to be inferred: postcode=category,when=time")
    .addOption(
      new Option("--same <cycle>", "compare with the reference's rows of the same hours, weekdays or months alone").choices(
        calendarCycles,
      ),
    )
    .option("--same-by <column>", "the column of times that --same goes by")
    .option("--weights <weights>", "how much columns matter, 1 if not said; what matters is named first: amount=3,country=0.5")
    .option("--embeddings <embeddings>", "columns that are looked at together, by how their names begin: review=review_,title=t_")
    .addOption(new Option("--max-drifted <columns>", "so many columns may have drifted").argParser(parseCountFromZero).default(0))
    .option(
      "--together",
      "also look at all columns together: how well a classifier tells the two tables apart, and by which columns",
    )
    .option("--profile <file>", "write the reference's profile: a small JSON that can stand in for it")
    .option("--page <file>", "write an HTML page with both sides of every column")
    .option("--json", "print one JSON document")
    .addHelpText(
      "before",
      examples([
        "assay drift train-2025.parquet train-2026.parquet",
        "assay drift train.csv --profile train.profile.json",
        "assay drift train.profile.json 'live/*.parquet' --exclude id --page drift.html",
        "assay drift old.csv new.csv --together",
        "assay drift old.csv new.csv --preset evidently-0.7 --json",
      ]),
    )
    .action(async (reference: string, current: string | undefined, options: Options) => {
      const files = createNodeFiles({ cleansUpOnSignal: true });
      const read = current === undefined ? [reference] : [reference, current];
      if (options.page !== undefined) checkPage(options.page, read);
      if (options.profile !== undefined) checkProfile(options.profile, read);
      if (current === undefined && options.profile === undefined)
        throw new UsageError("There is one table: name the one that it is compared with, or add --profile to write its profile.");
      const settings = settingsOf(options);
      const { exclude, types, same } = settings;
      const request = { reference, exclude, types, public: "all" as const, folder: process.cwd() };
      const machine = { files, progress };
      const keepProfile = async (profile: string) => {
        if (options.profile === undefined) return;
        await files.write(resolve(options.profile), profile);
        progress(`Wrote ${options.profile}`);
      };
      if (current === undefined) return keepProfile(await profileOfTable(request, machine));
      const { preset } = options;
      const { result, profile } = await compareTables({ ...request, ...settings, current, preset }, machine);
      await keepProfile(profile);
      const together = options.together ? await compareFilesTogether({ ...request, current, same }, machine) : undefined;
      const passes = !exceedsLimits({ result, maxDrifted: options.maxDrifted, together });
      if (options.page !== undefined) {
        const { renderDriftPage } = await import("../../report/page/drift-page.ts");
        await files.write(resolve(options.page), renderDriftPage({ reference, current, result, passes, together }));
        progress(`Wrote ${options.page}`);
      }
      if (options.json) printJson({ schema: "assay.drift/v1", reference, current, passes, ...result, ...togetherJson(together) });
      else print([driftTable(result), ...(together === undefined ? [] : [togetherText(together)])].join("\n\n"));
      finish(passes ? exitCodes.pass : exitCodes.gateFailed);
    });
};

const called = (name: string) => `--${name}`;

function settingsOf(options: Options): DriftSettings {
  const { exclude, types, weights, embeddings, same, sameBy, chunkSize, chunkBy, chunkPeriod } = options;
  const lists = {
    ...{ exclude: listOf(exclude), types: listOf(types) },
    ...{ weights: listOf(weights), embeddings: listOf(embeddings) },
  };
  return parseDriftOptions({ ...lists, same, sameBy, chunkSize, chunkBy, chunkPeriod }, called);
}

function togetherJson(together: Together | undefined): object {
  if (together === undefined) return {};
  return typeof together === "string" ? { togetherMissing: together } : { together };
}

function listOf(written: string | undefined): string[] {
  return (written ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

function parseCountFromZero(text: string): number {
  return text === "0" ? 0 : parseCount(text);
}
