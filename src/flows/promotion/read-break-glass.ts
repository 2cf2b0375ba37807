import { GitHubError } from "../../errors/errors.ts";
import type { GitTag } from "../../git/tags.ts";
import type { Comment } from "../../github/comments.ts";
import type { GitHub } from "../../github/github.ts";
import { askedInComment, type BreakGlassAsker, type BreakGlassSubject, breakGlassLine } from "../../registry/break-glass.ts";
import type { AskedBreakGlass } from "../../registry/decide-promotion.ts";
import type { Spec } from "../../spec/spec.ts";
import { resolveActor } from "../../trust/owners.ts";

export interface BreakGlassRequest {
  model: string;
  /** Number of the issue or pull request where it is asked for. */
  issue: number;
  subject: BreakGlassSubject;
  /** By which the stage is what it was before this promotion; undefined: nothing ever came into it. */
  before: GitTag | undefined;
  /** The default branch's: who owns what. */
  rules: Spec;
  github: Pick<GitHub, "comments" | "collaborators">;
  now: Date;
}

/** An emergency of yesterday is none. */
const hours = 24;
/** Whose comments are looked at, and how many of one account, the newest: each is a request or two, and anybody may write them. */
const maxAccounts = 100;
const maxOfOne = 3;

/**
 * Who asks for the promotion in spite of what speaks against it: comments of people who own the model now, about this very tag, result
 * and stage, of the last day and since the stage is what it is, that nobody changed. Each person counts once.
 */
export async function readBreakGlass(request: BreakGlassRequest): Promise<AskedBreakGlass> {
  const { issue, subject, github, now } = request;
  const line = breakGlassLine(subject);
  const comments = await commentsOf(issue, github);
  if (!comments) return { issue, line, askedBy: [], ignored: [`there is no #${issue}`] };
  const askedBy = new Map<number, BreakGlassAsker>();
  const ignored = new Map<number, string>();
  for (const { comment, asked } of heard(comments, subject)) {
    const { author, id, createdAt: at } = comment;
    if (askedBy.has(author.id)) continue;
    const why = asked.kind === "other" ? asked.why : await whyNot(comment, request, now);
    if (why !== undefined) ignored.set(author.id, `the comment of @${author.login} does not count: ${why}`);
    else if (asked.kind === "asked") askedBy.set(author.id, { by: author.login, comment: id, at, reason: asked.reason });
  }
  return { issue, line, askedBy: [...askedBy.values()], ignored: [...ignored.values()] };
}

/** Comments that mean it, oldest first. Limited account by account, so that nobody's comments hide another's. */
function heard(comments: readonly Comment[], subject: BreakGlassSubject) {
  const meant = comments
    .map((comment) => ({ comment, asked: askedInComment(comment.body, subject) }))
    .filter(({ asked }) => asked.kind !== "none");
  const accounts = Map.groupBy(meant, ({ comment }) => comment.author.id);
  const looked = [...accounts.values()].slice(-maxAccounts).flatMap((theirs) => {
    // What is about something else costs no request, and takes no place of what asks.
    const asking = theirs.filter(({ asked }) => asked.kind === "asked");
    return (asking.length > 0 ? asking : theirs).slice(-maxOfOne);
  });
  const kept = new Set(looked);
  return meant.filter((one) => kept.has(one));
}

/** @returns why somebody's word does not count, a clause */
async function whyNot(comment: Comment, request: BreakGlassRequest, now: Date): Promise<string | undefined> {
  const { model, rules, github, subject, before } = request;
  const { author, createdAt } = comment;
  const age = now.getTime() - Date.parse(createdAt);
  if (age > hours * 3_600_000) return `it is older than ${hours} hours`;
  // The emergency that it was about is over: else whoever may promote could undo a rollback by it. Within a second there is no order.
  if (before && Math.floor(Date.parse(createdAt) / 1_000) <= before.taggedAt)
    return `${before.name} was made since, so it is about ${subject.stage} as it was. Write a new one`;
  if (author.login.endsWith("[bot]")) return "no person wrote it";
  if (await github.comments.wasEdited(comment)) return "it was changed after it was written. Write a new one";
  return (await resolveActor(author, rules, github.collaborators)).owns(model) ? undefined : `they do not own ${model} now`;
}

async function commentsOf(issue: number, { comments }: BreakGlassRequest["github"]): Promise<readonly Comment[] | undefined> {
  try {
    return await comments.list(issue);
  } catch (error) {
    if (error instanceof GitHubError && (error.status === 404 || error.status === 410)) return undefined;
    throw error;
  }
}
