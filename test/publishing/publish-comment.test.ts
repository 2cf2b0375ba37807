import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GitHub } from "../../src/github/github.ts";
import { createOctokitGitHub } from "../../src/github/octokit/octokit-github.ts";
import { publishComment } from "../../src/publishing/publish-comment.ts";
import { type FaultyProxy, startFaultyProxy } from "../github/faulty-proxy.ts";
import { servers } from "../github/servers.ts";
import type { TestGitHub } from "../github/test-github.ts";

describe.each(servers)("publishing a comment, on $name", ({ start }) => {
  let server: TestGitHub;
  let proxy: FaultyProxy;
  let ours: GitHub;
  let other: GitHub;

  beforeAll(async () => {
    server = await start();
    proxy = await startFaultyProxy(server.apiUrl);
    ours = await createOctokitGitHub({ ...server.repository, token: server.token, apiUrl: proxy.url });
    other = await createOctokitGitHub({ ...server.repository, token: server.otherToken, apiUrl: server.apiUrl });
  });
  afterAll(async () => {
    await proxy?.close();
    await server?.close();
  });

  const commentsWith = async (marker: string) =>
    (await ours.comments.list(server.pullRequest)).filter((comment) => comment.body.startsWith(marker));
  const planned = (marker: string, text: string) => ({ number: server.pullRequest, marker, body: `${marker}\n${text}` });

  it("edits its one comment among 250 by others, two of which copy its marker", async () => {
    const marker = "<!-- assay:report v1 -->";
    const copies: number[] = [];
    for (let index = 1; index <= 250; index++) {
      // With the one of ours after 150, a copy tops page 5 of GitHub's default 30 a page and another tops page 3 of 100.
      const isCopy = index === 121 || index === 200;
      const comment = await other.comments.create(server.pullRequest, isCopy ? `${marker}\nforged` : `remark ${index}`);
      if (isCopy) copies.push(comment.id);
      if (index === 150)
        expect(await publishComment(ours, planned(marker, "first"))).toMatchObject({ effect: "created", notes: [] });
    }
    proxy.takeWrites();

    const published = await publishComment(ours, planned(marker, "second"));

    expect(published).toMatchObject({ effect: "updated", notes: [] });
    expect(proxy.takeWrites()).toHaveLength(1);
    const marked = await commentsWith(marker);
    expect(marked.filter((comment) => comment.author.login === server.login)).toMatchObject([{ body: `${marker}\nsecond` }]);
    expect(marked.filter((comment) => copies.includes(comment.id)).map((comment) => comment.body)).toEqual([
      `${marker}\nforged`,
      `${marker}\nforged`,
    ]);
    expect(await ours.comments.list(server.pullRequest)).toHaveLength(251);
  });

  it("writes nothing when the body is the same", async () => {
    const marker = "<!-- assay:same v1 -->";
    await publishComment(ours, planned(marker, "text\n"));
    proxy.takeWrites();
    expect(await publishComment(ours, planned(marker, "text\r\n\n"))).toMatchObject({ effect: "unchanged" });
    expect(proxy.takeWrites()).toEqual([]);
  });

  it.each([502, "closed"] as const)("posts one comment when the answer to its creation is lost (%s)", async (answer) => {
    const marker = `<!-- assay:lost-${answer} v1 -->`;
    proxy.faults.push({
      matches: ({ method, path }) => method === "POST" && path.endsWith("/comments"),
      when: "after",
      answer,
      times: 1,
    });
    const published = await publishComment(ours, planned(marker, "text"));
    const stored = await commentsWith(marker);
    expect(stored).toHaveLength(1);
    expect(published).toMatchObject({ effect: "created", id: stored[0]?.id, url: stored[0]?.url, notes: [] });
  });

  it("posts it again when GitHub did not store it", async () => {
    const marker = "<!-- assay:not-stored v1 -->";
    proxy.faults.push({
      matches: ({ method, path }) => method === "POST" && path.endsWith("/comments"),
      when: "before",
      answer: 503,
      times: 1,
    });
    await publishComment(ours, planned(marker, "text"));
    expect(await commentsWith(marker)).toHaveLength(1);
  });

  it("keeps the oldest of several of its own and says so", async () => {
    const marker = "<!-- assay:twice v1 -->";
    const first = await ours.comments.create(server.pullRequest, `${marker}\nfirst`);
    const second = await ours.comments.create(server.pullRequest, `${marker}\nsecond`);
    const published = await publishComment(ours, planned(marker, "third"));
    expect(published).toMatchObject({ effect: "updated", url: first.url });
    expect(published.notes.join()).toMatch(/2 comments of ours/);
    expect(published.notes.join()).toContain(second.url);
    expect((await ours.comments.get(second.id))?.body).toBe(`${marker}\nsecond`);
  });

  it("ends with one comment that later runs find, when two jobs publish at once", async () => {
    const marker = "<!-- assay:race v1 -->";
    await Promise.all([publishComment(ours, planned(marker, "text")), publishComment(ours, planned(marker, "text"))]);
    const oldest = (await commentsWith(marker))[0];
    expect(await publishComment(ours, planned(marker, "later"))).toMatchObject({ effect: "updated", url: oldest?.url });
  });

  it("takes a marker only on the first line for its own", async () => {
    const marker = "<!-- assay:quoted v1 -->";
    await ours.comments.create(server.pullRequest, `Somebody asked about\n${marker}`);
    expect(await publishComment(ours, planned(marker, "text"))).toMatchObject({ effect: "created" });
  });

  it("refuses a body without its marker or past GitHub's limit before it asks anything", async () => {
    const requests = proxy.requests.length;
    await expect(publishComment(ours, { number: server.pullRequest, marker: "<!-- m -->", body: "text" })).rejects.toThrow(
      /marker/,
    );
    await expect(publishComment(ours, planned("<!-- m -->", "x".repeat(70_000)))).rejects.toThrow(/65536/);
    expect(proxy.requests.length).toBe(requests);
  });
});
