import { UsageError } from "../errors/errors.ts";
import type { GitHub } from "../github/github.ts";
import type { Plan } from "../plan/plan.ts";

/** What the runner says of the event that the plan is about. */
export interface EventFacts {
  kind: Plan["event"];
  commit: string;
  pullRequest: { number: number; headSha: string; baseRef: string } | undefined;
  mergeGroup?: { headSha: string; baseSha: string } | undefined;
}

/**
 * Holds a plan that another job handed on against the event and GitHub: a plan decides which rules are in force and which commit
 * gets the check, and it comes through a job that reads a contributor's files.
 * @throws UsageError saying what does not agree
 */
export async function checkPlan(plan: Plan, event: EventFacts, github: GitHub | undefined): Promise<void> {
  const { pullRequest, mergeGroup } = event;
  const claims: readonly (readonly [name: string, claimed: unknown, known: unknown])[] = [
    ["event", plan.event, event.kind],
    ["pull request", plan.pullRequest, pullRequest?.number],
    ["head", plan.headSha, pullRequest?.headSha ?? mergeGroup?.headSha],
    // A pull request may be planned at its merge commit or at its head.
    ["commit", plan.commit, plan.commit === pullRequest?.headSha ? plan.commit : event.commit],
    ["base", plan.base, mergeGroup ? mergeGroup.baseSha : plan.base],
  ];
  for (const [name, claimed, known] of claims)
    if (claimed !== known)
      throw new UsageError(
        `The plan's ${name} is ${String(claimed)}, but this run's is ${String(known)}. Pass on the plan of this run unchanged.`,
      );
  if (!pullRequest || !github || plan.base === null) return;
  if (!(await github.contents.isAncestor(plan.base, pullRequest.baseRef)))
    throw new UsageError(
      `The plan compares with ${plan.base}, which is not on ${pullRequest.baseRef}: its rules would not be the base branch's. ` +
        "Check out the pull request's merge commit, which is what actions/checkout does by itself.",
    );
}
