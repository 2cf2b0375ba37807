import * as z from "zod/mini";
import { notFound, validationFailed } from "../api-error.ts";
import { commentEvent } from "../events.ts";
import { type Answer, type Call, idParam, paginate, type Route, readBody } from "../route.ts";
import { type IssueComment, type State, timestamp, userOf } from "../state.ts";
import type { Requirement } from "../tokens.ts";
import { commentView, eventView } from "../views/comments.ts";

export const mayReadComments: readonly Requirement[] = ["issues:read", "pull-requests:read"];
export const mayComment: readonly Requirement[] = ["issues:write", "pull-requests:write"];

export const commentRoutes: readonly Route[] = [
  { method: "GET", pattern: "/repos/{owner}/{repo}/issues/{number}/comments", anyOf: mayReadComments, handle: listComments },
  { method: "GET", pattern: "/repos/{owner}/{repo}/issues/{number}/events", anyOf: mayReadComments, handle: listEvents },
  { method: "POST", pattern: "/repos/{owner}/{repo}/issues/{number}/comments", anyOf: mayComment, handle: createComment },
  { method: "GET", pattern: "/repos/{owner}/{repo}/issues/comments", anyOf: mayReadComments, handle: listOfRepository },
  { method: "GET", pattern: "/repos/{owner}/{repo}/issues/comments/{id}", anyOf: mayReadComments, handle: getComment },
  { method: "PATCH", pattern: "/repos/{owner}/{repo}/issues/comments/{id}", anyOf: mayComment, handle: updateComment },
  { method: "DELETE", pattern: "/repos/{owner}/{repo}/issues/comments/{id}", anyOf: mayComment, handle: deleteComment },
];

const maxBodyLength = 65_536;
const bodyShape = z.object({ body: z.string() });

/** Oldest first; `since` filters by the last change. */
async function listComments(call: Call): Promise<Answer> {
  const number = issueNumber(call);
  const since = call.url.searchParams.get("since") ?? "";
  const found = [...call.state.comments.values()].filter(
    (comment) => comment.repository === call.repository && comment.number === number && comment.updatedAt >= since,
  );
  const { page, headers } = paginate(call, found);
  return { status: 200, headers, json: page.map((comment) => commentView(call.state, comment)) };
}

/** Oldest first; here only changes of the base branch and force pushes are kept. */
async function listEvents(call: Call): Promise<Answer> {
  const pull = call.state.pullRequests.get(issueNumber(call));
  const { page, headers } = paginate(call, pull?.events ?? []);
  return { status: 200, headers, json: page.map((event) => eventView(call.state, call.repository, event)) };
}

/** By id unless it is asked for by time; `since` filters by the last change. */
async function listOfRepository(call: Call): Promise<Answer> {
  const query = call.url.searchParams;
  const since = query.get("since") ?? "";
  const key = query.get("sort") === "updated" ? "updatedAt" : "createdAt";
  const found = [...call.state.comments.values()]
    .filter((comment) => comment.repository === call.repository && comment.updatedAt >= since)
    .sort((a, b) => a[key].localeCompare(b[key]) || a.id - b.id);
  // Without a sort the direction means nothing, and the newest come first with one unless it is said.
  if (query.has("sort") && query.get("direction") !== "asc") found.reverse();
  const { page, headers } = paginate(call, found);
  return { status: 200, headers, json: page.map((comment) => commentView(call.state, comment)) };
}

async function createComment(call: Call): Promise<Answer> {
  const number = issueNumber(call);
  const body = commentBody(call);
  const comment = addComment(call.state, { repository: call.repository, number, author: call.caller.login, body });
  commentEvent(call.state, comment);
  const json = commentView(call.state, comment);
  return { status: 201, json, headers: { location: json.url } };
}

/** Stores a comment; also for tests that write as somebody else. */
export function addComment(state: State, request: Pick<IssueComment, "repository" | "number" | "author" | "body">): IssueComment {
  const now = timestamp();
  const comment: IssueComment = {
    id: state.nextId(),
    ...request,
    createdAt: now,
    updatedAt: now,
    lastEditedAt: null,
    reactions: [],
  };
  userOf(state, request.author);
  state.comments.set(comment.id, comment);
  return comment;
}

async function getComment(call: Call): Promise<Answer> {
  return { status: 200, json: commentView(call.state, commentOf(call)) };
}

async function updateComment(call: Call): Promise<Answer> {
  const comment = commentOf(call);
  comment.body = commentBody(call);
  comment.updatedAt = timestamp();
  comment.lastEditedAt = comment.updatedAt;
  return { status: 200, json: commentView(call.state, comment) };
}

async function deleteComment(call: Call): Promise<Answer> {
  call.state.comments.delete(commentOf(call).id);
  return { status: 204 };
}

function issueNumber(call: Call): number {
  const number = idParam(call, "number");
  if (call.state.pullRequests.get(number)?.repository !== call.repository) throw notFound();
  return number;
}

export function commentOf(call: Call): IssueComment {
  const comment = call.state.comments.get(idParam(call, "id"));
  if (!comment || comment.repository !== call.repository) throw notFound();
  return comment;
}

function commentBody(call: Call): string {
  const { body } = readBody(call, bodyShape);
  const refuse = (message: string) =>
    validationFailed({ resource: "IssueComment", code: "unprocessable", field: "data", message });
  if (body.trim() === "") throw refuse("Body cannot be blank");
  if (body.length > maxBodyLength) throw refuse(`Body is too long (maximum is ${maxBodyLength} characters)`);
  return body;
}
