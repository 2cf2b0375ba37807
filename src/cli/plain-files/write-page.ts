import { resolve } from "node:path";
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

/** Writes the HTML page; only then what draws it is loaded. */
export async function writePage(path: string, page: ComparisonPage, files: Files): Promise<void> {
  const { renderComparisonPage } = await import("../../report/page/comparison-page.ts");
  await files.write(resolve(path), await renderComparisonPage(page));
  progress(`Wrote ${path}`);
}
