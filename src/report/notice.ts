import type { CheckConclusion } from "../github/checks.ts";
import { alert } from "../markdown/blocks.ts";
import { link } from "../markdown/escape.ts";
import type { RenderedCheck } from "./check.ts";
import { commentMarker, foldable, foldVerdict } from "./comment.ts";

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
 * @param previous the last verdict, as the comment had it
 */
export function renderNoticeComment(
  notice: Notice,
  answers: readonly string[],
  previous?: { headSha: string; body: string },
): { marker: string; body: string } {
  const { icon, title, lines, run } = notice;
  const blocks = [
    `## ${icon} ${title}`,
    ...lines,
    ...(run === undefined ? [] : [link("run", run)]),
    ...(previous === undefined ? [] : [foldVerdict(foldable(previous.body).body, previous.headSha)]),
    ...(answers.length === 0
      ? []
      : [
          alert(
            "NOTE",
            answers.map((answer) => `- ${answer}`),
          ),
        ]),
  ];
  return { marker: commentMarker, body: `${commentMarker}\n${blocks.join("\n\n")}\n` };
}
