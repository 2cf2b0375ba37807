import * as z from "zod/mini";
import type { ListedSubject, Overview } from "../queue/overview.ts";
import { type Subject, subjectSchema } from "../subject.ts";

export interface StatusFacts {
  overview: Overview;
  subjects: readonly ListedSubject[];
  /** The web address of GitHub, for links. */
  webUrl: string;
  now: Date;
}

/** For whoever operates the app: what waits, what failed and why. One page without scripts that asks nothing of anybody. */
export function renderStatusPage({ overview, subjects, webUrl, now }: StatusFacts): string {
  const { waiting, postponed, active, dead, oldestSeconds } = overview;
  const numbers: readonly [string, string, boolean?][] = [
    ["waiting", String(waiting)],
    ["longest wait", waiting === 0 ? "–" : duration(oldestSeconds)],
    ["being looked at", String(active)],
    ["later", String(postponed)],
    ["dead letters", String(dead), dead > 0],
  ];
  const failing = subjects.filter(({ error }) => error !== undefined);
  const open = subjects.filter(({ state }) => state !== "dead");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Assay: status</title>
<style>${style}</style>
</head>
<body>
<main>
<header><h1>Assay</h1><p>${escapeHtml(now.toISOString().replace("T", " ").slice(0, 19))} UTC</p></header>
<dl>${numbers.map(([name, value, isBad]) => `<div${isBad ? ' class="bad"' : ""}><dt>${name}</dt><dd>${value}</dd></div>`).join("")}</dl>
${section("Failed", "Given up after too many tries (dead letter), or to be tried again. A later success removes it.", failing, "Nothing failed.")}
${section("Watched", "Pull requests, merge-queue commits and runs of the last day.", open, "Nothing happened yet.")}
</main>
</body>
</html>
`;

  function section(title: string, what: string, rows: readonly ListedSubject[], none: string): string {
    const withErrors = rows === failing;
    const body = rows
      .map(
        ({ subject, state, at, tries, error }) =>
          `<tr><td>${link(subject)}</td><td><span class="state ${state.replace(" ", "-")}">${stateWord(state)}</span></td>` +
          `<td><time datetime="${at.toISOString()}">${when(at)}</time></td>` +
          `${withErrors ? `<td>${tries}</td><td class="error">${escapeHtml((error ?? "").slice(0, 500))}</td>` : ""}</tr>`,
      )
      .join("\n");
    const heads = ["what", "state", "when", ...(withErrors ? ["tries", "last error"] : [])];
    const table = `<div class="scroll"><table><thead><tr>${heads.map((head) => `<th>${head}</th>`).join("")}</tr></thead><tbody>${body}</tbody></table></div>`;
    return `<section><h2>${title}</h2><p>${what}</p>${rows.length === 0 ? `<p class="none">${none}</p>` : table}</section>`;
  }

  function link(raw: unknown): string {
    const parsed = z.safeParse(subjectSchema, raw);
    if (!parsed.success) return "unknown";
    const { owner, name } = parsed.data.repository;
    const { path, word } = placeOf(parsed.data);
    return `<a href="${escapeHtml(`${webUrl}/${owner}/${name}/${path}`)}" rel="noreferrer">${escapeHtml(`${owner}/${name}`)} <b>${escapeHtml(word)}</b></a>`;
  }

  function when(at: Date): string {
    const seconds = (now.getTime() - at.getTime()) / 1_000;
    return seconds >= 0 ? `${duration(seconds)} ago` : `in ${duration(-seconds)}`;
  }
}

function placeOf(subject: Subject): { path: string; word: string } {
  if (subject.kind === "pull-request") return { path: `pull/${subject.number}`, word: `#${subject.number}` };
  if (subject.kind === "run") return { path: `actions/runs/${subject.runId}`, word: `run ${subject.runId}` };
  return { path: `commit/${subject.headSha}`, word: `merge queue ${subject.headSha.slice(0, 7)}` };
}

function stateWord(state: ListedSubject["state"]): string {
  const words = {
    waiting: "waiting",
    postponed: "later",
    active: "being looked at",
    dead: "✕ dead letter",
    "looked at": "✓ up to date",
  };
  return words[state];
}

function duration(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (seconds < 3_600) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3_600)} h`;
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const style = `
:root{color-scheme:light dark;--line:light-dark(#d8dee4,#30363d);--dim:light-dark(#59636e,#9198a1);--card:light-dark(#f6f8fa,#151b23);--bad:light-dark(#b3261e,#ff7b72);--good:light-dark(#116329,#3fb950);--link:light-dark(#0550ae,#79c0ff)}
body{margin:0;font:15px/1.5 system-ui,sans-serif;background:light-dark(#fff,#0d1117);color:light-dark(#1f2328,#e6edf3)}
main{max-width:62rem;margin:0 auto;padding:2rem 1rem}
header{display:flex;justify-content:space-between;align-items:baseline}
h1{font-size:1.5rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 0}
p{margin:.25rem 0 .75rem;color:var(--dim)}
dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.75rem;margin:1rem 0}
dl div{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:.75rem 1rem}
dt{color:var(--dim);font-size:.85rem}dd{margin:0;font-size:1.6rem;font-variant-numeric:tabular-nums}
.bad dd{color:var(--bad)}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:8px}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.45rem .75rem;border-bottom:1px solid var(--line);vertical-align:top;white-space:nowrap}
th{background:var(--card);font-weight:600;font-size:.85rem}tr:last-child td{border-bottom:0}
td.error{white-space:normal;min-width:16rem;overflow-wrap:anywhere;font-family:ui-monospace,monospace;font-size:.85rem}
a{color:var(--link);text-decoration:none}a:hover{text-decoration:underline}
.state.dead{color:var(--bad)}.state.looked-at{color:var(--good)}
.none{border:1px dashed var(--line);border-radius:8px;padding:.75rem 1rem}
`;
