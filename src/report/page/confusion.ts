import type { Pictures } from "../../evidence/evidence.ts";
import { formatFixed } from "../format.ts";
import type { MeasuredPair, SideNames } from "../measured.ts";
import { type Html, html, nothing } from "./html.ts";

/** Matrices with more classes are not read by anybody; the pairs that are confused most are. */
const maxClasses = 12;
const maxPairs = 12;

/** Both confusion matrices side by side. */
export function confusionSection(pair: MeasuredPair | undefined, { before, now }: SideNames): Html {
  const [baseline, candidate] = [pair?.baseline?.pictures?.confusion, pair?.candidate?.pictures?.confusion];
  if (baseline === undefined && candidate === undefined) return nothing;
  return html`<section class="block"><h3>Confusion matrix</h3><p class="muted">Rows are the true class, columns the predicted one; the shade is the share of the row.</p><div class="cols">${[
    ...(pair?.baseline ? [confusion(before, baseline)] : []),
    confusion(now, candidate),
  ]}</div></section>`;
}

function confusion(title: string, matrix: Pictures["confusion"]): Html {
  if (matrix === undefined) return html`<figure><figcaption>${title}</figcaption><p class="muted">Not recorded.</p></figure>`;
  const { labels, counts } = matrix;
  if (labels.length > maxClasses) return confusedPairs(title, labels, counts);
  const head = labels.map((label) => html`<th scope="col">${label}</th>`);
  const rows = labels.map((label, row) => {
    const total = (counts[row] ?? []).reduce((sum, count) => sum + count, 0);
    const cells = labels.map((_, column) => cell(counts[row]?.[column] ?? 0, total, row === column));
    return html`<tr><th scope="row">${label}</th>${cells}</tr>`;
  });
  return html`<figure><figcaption>${title}</figcaption><div class="scroll"><table class="confusion"><thead><tr><td></td>${head}</tr></thead><tbody>${rows}</tbody></table></div></figure>`;
}

function cell(count: number, total: number, right: boolean): Html {
  const share = total === 0 ? 0 : count / total;
  const percent = total === 0 ? "" : `${formatFixed(share * 100, share > 0 && share < 0.1 ? 1 : 0)}%`;
  return html`<td class="${right ? "right" : "wrong"}" style="--share:${Math.round(share * 100)}%">${formatFixed(count, 0)}<small>${percent}</small></td>`;
}

function confusedPairs(title: string, labels: readonly string[], counts: readonly (readonly number[])[]): Html {
  const pairs = labels
    .flatMap((truth, row) =>
      labels.map((predicted, column) => ({ truth, predicted, count: counts[row]?.[column] ?? 0, wrong: row !== column })),
    )
    .filter(({ count, wrong }) => wrong && count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, maxPairs);
  const rows = pairs.map(({ truth, predicted, count }) => {
    return html`<tr><td>${truth}</td><td>${predicted}</td><td class="n">${formatFixed(count, 0)}</td></tr>`;
  });
  return html`<figure><figcaption>${title}: ${labels.length} classes, the pairs confused most</figcaption><div class="scroll"><table><thead><tr><th scope="col">True</th><th scope="col">Predicted</th><th scope="col" class="n">Rows</th></tr></thead><tbody>${rows}</tbody></table></div></figure>`;
}
