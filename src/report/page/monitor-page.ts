import { visible } from "../../markdown/escape.ts";
import type { MonitoredTables } from "../../monitoring/monitored-tables.ts";
import { isModelJudged } from "../../monitoring/worse-windows.ts";
import { plural } from "../format.ts";
import { monitoredSummary } from "../monitored.ts";
import { documentOf } from "./document.ts";
import { html } from "./html.ts";
import { monitorSection } from "./monitor-section.ts";
import { statusMark } from "./status-badge.ts";

/** A model in use, by two tables of its predictions; names may come from outside. */
export interface MonitorPage {
  reference: string;
  current: string;
  monitored: MonitoredTables;
}

const maxTitle = 200;
const maxName = 40;

/** One HTML file: no script, no network, light and dark. */
export function renderMonitorPage({ reference, current, monitored }: MonitorPage): string {
  const title = `A model in use: ${current} against ${reference}`;
  const status = monitored.worse.length > 0 ? "fail" : isModelJudged(monitored) ? "pass" : "inconclusive";
  const rows = monitored.windows.reduce((all, window) => all + window.rows, 0);
  const facts = [
    html`<li>reference <b>${visible(reference, maxName)}</b>, ${plural(monitored.reference.rows, "row")}</li>`,
    html`<li>current <b>${visible(current, maxName)}</b>, ${plural(rows, "row")}</li>`,
  ];
  return documentOf(
    title,
    html`<header class="verdict ${status}"><h1>${statusMark(status)} ${visible(title, maxTitle)}</h1><ul class="reasons"><li>The model is ${monitoredSummary(monitored)}.</li></ul><ul class="facts">${facts}</ul></header><section class="only">${monitorSection(monitored)}</section>`,
  );
}
