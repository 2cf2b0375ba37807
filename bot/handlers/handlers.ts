import { onCheckRun } from "./check-run.ts";
import { onDeploymentProtectionRule } from "./deployment-protection-rule.ts";
import type { Handler } from "./handler.ts";
import { onIssueComment } from "./issue-comment.ts";
import { onMergeGroup } from "./merge-group.ts";
import { onPullRequest } from "./pull-request.ts";
import { onPullRequestReview } from "./pull-request-review.ts";
import { onWorkflowRun } from "./workflow-run.ts";

/** One an event. Of others, such as `ping`, nothing is kept: sweeps find what there is to look at. */
export const handlers: Readonly<Record<string, Handler>> = {
  check_run: onCheckRun,
  deployment_protection_rule: onDeploymentProtectionRule,
  issue_comment: onIssueComment,
  merge_group: onMergeGroup,
  pull_request: onPullRequest,
  pull_request_review: onPullRequestReview,
  workflow_run: onWorkflowRun,
};
