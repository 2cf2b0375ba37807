import type { EvaluatedVersion } from "../../../registry/overview.ts";
import { formatNumber } from "../../format.ts";
import { type Html, html, nothing } from "../html.ts";

/** A version's value of a metric. */
export interface PlottedVersion {
  version: string;
  value: number;
  interval: EvaluatedVersion["metrics"][number]["interval"];
  /** Its digest: values on different ones are not comparable. */
  testSet: string;
  /** A stage points at it now. */
  isInUse: boolean;
}

const width = 320;
const height = 110;
const room = 10;

const frame = html`<path class="frame" d="M0 1H${width}M0 ${height - 1}H${width}"/>`;

/** A metric from version to version, the lowest version first. */
export function versionsPlot(points: readonly PlottedVersion[], label: string): Html {
  const values = points.flatMap(({ value, interval }) => [value, interval?.low ?? value, interval?.high ?? value]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = (at: number) => room + ((at + 0.5) / points.length) * (width - 2 * room);
  const y = (value: number) => fixed(high === low ? height / 2 : room + ((high - value) / (high - low)) * (height - 2 * room));
  const moved = points.map(({ testSet }, at) => {
    const before = points[at - 1];
    if (before === undefined || before.testSet === testSet) return nothing;
    const between = fixed((x(at - 1) + x(at)) / 2);
    return html`<line class="moved" x1="${between}" x2="${between}" y1="0" y2="${height}"><title>The test set changed</title></line>`;
  });
  const runs = points.map((point, at) => {
    const isMove = points[at - 1]?.testSet !== point.testSet;
    return `${isMove ? "M" : "L"}${fixed(x(at))} ${y(point.value)}`;
  });
  const radius = points.length > 30 ? 2.5 : 4;
  const marks = points.map(({ version, value, interval, isInUse }, at) => {
    const look = isInUse ? "now" : "open";
    const told = `${version}: ${formatNumber(value)}${interval ? ` (${formatNumber(interval.low)} to ${formatNumber(interval.high)})` : ""}`;
    const line = interval
      ? html`<line class="ci ${look}" x1="${fixed(x(at))}" x2="${fixed(x(at))}" y1="${y(interval.low)}" y2="${y(interval.high)}"/>`
      : nothing;
    return html`<g><title>${told}</title>${line}<circle class="pt ${look}" cx="${fixed(x(at))}" cy="${y(value)}" r="${radius}"/></g>`;
  });
  const range = `from ${formatNumber(low)} to ${formatNumber(high)}`;
  return html`<svg class="windows" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${label} of ${points.length} versions, ${range}">${frame}${moved}<path class="course" d="${runs.join("")}"/>${marks}</svg><small class="ends"><span>${points[0]?.version}</span><span>${points.at(-1)?.version}</span></small><small>${range}</small>`;
}

function fixed(value: number): string {
  return value.toFixed(1);
}
