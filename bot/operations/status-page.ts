import * as z from "zod/mini";
import type { ListedSubject, Overview } from "../queue/overview.ts";
import { type Subject, subjectSchema } from "../subject.ts";
import type { ContactStanding } from "./contact.ts";
import { escapeHtml } from "./page.ts";
import type { ToldTrouble } from "./troubles.ts";

export interface StatusFacts {
  overview: Overview;
  subjects: readonly ListedSubject[];
  contact: ContactStanding;
  troubles: readonly ToldTrouble[];
  /** The web address of GitHub, for links. */
  webUrl: string;
  now: Date;
}

/** For whoever operates the app: what waits, what failed and why; the inside of a page. */
export function renderStatus({ overview, subjects, contact, troubles, webUrl, now }: StatusFacts): string {
  const { waiting, postponed, active, dead, oldestSeconds } = overview;
  const numbers: readonly [name: string, value: string, mark?: "good" | "bad" | undefined][] = [
    ["waiting", String(waiting)],
    ["longest wait", waiting === 0 ? "–" : duration(oldestSeconds)],
    ["being looked at", String(active)],
    ["later", String(postponed)],
    ["dead letters", String(dead), dead > 0 ? "bad" : undefined],
    ["GitHub", ...githubInWords()],
  ];
  const failing = subjects.filter(({ error }) => error !== undefined);
  const open = subjects.filter(({ state }) => state !== "dead");
  const cards = numbers.map(
    ([name, value, mark]) => `<div${mark ? ` class="${mark}"` : ""}><dt>${name}</dt><dd>${value}</dd></div>`,
  );
  return `<header><h1>Assay</h1><p>${escapeHtml(now.toISOString().replace("T", " ").slice(0, 19))} UTC</p></header>
${alarm()}<dl>${cards.join("")}</dl>
${section("Failed", "Given up after too many tries (dead letter), or to be tried again. A later success removes it.", subjectRows(failing, true), "Nothing failed.")}
${section("Last errors", "Warnings and errors besides those, of this process since its start, the latest of each kind.", troubleRows(), "None.")}
${section("Watched", "Pull requests, merge-queue commits and runs of the last day.", subjectRows(open, false), "Nothing happened yet.")}`;

  function githubInWords(): [string, ("good" | "bad")?] {
    if (contact.failing) return ["✕ fails", "bad"];
    return contact.lastAnswer ? ["✓ up", "good"] : ["not asked yet"];
  }

  function alarm(): string {
    if (!contact.failing) return "";
    const { since, why } = contact.failing;
    const last = contact.lastAnswer ? `Its last answer was ${when(contact.lastAnswer)}.` : "It has not answered since the start.";
    return `<div class="alarm" role="alert"><b>✕ Calls to GitHub have failed for ${duration((now.getTime() - since.getTime()) / 1_000)}</b>
<p class="detail">${escapeHtml(why.slice(0, 500))}</p><p class="dim">${last} What is heard meanwhile is kept, and worked on once it answers.</p></div>
`;
  }

  function subjectRows(rows: readonly ListedSubject[], withErrors: boolean): Table {
    return {
      heads: ["what", "state", "when", ...(withErrors ? ["tries", "last error"] : [])],
      rows: rows.map(({ subject, state, at, tries, error }) => [
        { html: link(subject) },
        { html: `<span class="state ${state.replace(" ", "-")}">${stateWord(state)}</span>`, short: true },
        moment(at),
        ...(withErrors
          ? [
              { html: String(tries), short: true, named: true },
              { html: escapeHtml((error ?? "").slice(0, 500)), detail: true },
            ]
          : []),
      ]),
    };
  }

  function troubleRows(): Table {
    return {
      heads: ["what", "when", "times"],
      rows: troubles.map(({ at, times, message, detail }) => [
        {
          html: `${escapeHtml(message.slice(0, 500))}${detail ? `<div class="detail">${escapeHtml(detail.slice(0, 500))}</div>` : ""}`,
        },
        moment(at),
        { html: String(times), short: true, named: true },
      ]),
    };
  }

  function moment(at: Date): Cell {
    return { html: `<time datetime="${at.toISOString()}">${when(at)}</time>`, short: true };
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

interface Cell {
  html: string;
  short?: boolean;
  /** It says nothing without its head, which narrow pages put before it. */
  named?: boolean;
  detail?: boolean;
}

interface Table {
  heads: readonly string[];
  rows: readonly (readonly Cell[])[];
}

function section(title: string, what: string, { heads, rows }: Table, none: string): string {
  const cell = ({ html, short, named, detail }: Cell, index: number) =>
    `<td${short || detail ? ` class="${short ? "short" : "detail"}"` : ""}${named ? ` data-head="${heads[index]}"` : ""}>${html}</td>`;
  const body = rows.map((row) => `<tr>${row.map(cell).join("")}</tr>`).join("\n");
  const table = `<div class="scroll"><table><thead><tr>${heads.map((head) => `<th>${head}</th>`).join("")}</tr></thead><tbody>${body}</tbody></table></div>`;
  return `<section><h2>${title}</h2><p class="dim">${what}</p>${rows.length === 0 ? `<p class="none">${none}</p>` : table}</section>`;
}

function placeOf(subject: Subject): { path: string; word: string } {
  if (subject.kind === "pull-request") return { path: `pull/${subject.number}`, word: `#${subject.number}` };
  if (subject.kind === "run") return { path: `actions/runs/${subject.runId}`, word: `run ${subject.runId}` };
  if (subject.kind === "gate") return { path: `actions/runs/${subject.runId}`, word: `deployment of run ${subject.runId}` };
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
  if (seconds < 2 * 86_400) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}
