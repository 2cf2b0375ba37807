import type { TopLevelSpec } from "vega-lite";
import { type Html, html, trusted } from "./html.ts";

/** What a chart is, for those who do not see it, and how it is drawn. Text in data must be `visible` already. */
export interface Chart {
  label: string;
  spec: TopLevelSpec;
}

/** Colours are the page's own variables, so that one drawing serves light and dark. */
const config: TopLevelSpec["config"] = {
  aria: false,
  font: "inherit",
  view: { stroke: null },
  axis: {
    labelColor: "var(--muted)",
    titleColor: "var(--muted)",
    gridColor: "var(--line)",
    domain: false,
    ticks: false,
    labelPadding: 6,
    titlePadding: 8,
    titleFontWeight: "normal",
    labelFontSize: 11,
    titleFontSize: 12,
  },
};

/** Draws charts as SVG that scales down with the page. Loads Vega only when there is one to draw. */
export async function drawCharts(charts: readonly Chart[]): Promise<Html[]> {
  if (charts.length === 0) return [];
  const [vega, vegaLite] = await Promise.all([import("vega"), import("vega-lite")]);
  setTextWidths(vega);
  const drawn: Html[] = [];
  for (const { label, spec } of charts) {
    const { spec: compiled } = vegaLite.compile({ ...spec, background: "transparent", padding: 4, config });
    const view = new vega.View(vega.parse(compiled), { renderer: "none", logLevel: vega.Error });
    const svg = await view.toSVG();
    view.finalize();
    drawn.push(embed(svg, label));
  }
  return drawn;
}

/** The drawing as part of an HTML page: an image with a label, whose parts are not read out one by one. */
function embed(svg: string, label: string): Html {
  const inner = svg.replace(/ (?:xmlns(?::xlink)?|version|role|aria-\w+)="[^"]*"/g, "");
  return html`${trusted(inner.slice(0, "<svg".length))} role="img" aria-label="${label}"${trusted(inner.slice("<svg".length))}`;
}

/** Without a canvas Vega guesses how wide a text is; these are Helvetica's advances in thousandths of the font size. */
function setTextWidths(vega: typeof import("vega")): void {
  const { textMetrics } = vega as { textMetrics?: { width: (item: { fontSize?: number }, text: unknown) => number } };
  if (textMetrics === undefined) return;
  textMetrics.width = ({ fontSize = 11 }, text) => {
    let thousandths = 0;
    for (const character of String(text ?? "")) thousandths += advance(character);
    return (thousandths * fontSize) / 1_000;
  };
}

function advance(character: string): number {
  if (/[0-9$]/.test(character)) return 556;
  if (/[ijl.,:;'|!]/.test(character)) return 250;
  if (/[ftrI ()[\]/-]/.test(character)) return 310;
  if (/[mwMW%@]/.test(character)) return 860;
  if (/[A-Z−+=<>]/.test(character)) return 670;
  return (character.codePointAt(0) ?? 0) > 0x2e80 ? 1_000 : 556;
}
