import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GitHubError } from "../../src/errors/errors.ts";
import type { GitHub } from "../../src/github/github.ts";
import { createOctokitGitHub } from "../../src/github/octokit/octokit-github.ts";
import { type FaultyProxy, startFaultyProxy } from "./faulty-proxy.ts";
import { servers } from "./servers.ts";
import type { TestGitHub } from "./test-github.ts";

describe.each(servers)("GitHub through Octokit, on $name", ({ start, has }) => {
  let server: TestGitHub;
  let proxy: FaultyProxy;
  let github: GitHub;

  beforeAll(async () => {
    server = await start();
    proxy = await startFaultyProxy(server.apiUrl);
    github = await createOctokitGitHub({ ...server.repository, token: server.token, apiUrl: proxy.url });
  });
  afterAll(async () => {
    await proxy?.close();
    await server?.close();
  });

  describe("comments", () => {
    it("knows whose token it has", async () => {
      expect(await github.comments.viewer()).toMatchObject({ login: server.login });
    });

    it("creates, reads, updates and lists them", async () => {
      const created = await github.comments.create(server.pullRequest, "first");
      await github.comments.update(created.id, "second");
      expect(await github.comments.get(created.id)).toMatchObject({
        id: created.id,
        body: "second",
        author: { login: server.login },
      });
      expect((await github.comments.list(server.pullRequest)).map((comment) => comment.body)).toContain("second");
    });

    it("says that a comment is not there", async () => {
      expect(await github.comments.get(987_654_321)).toBeUndefined();
    });
  });

  describe("checks", () => {
    it("finds a check run by its name again, with its external id", async () => {
      const content = {
        name: "found again",
        headSha: server.headSha,
        externalId: "assay:1",
        title: "t",
        summary: "s",
        annotations: [],
      };
      const created = await github.checks.create({ ...content, conclusion: undefined });
      await github.checks.update(created.id, { ...content, conclusion: "failure" });
      const runs = await github.checks.list(server.headSha, "found again");
      expect(runs).toMatchObject([{ id: created.id, externalId: "assay:1", conclusion: "failure", title: "t", summary: "s" }]);
      expect(await github.checks.list(server.headSha, "another")).toEqual([]);
    });
  });

  it("reads a check run by its id, and says that one is not there", async () => {
    const content = { name: "by id", headSha: server.headSha, externalId: "assay:2", annotations: [] };
    const { id } = await github.checks.create({ ...content, conclusion: "success", title: "t", summary: "s" });
    expect(await github.checks.get(id)).toMatchObject({ id, name: "by id", externalId: "assay:2", conclusion: "success" });
    expect(await github.checks.get(987_654_321)).toBeUndefined();
  });

  it("knows what people may do in the repository", async () => {
    expect(await github.collaborators.permission("other")).toBe("write");
    expect(await github.collaborators.permission("acme")).toBe("admin");
    expect(await github.collaborators.permission("nobody-at-all")).toBe("none");
  });

  describe("contents", () => {
    it("compares a branch with its base", async () => {
      const comparison = await github.contents.compare("main", "change");
      expect(comparison).toMatchObject({ mergeBase: server.mainSha, complete: true });
      expect(comparison?.paths).toContain("data/train.csv");
      expect(await github.contents.compare("main", "0".repeat(40))).toBeUndefined();
    });

    it("lists a folder", async () => {
      expect(await github.contents.list("data", "change")).toEqual(["data/train.csv"]);
      expect(await github.contents.list("data", "no-such-branch")).toEqual([]);
    });

    it("knows the commits of a file", async () => {
      expect(await github.contents.history("data/train.csv", "change", 10)).toMatchObject([
        { sha: server.headSha, verified: false },
      ]);
    });

    it("reads a file as bytes, and nothing where there is none", async () => {
      const file = await github.contents.read("data/train.csv", "change");
      expect(file?.bytes.toString()).toBe("a,b\n");
      expect(await github.contents.read("data/none.csv", "change")).toBeUndefined();
      expect(await github.contents.read("data/train.csv", "no-such-branch")).toBeUndefined();
    });

    it("adds a file once", async () => {
      const request = { branch: "change", path: "notes/one.txt", content: "ünïcode\n", message: "Add a note" };
      expect(await github.contents.create(request)).toBe("created");
      expect(await github.contents.create(request)).toBe("exists");
      expect((await github.contents.read("notes/one.txt", "change"))?.bytes.toString()).toBe("ünïcode\n");
    });

    it("makes a branch without history, once", async () => {
      const request = { branch: "orphan", path: "records/one.json", content: "{}\n", message: "Begin" };
      expect(await github.contents.createOrphanBranch(request)).toBe("created");
      expect(await github.contents.createOrphanBranch(request)).toBe("exists");
      const tip = await github.contents.branchTip("orphan");
      expect(tip).toMatch(/^[0-9a-f]{40}$/);
      expect(await github.contents.branchTip("none")).toBeUndefined();
    });

    it("tells what lies on the way to a branch", async () => {
      expect(await github.contents.isAncestor(server.mainSha, "change")).toBe(true);
      expect(await github.contents.isAncestor(server.headSha, "main")).toBe(false);
      expect(await github.contents.isAncestor("0".repeat(40), "main")).toBe(false);
    });

    it("knows the default branch, and which branches are protected", async () => {
      expect(await github.contents.defaultBranch()).toBe("main");
      expect(await github.contents.isProtected("change")).toBe(false);
      expect(await github.contents.isProtected("none")).toBe(false);
    });
  });

  describe("pull requests", () => {
    it("reads one", async () => {
      expect(await github.pullRequests.get(server.pullRequest)).toMatchObject({
        number: server.pullRequest,
        state: "open",
        merged: false,
        head: { ref: "change" },
        base: { ref: "main" },
      });
    });
  });

  it("knows no reviews and no runs where there are none", async () => {
    expect(await github.pullRequests.reviews(server.pullRequest)).toEqual([]);
    expect(await github.runs.ofCommit(server.headSha)).toEqual([]);
  });

  describe("releases", () => {
    it("creates one for a tag, once, and finds it again", async () => {
      const request = { tag: "shelf", name: "shelf", body: "", prerelease: true, target: "main" };
      expect(await github.releases.findByTag("shelf")).toBeUndefined();
      const created = await github.releases.create(request);
      expect(await github.releases.findByTag("shelf")).toEqual(created);
      await expect(github.releases.create(request)).rejects.toMatchObject({ status: 422 });
      expect(await github.releases.assets(created.id)).toEqual([]);
    });

    it("publishes a draft, which is found in the list until then", async () => {
      const request = {
        tag: "fraud@v1.0.0",
        name: "fraud v1.0.0",
        body: "First",
        prerelease: false,
        target: "main",
        draft: true,
      };
      const draft = await github.releases.create(request);
      expect(draft).toMatchObject({ draft: true, tag: "fraud@v1.0.0", name: "fraud v1.0.0", body: "First" });
      expect((await github.releases.list()).filter(({ tag }) => tag === draft.tag)).toEqual([draft]);
      const published = await github.releases.update(draft, { draft: false, body: "Shipped", makeLatest: "true" });
      expect(published).toMatchObject({ id: draft.id, draft: false, tag: "fraud@v1.0.0", name: "fraud v1.0.0", body: "Shipped" });
      expect(await github.releases.get(draft.id)).toEqual(published);
      expect(await github.releases.findByTag("fraud@v1.0.0")).toEqual(published);
      expect(await github.releases.latest()).toEqual(published);
      await github.releases.delete(draft.id);
      expect(await github.releases.get(draft.id)).toBeUndefined();
    });
  });

  describe("tags", () => {
    it("makes an annotated one, once, and reads and lists it", async () => {
      const tagger = { name: "Ann", email: "ann@example.org", date: "2026-03-01T10:00:00Z" };
      const request = { name: "churn@v1.0.0", commit: server.mainSha, message: "first", tagger };
      expect(await github.tags.read(request.name)).toBeUndefined();
      const made = await github.tags.create(request);
      expect(made).toMatchObject({ name: request.name, type: "tag", commit: server.mainSha });
      expect(made).toMatchObject({ annotation: { name: request.name, message: "first", tagger: { name: "Ann" } } });
      expect(await github.tags.read(request.name)).toEqual(made);
      expect(await github.tags.create({ ...request, commit: server.headSha })).toBe("exists");
      const listed = await github.tags.list("churn@");
      expect(listed).toEqual([{ name: request.name, sha: made === "exists" ? "" : made.sha, type: "tag" }]);
    });
  });

  describe("errors", () => {
    it("names what was asked, what GitHub said and the permission to add, and never the token", async () => {
      const error = await github.comments.create(987_654, "x").catch((e: unknown) => e);
      expect(error).toBeInstanceOf(GitHubError);
      expect(error).toMatchObject({ status: 404 });
      expect(String(error)).toMatch(/create a comment on #987654 in .*Not Found.*pull-requests: write/s);
      expect(String(error)).not.toContain(server.token === "ours" ? "token ours" : server.token);
    });

    if (has.tokens)
      it("says that a token is wrong", async () => {
        const stranger = await createOctokitGitHub({ ...server.repository, token: "not-a-token-9f2c", apiUrl: proxy.url });
        const error = await stranger.comments.create(server.pullRequest, "x").catch((e: unknown) => e);
        expect(error).toMatchObject({ status: 401 });
        expect(String(error)).toMatch(/token is wrong or has expired/);
        expect(String(error)).not.toContain("9f2c");
      });

    it("tells a lost connection from a refusal", async () => {
      proxy.faults.push({ matches: ({ method }) => method === "POST", when: "before", answer: "closed", times: 1 });
      const error = await github.comments.create(server.pullRequest, "never arrives").catch((e: unknown) => e);
      expect(error).toMatchObject({ status: undefined });
      expect(String(error)).toMatch(/No answer from GitHub/);
    });

    it("does not repeat a creation that GitHub answered with 502", async () => {
      const isCreation = ({ method }: { method: string }) => method === "POST";
      proxy.faults.push({ matches: isCreation, when: "after", answer: 502, times: 1 });
      await expect(github.comments.create(server.pullRequest, "stored once")).rejects.toMatchObject({ status: 502 });
      const bodies = (await github.comments.list(server.pullRequest)).map((comment) => comment.body);
      expect(bodies.filter((body) => body === "stored once")).toHaveLength(1);
    });

    it("repeats a read that GitHub answered with 502", async () => {
      proxy.faults.push({ matches: ({ method }) => method === "GET", when: "before", answer: 502, times: 1 });
      expect(await github.contents.defaultBranch()).toBe("main");
    });

    it("says when a rate limit is used up", async () => {
      const reset = Math.floor(Date.now() / 1000) + 3600;
      const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(reset) };
      const body = { message: "API rate limit exceeded" };
      proxy.faults.push({ matches: ({ method }) => method === "GET", when: "before", answer: 403, headers, body, times: 1 });
      const error = await github.contents.defaultBranch().catch((e: unknown) => e);
      expect(String(error)).toContain(`rate limit is used up until ${new Date(reset * 1000).toISOString()}`);
    });

    it("refuses an answer of another shape", async () => {
      proxy.faults.push({
        matches: ({ method }) => method === "GET",
        when: "before",
        answer: 200,
        body: { default_branch: 7 },
        times: 1,
      });
      await expect(github.contents.defaultBranch()).rejects.toThrow(/something unexpected: default_branch/);
    });
  });

  if (has.tokens)
    it("names the permission that the token lacks", async () => {
      const token = server.tokenWith?.({ contents: "read" }) ?? "";
      const reader = await createOctokitGitHub({ ...server.repository, token, apiUrl: proxy.url });
      await expect(reader.comments.create(server.pullRequest, "x")).rejects.toThrow(
        /403.*permissions: \{ pull-requests: write \}/s,
      );
    });
});
