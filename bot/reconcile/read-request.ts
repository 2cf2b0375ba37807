import { escapeInline } from "../../src/markdown/escape.ts";
import { modelsToApprove } from "../../src/report/approvals.ts";
import type { Report } from "../../src/report/report.ts";
import type { Command } from "../commands/command.ts";
import { commandOfButton } from "../commands/from-click.ts";
import { parseCommand } from "../commands/parse-command.ts";
import { type buttons, digestOfCheck, type Question } from "../request.ts";
import type { PullRequestState } from "./pull-request.ts";

/** What a person asked for, as GitHub tells it now. */
export interface ReadRequest {
  by: { id: number; login: string };
  /** When it was asked, by GitHub's clock. */
  at: string;
  /** The text was changed since: nobody can tell by whom. */
  edited: boolean;
  via: "command" | "button" | "review";
  /** Head commit that it names itself; undefined: what was shown then counts. */
  headSha: string | undefined;
  /** It is about a stage, and not about the pull request that it is written on. */
  ofStage: boolean;
  /** Several of an approving review; or why it is none, a line of Markdown. */
  asks: readonly Command[] | { malformed: string };
}

/** @returns undefined where nothing is asked (any more) */
export async function readRequest(
  request: Question,
  state: PullRequestState,
  report: Report | undefined,
): Promise<ReadRequest | undefined> {
  switch (request.kind) {
    case "comment":
      return readComment(request.id, state);
    case "review":
      return readReview(request.id, state, report);
    case "button": {
      const { by, at, headSha, button } = request;
      const asks = isOvertaken(request, state) ? notNewest : commandOf(button, report);
      return { by, at, headSha, edited: false, via: "button", ofStage: false, asks };
    }
  }
}

async function readComment(id: number, { github, pull }: PullRequestState): Promise<ReadRequest | undefined> {
  const comment = await github.comments.get(id);
  const viewer = await github.comments.viewer();
  if (comment?.number !== pull.number || comment.author.id === viewer.id) return undefined;
  const parsed = parseCommand(comment.body);
  if (parsed.kind === "none") return undefined;
  return {
    by: comment.author,
    at: comment.createdAt,
    edited: parsed.kind === "command" && (await github.comments.wasEdited(comment)),
    via: "command",
    headSha: undefined,
    ofStage: (parsed.kind === "command" ? parsed.command.name : parsed.name) === "rollback",
    asks:
      parsed.kind === "command"
        ? [parsed.command]
        : { malformed: `${escapeInline(parsed.message, 500)} ${escapeInline(parsed.usage, 500)}` },
  };
}

/** An approving review of exactly the head approves the models that wait for just that, of those that its author owns. */
async function readReview(
  id: number,
  { github, pull }: PullRequestState,
  report: Report | undefined,
): Promise<ReadRequest | undefined> {
  const review = (await github.pullRequests.reviews(pull.number)).find((candidate) => candidate.id === id);
  if (review?.state !== "APPROVED" || review.commitSha !== pull.head.sha) return undefined;
  const models = report ? modelsToApprove(report) : [];
  if (models.length === 0) return undefined;
  const asks = models.map(({ name }): Command => ({ name: "approve", model: name }));
  return {
    by: review.author,
    at: review.submittedAt,
    headSha: review.commitSha,
    edited: false,
    via: "review",
    ofStage: false,
    asks,
  };
}

/**
 * A click that had to be sent again comes long after it was made, and GitHub does not say when that was: where several results of the
 * head were shown meanwhile, what its check said tells which one it was about.
 */
function isOvertaken({ headSha, said }: Extract<Question, { kind: "button" }>, { memory }: PullRequestState): boolean {
  if (said === undefined || memory.shown.filter((shown) => shown.headSha === headSha).length < 2) return false;
  const now = memory.checks.find((check) => check.headSha === headSha)?.content;
  return now !== undefined && digestOfCheck(now) !== said;
}

const notNewest = { malformed: "The verdict that had this button is not the newest: look at that one, or write a command." };

function commandOf(button: (typeof buttons)[number], report: Report | undefined): ReadRequest["asks"] {
  const command = commandOfButton(button, report);
  return command ? [command] : notNewest;
}
