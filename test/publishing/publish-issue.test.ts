import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GitHub } from "../../src/github/github.ts";
import { createOctokitGitHub } from "../../src/github/octokit/octokit-github.ts";
import { findOwnIssues, type PlannedIssue, publishIssue } from "../../src/publishing/publish-issue.ts";
import { type FaultyProxy, startFaultyProxy } from "../github/faulty-proxy.ts";
import { servers } from "../github/servers.ts";
import type { TestGitHub } from "../github/test-github.ts";

const label = { name: "data-drift", color: "fbca04", description: "Live data is no longer like the data of the training" };

describe.each(servers)("publishing an issue, on $name", ({ start }) => {
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

  const planned = (marker: string, text: string, state: PlannedIssue["state"] = "open"): PlannedIssue => ({
    ...{ marker, label, title: `About ${text}`, body: `${marker}\n${text}`, state },
  });
  const publish = async (issue: PlannedIssue) => publishIssue(ours, issue, await findOwnIssues(ours, issue));
  const openOnes = async (marker: string) =>
    (await findOwnIssues(ours, { marker, label })).filter(({ state }) => state === "open");

  it("opens it with its label, changes it where the text differs, closes it and opens the same one again", async () => {
    const marker = "<!-- assay:life v1 -->";
    const created = await publish(planned(marker, "first"));
    const { number } = created.issue;
    expect(created).toMatchObject({ effect: "created", isAsPlanned: true, notes: [] });
    expect(created.issue).toMatchObject({ title: "About first", state: "open", labels: [label.name] });

    proxy.takeWrites();
    expect(await publish(planned(marker, "first\r\n\n"))).toMatchObject({ effect: "unchanged", issue: { number } });
    expect(proxy.takeWrites()).toEqual([]);

    const updated = await publish(planned(marker, "second"));
    expect(updated).toMatchObject({ effect: "updated", issue: { number, body: `${marker}\nsecond`, title: "About first" } });
    expect(await publish(planned(marker, "gone", "closed"))).toMatchObject({ issue: { number, state: "closed" } });
    const again = await publish(planned(marker, "back"));
    expect(again).toMatchObject({ effect: "updated", isAsPlanned: true, issue: { number, state: "open" } });
  });

  it("takes no issue for its own that somebody else wrote with its marker, and no marker further down", async () => {
    const marker = "<!-- assay:copied v1 -->";
    await ours.issues.ensureLabel(label);
    const copy = await other.issues.create({ title: "Copy", body: `${marker}\nforged`, labels: [label.name] });
    const quoted = await ours.issues.create({ title: "Quote", body: `See\n${marker}`, labels: [label.name] });
    const published = await publish(planned(marker, "true"));
    expect(published.effect).toBe("created");
    expect([copy.number, quoted.number]).not.toContain(published.issue.number);
    expect(await ours.issues.get(copy.number)).toMatchObject({ body: `${marker}\nforged`, state: "open" });
  });

  it.each([502, "closed"] as const)("opens one when the answer to its creation is lost (%s)", async (answer) => {
    const marker = `<!-- assay:lost-${answer} v1 -->`;
    proxy.faults.push({
      matches: ({ method, path }) => method === "POST" && path.endsWith("/issues"),
      ...{ when: "after", answer, times: 1 },
    });
    const published = await publish(planned(marker, "text"));
    expect((await openOnes(marker)).map(({ number }) => number)).toEqual([published.issue.number]);
  });

  it("ends with one that is open when two jobs publish at once, and only its author is told that it is as planned", async () => {
    const marker = "<!-- assay:race v1 -->";
    const both = await Promise.all(["one", "two"].map((text) => publishIssue(ours, planned(marker, text), [])));
    const [kept, ...more] = await openOnes(marker);
    expect(more).toEqual([]);
    for (const { issue, isAsPlanned, effect } of both) {
      expect(issue.number).toBe(kept?.number);
      expect(isAsPlanned).toBe(effect === "created");
    }
    expect(await publish(planned(marker, "later"))).toMatchObject({ effect: "updated", issue: { number: kept?.number } });
  });

  it("closes what is doubled, whichever is open being kept before what is closed", async () => {
    const marker = "<!-- assay:doubled v1 -->";
    const make = (text: string) => ours.issues.create({ title: text, body: `${marker}\n${text}`, labels: [label.name] });
    const closed = await make("closed by a person");
    await other.issues.update(closed.number, { state: "closed" });
    const first = await make("first");
    const second = await make("second");
    const published = await publish(planned(marker, "text"));
    expect(published.issue.number).toBe(first.number);
    expect(published.notes.join()).toContain(second.url);
    expect(await openOnes(marker)).toHaveLength(1);
  });

  it("says that somebody else wrote it at the same time", async () => {
    const marker = "<!-- assay:overwritten v1 -->";
    const { issue } = await publish(planned(marker, "first"));
    const found = await findOwnIssues(ours, planned(marker, ""));
    const slow: GitHub = {
      ...ours,
      issues: {
        ...ours.issues,
        update: async (number, change) => {
          const updated = await ours.issues.update(number, change);
          await ours.issues.update(number, { body: `${marker}\nof another job` });
          return updated;
        },
      },
    };
    const published = await publishIssue(slow, planned(marker, "second"), found);
    expect(published).toMatchObject({ isAsPlanned: false, issue: { number: issue.number } });
    expect(published.notes.join()).toMatch(/Somebody else wrote/);
  });

  it("refuses a body without its marker or past GitHub's limit before it asks anything", async () => {
    const requests = proxy.requests.length;
    await expect(publishIssue(ours, { ...planned("<!-- m -->", "x"), body: "text" }, [])).rejects.toThrow(/marker/);
    await expect(publishIssue(ours, planned("<!-- m -->", "x".repeat(70_000)), [])).rejects.toThrow(/65536/);
    expect(proxy.requests.length).toBe(requests);
  });
});
