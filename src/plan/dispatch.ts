/**
 * How the app starts a training: it dispatches the repository's workflow on the pull request's base branch. The workflow declares these
 * inputs, and names its run after two of them, since GitHub tells nobody later what a run was given.
 */
export interface DispatchRequest {
  pullRequest: number;
  headSha: string;
  /** What is asked for; undefined: every model that the change touches. */
  model?: string | undefined;
  /** Train with the seeds from 1 to this number. */
  seeds?: number | undefined;
  /** Train, although there is a run of the same inputs. */
  again?: boolean | undefined;
  /** Finds the run again. */
  request: string;
}

/** Names of the workflow's inputs. */
export const dispatchInputs = {
  pullRequest: "pull-request",
  headSha: "head-sha",
  model: "model",
  seeds: "seeds",
  again: "again",
  request: "request",
} as const;

/** What GitHub is given: text, and nothing for what is left out. */
export function inputsOfDispatch({ pullRequest, headSha, model, seeds, again, request }: DispatchRequest) {
  return {
    [dispatchInputs.pullRequest]: String(pullRequest),
    [dispatchInputs.headSha]: headSha,
    [dispatchInputs.request]: request,
    ...(model !== undefined && { [dispatchInputs.model]: model }),
    ...(seeds !== undefined && { [dispatchInputs.seeds]: String(seeds) }),
    ...(again && { [dispatchInputs.again]: "true" }),
  };
}

/** What the workflow's `run-name` makes of the inputs. */
export function titleOfDispatch({ pullRequest, request }: Pick<DispatchRequest, "pullRequest" | "request">): string {
  return `Assay #${pullRequest}: ${request}`;
}

/** The request's text: what it is of, so that the run's name tells it when the run is over, and what asked for it. */
export function requestOf({ pullRequest, headSha }: Pick<DispatchRequest, "pullRequest" | "headSha">, askedBy: string): string {
  return `pr-${pullRequest}-${headSha}-${askedBy.replace(/[^A-Za-z0-9]+/g, "-")}`;
}

/** The head that a request names; undefined of one that the app did not write. */
export function headOfRequest(request: string): string | undefined {
  return /^pr-[1-9]\d{0,9}-(?<head>[0-9a-f]{40}(?:[0-9a-f]{24})?)-/.exec(request)?.groups?.["head"];
}

/** What a dispatched run trains, by its title; undefined of a run that was started otherwise. */
export function dispatchOf({
  event,
  title,
}: {
  event: string;
  title: string;
}): { pullRequest: number; headSha: string | undefined } | undefined {
  const found = event === "workflow_dispatch" ? /^Assay #(?<number>[1-9]\d{0,9}): (?<request>.*)/.exec(title)?.groups : undefined;
  return found && { pullRequest: Number(found["number"]), headSha: headOfRequest(found["request"] ?? "") };
}

/** The pull request that a dispatched run trains; undefined of a run that was started otherwise. */
export function pullRequestOfRun(run: { event: string; title: string }): number | undefined {
  return dispatchOf(run)?.pullRequest;
}
