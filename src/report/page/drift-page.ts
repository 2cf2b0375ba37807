import { isTogetherDrifted, type Together } from "../../drift/together.ts";
import { type DriftResult, hasDrifted } from "../../evidence/data-evidence.ts";
import { visible } from "../../markdown/escape.ts";
import type { MonitoredTables } from "../../monitoring/monitored-tables.ts";
import { isModelJudged } from "../../monitoring/worse-windows.ts";
import { plural } from "../format.ts";
import { monitoredSummary } from "../monitored.ts";
import { documentOf } from "./document.ts";
import { driftSection } from "./drift-section.ts";
import { html } from "./html.ts";
import { monitorSection } from "./monitor-section.ts";
import { statusMark } from "./status-badge.ts";
import { togetherSection } from "./together-section.ts";

/** Two tables compared by themselves; names may come from outside. */
export interface DriftPage {
  reference: string;
  current: string;
  result: DriftResult;
  passes: boolean;
  together?: Together | undefined;
  monitored?: MonitoredTables | undefined;
}

const maxTitle = 200;
/** Long names would leave no room for numbers. */
const maxName = 40;

/** One HTML file: no script, no network, light and dark. */
export function renderDriftPage({ reference, current, result, passes, together, monitored }: DriftPage): string {
  const drifted = result.columns.filter(hasDrifted).length;
  const title = `Drift: ${current} against ${reference}`;
  const facts = [
    html`preset <b>${result.preset}</b>`,
    html`reference <b>${visible(reference, maxName)}</b>, ${plural(result.rows.reference, "row")}`,
    html`current <b>${visible(current, maxName)}</b>, ${plural(result.rows.current, "row")}`,
  ];
  const said = [
    drifted === 0 ? "No column drifted." : `${plural(drifted, "column")} drifted.`,
    ...(isTogetherDrifted(together) ? ["All columns together drifted."] : []),
    ...(monitored === undefined ? [] : [`The model is ${monitoredSummary(monitored)}.`]),
  ];
  const names = { before: visible(reference, maxName), now: visible(current, maxName) };
  const status = !passes ? "fail" : monitored === undefined || isModelJudged(monitored) ? "pass" : "inconclusive";
  return documentOf(
    title,
    html`<header class="verdict ${status}"><h1>${statusMark(status)} ${visible(title, maxTitle)}</h1><ul class="reasons">${said.map((sentence) => html`<li>${sentence}</li>`)}</ul><ul class="facts">${facts.map((fact) => html`<li>${fact}</li>`)}</ul></header><section class="only">${driftSection(result, undefined, names)}${togetherSection(together)}${monitorSection(monitored)}</section>`,
  );
}
