import { describe, expect, it } from "vitest";
import { departures } from "../../../bot/handlers/departures.ts";
import { handlers } from "../../../bot/handlers/handlers.ts";
import { keyOf } from "../../../bot/subject.ts";

const sha = "a".repeat(40);
const place = { installation: { id: 1 }, repository: { id: 10, name: "models", owner: { login: "team" } } };
const context = { guid: "guid", receivedAt: new Date("2026-01-01T00:00:00Z"), appId: 99 };
const named = (number: number, repository = 10) => ({ number, base: { repo: { id: repository } } });
const run = { id: 5, event: "pull_request", pull_requests: [named(3)] };
const check = { head_sha: sha, external_id: `assay:verdict:4:${sha}`, app: { id: 99 }, pull_requests: [] };
const sender = { id: 7, login: "ada" };

function hear(event: string, payload: object): string | undefined {
  const heard = handlers[event]?.({ ...place, ...payload }, context);
  if (heard === undefined) return undefined;
  const { subject, request } = heard;
  return request === undefined ? keyOf(subject) : `${keyOf(subject)} ${request.kind}:${request.id}`;
}

describe("what an event says is gone", () => {
  const removed = { installation: { id: 1 }, repositories_removed: [{ id: 10, name: "models" }, { id: 11 }] };

  it.each<[string, object, object | undefined]>([
    ["installation", { action: "deleted", installation: { id: 1 } }, { installation: 1 }],
    ["installation", { action: "created", installation: { id: 1 } }, undefined],
    ["installation_repositories", { action: "removed", ...removed }, { installation: 1, repositories: [10, 11] }],
    ["installation_repositories", { action: "added", ...removed, repositories_removed: [] }, undefined],
  ])("%s %j", (event, payload, gone) => {
    expect(departures[event]?.(payload)).toEqual(gone);
  });
});

describe("what an event asks to look at", () => {
  const cases: readonly [string, string, object, string | undefined][] = [
    ["a pushed commit", "pull_request", { action: "synchronize", pull_request: { number: 3 } }, "10/pull/3"],
    ["a changed title", "pull_request", { action: "edited", pull_request: { number: 3 }, changes: { title: {} } }, undefined],
    ["another base", "pull_request", { action: "edited", pull_request: { number: 3 }, changes: { base: {} } }, "10/pull/3"],
    [
      "a run that waits for an environment",
      "deployment_protection_rule",
      {
        action: "requested",
        environment: "prod eu/1",
        deployment_callback_url: "https://api.github.com/repos/team/models/actions/runs/17/deployment_protection_rule",
      },
      "10/gate/17/prod%20eu%2F1",
    ],
    ["an assignee", "pull_request", { action: "assigned", pull_request: { number: 3 } }, undefined],
    ["a finished run", "workflow_run", { action: "completed", workflow_run: run }, "10/pull/3"],
    ["a run of a fork", "workflow_run", { action: "completed", workflow_run: { ...run, pull_requests: [] } }, "10/run/5"],
    [
      "a run whose commit several pull requests have",
      "workflow_run",
      { action: "completed", workflow_run: { ...run, pull_requests: [named(3), named(4)] } },
      "10/run/5",
    ],
    [
      "a run that names another repository's pull request",
      "workflow_run",
      { action: "completed", workflow_run: { ...run, pull_requests: [named(3, 11)] } },
      "10/run/5",
    ],
    [
      "a dispatched run",
      "workflow_run",
      { action: "completed", workflow_run: { ...run, event: "workflow_dispatch" } },
      "10/run/5",
    ],
    ["a scheduled run", "workflow_run", { action: "completed", workflow_run: { ...run, event: "schedule" } }, undefined],
    ["a run that began", "workflow_run", { action: "in_progress", workflow_run: run }, undefined],
    ["a run that began again", "workflow_run", { action: "in_progress", workflow_run: { ...run, run_attempt: 2 } }, "10/pull/3"],
    [
      "a command",
      "issue_comment",
      { action: "created", issue: { number: 3, pull_request: {} }, comment: { id: 8, body: "\n/assay status" } },
      "10/pull/3 comment:8",
    ],
    [
      "a command on an issue",
      "issue_comment",
      { action: "created", issue: { number: 3 }, comment: { id: 8, body: "/assay help" } },
      undefined,
    ],
    [
      "a comment that quotes a command",
      "issue_comment",
      { action: "created", issue: { number: 3, pull_request: {} }, comment: { id: 8, body: "Write\n/assay help" } },
      undefined,
    ],
    [
      "an edited comment",
      "issue_comment",
      { action: "edited", issue: { number: 3, pull_request: {} }, comment: { id: 8, body: "/assay help" } },
      undefined,
    ],
    [
      "an approval",
      "pull_request_review",
      { action: "submitted", pull_request: { number: 3 }, review: { id: 6, state: "approved" } },
      "10/pull/3 review:6",
    ],
    [
      "a remark",
      "pull_request_review",
      { action: "submitted", pull_request: { number: 3 }, review: { id: 6, state: "commented" } },
      undefined,
    ],
    [
      "a click",
      "check_run",
      { action: "requested_action", check_run: check, requested_action: { identifier: "approve" }, sender },
      "10/pull/4 button:guid",
    ],
    [
      "an unknown button",
      "check_run",
      { action: "requested_action", check_run: check, requested_action: { identifier: "x" }, sender },
      undefined,
    ],
    [
      "a click on another app's check",
      "check_run",
      {
        action: "requested_action",
        check_run: { ...check, app: { id: 1 } },
        requested_action: { identifier: "approve" },
        sender,
      },
      undefined,
    ],
    [
      "a merge queue's commit",
      "merge_group",
      {
        action: "checks_requested",
        merge_group: { head_sha: sha, base_sha: sha, head_ref: `refs/heads/gh-readonly-queue/main/pr-7-${sha}` },
      },
      `10/queue/${sha}`,
    ],
  ];
  it.each(cases)("%s", (_, event, payload, expected) => {
    expect(hear(event, payload)).toBe(expected);
  });

  it("refuses a payload of another form", () => {
    expect(() => hear("pull_request", { action: "opened", pull_request: { number: "3; drop table" } })).toThrow();
    expect(() =>
      hear("pull_request", {
        action: "opened",
        pull_request: { number: 3 },
        repository: { id: 1, name: "../x", owner: { login: "o" } },
      }),
    ).toThrow();
  });
});
