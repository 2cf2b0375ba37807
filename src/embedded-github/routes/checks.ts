import * as z from "zod/mini";
import { ApiError, notFound } from "../api-error.ts";
import { resolveCommit } from "../git/commits.ts";
import { type Answer, type Call, idParam, paginate, type Route, readBody } from "../route.ts";
import { type CheckRun, timestamp } from "../state.ts";
import { actionsSlug } from "../views/apps.ts";
import { checkRunView } from "../views/checks.ts";
import { htmlUrl } from "../views/repositories.ts";

export const checkRoutes: readonly Route[] = [
  { method: "POST", pattern: "/repos/{owner}/{repo}/check-runs", anyOf: ["checks:write"], handle: createCheckRun },
  { method: "GET", pattern: "/repos/{owner}/{repo}/check-runs/{id}", anyOf: ["checks:read"], handle: getCheckRun },
  { method: "PATCH", pattern: "/repos/{owner}/{repo}/check-runs/{id}", anyOf: ["checks:write"], handle: updateCheckRun },
  {
    method: "GET",
    pattern: "/repos/{owner}/{repo}/check-runs/{id}/annotations",
    anyOf: ["checks:read"],
    handle: listAnnotations,
  },
  { method: "GET", pattern: "/repos/{owner}/{repo}/commits/{ref+}/check-runs", anyOf: ["checks:read"], handle: listCheckRuns },
];

const maxTextLength = 65_535;
const text = z.string().check(
  z.refine((value) => value.length <= maxTextLength, {
    error: (issue) => `Only ${maxTextLength} characters are allowed; ${String(issue.input).length} were supplied.`,
  }),
);
const annotation = z.object({
  path: z.string(),
  start_line: z.int(),
  end_line: z.int(),
  start_column: z.optional(z.int()),
  end_column: z.optional(z.int()),
  annotation_level: z.enum(["notice", "warning", "failure"]),
  message: z.string(),
  title: z.optional(z.string().check(z.maxLength(255))),
  raw_details: z.optional(z.string()),
});
const output = z.object({
  title: z.optional(z.string()),
  summary: text,
  text: z.optional(text),
  annotations: z.optional(
    z.array(annotation).check(
      z.refine((list) => list.length <= 50, {
        error: (issue) =>
          `No more than 50 items are allowed; ${Array.isArray(issue.input) ? issue.input.length : "more"} were supplied.`,
      }),
    ),
  ),
});
const action = z.object({
  label: z.string().check(z.maxLength(20)),
  description: z.string().check(z.maxLength(40)),
  identifier: z.string().check(z.maxLength(20)),
});
const updateShape = z.object({
  name: z.optional(z.string().check(z.minLength(1))),
  details_url: z.optional(z.url({ protocol: /^https?$/ })),
  external_id: z.optional(z.string()),
  status: z.optional(z.enum(["queued", "in_progress", "completed"])),
  started_at: z.optional(z.iso.datetime({ offset: true })),
  conclusion: z.optional(z.enum(["success", "failure", "neutral", "cancelled", "skipped", "timed_out", "action_required"])),
  completed_at: z.optional(z.iso.datetime({ offset: true })),
  output: z.optional(output),
  actions: z.optional(z.array(action).check(z.maxLength(3))),
});
const createShape = z.extend(updateShape, {
  name: z.string().check(z.minLength(1)),
  head_sha: z.string(),
  output: z.optional(z.extend(output, { title: z.string() })),
});

async function createCheckRun(call: Call): Promise<Answer> {
  refusePerson(call);
  const body = readBody(call, createShape);
  const headSha = await resolveCommit(call.repository.git, body.head_sha);
  if (headSha !== body.head_sha) throw new ApiError(422, `No commit found for SHA: ${body.head_sha}`);
  const run: CheckRun = {
    id: call.state.nextId(),
    repository: call.repository,
    name: body.name,
    headSha,
    appSlug: call.caller.app?.slug ?? actionsSlug,
    externalId: null,
    detailsUrl: null,
    status: "queued",
    conclusion: null,
    startedAt: timestamp(),
    completedAt: null,
    title: null,
    summary: null,
    text: null,
    annotations: [],
    actions: [],
  };
  apply(run, body);
  call.state.checkRuns.set(run.id, run);
  return { status: 201, json: checkRunView(call.state, run) };
}

