import * as z from "zod/mini";
import { dispatchInputs } from "../../plan/dispatch.ts";
import type { Writer } from "../../spec/spec.ts";
import { isNoCommit, reusableWorkflow } from "../init/texts.ts";
import { type CallingWorkflow, type Job, namesOf } from "./calling-workflows.ts";
import { broken, type Finding, fine, unknown } from "./finding.ts";

/** What the reusable workflow's jobs ask for, each the most of them. */
const needed: Readonly<Record<string, "read" | "write">> = {
  contents: "write",
  "pull-requests": "write",
  checks: "write",
  actions: "read",
};

/** The same where the app is who writes. */
const neededWithApp: typeof needed = { contents: "write", "pull-requests": "read", actions: "read" };
const appWorkflow = reusableWorkflow.uses.replace("model-ci.yml", "model-ci-app.yml");

/**
 * The workflows of a repository: whether one of them judges its changes, and as it should.
 * @param calling those that do
 * @param wants of the models: labels of pull requests that start trainings, and the variables that trainings are given; and who
 *   writes comment and check
 */
export function checkWorkflows(
  calling: readonly CallingWorkflow[],
  defaultBranch: string,
  { labels = [], env = [], writer }: { labels?: readonly string[]; env?: readonly string[]; writer?: Writer | undefined } = {},
): readonly Finding[] {
  const [first] = calling;
  if (!first)
    return [
      broken(
        "workflow",
        "No workflow calls Assay, so pull requests are not looked at.",
        "`assay init` writes .github/workflows/models.yml.",
      ),
    ];
  return calling.flatMap(({ path, workflow, jobs }) => [
    fine("workflow", `${path} calls Assay.`),
    checkPin({ path, workflow, jobs }),
    ...jobs
      .filter((job) => job.uses !== undefined)
      .map((job) => checkPermissions(path, job.permissions ?? workflow.permissions, isForApp(job) ? neededWithApp : needed)),
    ...checkWriter(path, jobs, writer),
    ...(writer === "app" ? [checkDispatch(path, workflow.on, workflow["run-name"])] : []),
    checkEvents(path, workflow.on, defaultBranch),
    ...checkPullRequestTypes(path, workflow.on, labels),
    ...checkPaths(path, workflow.on),
    ...jobs.filter((job) => job.uses !== undefined).flatMap((job) => checkSecrets(path, job, env)),
  ]);
}

/** Whether what is called of ours is named by a commit. */
export function checkPin({ path, jobs }: CallingWorkflow): Finding {
  const names = jobs.flatMap(namesOf);
  const loose = names.find((name) => !/@[0-9a-f]{40}$/.test(name));
  if (loose !== undefined)
    return broken(
      "workflow pin",
      `${path} names ${loose.split("@")[0]} by ${loose.split("@")[1] ?? "nothing"}, which somebody can move.`,
      "Name it by the full commit id of a release, with the version behind it as a comment.",
    );
  if (names.some((name) => isNoCommit(name.split("@")[1] ?? "")))
    return broken(
      "workflow pin",
      `${path} names Assay by zeros, which are no commit.`,
      "Put the commit of a release there: `assay init --force --pin <sha>`.",
    );
  return fine("workflow pin", `${path} names Assay by a commit.`);
}

function isForApp({ uses: called }: Job): boolean {
  return called?.split("@")[0]?.toLowerCase() === appWorkflow;
}

/** The app's workflow writes nothing to a pull request, which is right only where the app does. */
function checkWriter(path: string, jobs: readonly Job[], writer: Writer | undefined): Finding[] {
  if (writer !== "action" || !jobs.some(isForApp)) return [];
  return [
    broken(
      "workflow writer",
      `${path} calls the app's workflow, and assay.yml says that the action writes: nobody writes the comment and the check.`,
      `Write \`writer: app\` in assay.yml where the app is installed, or call ${reusableWorkflow.uses}.`,
    ),
  ];
}

/** Whether the app can start a training, and find the run again. */
function checkDispatch(path: string, on: unknown, runName: string | undefined): Finding {
  const check = "workflow dispatch";
  const dispatch = z.object({ workflow_dispatch: z.object({ inputs: z.record(z.string(), z.unknown()) }) }).safeParse(on)
    .data?.workflow_dispatch;
  const missing = Object.values(dispatchInputs).filter((name) => !(name in (dispatch?.inputs ?? {})));
  const isNamed = ["Assay #", dispatchInputs.pullRequest, dispatchInputs.request].every((part) => runName?.includes(part));
  if (missing.length === 0 && isNamed) return fine(check, `${path} lets the app start a training.`);
  const lacks = [
    ...(missing.length > 0 ? [`inputs ${missing.join(", ")} under workflow_dispatch`] : []),
    ...(isNamed ? [] : ["run-name by which a run is found again"]),
  ];
  return broken(
    check,
    `${path} has no ${lacks.join(" and no ")}: the app can train nothing again, and no fork's commit.`,
    "Write on: {workflow_dispatch: …} and run-name as docs/workflows.md shows for the app.",
  );
}

