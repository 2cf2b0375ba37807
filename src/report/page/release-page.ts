import { shortDigest } from "../../evidence/digest.ts";
import { visible } from "../../markdown/escape.ts";
import type { PhrasePart } from "../../markdown/phrase.ts";
import { whoBrokeGlass } from "../../registry/break-glass.ts";
import { currentEvaluation, type ReleaseFacts, runUrl, shippedModel } from "../../release/release-facts.ts";
import { formatBytes, plural, shortSha } from "../format.ts";
import { gateRow } from "../gate-row.ts";
import { worstGatesFirst } from "../model-status.ts";
import { designPhrases } from "../test-set.ts";
import { changesTable, valuesTable } from "./changes-table.ts";
import { documentOf } from "./document.ts";
import { driftSection } from "./drift-section.ts";
import { experimentsSection } from "./experiments-section.ts";
import { changeAsAWhole, waiverList } from "./gates-section.ts";
import { gatesTable } from "./gates-table.ts";
import { type Html, html, nothing, phrase } from "./html.ts";
import { pairSections } from "./pair-sections.ts";
import { qualitySection } from "./quality-section.ts";
import { statusMark } from "./status-badge.ts";

const names = { before: "Baseline", now: "This version" };
const maxTitle = 200;
const maxFiles = 200;

/** What a version was released on, as one HTML file: no script, no network, light and dark. The same facts are the same page. */
export async function renderReleasePage(facts: ReleaseFacts): Promise<string> {
  const { evidence, version, repository, formatOverride, breakGlass, stage } = facts;
  const title = `${evidence.model} ${version} · ${repository}`;
  const caution = formatOverride
    ? html`<div class="note fail"><p><b>This model can hold code.</b> It is shipped all the same: ${formatOverride.reason}</p></div>`
    : nothing;
  const emergency = breakGlass
    ? html`<div class="note fail"><p><b>Break-glass.</b> It came into ${stage} although the rules spoke against it. ${whoBrokeGlass(breakGlass)}. What was gone around:</p><ul>${breakGlass.around.map((reason) => html`<li>${reason}</li>`)}</ul></div>`
    : nothing;
  return documentOf(
    title,
    html`${header(facts)}${emergency}${caution}<section class="only">${await measured(facts)}</section>${shipped(facts)}<footer><p>The page says what was known when the version was released, and proves nothing by itself: <code>assay verify</code> holds the release’s files against each other and against their signature.</p></footer>`,
  );
}

function header(facts: ReleaseFacts): Html {
  const { evidence, version, commit, verdict, approvals, predecessor, repository, serverUrl } = facts;
  const { outcome } = verdict;
  const { pullRequest } = evidence.source;
  const run = runUrl(facts);
  const at = (path: string) => `${serverUrl}/${repository}/${path}`;
  const items: (readonly PhrasePart[])[] = [
    ["commit ", { link: [{ code: shortSha(commit) }], to: at(`commit/${commit}`) }],
    ...(pullRequest === undefined ? [] : [["evaluated in ", { link: `#${pullRequest}`, to: at(`pull/${pullRequest}`) }]]),
    ...(run === undefined ? [] : [[{ link: "workflow run", to: run }]]),
    ["trust: ", { strong: facts.trust }],
    ...(predecessor === undefined ? [] : [["before it ", { strong: predecessor.version }]]),
  ];
  const approved = approvals.map(({ by, at: when }) => html`<li>Approved by @${by} on ${when.slice(0, 10)}.</li>`);
  const said = [...verdict.reasons.map((reason) => html`<li>${reason}</li>`), ...approved];
  return html`<header class="verdict ${outcome}"><span class="muted">${repository}</span><h1>${statusMark(outcome)} ${visible(`${evidence.model} ${version}`, maxTitle)}</h1>${
    said.length === 0 ? nothing : html`<ul class="reasons">${said}</ul>`
  }<ul class="facts">${items.map((item) => html`<li>${phrase(item)}</li>`)}</ul></header>`;
}

/** Gates, metrics, and what the pull request's page draws. */
async function measured({ evidence, verdict }: ReleaseFacts): Promise<readonly Html[]> {
  const { task, data } = evidence;
  const evaluation = currentEvaluation(evidence);
  const gates = worstGatesFirst(verdict.gates);
  const rows = gates.map((gate) =>
    gateRow(
      gate,
      evidence.evaluations.find(({ role }) => role === gate.role),
      task,
    ),
  );
  const compared = new Set(evaluation?.comparisons.map(({ metric }) => metric));
  const alone = (evaluation?.candidate?.metrics ?? []).filter(({ metric }) => !compared.has(metric));
  return [
    evaluation
      ? html`<p>${testRows(evaluation.testSet)} ${designPhrases(evaluation).map((sentence) => html`${phrase(sentence)} `)}</p>`
      : nothing,
    changeAsAWhole(verdict, evaluation, task),
    rows.length === 0
      ? nothing
      : html`<section class="block"><h3>Gates</h3>${gatesTable(rows, names)}${waiverList(gates)}</section>`,
    html`<section class="block"><h3>Metrics</h3>${changesTable(evaluation?.comparisons ?? [], task, names)}${valuesTable(alone, task, names.now)}</section>`,
    ...(data?.quality ?? []).map((table) => qualitySection(table)),
    ...(data?.drift ?? []).map((result) => driftSection(result, result.table, names)),
    experimentsSection(evidence),
    ...(evaluation
      ? await pairSections({ pair: evaluation, rows: evaluation.testSet.rows, gates, claims: verdict, task, names, evidence })
      : []),
  ];
}

function testRows({ path, rows, digest }: { path: string; rows: number; digest: string }): Html {
  return html`On ${plural(rows, "row")} of <code>${path}</code> (<code>sha256:${shortDigest(digest, 8)}…</code>).`;
}

/** What determined it, and the files. */
function shipped({ evidence }: ReleaseFacts): Html {
  const { inputHash, seal, trainings } = evidence;
  const files = shippedModel(evidence)?.files ?? [];
  const lines = files
    .slice(0, maxFiles)
    .map(({ path, digest, bytes }) => html`<dt>${path}</dt><dd><code>${digest}</code>, ${formatBytes(bytes)}</dd>`);
  const more = files.length > maxFiles ? html`<p class="muted">and ${files.length - maxFiles} more</p>` : nothing;
  const several =
    trainings.length > 1
      ? html`<p>It is the first of ${trainings.length} trained models; the numbers are means over all of them.</p>`
      : nothing;
  return html`<section class="block"><h3>What is shipped</h3>${several}<dl><dt>Inputs</dt><dd><code>${inputHash}</code></dd>${
    seal ? html`<dt>Result</dt><dd><code>${seal.resultDigest}</code></dd>` : nothing
  }${lines}</dl>${more}</section>`;
}
