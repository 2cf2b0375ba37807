import { parse } from "yaml";
import * as z from "zod/mini";
import { ApiError } from "../api-error.ts";
import { resolveCommit } from "../git/commits.ts";
import { readBlob } from "../git/objects.ts";
import { findEntry } from "../git/trees.ts";
import { type Answer, type Call, type Route, readBody } from "../route.ts";
import { endRun, startRun } from "../run-lifecycle.ts";
import { statusOf } from "../run-status.ts";
import { apiUrl, htmlUrl } from "../views/repositories.ts";
import { runOf, workflowPathOf } from "./runs.ts";

/** Starting workflows by hand, and stopping them. */
export const dispatchRoutes: readonly Route[] = [
  {
    method: "POST",
    pattern: "/repos/{owner}/{repo}/actions/workflows/{workflow}/dispatches",
    anyOf: ["actions:write"],
    handle: dispatch,
  },
  { method: "POST", pattern: "/repos/{owner}/{repo}/actions/runs/{id}/cancel", anyOf: ["actions:write"], handle: cancel },
];

const maxInputs = 25;
const dispatchShape = z.object({
  ref: z.string(),
  inputs: z._default(
    z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .check(z.refine((inputs) => Object.keys(inputs).length <= maxInputs, `you may only define up to ${maxInputs} inputs`)),
    {},
  ),
  return_run_details: z._default(z.boolean(), false),
});

/** The workflow as it is on the named branch or tag decides which inputs it takes. */
async function dispatch(call: Call): Promise<Answer> {
  const { state, repository } = call;
  const path = await workflowPathOf(call);
  const body = readBody(call, dispatchShape);
  const headSha = await resolveCommit(repository.git, body.ref);
  if (headSha === undefined) throw new ApiError(422, `No ref found for: ${body.ref}`);
  const workflow = await readWorkflow(call, headSha, path);
  const declared = declaredInputs(workflow?.on);
  if (declared === undefined) throw new ApiError(422, "Workflow does not have 'workflow_dispatch' trigger");
  const inputs = takeInputs(declared, body.inputs);
  const { id } = await startRun(state, {
    repository: repository.fullName,
    event: "workflow_dispatch",
    workflowPath: path,
    headSha,
    headBranch: body.ref.replace(/^refs\/(heads|tags)\//, ""),
    actor: call.caller.login,
    title: substitute(workflow?.["run-name"] ?? "", inputs).trim() || workflow?.name || path,
    inputs,
  });
  if (!body.return_run_details) return { status: 204 };
  const place = `/actions/runs/${id}`;
  const urls = { run_url: apiUrl(state, repository) + place, html_url: htmlUrl(state, repository) + place };
  return { status: 200, json: { workflow_run_id: id, ...urls } };
}

const inputSchema = z.nullable(
  z.object({
    required: z.optional(z.boolean()),
    default: z.optional(z.union([z.string(), z.number(), z.boolean()])),
    options: z.optional(z.array(z.string())),
  }),
);
type Input = z.infer<typeof inputSchema>;
const workflowSchema = z.object({
  name: z.optional(z.string()),
  "run-name": z.optional(z.string()),
  on: z.unknown(),
});

async function readWorkflow({ repository: { git } }: Call, commit: string, path: string) {
  const entry = await findEntry(git, commit, path);
  if (entry?.type !== "blob") return undefined;
  const text = (await readBlob(git, entry.sha)).toString("utf8");
  return workflowSchema.safeParse(parse(text)).data;
}

/** Undefined without the trigger, which can be a name alone, one of a list, or a key. */
function declaredInputs(on: unknown): ReadonlyMap<string, Input> | undefined {
  if (on === "workflow_dispatch" || (Array.isArray(on) && on.includes("workflow_dispatch"))) return new Map();
  const trigger = z.object({
    workflow_dispatch: z.nullable(z.object({ inputs: z.nullish(z.record(z.string(), inputSchema)) })),
  });
  const parsed = trigger.safeParse(on);
  return parsed.success ? new Map(Object.entries(parsed.data.workflow_dispatch?.inputs ?? {})) : undefined;
}

function takeInputs(declared: ReadonlyMap<string, Input>, given: Readonly<Record<string, string | number | boolean>>) {
  const unexpected = Object.keys(given).filter((name) => !declared.has(name));
  if (unexpected.length > 0) throw new ApiError(422, `Unexpected inputs provided: ${JSON.stringify(unexpected)}`);
  const inputs: Record<string, string> = {};
  for (const [name, input] of declared) {
    const value = given[name] ?? input?.default;
    if (input?.required && (value === undefined || value === ""))
      throw new ApiError(422, `Required input '${name}' not provided`);
    if (value !== undefined && input?.options && !input.options.includes(String(value)))
      throw new ApiError(422, `Provided value '${value}' for input '${name}' not in the list of allowed values`);
    inputs[name] = String(value ?? "");
  }
  return inputs;
}

/** Of GitHub's expressions: an input alone, and `inputs.a && format('…', inputs.b, …) || ''`. */
function substitute(template: string, inputs: Readonly<Record<string, string>>): string {
  const conditional = /\$\{\{\s*inputs\.([\w-]+) && format\('([^']*)'((?:, inputs\.[\w-]+)*)\) \|\| ''\s*\}\}/g;
  return template
    .replaceAll(conditional, (_, when: string, format: string, names: string) => {
      const values = names.split(/, inputs\./).slice(1);
      return inputs[when] ? format.replaceAll(/\{(\d)\}/g, (__, place: string) => inputs[values[Number(place)] ?? ""] ?? "") : "";
    })
    .replaceAll(/\$\{\{\s*(?:github\.event\.)?inputs\.([\w-]+)\s*\}\}/g, (_, name: string) => inputs[name] ?? "");
}

async function cancel(call: Call): Promise<Answer> {
  const run = runOf(call);
  if (statusOf(call.state, run).status === "completed") {
    throw new ApiError(409, "Cannot cancel a workflow run that is completed.");
  }
  await endRun(call.state, run, "cancelled");
  return { status: 202, json: {} };
}
