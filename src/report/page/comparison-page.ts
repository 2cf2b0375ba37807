import { shortDigest } from "../../evidence/digest.ts";
import type { ModelVerdict } from "../../gates/verdict.ts";
import { visible } from "../../markdown/escape.ts";
import type { Phrase } from "../../markdown/phrase.ts";
import type { Task } from "../../spec/spec.ts";
import { claimPhrases } from "../change-headline.ts";
import { plural } from "../format.ts";
import { gateRow, partsOf } from "../gate-row.ts";
import { standingOf } from "../gate-standing.ts";
import { plainMeaning } from "../how-to-read.ts";
import type { Claims, MeasuredPair, SideNames } from "../measured.ts";
import { worstGatesFirst } from "../model-status.ts";
import { designPhrases, filesOfOtherSeeds, trainingsPhrase } from "../test-set.ts";
import { changesTable, valuesTable } from "./changes-table.ts";
import { documentOf } from "./document.ts";
import { waiverList } from "./gates-section.ts";
import { gatesTable } from "./gates-table.ts";
import { type Html, html, nothing, phrase } from "./html.ts";
import { pairSections } from "./pair-sections.ts";
import { statusBadge, statusMark } from "./status-badge.ts";

/** Predictions of plain files, evaluated or compared; every text may come from outside. */
export interface ComparisonPage {
  title: string;
  task: Task;
  testSet: { path: string; digest: string; rows: number };
  /** Baseline first, then the candidates; one alone where nothing is compared. `digests`: of its files, one a training. */
  sides: readonly { name: string; digests?: readonly string[] | undefined }[];
  /** One a candidate; of one side alone its own. */
  evaluated: readonly MeasuredPair[];
  /** One a candidate, where limits were given. */
  verdict?: readonly ModelVerdict[] | undefined;
  /** What each candidate may be called. */
  claims?: readonly Claims[] | undefined;
  /** For people: what was left out and why, and the like. */
  notes: readonly string[];
}

const maxNotes = 50;
/** Characters; below, each file has its whole name. */
const maxTitle = 200;
const maxFact = 80;

/** One HTML file: no script, no network, light and dark. */
export async function renderComparisonPage(page: ComparisonPage): Promise<string> {
  const { title, sides, evaluated, verdict } = page;
  const sections: Html[] = [];
  for (const [index, models] of evaluated.entries()) {
    sections.push(await candidateSection(page, models, index, verdict?.[index]));
  }
  const meaning = plainMeaning({ compared: sides.length > 1, limits: (verdict?.length ?? 0) > 0 });
  return documentOf(
    title,
    html`${header(page)}${noteList(page)}${sections}${files(page)}<footer>${meaning.map((sentence) => html`<p>${sentence}</p>`)}</footer>`,
  );
}

/** Long names would leave no room for numbers. */
const maxName = 40;

function namesOf({ sides }: ComparisonPage, index: number): SideNames {
  const [first] = sides;
  const candidate = sides.length > 1 ? sides[index + 1] : first;
  return { before: visible(first?.name ?? "Baseline", maxName), now: visible(candidate?.name ?? "Candidate", maxName) };
}

function header({ title, task, testSet, sides, evaluated, verdict, claims }: ComparisonPage): Html {
  const outcomes = verdict?.map(({ outcome }) => outcome) ?? [];
  const worst = (["fail", "inconclusive", "pass"] as const).find((outcome) => outcomes.includes(outcome));
  const mark = worst === undefined ? nothing : html`${statusMark(worst)} `;
  const said = evaluated.flatMap((models, index) => {
    const own = sides.length > 2 ? html`<b>${sides[index + 1]?.name}</b>: ` : nothing;
    return [...limitSentences(verdict?.[index]), ...changeSentences(models, claims?.[index] ?? {}, task)].map(
      (sentence) => html`<li>${own}${phrase(sentence)}</li>`,
    );
  });
  const facts = [
    html`<b>${task}</b> task`,
    html`<b>${plural(testSet.rows, "row")}</b> of <code>${visible(testSet.path, maxFact)}</code>`,
    ...(sides.length > 1 ? [html`against <b>${visible(sides[0]?.name ?? "", maxFact)}</b>`] : []),
  ];
  return html`<header class="verdict ${worst ?? "open"}"><h1>${mark}${visible(title, maxTitle)}</h1>${
    said.length === 0 ? nothing : html`<ul class="reasons">${said}</ul>`
  }<ul class="facts">${facts.map((fact) => html`<li>${fact}</li>`)}</ul></header>`;
}

