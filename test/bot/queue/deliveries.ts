import type { Delivery } from "../../../bot/queue/store.ts";
import type { Subject } from "../../../bot/subject.ts";
import type { PullRequest } from "../../../src/github/pull-requests.ts";

export function aPullRequest(number: number): Subject {
  return { kind: "pull-request", repository: { installation: 1, id: 10, owner: "team", name: "models" }, number };
}

/** As a webhook tells of a push. */
export function aPush(number: number): Subject {
  const sha = "a".repeat(40);
  const pushed: PullRequest = {
    number,
    title: "Change",
    state: "open",
    merged: false,
    draft: false,
    author: "ada",
    head: { sha, ref: "change", repositoryId: 10 },
    base: { sha, ref: "main", repositoryId: 10 },
    labels: [],
    createdAt: "2026-01-01T00:00:00Z",
    updatedAt: "2026-01-01T00:00:00Z",
  };
  return { ...aPullRequest(number), kind: "pull-request", number, pushed };
}

export function aDelivery(overrides: Partial<Delivery> = {}): Delivery {
  return { guid: "2026-01-01T00:00:00.000Z", event: "pull_request", subject: aPullRequest(1), ...overrides };
}
