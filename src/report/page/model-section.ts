import type { GateResult } from "../../gates/verdict.ts";
import { isOnTestRows } from "../../spec/gate-name.ts";
import { jobPhrase } from "../blockers.ts";
import { formatNumber, plural } from "../format.ts";
import { type GateRow, gateRowOf } from "../gate-row.ts";
import { diffLines, inputChanges } from "../input-changes.ts";
import type { SideNames } from "../measured.ts";
import {
  describeStatus,
  evaluationOf,
  evidenceOf,
  gatesWorstFirst,
  stateWithoutVerdict,
  statusOf,
  unverifiedPhrase,
  verdictOf,
  waitPhrase,
} from "../model-status.ts";
import { otherLabelsPhrases } from "../other-labels.ts";
import { provenance } from "../provenance.ts";
import type { ModelReport, Report } from "../report.ts";
import { oldTestSetPhrases, testSetPhrases } from "../test-set.ts";
import { changesTable, valuesTable } from "./changes-table.ts";
import { driftSection } from "./drift-section.ts";
import { experimentsSection } from "./experiments-section.ts";
import { changeAsAWhole, waiverList } from "./gates-section.ts";
import { gatesTable } from "./gates-table.ts";
import { type Html, html, nothing, phrase } from "./html.ts";
import { pairSections } from "./pair-sections.ts";
import { qualitySection } from "./quality-section.ts";
import { statusBadge } from "./status-badge.ts";

/** The page has room for more than the comment, not for everything. */
const maxInputChanges = 100;
const maxMetrics = 200;

/** Everything about one model. */
export async function modelSection(report: Report, model: ModelReport, folded: boolean): Promise<Html> {
  const { state } = model;
  const names = { before: "Baseline", now: report.event === "pull_request" ? "This PR" : "This commit" };
  const header = html`<header><h2>${model.name}</h2>${statusBadge(statusOf(model))}<span class="muted">${describeStatus(model, report.event)}</span></header>`;
  if (state.kind === "pending") return section([header, html`<p>${phrase(job(model) ?? "The job has not finished.")}</p>`]);
  if (stateWithoutVerdict(model)) {
    return section([
      header,
      html`<div class="note fail"><p>${phrase(jobPhrase(model))}</p></div>`,
      experimentsSection(evidenceOf(model)),
      changes(model),
      more(report, model, names),
    ]);
  }
  if (state.kind === "unverified")
    return section([header, html`<div class="note"><p>${phrase(unverifiedPhrase(state.message))}</p></div>`]);
  const wait = waitPhrase(model);
  if (wait)
    return section([header, html`<div class="note"><p>${phrase(wait)}</p></div>`, changes(model), more(report, model, names)]);
  const evaluation = evaluationOf(model, "current");
  const task = evidenceOf(model)?.task;
  const gates = gatesWorstFirst(model, "current");
  const claims = verdictOf(model) ?? {};
  const blocks = [
    html`<p>${testSetPhrases(model).map((sentence) => html`${phrase(sentence)} `)}</p>`,
    ...otherLabelsPhrases(evaluation ?? {}).map((sentence) => html`<div class="note"><p>${phrase(sentence)}</p></div>`),
    ...(verdictOf(model)?.reasons ?? []).map((reason) => html`<div class="note"><p>${reason}</p></div>`),
    changeAsAWhole(claims, evaluation, task),
    html`<section class="block"><h3>Gates</h3>${gatesTable(rowsOf(model, gates), names)}${waiverList(gatesWorstFirst(model))}</section>`,
    oldTestSet(model, names),
    missingNote("Quality: not all could be looked at.", evidenceOf(model)?.data?.qualityMissing),
    ...(evidenceOf(model)?.data?.quality ?? []).map((table) => qualitySection(table)),
    missingNote("Drift: not all could be looked for.", evidenceOf(model)?.data?.driftMissing),
    ...(evidenceOf(model)?.data?.drift ?? []).map((result) => driftSection(result, result.table, names)),
    experimentsSection(evidenceOf(model)),
    ...(evaluation
      ? await pairSections({
          pair: evaluation,
          rows: evaluation.testSet.rows,
          gates,
          claims,
          task,
          names,
          evidence: evidenceOf(model),
        })
      : []),
    changes(model),
    more(report, model, names),
  ];
  if (!folded) return section([header, ...blocks]);
  const summary = html`<summary>${model.name} ${statusBadge(statusOf(model))} <span class="muted">${describeStatus(model, report.event)}</span></summary>`;
  return html`<details class="folded">${summary}<section>${blocks}</section></details>`;
}

