import { resolve } from "node:path";
import { UsageError } from "../../errors/errors.ts";
import type { Files } from "../../files/files.ts";
import type { ComparedFiles, EvaluatedFile } from "../../flows/compare-files.ts";
import type { ComparisonPage } from "../../report/page/comparison-page.ts";
import { progress } from "../terminal.ts";

export function pageOfComparison({ files, baseline, candidates }: ComparedFiles): ComparisonPage {
  const { task, testSet, notes } = files;
  const verdict = candidates.flatMap(({ judgement }) => judgement.verdict ?? []);
  return {
    title: `${candidates.map(({ side }) => side.name).join(" and ")} against ${baseline.name}`,
    task,
    testSet,
    sides: [baseline, ...candidates.map(({ side }) => side)].map(sideOnPage),
    evaluated: candidates.map(({ evaluated }) => evaluated),
    ...(verdict.length > 0 ? { verdict } : {}),
    claims: candidates.map(({ judgement }) => judgement),
    notes,
  };
}

export function pageOfEvaluation({ files, side, evaluated }: EvaluatedFile): ComparisonPage {
  const { task, testSet, notes } = files;
  return { title: side.name, task, testSet, sides: [sideOnPage(side)], evaluated: [evaluated], notes };
}

function sideOnPage({ name, predictions }: EvaluatedFile["side"]): ComparisonPage["sides"][number] {
  return { name, digests: predictions.map(({ digest }) => digest) };
}

/**
 * Before anything is computed: a page takes the place of no other file.
 * @param read the files that are read, of one model written `seed1.csv,seed2.csv`
 */
export function checkPage(path: string, read: readonly string[], option = "--page"): void {
  refuseInput(path, read, option, "report.html");
  if (!/\.html?$/i.test(path))
    throw new UsageError(
      `${option}: ${JSON.stringify(path)} must end in .html, since a page is HTML. Write for example report.html.`,
    );
}

/** Before anything is computed: a profile takes the place of no table, and is known as one by its name. */
export function checkProfile(path: string, read: readonly string[]): void {
  refuseInput(path, read, "--profile", "train.profile.json");
  if (!path.endsWith(".profile.json"))
    throw new UsageError(
      `--profile: ${JSON.stringify(path)} must end in .profile.json, by which a profile is told from a table. Write for example train.profile.json.`,
    );
}

function refuseInput(path: string, read: readonly string[], option: string, example: string): void {
  const inputs = read.flatMap((files) => [files, ...files.split(",")]).map((file) => resolve(file.trim()));
  if (inputs.includes(resolve(path)))
    throw new UsageError(`${option}: ${path} is one of the files that are read. Write another name, such as ${example}.`);
}

/** Writes the HTML page; only then what draws it is loaded. */
export async function writePage(path: string, page: ComparisonPage, files: Files): Promise<void> {
  const { renderComparisonPage } = await import("../../report/page/comparison-page.ts");
  await files.write(resolve(path), await renderComparisonPage(page));
  progress(`Wrote ${path}`);
}
