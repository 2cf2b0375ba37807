import { describe, expect, it } from "vitest";
import { baseOfEvent, type EventCommits } from "../../src/plan/base-of-event.ts";

const [merge = "", base = "", head = "", old = ""] = ["m", "b", "h", "o"].map((letter) => letter.repeat(40));
const event = (overrides: Partial<EventCommits>): EventCommits => ({
  ...{ commit: merge, checkedOut: merge, parents: [base, head], before: null, kind: "pull_request" },
  pullRequest: { headSha: head, baseSha: old },
  ...overrides,
});

describe("what a change is compared with", () => {
  it("is what GitHub's merge commit of the pull request was made with", () => {
    expect(baseOfEvent(event({}))).toBe(base);
  });

  it("is the event's base where the contributor's own merge commit is checked out", () => {
    expect(baseOfEvent(event({ checkedOut: head, parents: [base, old] }))).toBe(old);
  });

  it("is what a merge queue's group stands on, whatever its commit's parents are", () => {
    const mergeGroup = { baseSha: old };
    expect(baseOfEvent(event({ pullRequest: undefined, mergeGroup }))).toBe(old);
    expect(baseOfEvent(event({ pullRequest: undefined, mergeGroup, parents: [head] }))).toBe(old);
  });

  it("is the commit before a push, and the first parent by hand", () => {
    expect(baseOfEvent(event({ kind: "push", pullRequest: undefined, before: old }))).toBe(old);
    expect(baseOfEvent(event({ kind: "manual", pullRequest: undefined }))).toBe(base);
  });
});
