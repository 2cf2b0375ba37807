import { expect, it } from "vitest";
import { dispatchOf, headOfRequest, requestOf, titleOfDispatch } from "../../src/plan/dispatch.ts";

const pull = { pullRequest: 12, headSha: "c0ffee".padEnd(40, "0") };

it("is told from the run's name: the pull request, and its head where the app asked", () => {
  const title = titleOfDispatch({ ...pull, request: requestOf(pull, "comment/99") });
  expect(title).toBe(`Assay #12: pr-12-${pull.headSha}-comment-99`);
  expect(dispatchOf({ event: "workflow_dispatch", title })).toEqual(pull);
  expect(dispatchOf({ event: "push", title })).toBeUndefined();
  expect(dispatchOf({ event: "workflow_dispatch", title: "Models" })).toBeUndefined();
});

it.each(["by hand", "pr-12-c0ffee-comment-99", `pr-12-${"g".repeat(40)}-comment-99`, `pr-0-${pull.headSha}-comment-99`])(
  "names no head in %s",
  (request) => {
    expect(headOfRequest(request)).toBeUndefined();
    expect(dispatchOf({ event: "workflow_dispatch", title: titleOfDispatch({ ...pull, request }) })).toEqual({
      pullRequest: 12,
      headSha: undefined,
    });
  },
);
