import type { EvaluatedModels } from "../../evaluation/evaluate-models.ts";
import type { ModelVerdict } from "../../gates/verdict.ts";
import type { Task } from "../../spec/spec.ts";
import { plural } from "../format.ts";
import { documentOf } from "./document.ts";
import { type Html, html } from "./html.ts";

/** Predictions of plain files, evaluated or compared; every text may come from outside. */
export interface ComparisonPage {
  title: string;
  task: Task;
  testSet: { path: string; digest: string; rows: number };
  /** Baseline first, then the candidates; one alone where nothing is compared. `digests`: of its files, one a training. */
  sides: readonly { name: string; digests?: readonly string[] | undefined }[];
  /** One a candidate; of one side alone its own. */
  evaluated: readonly EvaluatedModels[];
  /** One a candidate, where limits were given. */
  verdict?: readonly ModelVerdict[] | undefined;
  /** For people: what was left out and why, and the like. */
  notes: readonly string[];
}

/** One HTML file: no script, no network, light and dark. */
export async function renderComparisonPage({ title, testSet, notes }: ComparisonPage): Promise<string> {
  const said: Html[] = notes.map((note) => html`<p>${note}</p>`);
  return documentOf(title, html`<h1>${title}</h1><p>${testSet.path}, ${plural(testSet.rows, "row")}</p>${said}`);
}
