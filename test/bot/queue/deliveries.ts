import type { Delivery } from "../../../bot/queue/store.ts";
import type { Subject } from "../../../bot/subject.ts";

export function aPullRequest(number: number): Subject {
  return { kind: "pull-request", repository: { installation: 1, id: 10, owner: "team", name: "models" }, number };
}

export function aDelivery(overrides: Partial<Delivery> = {}): Delivery {
  return { guid: "2026-01-01T00:00:00.000Z", event: "pull_request", subject: aPullRequest(1), ...overrides };
}