function section(blocks: readonly Html[]): Html {
  return html`<section class="model">${blocks}</section>`;
}

function job({ state }: ModelReport) {
  if (state.kind === "pending" && state.message !== undefined) return ["Handed off: ", state.message];
  return state.kind === "pending" && state.job ? ["In progress: ", { link: state.job.name, to: state.job.url }] : undefined;
}

function rowsOf(model: ModelReport, gates: readonly GateResult[]): GateRow[] {
  return gates.map((gate) => gateRowOf(model, gate));
}

function oldTestSet(model: ModelReport, names: SideNames): Html {
  const old = evaluationOf(model, "base");
  if (old === undefined) return nothing;
  const sentences = oldTestSetPhrases(old).map((sentence) => html`<p>${phrase(sentence)}</p>`);
  return html`<section class="block"><h3>Gates on the old test set</h3>${sentences}${gatesTable(rowsOf(model, gatesWorstFirst(model, "base")), names)}</section>`;
}

function changes({ plan }: ModelReport): Html {
  const all = inputChanges(plan);
  if (all.length === 0) return nothing;
  const lines = diffLines(all, maxInputChanges).map((line) => {
    const kind = line.startsWith("-") ? "d" : line.startsWith("+") ? "a" : "";
    return html`<span class="${kind}">${line}</span>\n`;
  });
  return html`<section class="block"><h3>What changed in the inputs</h3><pre class="diff" tabindex="0" role="region" aria-label="Changed inputs">${lines}</pre></section>`;
}

function more(report: Report, model: ModelReport, names: SideNames): Html {
  const rows = provenance(report, model).map(({ label, value }) => html`<dt>${label}</dt><dd>${phrase(value)}</dd>`);
  return html`<section class="block"><h3>More</h3>${otherMetrics(model, names)}${selfReported(model)}<details open><summary>Provenance</summary><dl>${rows}</dl></details></section>`;
}

function missingNote(what: string, why: string | undefined): Html {
  return why === undefined ? nothing : html`<div class="note"><p>${what} ${why}</p></div>`;
}

function otherMetrics(model: ModelReport, names: SideNames): Html {
  const evaluation = evaluationOf(model, "current");
  const gated = new Set(gatesWorstFirst(model).flatMap(({ gate }) => (gate.slice || !isOnTestRows(gate) ? [] : [gate.metric])));
  const compared = (evaluation?.comparisons ?? []).filter(({ metric }) => !gated.has(metric));
  const known = new Set(evaluation?.comparisons.map(({ metric }) => metric));
  const alone = (evaluation?.candidate?.metrics ?? []).filter(({ metric }) => !known.has(metric));
  const count = compared.length + alone.length;
  if (count === 0) return nothing;
  const task = evidenceOf(model)?.task;
  return html`<details><summary>${plural(count, "metric")} without a gate</summary>${changesTable(compared.slice(0, maxMetrics), task, names)}${valuesTable(alone.slice(0, maxMetrics), task, names.now)}</details>`;
}

function selfReported(model: ModelReport): Html {
  const trainings = evidenceOf(model)?.trainings ?? [];
  const rows = trainings.flatMap(({ reported }) => Object.entries(reported ?? {}));
  if (rows.length === 0) return nothing;
  const gated = gatesWorstFirst(model).some(({ gate }) => gate.reported);
  const cells = rows
    .slice(0, maxMetrics)
    .map(([name, value]) => html`<tr><th scope="row"><code>${name}</code></th><td class="n">${formatNumber(value)}</td></tr>`);
  return html`<details><summary>${plural(rows.length, "number")} reported by the trainer itself</summary><p class="muted">Not computed by Assay; ${gated ? "read only by gates that say so" : "no gate reads them"}.</p><div class="scroll"><table><thead><tr><th scope="col">Name</th><th scope="col" class="n">Value</th></tr></thead><tbody>${cells}</tbody></table></div></details>`;
}
