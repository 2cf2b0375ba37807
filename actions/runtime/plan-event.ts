import { UsageError } from "../../src/errors/errors.ts";
import type { Machine } from "../../src/flows/context.ts";
import { jobsOfPullRequest } from "../../src/flows/gpu-budget.ts";
import { planChange } from "../../src/flows/plan-change.ts";
import type { Job } from "../../src/github/runs.ts";
import { baseOfEvent } from "../../src/plan/base-of-event.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { noRunLookup, type RunLookup } from "../../src/plan/run-lookup.ts";
import { withholdFromFork } from "../../src/plan/withhold.ts";
import { checkDispatched } from "./dispatched.ts";
import type { Event } from "./event.ts";

/** Plans the checked-out commit against what the event says it is compared with. */
export async function planEvent(event: Event, machine: Machine, specPath: string | undefined): Promise<Plan> {
  const head = (await machine.git.resolve("HEAD")) ?? event.commit;
  const parents = event.kind === "push" ? [] : await machine.git.parents(head);
  checkDispatched(event, head, parents);
  const isAllowedFork = event.dispatched !== undefined && event.pullRequest?.fromFork === true;
  const planned = await planChange({
    git: machine.git,
    files: machine.files,
    lookup: lazyLookup(event, machine.token),
    specPath,
    target: { commit: head },
    base: baseOfEvent({ ...event, checkedOut: head, parents }),
    event: event.kind,
    pullRequest: event.pullRequest?.number,
    readiness: event.pullRequest,
    order: event.dispatched,
    allowedFork: isAllowedFork,
    pullRequestJobs: event.pullRequest && (() => jobsSoFar(event, machine.token)),
    headSha: event.pullRequest?.headSha ?? event.mergeGroup?.headSha,
    token: machine.token,
  });
  return event.pullRequest?.fromFork && !isAllowedFork ? withholdFromFork(planned) : planned;
}

async function jobsSoFar(event: Event, token: string | undefined): Promise<readonly Job[]> {
  if (!event.pullRequest) return [];
  if (!token)
    throw new UsageError(
      "assay.yml has a budget, and the input `github-token` is empty: what was used cannot be known. Give it `actions: read`.",
    );
  const { connect } = await import("./records.ts");
  return jobsOfPullRequest((await connect(event, token)).runs, { ...event.pullRequest, workflow: event.workflow });
}

/** Connects on the first question, and loads what that needs then: an unchanged tree asks none. */
function lazyLookup(event: Event, token: string | undefined): RunLookup {
  if (!token) return noRunLookup;
  let made: Promise<RunLookup> | undefined;
  const lookup = () => {
    made ??= import("./recorded-runs.ts").then(({ findRecordedRuns }) => findRecordedRuns(event, token));
    return made;
  };
  return {
    findRun: async (model, inputHash) => (await lookup()).findRun(model, inputHash),
    findPoint: async (model, inputHash) => (await lookup()).findPoint(model, inputHash),
    findBaseline: async (model, inputHash) => (await lookup()).findBaseline(model, inputHash),
    findCheckpoints: async (model, inputHash, seeds) => (await lookup()).findCheckpoints(model, inputHash, seeds),
  };
}
