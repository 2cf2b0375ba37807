import { context } from "@actions/github";
import * as z from "zod/mini";
import { english } from "../../src/errors/english.ts";
import { UsageError } from "../../src/errors/errors.ts";
import type { RunIdentity } from "../../src/flows/context.ts";
import { dispatchInputs } from "../../src/plan/dispatch.ts";
import type { TrainingOrder } from "../../src/plan/order.ts";
import type { Plan } from "../../src/plan/plan.ts";
import type { Report } from "../../src/report/report.ts";
import { once } from "../../src/spec/rule.ts";
import { maxSeeds } from "../../src/spec/seeds.ts";

const sha = z.string().check(z.regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/));

/** The part of a `pull_request` payload that is read. Titles and branch names are untrusted text. */
const pullRequestPayload = z.object({
  number: z.int().check(z.gte(1)),
  title: z.string(),
  draft: z.optional(z.boolean()),
  created_at: z.optional(z.iso.datetime()),
  labels: z.optional(z.array(z.object({ name: z.string() }))),
  head: z.object({ sha, ref: z.string(), repo: z.nullable(z.object({ id: z.int() })) }),
  base: z.object({ sha, ref: z.string(), repo: z.object({ id: z.int() }) }),
});

const pushPayload = z.object({ before: sha, ref: z.string(), repository: z.object({ default_branch: z.string() }) });

const mergeGroupPayload = z.object({ head_sha: sha, base_sha: sha });

const empty = z.transform((value: unknown) => (value === "" ? undefined : value));
const wholeNumber = (max: number) =>
  z.pipe(
    z.union([z.string().check(z.regex(/^[1-9]\d{0,9}$/)), z.int()]),
    z.pipe(z.transform(Number), z.int().check(z.gte(1), z.lte(max))),
  );

/** What the app asks for; GitHub hands on all inputs of a dispatch as text. */
const dispatchPayload = z.object({
  ref: z.string(),
  inputs: z.object({
    [dispatchInputs.pullRequest]: wholeNumber(9_999_999_999),
    [dispatchInputs.headSha]: sha,
    [dispatchInputs.model]: z.pipe(empty, z.optional(z.string().check(z.maxLength(200)))),
    [dispatchInputs.seeds]: z.pipe(empty, z.optional(wholeNumber(maxSeeds))),
    [dispatchInputs.again]: z.pipe(empty, z.optional(z.union([z.boolean(), z.enum(["true", "false"])]))),
    [dispatchInputs.request]: z.string().check(z.regex(/^\S{1,200}$/)),
  }),
});

/**
 * Events that Assay runs on. `pull_request_target` and the like run with the repository's own rights beside a stranger's code.
 */
const eventNames = z.enum(["pull_request", "push", "merge_group", "workflow_dispatch", "schedule"]);

interface PullRequestEvent {
  headSha: string;
  baseSha: string;
  fromFork: boolean;
  draft: boolean;
  labels: readonly string[];
  createdAt: string | undefined;
  /** Undefined when it is gone. */
  headRepositoryId: number | undefined;
}

/** What the runner says of the event that started this job. */
export interface Event {
  owner: string;
  name: string;
  repository: string;
  serverUrl: string;
  apiUrl: string;
  runUrl: string;
  runId: number;
  /** A merge queue asks what a pull request asks: whether a change may be merged, by the rules of what it is merged into. */
  kind: Plan["event"];
  commit: string;
  /** The ref that the run was started on. */
  ref: string;
  /** Push: the commit that the branch was at before; null when the branch is new. */
  before: string | null;
  /** A push moved the default branch. */
  onDefaultBranch: boolean;
  /** The run is one of the default branch: of a push to it, of its schedule, or by hand. */
  ofDefaultBranch: boolean;
  /** The branch that was pushed; empty otherwise. */
  branch: string;
  /** Path of the workflow in the repository, `.github/workflows/models.yml`; empty when the runner does not say. */
  workflow: string;
  pullRequest: (NonNullable<Report["pullRequest"]> & PullRequestEvent) | undefined;
  /** The app asked for a training of a pull request, which `withPullRequest` reads; undefined: something else happened. */
  dispatched: (TrainingOrder & { number: number; headSha: string; request: string }) | undefined;
  /** What a merge queue wants to merge, and what that stands on. */
  mergeGroup: { headSha: string; baseSha: string } | undefined;
  identity: RunIdentity;
}

