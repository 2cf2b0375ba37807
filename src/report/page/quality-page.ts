import { visible } from "../../markdown/escape.ts";
import { faultsOf } from "../../quality/faults-of.ts";
import { failures, type QualityCheck, type QualityResult, uncomputed } from "../../quality/quality-result.ts";
import { plural } from "../format.ts";
import { documentOf } from "./document.ts";
import { type Html, html, nothing, trusted } from "./html.ts";
import { qualitySection } from "./quality-section.ts";
import { statusMark } from "./status-badge.ts";

const maxTitle = 200;

/** A table by itself, as one HTML file: no script, no network, light and dark. Its name may come from outside. */
export function renderQualityPage(result: QualityResult): string {
  const title = `Quality of ${result.table}`;
  const [errors, warnings] = [failures(result, "error").length, failures(result, "warn").length];
  const unknown = uncomputed(result);
  const status = errors > 0 ? "fail" : unknown.length > 0 ? "inconclusive" : "pass";
  const facts = [plural(result.rows, "row"), plural(result.columns, "column")];
  const said = `${errors === 0 ? "No error" : plural(errors, "error")}, ${warnings === 0 ? "no warning" : plural(warnings, "warning")}${unknown.length === 0 ? "" : `, ${plural(unknown.length, "rule")} not computed`}.`;
  return documentOf(
    title,
    html`<header class="verdict ${status}"><h1>${statusMark(status)} ${visible(title, maxTitle)}</h1><ul class="reasons"><li>${said}</li></ul><ul class="facts">${facts.map((fact) => html`<li>${fact}</li>`)}</ul></header><section class="only">${qualitySection(faultsOf(result), false)}${others("Not computed", result, "unknown", true)}${others("In order", result, "pass")}${others("Not looked for", result, "skipped")}</section>`,
  );
}

/** What did not fail, with what was looked for or why it was not. */
function others(title: string, { checks }: QualityResult, status: QualityCheck["status"], isOpen = false): Html {
  const of = checks.filter((check) => check.status === status);
  if (of.length === 0) return nothing;
  const lines = of.map(({ name, message }) => html`<dt><code>${name}</code></dt><dd>${message}</dd>`);
  return html`<details${trusted(isOpen ? " open" : "")}><summary>${title}: ${plural(of.length, "check")}</summary><dl>${lines}</dl></details>`;
}