async function updateCheckRun(call: Call): Promise<Answer> {
  refusePerson(call);
  const run = checkRunOf(call);
  if (run.appSlug !== (call.caller.app?.slug ?? actionsSlug)) {
    throw new ApiError(403, "Invalid app_id - check run can only be modified by the GitHub App that created it.");
  }
  apply(run, readBody(call, updateShape));
  return { status: 200, json: checkRunView(call.state, run) };
}

/** What is not named stays; annotations are added to those that are there. A conclusion completes the run. */
function apply(run: CheckRun, body: z.infer<typeof updateShape>): void {
  if (body.status === "completed" && body.conclusion === undefined) {
    throw new ApiError(422, `Invalid request.\n\nA conclusion is required when the status is "completed".`);
  }
  run.name = body.name ?? run.name;
  run.externalId = body.external_id ?? run.externalId;
  run.detailsUrl = body.details_url ?? run.detailsUrl;
  run.startedAt = body.started_at ?? run.startedAt;
  run.title = body.output?.title ?? run.title;
  run.summary = body.output?.summary ?? run.summary;
  run.text = body.output?.text ?? run.text;
  run.actions = body.actions ?? run.actions;
  run.annotations.push(...(body.output?.annotations ?? []));
  if (body.conclusion !== undefined) {
    run.status = "completed";
    run.conclusion = body.conclusion;
    run.completedAt = body.completed_at ?? timestamp();
  } else if (body.status !== undefined) {
    run.status = body.status;
    run.conclusion = null;
    run.completedAt = null;
  }
}

function refusePerson(call: Call): void {
  if (call.caller.kind === "user") throw new ApiError(403, "You must authenticate via a GitHub App.");
}

function checkRunOf(call: Call): CheckRun {
  const run = call.state.checkRuns.get(idParam(call, "id"));
  if (!run || run.repository !== call.repository) throw notFound();
  return run;
}

async function getCheckRun(call: Call): Promise<Answer> {
  return { status: 200, json: checkRunView(call.state, checkRunOf(call)) };
}

/** Newest first; only the latest of each name and app unless `filter=all`. */
async function listCheckRuns(call: Call): Promise<Answer> {
  const query = call.url.searchParams;
  const headSha = await resolveCommit(call.repository.git, call.param("ref"));
  if (headSha === undefined) throw new ApiError(422, `No commit found for SHA: ${call.param("ref")}`);
  const runs = [...call.state.checkRuns.values()]
    .filter((run) => run.repository === call.repository && run.headSha === headSha)
    .filter((run) => matches(query.get("check_name"), run.name) && matches(query.get("status"), run.status))
    .reverse();
  const seen = new Set<string>();
  const latest = runs.filter((run) => !seen.has(`${run.appSlug} ${run.name}`) && seen.add(`${run.appSlug} ${run.name}`));
  const found = query.get("filter") === "all" ? runs : latest;
  const { page, headers } = paginate(call, found);
  return {
    status: 200,
    headers,
    json: { total_count: found.length, check_runs: page.map((run) => checkRunView(call.state, run)) },
  };
}

function matches(wanted: string | null, value: string): boolean {
  return wanted === null || wanted === value;
}

async function listAnnotations(call: Call): Promise<Answer> {
  const run = checkRunOf(call);
  const { page, headers } = paginate(call, run.annotations);
  const json = page.map((entry) => ({
    path: entry.path,
    blob_href: `${htmlUrl(call.state, run.repository)}/blob/${run.headSha}/${entry.path}`,
    start_line: entry.start_line,
    end_line: entry.end_line,
    start_column: entry.start_column ?? null,
    end_column: entry.end_column ?? null,
    annotation_level: entry.annotation_level,
    title: entry.title ?? null,
    message: entry.message,
    raw_details: entry.raw_details ?? null,
  }));
  return { status: 200, headers, json };
}
