import * as z from "zod/mini";
import { notFound, validationFailed } from "../api-error.ts";
import { type Answer, type Call, idParam, paginate, type Route, readBody } from "../route.ts";
import { type Issue, issueStateReasons, type Label, timestamp } from "../state.ts";
import { issueOfPullRequest, issueView } from "../views/issues.ts";
import { labelView } from "../views/labels.ts";

export const issueRoutes: readonly Route[] = [
  { method: "GET", pattern: "/repos/{owner}/{repo}/issues", anyOf: ["issues:read"], handle: listIssues },
  { method: "POST", pattern: "/repos/{owner}/{repo}/issues", anyOf: ["issues:write"], handle: createIssue },
  { method: "GET", pattern: "/repos/{owner}/{repo}/issues/{number}", anyOf: ["issues:read"], handle: getIssue },
  { method: "PATCH", pattern: "/repos/{owner}/{repo}/issues/{number}", anyOf: ["issues:write"], handle: updateIssue },
  {
    method: "POST",
    pattern: "/repos/{owner}/{repo}/labels",
    anyOf: ["issues:write", "pull-requests:write"],
    handle: createLabel,
  },
];

const maxBodyLength = 65_536;
const maxTitleLength = 256;

/** Newest first, pull requests among them. Filters: state (default open), labels (all of them). */
async function listIssues(call: Call): Promise<Answer> {
  const { state, repository, url } = call;
  const wanted = url.searchParams.get("state") ?? "open";
  const labels = (url.searchParams.get("labels") ?? "").split(",").filter((name) => name !== "");
  const issues = [...state.issues.values()]
    .filter((issue) => issue.repository === repository && labels.every((name) => issue.labels.some(isNamed(name))))
    .map((issue) => issueView(state, issue));
  const pulls = [...state.pullRequests.values()]
    .filter((pull) => pull.repository === repository && labels.length === 0)
    .map((pull) => issueOfPullRequest(state, pull));
  const found = [...issues, ...pulls]
    .filter((issue) => wanted === "all" || issue.state === wanted)
    .sort((a, b) => a.number - b.number);
  if (url.searchParams.get("direction") !== "asc") found.reverse();
  const { page, headers } = paginate(call, found);
  return { status: 200, headers, json: page };
}

async function getIssue(call: Call): Promise<Answer> {
  const pull = call.state.pullRequests.get(idParam(call, "number"));
  if (pull?.repository === call.repository) return { status: 200, json: issueOfPullRequest(call.state, pull) };
  return { status: 200, json: issueView(call.state, issueOf(call)) };
}

const createShape = z.object({
  title: z.string(),
  body: z.nullish(z.string()),
  labels: z._default(z.array(z.string()), []),
});

/** A label that the repository does not have is left out: GitHub makes it sometimes. */
async function createIssue(call: Call): Promise<Answer> {
  const { state, repository, caller } = call;
  const { title, body, labels } = readBody(call, createShape);
  checkTexts(title, body);
  const now = timestamp();
  const issue: Issue = {
    id: state.nextId(),
    number: state.nextNumber(),
    repository,
    title,
    body: body ?? null,
    author: caller.login,
    labels: labelsOf(call).filter(({ name }) => labels.some((wanted) => isNamed(wanted)({ name }))),
    state: "open",
    stateReason: null,
    createdAt: now,
    updatedAt: now,
    closedAt: null,
    closedBy: null,
  };
  state.issues.set(issue.number, issue);
  const json = issueView(state, issue);
  return { status: 201, json, headers: { location: json.url } };
}

const updateShape = z.object({
  title: z.optional(z.string()),
  body: z.nullish(z.string()),
  state: z.optional(z.enum(["open", "closed"])),
  state_reason: z.nullish(z.enum(issueStateReasons)),
});

async function updateIssue(call: Call): Promise<Answer> {
  const issue = issueOf(call);
  const change = readBody(call, updateShape);
  checkTexts(change.title ?? issue.title, change.body);
  issue.title = change.title ?? issue.title;
  if (change.body !== undefined) issue.body = change.body;
  if (change.state !== undefined && change.state !== issue.state) {
    const isClosed = change.state === "closed";
    issue.state = change.state;
    issue.stateReason = change.state_reason ?? (isClosed ? "completed" : "reopened");
    issue.closedAt = isClosed ? timestamp() : null;
    issue.closedBy = isClosed ? call.caller.login : null;
  }
  issue.updatedAt = timestamp();
  return { status: 200, json: issueView(call.state, issue) };
}

const labelShape = z.object({
  name: z.string().check(z.minLength(1), z.maxLength(50)),
  color: z._default(z.string().check(z.regex(/^[0-9a-f]{6}$/i)), "ededed"),
  description: z.nullish(z.string().check(z.maxLength(100))),
});

async function createLabel(call: Call): Promise<Answer> {
  const { state, repository } = call;
  const { name, color, description } = readBody(call, labelShape);
  if (labelsOf(call).some(isNamed(name))) throw validationFailed({ resource: "Label", code: "already_exists", field: "name" });
  const label: Label = { id: state.nextId(), repository, name, color, description: description ?? null };
  state.labels.set(label.id, label);
  const json = labelView(state, label);
  return { status: 201, json, headers: { location: json.url } };
}

function labelsOf({ state, repository }: Call): Label[] {
  return [...state.labels.values()].filter((label) => label.repository === repository);
}

/** Labels are one whatever their case. */
function isNamed(wanted: string) {
  return ({ name }: Pick<Label, "name">) => name.toLowerCase() === wanted.toLowerCase();
}

function issueOf(call: Call): Issue {
  const issue = call.state.issues.get(idParam(call, "number"));
  if (issue?.repository !== call.repository) throw notFound();
  return issue;
}

function checkTexts(title: string, body: string | null | undefined): void {
  const refuse = (field: string, message: string) => validationFailed({ resource: "Issue", code: "custom", field, message });
  if (title.trim() === "") throw refuse("title", "title can't be blank");
  if (title.length > maxTitleLength) throw refuse("title", `title is too long (maximum is ${maxTitleLength} characters)`);
  if ((body ?? "").length > maxBodyLength) throw refuse("body", `body is too long (maximum is ${maxBodyLength} characters)`);
}
