import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CheckAnnotation, CheckContent } from "../../src/github/checks.ts";
import type { GitHub } from "../../src/github/github.ts";
import { createOctokitGitHub } from "../../src/github/octokit/octokit-github.ts";
import { publishCheck } from "../../src/publishing/publish-check.ts";
import { type FaultyProxy, startFaultyProxy } from "../github/faulty-proxy.ts";
import { servers } from "../github/servers.ts";
import type { TestGitHub } from "../github/test-github.ts";

describe.each(servers)("publishing a check, on $name", ({ start, has }) => {
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

  const annotation = (index: number): CheckAnnotation => ({
    path: "assay.yml",
    startLine: index,
    endLine: index,
    level: "failure",
    title: `gate ${index}`,
    message: `Gate ${index} failed.`,
  });
  const annotations = (count: number, from = 1) => Array.from({ length: count }, (_, index) => annotation(from + index));
  const content = (name: string, overrides: Partial<CheckContent> = {}): CheckContent => ({
    name,
    headSha: server.headSha,
    externalId: "assay:verdict",
    conclusion: "failure",
    title: "Blocked",
    summary: "2 of 3 gates failed",
    annotations: [],
    ...overrides,
  });
  const runs = (name: string) => github.checks.list(server.headSha, name);

  it("updates the check that it finds by name and external id", async () => {
    const name = "found";
    expect(await publishCheck(github, content(name, { conclusion: undefined, title: "Training" }))).toMatchObject({
      effect: "created",
    });
    expect(await publishCheck(github, content(name))).toMatchObject({ effect: "updated" });
    expect(await runs(name)).toMatchObject([{ title: "Blocked", conclusion: "failure" }]);
  });

  it("leaves alone a check of the same name with another external id", async () => {
    const name = "foreign";
    const foreign = await github.checks.create(content(name, { externalId: "somebody's", title: "Theirs" }));
    await publishCheck(github, content(name));
    expect(await runs(name)).toHaveLength(2);
    expect((await runs(name)).find((run) => run.id === foreign.id)).toMatchObject({ title: "Theirs" });
  });

  it("writes nothing when it says the same already", async () => {
    const name = "same";
    await publishCheck(github, content(name, { annotations: has.annotations ? annotations(3) : [] }));
    proxy.takeWrites();
    const again = await publishCheck(github, content(name, { annotations: has.annotations ? annotations(3) : [] }));
    expect(again).toMatchObject({ effect: "unchanged" });
    expect(proxy.takeWrites()).toEqual([]);
  });

  it("begins a new check run when a completed one is to be in progress again", async () => {
    const name = "again";
    await publishCheck(github, content(name));
    await publishCheck(github, content(name, { conclusion: undefined }));
    expect((await runs(name)).map((run) => run.conclusion)).toEqual(["failure", undefined]);
  });

  it("makes one check when the answer to its creation is lost", async () => {
    const name = "lost";
    proxy.faults.push({ matches: ({ method }) => method === "POST", when: "after", answer: 502, times: 1 });
    // GraphQL is a POST too: whose token this is must be known before the fault is due.
    await github.comments.viewer();
    await publishCheck(github, content(name));
    expect(await runs(name)).toHaveLength(1);
  });

  if (has.annotations) {
    it("sends 120 annotations in three requests, and is in progress until the last", async () => {
      const name = "many";
      proxy.takeWrites();
      await publishCheck(github, content(name, { annotations: annotations(120) }));
      expect(proxy.takeWrites().map((write) => write.split(" ")[0])).toEqual(["POST", "PATCH", "PATCH"]);
      const [run] = await runs(name);
      expect(run).toMatchObject({ conclusion: "failure", annotationCount: 120 });
      expect(await github.checks.annotations(run?.id ?? 0)).toEqual(annotations(120));
    });

    it("goes on where a broken publication ended", async () => {
      const name = "broken";
      proxy.faults.push({ matches: ({ method }) => method === "PATCH", when: "before", answer: 500, times: 1 });
      await publishCheck(github, content(name, { annotations: annotations(120) }));
      const [run, ...more] = await runs(name);
      expect(more).toEqual([]);
      expect(run).toMatchObject({ conclusion: "failure", annotationCount: 120 });
    });

    it("adds annotations only once when the answer to an update is lost", async () => {
      const name = "lost update";
      proxy.faults.push({ matches: ({ method }) => method === "PATCH", when: "after", answer: 500, times: 1 });
      await publishCheck(github, content(name, { annotations: annotations(120) }));
      expect(await runs(name)).toMatchObject([{ annotationCount: 120 }]);
    });

    it("replaces a check with annotations that no longer hold, as GitHub never takes one away", async () => {
      const name = "stale";
      await publishCheck(github, content(name, { annotations: annotations(2) }));
      await publishCheck(github, content(name, { annotations: annotations(2, 2) }));
      const all = await runs(name);
      expect(all).toHaveLength(2);
      expect(await github.checks.annotations(all.at(-1)?.id ?? 0)).toEqual(annotations(2, 2));
    });
  }

  it("refuses a summary past GitHub's limit before it asks anything", async () => {
    const requests = proxy.requests.length;
    await expect(publishCheck(github, content("long", { summary: "x".repeat(65_536) }))).rejects.toThrow(/65536 .*65535/);
    expect(proxy.requests.length).toBe(requests);
  });
});
