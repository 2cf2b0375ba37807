import { createGitHubRunLookup } from "../../src/flows/github-run-lookup.ts";
import { recordsOnGitHub } from "../../src/flows/records-on-github.ts";
import type { RunLookup } from "../../src/plan/run-lookup.ts";
import type { Event } from "./event.ts";
import { connect } from "./records.ts";

/** The runs that the repository's workflows have kept. */
export async function findRecordedRuns(event: Event, token: string): Promise<RunLookup> {
  const github = await connect(event, token);
  return createGitHubRunLookup(github, recordsOnGitHub(github), {
    need: event.kind === "push" ? "protected" : "pull-request",
    workflow: event.workflow,
    change: { headSha: event.pullRequest?.headSha ?? event.commit, pullRequest: event.pullRequest },
    pushed: event.kind === "push" ? event.commit : undefined,
  });
}
