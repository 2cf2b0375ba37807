import type { CheckConclusion } from "../github/checks.ts";
import { alert, utf8Bytes } from "../markdown/blocks.ts";
import { link } from "../markdown/escape.ts";
import { shownAnswers } from "./answers.ts";
import type { RenderedCheck } from "./check.ts";
import { commentBudget, commentMarker, foldable, foldVerdict } from "./comment.ts";

/** What is said of a commit that has no verdict: yet, or at all. Text of our own making. */
export interface Notice {
  /** Undefined: in progress. */
  conclusion: CheckConclusion | undefined;
  icon: "⏳" | "✅" | "⏸️" | "❌";
  title: string;
  /** Sentences. */
  lines: readonly string[];
  run?: string | undefined;
}

export function renderNoticeCheck({ conclusion, title, lines, run }: Notice): RenderedCheck {
  const summary = [...lines, ...(run === undefined ? [] : [link("run", run)])].join("\n\n");
  return { conclusion, title, summary, text: "", annotations: [] };
}

/**
 * The pull request's one comment while there is no verdict about its head.
 * @param previous the last verdict, as the comment had it; left out when it does not fit
 */
export function renderNoticeComment(
  notice: Notice,
  answers: readonly string[],
  previous?: { headSha: string; body: string },
): { marker: string; body: string } {
  const { icon, title, lines, run } = notice;
  const said = [`## ${icon} ${title}`, ...lines, ...(run === undefined ? [] : [link("run", run)])];
  const folded = previous === undefined ? [] : [foldVerdict(foldable(previous.body).body, previous.headSha)];
  const shown = shownAnswers(answers).map((answer) => `- ${answer}`);
  const asked = shown.length === 0 ? [] : [alert("NOTE", shown)];
  const render = (blocks: readonly string[]) => `${commentMarker}\n${blocks.join("\n\n")}\n`;
  const whole = render([...said, ...folded, ...asked]);
  return { marker: commentMarker, body: utf8Bytes(whole) <= commentBudget ? whole : render([...said, ...asked]) };
}