/** The limits in a word. */
function limitSentences(verdict: ModelVerdict | undefined): Phrase[] {
  if (verdict === undefined || verdict.gates.length === 0) return [];
  const { gates, reasons } = verdict;
  const count = (standing: string) => gates.filter((gate) => standingOf(gate) === standing).length;
  const counts = [
    [count("fail"), "failed"],
    [count("inconclusive"), "inconclusive"],
    [count("waived"), "waived"],
    [count("pass"), "passed"],
  ].filter(([number]) => number !== 0);
  return [`Limits: ${counts.map(([number, word]) => `${number} ${word}`).join(", ")}.`, ...reasons];
}

/** What the change may be called, and in which slices it is a loss. */
function changeSentences(models: MeasuredPair, claims: Claims, task: Task): Phrase[] {
  const [first, ...others] = claimPhrases(claims, models, task);
  return first === undefined ? [] : [["The change as a whole: ", ...partsOf(first)], ...others];
}

async function candidateSection(
  page: ComparisonPage,
  models: MeasuredPair,
  index: number,
  verdict: ModelVerdict | undefined,
): Promise<Html> {
  const { task, sides } = page;
  const names = namesOf(page, index);
  const gates = worstGatesFirst(verdict?.gates ?? []);
  const trainings = [sides[index + 1], sides[0]].map((side) => side?.digests?.length ?? 1);
  const design = [...designPhrases(models), ...(sides.length > 1 ? trainingsPhrase(models, trainings, filesOfOtherSeeds) : [])];
  const compared = new Set(models.comparisons.map(({ metric }) => metric));
  const alone = (models.candidate?.metrics ?? []).filter(({ metric }) => !compared.has(metric));
  const heading =
    sides.length > 2 ? html`<header><h2>${names.now}</h2>${verdict ? statusBadge(verdict.outcome) : nothing}</header>` : nothing;
  const limits =
    gates.length === 0
      ? nothing
      : html`<section class="block"><h3>Limits</h3>${gatesTable(
          gates.map((gate) => gateRow(gate, models, task)),
          names,
        )}${waiverList(gates)}</section>`;
  const numbers = html`<section class="block"><h3>Metrics</h3>${changesTable(models.comparisons, task, names)}${valuesTable(alone, task, names.now)}</section>`;
  const below = await pairSections({
    pair: models,
    rows: page.testSet.rows,
    gates,
    claims: page.claims?.[index] ?? {},
    task,
    names,
  });
  return html`<section class="${sides.length > 2 ? "model" : "only"}">${heading}${
    design.length === 0 ? nothing : html`<p>${design.map((sentence) => html`${phrase(sentence)} `)}</p>`
  }${limits}${numbers}${below}</section>`;
}

function noteList({ notes }: ComparisonPage): Html {
  if (notes.length === 0) return nothing;
  const shown = notes.slice(0, maxNotes).map((note) => html`<li>${note}</li>`);
  const more = notes.length > maxNotes ? html`<li>and ${notes.length - maxNotes} more</li>` : nothing;
  return html`<aside class="note"><p><b>Notes</b></p><ul>${shown}${more}</ul></aside>`;
}

/** What was read, so that the numbers can be made again. */
function files({ testSet, sides }: ComparisonPage): Html {
  const rows = [
    html`<dt>Test set</dt><dd><code>${testSet.path}</code>, ${plural(testSet.rows, "row")}, ${digestText(testSet.digest)}</dd>`,
    ...sides.map(({ name, digests = [] }, index) => {
      const role = sides.length === 1 ? "Predictions" : index === 0 ? "Baseline" : "Candidate";
      const all = digests.map((digest) => html`, ${digestText(digest)}`);
      return html`<dt>${role}</dt><dd><code>${name}</code>${all}</dd>`;
    }),
  ];
  return html`<section class="block"><h3>Files</h3><dl>${rows}</dl></section>`;
}

function digestText(digest: string): Html {
  return html`<code>${digest.startsWith("sha256:") ? `sha256:${shortDigest(digest, 12)}…` : digest}</code>`;
}
