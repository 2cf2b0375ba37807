import { describe, expect, it } from "vitest";
import { runStep, type StepRequest } from "./step.ts";

const [head, base, pushed, zeros] = ["a", "b", "c", "0"].map((digit) => digit.repeat(40));
const repository = { id: 7, default_branch: "main" };

const pullRequest = (overrides: object = {}) => ({
  name: "pull_request",
  payload: {
    pull_request: {
      number: 42,
      title: "Train on October",
      draft: false,
      head: { sha: head, ref: "october", repo: { id: 7 } },
      base: { sha: base, ref: "main", repo: { id: 7 } },
      ...overrides,
    },
    repository,
  },
});

const push = (overrides: object = {}) => ({
  name: "push",
  payload: { before: base, ref: "refs/heads/main", repository, ...overrides },
});

function read(event: NonNullable<StepRequest["event"]>, env: StepRequest["env"] = {}) {
  return runStep({
    code: `import { readEvent } from "#/actions/runtime/event.ts";
import { runAction } from "#/actions/runtime/run-action.ts";
await runAction(async () => console.log(JSON.stringify(readEvent())));`,
    event,
    env,
  });
}

const eventOf = (...request: Parameters<typeof read>) => JSON.parse(read(...request).stdout);

describe("the event of a job", () => {
  it("is a pull request with its commits, and where evidence says it was made", () => {
    expect(eventOf(pullRequest())).toMatchObject({
      kind: "pull_request",
      repository: "acme/models",
      runUrl: "https://github.com/acme/models/actions/runs/17",
      commit: pushed,
      before: null,
      onDefaultBranch: false,
      pullRequest: {
        number: 42,
        title: "Train on October",
        headRef: "october",
        baseRef: "main",
        headSha: head,
        baseSha: base,
        fromFork: false,
        draft: false,
        labels: [],
      },
      identity: {
        repository: "acme/models",
        headSha: head,
        pullRequest: 42,
        run: { id: 17, attempt: 2, event: "pull_request", workflow: "acme/models/.github/workflows/models.yml@refs/heads/main" },
      },
    });
  });

  it.each([
    ["another repository", { id: 8 }],
    ["a repository that is gone", null],
  ])("comes from a fork when the head lies in %s", (_, repo) => {
    expect(eventOf(pullRequest({ head: { sha: head, ref: "october", repo } })).pullRequest.fromFork).toBe(true);
  });

  it("says whether the pull request is a draft, and its labels", () => {
    const labels = [
      { id: 1, name: "train" },
      { id: 2, name: "::add-mask::x" },
    ];
    expect(eventOf(pullRequest({ draft: true, labels })).pullRequest).toMatchObject({
      draft: true,
      labels: ["train", "::add-mask::x"],
    });
  });

  it("is a push to the default branch, with the commit before it", () => {
    expect(eventOf(push())).toMatchObject({ kind: "push", before: base, onDefaultBranch: true });
  });

  it("has no commit before it when the branch is new", () => {
    expect(eventOf(push({ before: zeros }))).toMatchObject({ before: null, onDefaultBranch: true });
  });

  it.each(["refs/heads/feature", "refs/tags/main", "refs/heads/main/more"])("is not on the default branch: %s", (ref) => {
    expect(eventOf(push({ ref })).onDefaultBranch).toBe(false);
  });

  it("is of a merge queue with what the group stands on, and asks what a pull request asks", () => {
    const group = {
      head_sha: head,
      base_sha: base,
      head_ref: "refs/heads/gh-readonly-queue/main/pr-42",
      base_ref: "refs/heads/main",
    };
    expect(eventOf({ name: "merge_group", payload: { merge_group: group, repository } })).toMatchObject({
      kind: "pull_request",
      before: null,
      onDefaultBranch: false,
      mergeGroup: { headSha: head, baseSha: base },
      identity: { headSha: head, run: { event: "merge_group" } },
    });
  });

  it("is by hand otherwise", () => {
    const event = { name: "workflow_dispatch", payload: { repository } };
    expect(eventOf(event)).toMatchObject({ kind: "manual", before: null, onDefaultBranch: false });
  });

  it.each([
    ["schedule", { schedule: "17 5 * * *" }, true],
    ["workflow_dispatch", { repository }, true],
    ["workflow_dispatch", { repository: { ...repository, default_branch: "trunk" } }, false],
    ["workflow_dispatch", {}, false],
  ] as const)("knows whether %s with %j is of the default branch", (name, payload, is) => {
    expect(eventOf({ name, payload }, { GITHUB_REF: "refs/heads/main" }).ofDefaultBranch).toBe(is);
  });

  it("is not of the default branch for a pull request", () => {
    expect(eventOf(pullRequest()).ofDefaultBranch).toBe(false);
    expect(eventOf(push()).ofDefaultBranch).toBe(true);
  });

  it("keeps hostile titles as they are: whoever writes them escapes them", () => {
    const title = "::error::forged\n<script>@everyone";
    expect(eventOf(pullRequest({ title })).pullRequest.title).toBe(title);
  });

  it.each([
    ["a head that is no commit", pullRequest({ head: { sha: "main; rm -rf /", ref: "x", repo: { id: 7 } } }), {}],
    ["a number that is none", pullRequest({ number: "42" }), {}],
    ["labels that are none", pullRequest({ labels: ["train"] }), {}],
    ["a merge group without commits", { name: "merge_group", payload: { merge_group: {}, repository } }, {}],
    ["a push without a branch", { name: "push", payload: { repository } }, {}],
    ["a checked-out commit that is none", push(), { GITHUB_SHA: "HEAD" }],
  ])("is refused with exit code 2 when it has %s", (_, event, env) => {
    const { status, commands } = read(event, env);
    expect(status).toBe(2);
    expect(commands[0]?.message).toMatch(/The runner's event is not one that Assay reads/);
  });
});

describe("a run that the app dispatches", () => {
  const inputs = { "pull-request": "42", "head-sha": head, model: "", seeds: "", again: "false", request: "comment:7" };
  const dispatch = (changed: object = {}) => ({
    name: "workflow_dispatch",
    payload: { ref: "refs/heads/main", inputs: { ...inputs, ...changed }, repository },
  });

  it("is about a pull request, at the commit that was asked for", () => {
    expect(eventOf(dispatch(), { GITHUB_REF: "refs/heads/main" })).toMatchObject({
      kind: "pull_request",
      ref: "refs/heads/main",
      commit: pushed,
      dispatched: { number: 42, headSha: head, request: "comment:7", again: false },
      identity: { headSha: head, pullRequest: 42, run: { id: 17, event: "workflow_dispatch" } },
    });
    const { dispatched } = eventOf(dispatch({ model: "fraud", seeds: "5", again: "true" }));
    expect(dispatched).toMatchObject({ models: ["fraud"], seeds: 5, again: true });
  });

  it("is somebody's own of a branch without a pull request", () => {
    expect(eventOf(dispatch({ "pull-request": "" }))).toMatchObject({ kind: "manual" });
    expect(eventOf({ name: "workflow_dispatch", payload: { inputs: null, ref: "refs/heads/main", repository } })).toMatchObject({
      kind: "manual",
    });
  });

  it.each([
    { "pull-request": "42; rm" },
    { "head-sha": "main" },
    { seeds: "21" },
    { seeds: "0" },
    { request: "two words" },
    { request: "" },
  ])("is refused with %j", (changed) => {
    expect(read(dispatch(changed))).toMatchObject({ status: 2, stdout: expect.stringContaining("is not one that Assay reads") });
  });
});
