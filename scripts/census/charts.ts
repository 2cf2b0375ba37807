import type { DriftResult } from "../../src/evidence/data-evidence.ts";
import type { Chart } from "../../src/report/page/vega.ts";
import { type CensusMetric, type EstimatedWindow, metricTitles } from "./estimate-census.ts";
import type { LaterYear } from "./read-census.ts";

const lines = ["Truth", "Estimate"] as const;
const lineColors = ["var(--fg)", "var(--cand)"];

/** Truth and estimate of each window, with the estimate's band and where the reference's windows lie. */
export function windowsChart(windows: readonly EstimatedWindow[], shown: readonly CensusMetric[]): Chart {
  const panel = (metric: CensusMetric, isLast: boolean) => {
    const values = windows
      .filter((window) => window.metric === metric)
      .map(({ truth, estimate, interval, usual, year }, at) => ({ at: at + 1, truth, estimate, ...interval, usual, year }));
    const points = values.flatMap(({ at, truth, estimate }) => [
      { at, value: truth, series: "Truth" },
      { at, value: estimate, series: "Estimate" },
    ]);
    const usual = values[0]?.usual;
    const starts = values
      .filter(({ year }, i) => values[i - 1]?.year !== year)
      .map(({ at, year }) => ({ at, year: String(year) }));
    const y = {
      type: "quantitative",
      title: metricTitles[metric],
      scale: { zero: false },
      axis: { format: ".2f", tickCount: 5 },
    } as const;
    const x = { field: "at", type: "quantitative", title: isLast ? "window of 5,000 rows" : "", axis: { grid: false } } as const;
    return {
      width: 640,
      height: 170,
      layer: [
        {
          data: { values: usual === undefined ? [] : [usual] },
          mark: { type: "rect", color: "var(--base)", opacity: 0.22 },
          encoding: { y: { ...y, field: "low" }, y2: { field: "high" } },
        },
        {
          data: { values },
          mark: { type: "area", color: "var(--cand)", opacity: 0.18, interpolate: "step" },
          encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" } },
        },
        {
          data: { values: points },
          mark: { type: "line", strokeWidth: 1.6, point: { size: 14, filled: true } },
          encoding: {
            x,
            y: { ...y, field: "value" },
            color: {
              field: "series",
              type: "nominal",
              scale: { domain: [...lines], range: lineColors },
              legend: isLast ? { title: null, orient: "bottom", labelColor: "var(--fg)" } : null,
            },
          },
        },
        {
          data: { values: starts },
          mark: { type: "rule", color: "var(--base-line)", strokeDash: [2, 3] },
          encoding: { x },
        },
        {
          data: { values: starts },
          mark: { type: "text", align: "left", baseline: "top", dx: 4, color: "var(--muted)" },
          encoding: { x, y: { value: 2 }, text: { field: "year", type: "nominal" } },
        },
      ],
    };
  };
  const title = shown.map((metric) => metricTitles[metric]).join(" and ");
  return {
    label: `${title} of each 5,000 rows of 2016 to 2018: the truth, and the estimate without labels with its band`,
    spec: {
      vconcat: shown.map((metric, i) => panel(metric, i === shown.length - 1)),
      resolve: { legend: { color: "independent" } },
    } as Chart["spec"],
  };
}

/** How far each column lies from 2015, beside what chance exceeds in 1 of 20, and the limit. */
export function columnsChart(drift: ReadonlyMap<LaterYear, DriftResult>): Chart {
  const values = [...drift].flatMap(([year, { columns }]) =>
    columns.flatMap(({ name, tests }) =>
      tests
        .filter((test) => test.of === "values")
        .map(({ value, noise }) => ({ name, year: String(year), value, noise: noise ?? 0 })),
    ),
  );
  const last = values.filter(({ year }) => year === "2018").sort((a, b) => b.value - a.value);
  const y = {
    field: "name",
    type: "nominal",
    title: null,
    sort: last.map(({ name }) => name),
    axis: { labelColor: "var(--fg)", grid: true },
  } as const;
  const ticks = [0, 0.01, 0.02, 0.03, 0.04, 0.05];
  const x = {
    field: "value",
    type: "quantitative",
    title: "distance from 2015 (Jensen-Shannon; age: Kolmogorov-Smirnov)",
    axis: { format: ".2f", values: ticks },
  } as const;
  return {
    label: "Distance of each column of 2016, 2017 and 2018 from 2015, all within the limit of 0.05",
    spec: {
      width: 600,
      height: 330,
      layer: [
        { data: { values: [{ value: 0.05 }] }, mark: { type: "rule", color: "var(--fail)", strokeWidth: 1.5 }, encoding: { x } },
        {
          data: { values: last.map(({ name, noise }) => ({ name, value: noise })) },
          mark: { type: "tick", color: "var(--muted)", thickness: 2, size: 14 },
          encoding: { x, y },
        },
        {
          data: { values },
          mark: { type: "circle", size: 62, opacity: 0.95 },
          encoding: {
            x,
            y,
            color: {
              field: "year",
              type: "ordinal",
              scale: { domain: ["2016", "2017", "2018"], range: ["var(--base)", "var(--base-line)", "var(--cand)"] },
              legend: { title: null, orient: "bottom", labelColor: "var(--fg)" },
            },
          },
        },
      ],
    },
  };
}