function checkPermissions(path: string, permissions: unknown, needed: Readonly<Record<string, "read" | "write">>): Finding {
  if (permissions === "write-all")
    return broken(
      "workflow permissions",
      `${path} gives the job every permission.`,
      `Give it these alone: ${listed(Object.entries(needed))}.`,
    );
  const given = z.record(z.string(), z.string()).safeParse(permissions);
  const lacking = Object.entries(needed).filter(([name, level]) => {
    const has = permissions === "read-all" ? "read" : given.data?.[name];
    return has !== "write" && has !== level;
  });
  if (lacking.length === 0) return fine("workflow permissions", `${path} gives the job what it needs.`);
  return broken(
    "workflow permissions",
    `${path} does not give the job that calls Assay ${listed(lacking)}; what it calls cannot take more.`,
    "Add it under the job's permissions.",
  );
}

function listed(permissions: readonly (readonly [string, string])[]): string {
  return permissions.map(([name, level]) => `${name}: ${level}`).join(", ");
}

function eventsOf(on: unknown): readonly unknown[] {
  if (typeof on === "string") return [on];
  return Array.isArray(on) ? on : Object.keys(z.record(z.string(), z.unknown()).safeParse(on).data ?? {});
}

function checkEvents(path: string, on: unknown, defaultBranch: string): Finding {
  const names = eventsOf(on);
  if (names.includes("pull_request_target"))
    return broken(
      "workflow events",
      `${path} runs on pull_request_target: code of a fork would run with this repository's token.`,
      "Write pull_request in its place.",
    );
  const push = z.object({ push: z.object({ branches: z.optional(z.array(z.string())) }) }).safeParse(on);
  const branches = push.data?.push.branches;
  const missing = [
    ...(names.includes("pull_request") ? [] : ["pull_request"]),
    ...(names.includes("push") && (branches === undefined || branches.some((one) => one === defaultBranch || one.includes("*")))
      ? []
      : [`push to ${defaultBranch}`]),
  ];
  if (missing.length === 0) return fine("workflow events", `${path} runs on pull requests and on ${defaultBranch}.`);
  return broken(
    "workflow events",
    `${path} does not run on ${missing.join(" and ")}: ${missing[0] === "pull_request" ? "no change is looked at" : "no baseline is recorded"}.`,
    `Write on: {pull_request: , push: {branches: [${defaultBranch}]}}.`,
  );
}

/** What GitHub runs on where a workflow names no types. */
const usualTypes: readonly string[] = ["opened", "synchronize", "reopened"];

/** Whether what a training waits for starts a run. */
function checkPullRequestTypes(path: string, on: unknown, labels: readonly string[]): Finding[] {
  // That it does not run at all is said elsewhere.
  if (!eventsOf(on).includes("pull_request")) return [];
  const event = z.object({ pull_request: z.object({ types: z.array(z.string()) }) }).safeParse(on);
  const types = event.data?.pull_request.types ?? usualTypes;
  const wanted = ["ready_for_review", ...(labels.length > 0 ? ["labeled"] : [])];
  const missing = wanted.filter((type) => !types.includes(type));
  const check = "workflow types";
  if (missing.length === 0) return [fine(check, `${path} runs when a training may begin.`)];
  const ifLabelled = labels.length > 0 ? ", with an `if` that lets only your label through (docs/workflows.md)" : "";
  const unheard = missing.includes("ready_for_review") ? "a draft is marked ready for review" : `it gets the label ${labels[0]}`;
  return [
    broken(
      check,
      `${path} does not run on pull requests of type ${missing.join(" and ")}: what waits is not trained when ${unheard}.`,
      `Write pull_request: {types: [${[...new Set([...usualTypes, ...types, ...wanted])].join(", ")}]}${ifLabelled}.`,
    ),
  ];
}

const filters: readonly string[] = ["paths", "paths-ignore"];

/** A workflow that a filter keeps from running leaves a required check pending for good. */
function checkPaths(path: string, on: unknown): Finding[] {
  const events = z.record(z.string(), z.unknown()).safeParse(on).data ?? {};
  const filtered = Object.entries(events).filter(([, event]) => Object.keys(Object(event)).some((key) => filters.includes(key)));
  return filtered.map(([name]) =>
    broken(
      "workflow paths",
      `${path} runs on ${name} only where files of its \`paths\` changed: elsewhere ${name === "push" ? "no baseline is recorded" : "the check never comes, and a pull request that requires it waits for good"}.`,
      "Leave the filter out. Where no model is touched, the plan takes seconds and the check says so.",
    ),
  );
}

function checkSecrets(path: string, { secrets }: Job, env: readonly string[]): Finding[] {
  const given = z.record(z.string(), z.unknown()).safeParse(secrets);
  if (env.length === 0 || secrets === "inherit" || given.data?.["train-env"] !== undefined) return [];
  return [
    unknown(
      "workflow secrets",
      `${path} passes no secret \`train-env\` on, and trainings are to get ${env.join(", ")}; a runner may have ${env.length === 1 ? "it" : "them"} of its own.`,
      "Pass a secret of `NAME=value` lines on under the job's `secrets:`, as docs/workflows.md shows, unless every runner sets what is named.",
    ),
  ];
}