/** Reads the event once; nothing deeper looks at the environment. */
export function readEvent(): Event {
  const name = parse(eventNames, context.eventName);
  const { owner, repo } = context.repo;
  const pullRequest = name === "pull_request" ? parse(pullRequestPayload, context.payload.pull_request) : undefined;
  const push = name === "push" ? parse(pushPayload, context.payload) : undefined;
  const mergeGroup = name === "merge_group" ? parse(mergeGroupPayload, context.payload["merge_group"]) : undefined;
  const dispatched = name === "workflow_dispatch" ? readDispatched() : undefined;
  return {
    owner,
    name: repo,
    repository: `${owner}/${repo}`,
    serverUrl: context.serverUrl,
    apiUrl: context.apiUrl,
    runUrl: `${context.serverUrl}/${owner}/${repo}/actions/runs/${context.runId}`,
    runId: context.runId,
    kind: pullRequest || mergeGroup || dispatched ? "pull_request" : push ? "push" : "manual",
    commit: parse(sha, context.sha),
    ref: context.ref ?? "",
    before: push && !/^0+$/.test(push.before) ? push.before : null,
    onDefaultBranch: push?.ref === `refs/heads/${push?.repository.default_branch}`,
    ofDefaultBranch:
      name === "schedule" || (!pullRequest && !mergeGroup && !dispatched && isDefaultBranch(push?.ref ?? context.ref)),
    branch: push?.ref.replace("refs/heads/", "") ?? "",
    workflow: workflowPath(),
    pullRequest: pullRequest && {
      number: pullRequest.number,
      title: pullRequest.title,
      headRef: pullRequest.head.ref,
      baseRef: pullRequest.base.ref,
      headSha: pullRequest.head.sha,
      baseSha: pullRequest.base.sha,
      fromFork: pullRequest.head.repo?.id !== pullRequest.base.repo.id,
      draft: pullRequest.draft ?? false,
      createdAt: pullRequest.created_at,
      headRepositoryId: pullRequest.head.repo?.id,
      labels: (pullRequest.labels ?? []).map((label) => label.name),
    },
    dispatched,
    mergeGroup: mergeGroup && { headSha: mergeGroup.head_sha, baseSha: mergeGroup.base_sha },
    identity: {
      repository: `${owner}/${repo}`,
      headSha: pullRequest?.head.sha ?? mergeGroup?.head_sha ?? dispatched?.headSha,
      pullRequest: pullRequest?.number ?? dispatched?.number,
      run: {
        id: context.runId,
        attempt: Number.isInteger(context.runAttempt) ? context.runAttempt : 1,
        event: context.eventName,
        workflow: process.env["GITHUB_WORKFLOW_REF"] ?? context.workflow ?? "",
      },
    },
  };
}

/** A dispatch without a pull request is somebody's own, of the branch that it was started on. */
function readDispatched(): Event["dispatched"] {
  const inputs = z.object({ inputs: z.record(z.string(), z.unknown()) }).safeParse(context.payload).data?.inputs ?? {};
  if ((inputs[dispatchInputs.pullRequest] ?? "") === "") return undefined;
  const { model, seeds, again, request, ...of } = parse(dispatchPayload, context.payload).inputs;
  return {
    number: of["pull-request"],
    headSha: of["head-sha"],
    request,
    models: model === undefined ? undefined : [model],
    seeds,
    again: again === true || again === "true",
  };
}

function isDefaultBranch(ref: string): boolean {
  const name = z.string().safeParse(context.payload.repository?.["default_branch"]).data;
  return name !== undefined && ref === `refs/heads/${name}`;
}

/** Of `owner/name/.github/workflows/models.yml@refs/heads/main` the path. */
function workflowPath(): string {
  return /^[^/]+\/[^/]+\/(?<path>[^@]+)@/.exec(process.env["GITHUB_WORKFLOW_REF"] ?? "")?.groups?.["path"] ?? "";
}

function parse<T>(schema: z.ZodMiniType<T>, value: unknown): T {
  const parsed = schema.safeParse(value, { ...once, ...english });
  if (parsed.success) return parsed.data;
  throw new UsageError(
    `The runner's event is not one that Assay reads: ${z.prettifyError(parsed.error)}. Run it on pull_request, push, merge_group, schedule or workflow_dispatch.`,
  );
}
