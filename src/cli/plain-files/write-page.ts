import { resolve } from "node:path";
import type { EvaluatedModels } from "../../evaluation/evaluate-models.ts";
import type { Files } from "../../files/files.ts";
import { progress } from "../terminal.ts";
import type { PlainFiles } from "./compare-files.ts";
import type { PlainJudgement } from "./judge-plain.ts";

/** Writes the HTML page; only then what draws it is loaded. */
export async function writePage(
  path: string,
  { task, testSet, sides, notes }: PlainFiles,
  evaluated: readonly EvaluatedModels[],
  judgements: readonly PlainJudgement[],
  files: Files,
): Promise<void> {
  const { renderComparisonPage } = await import("../../report/page/comparison-page.ts");
  const names = sides.map(({ name }) => name);
  const [first = "", ...others] = names;
  const verdict = judgements.flatMap((judgement) => judgement.verdict ?? []);
  const page = await renderComparisonPage({
    title: others.length === 0 ? first : `${others.join(" and ")} against ${first}`,
    task,
    testSet,
    sides: sides.map(({ name, predictions }) => ({ name, digests: predictions.map(({ digest }) => digest) })),
    evaluated,
    ...(verdict.length > 0 ? { verdict } : {}),
    headlines: judgements.map(({ headline }) => headline),
    notes,
  });
  await files.write(resolve(path), page);
  progress(`Wrote ${path}`);
}
