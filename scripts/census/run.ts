/**
 * `npm run census`: the employment census of Massachusetts year by year, on the rows that ship in NannyML's package: tables and
 * pictures of docs/census.md. Needs `bash .ci/python-tool.sh nannyml`; the data itself is not kept here.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { markdownTable } from "markdown-table";
import type { DriftColumn, DriftResult } from "../../src/evidence/data-evidence.ts";
import { hasDrifted } from "../../src/evidence/data-evidence.ts";
import { type Chart, drawCharts } from "../../src/report/page/vega.ts";
import { mean } from "../../src/statistics/moments.ts";
import { columnsChart, windowsChart } from "./charts.ts";
import { type CensusMetric, type EstimatedCensus, estimateCensus, metrics, metricTitles } from "./estimate-census.ts";
import { driftOf, type LaterYear, laterYears, makeTables, readNannyml, readRows } from "./read-census.ts";

const docs = join(import.meta.dirname, "..", "..", "docs");
const folder = mkdtempSync(join(tmpdir(), "census-"));
try {
  makeTables(folder);
  const nannyml = readNannyml(folder);
  const census = estimateCensus(await readRows(folder), nannyml);
  const drift = new Map<LaterYear, { assay: DriftResult; evidently: DriftResult }>();
  for (const year of laterYears) drift.set(year, await driftOf(folder, year));
  const assay = new Map([...drift].map(([year, results]) => [year, results.assay]));
  let page = readFileSync(join(docs, "census.md"), "utf8");
  page = fill(page, "columns", columnsTable(drift));
  page = fill(page, "years", yearsTable(census));
  page = fill(page, "windows", windowsTable(census));
  writeFileSync(join(docs, "census.md"), page);
  await draw("census-columns.svg", columnsChart(assay));
  await draw("census-windows.svg", windowsChart(census.windows, ["roc_auc", "recall"]));
  const all = [...census.years, ...census.windows];
  const apart = Math.max(...all.map(({ estimate, nannyml }) => Math.abs(estimate - nannyml)));
  process.stdout.write(
    `${all.length} estimates; largest difference from NannyML ${nannyml.version}: ${apart.toExponential(1)}\n`,
  );
  if (!(apart < 1e-6)) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function fill(page: string, name: string, text: string): string {
  const [begin, end] = [`<!-- census: ${name} -->`, `<!-- end: ${name} -->`];
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`docs/census.md has no part between ${begin} and ${end}.`);
  return `${before}${begin}\n\n${text}\n\n${end}${after}`;
}

function columnsTable(drift: ReadonlyMap<LaterYear, { assay: DriftResult; evidently: DriftResult }>): string {
  const last = drift.get(2018)?.assay.columns ?? [];
  const distance = (column: DriftColumn | undefined) => {
    const test = column?.tests.find(({ of }) => of === "values");
    const beyond = column?.tests.find(({ of, drifted }) => of === "out-of-range" && drifted);
    const said = beyond === undefined ? "" : `; **drifted**: ${percent(beyond.value)} beyond the range`;
    return test === undefined ? "—" : `${test.value.toFixed(3)}${said}`;
  };
  const rows = last
    .toSorted((a, b) => shiftOf(b) - shiftOf(a))
    .slice(0, 6)
    .map((column) => [
      `\`${column.name}\``,
      ...[...drift.values()].map(({ assay }) => distance(assay.columns.find(({ name }) => name === column.name))),
      (column.tests.find(({ of }) => of === "values")?.noise ?? 0).toFixed(3),
    ]);
  const counts = (of: "assay" | "evidently") =>
    [...drift.values()].map((results) => `${results[of].columns.filter(hasDrifted).length} of ${results[of].columns.length}`);
  rows.push(["drifted by `assay`", ...counts("assay"), ""], ["drifted by `evidently-0.7`", ...counts("evidently"), ""]);
  return table(["column", ...laterYears.map(String), "chance alone, 2018"], rows);
}

function shiftOf(column: DriftColumn): number {
  return column.tests.find(({ of }) => of === "values")?.value ?? 0;
}

function yearsTable({ years, known }: EstimatedCensus): string {
  const rows = metrics.map((metric) => [
    metricTitles[metric],
    knownMean(known, metric).toFixed(4),
    ...years
      .filter((window) => window.metric === metric)
      .flatMap(({ truth, estimate }) => [truth.toFixed(4), `${estimate.toFixed(4)} (${signed(estimate - truth)})`]),
  ]);
  return table(["", "2015", ...laterYears.flatMap((year) => [`${year}, truth`, "estimate"])], rows);
}

function windowsTable({ windows, known }: EstimatedCensus): string {
  const rows = metrics.map((metric) => {
    const of = windows.filter((window) => window.metric === metric);
    const off = (value: (window: (typeof of)[number]) => number) => mean(Float64Array.from(of, value)).toFixed(4);
    const usual = knownMean(known, metric);
    const count = (is: (window: (typeof of)[number]) => boolean) => String(of.filter(is).length);
    const isBeyond = ({ truth, usual }: (typeof of)[number]) => truth < usual.low || truth > usual.high;
    return [
      metricTitles[metric],
      off(({ estimate, truth }) => Math.abs(estimate - truth)),
      off(({ truth }) => Math.abs(usual - truth)),
      (of[0]?.samplingError ?? Number.NaN).toFixed(4),
      count(({ truth, interval }) => truth >= interval.low && truth <= interval.high),
      count(isBeyond),
      count(({ alert }) => alert),
      count((window) => window.alert && isBeyond(window)),
      Math.max(...of.map(({ estimate, nannyml }) => Math.abs(estimate - nannyml))).toExponential(0),
    ];
  });
  return table(
    [
      `${windows.length / metrics.length} windows`,
      "off by, on average",
      "if 2015 were taken",
      "sampling error",
      "truth in the band",
      "truth unusual",
      "estimate unusual",
      "both",
      "off NannyML's, at most",
    ],
    rows,
  );
}

function knownMean(known: EstimatedCensus["known"], metric: CensusMetric): number {
  return mean(Float64Array.from(known.filter((window) => window.metric === metric).map(({ truth }) => truth)));
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return markdownTable([header, ...rows], { align: ["l", ...header.slice(1).map(() => "r")] });
}

function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(4)}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}

/** Drawn as in reports, with their colours for both schemes. */
async function draw(name: string, chart: Chart): Promise<void> {
  const [drawn] = await drawCharts([chart]);
  const style =
    "svg{--bg:#fff;--fg:#1d2430;--muted:#596475;--line:#e3e7ee;--fail:#c2332b;--base:#9aa7ba;--base-line:#7d8aa0;--cand:#2f62d9;" +
    'font-family:system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}' +
    "@media(prefers-color-scheme:dark){svg{--bg:#11151c;--fg:#e4e9f1;--muted:#9aa6b8;--line:#29313e;--fail:#ff7a70;--base:#66748a;--base-line:#8593a9;--cand:#7da2ff}}";
  const markup = drawn?.markup ?? "";
  const at = markup.indexOf(">") + 1;
  const opened = markup.slice(0, at).replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"');
  writeFileSync(join(docs, name), `${opened}<style>${style}</style>${markup.slice(at)}\n`);
}
