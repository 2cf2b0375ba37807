import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CheckAnnotation, CheckContent } from "../../src/github/checks.ts";
import type { GitHub } from "../../src/github/github.ts";
import { createOctokitGitHub } from "../../src/github/octokit/octokit-github.ts";
import { publishCheck } from "../../src/publishing/publish-check.ts";
import { publishComment } from "../../src/publishing/publish-comment.ts";
import { type FaultyProxy, startFaultyProxy } from "../github/faulty-proxy.ts";
import { servers } from "../github/servers.ts";
import type { TestGitHub } from "../github/test-github.ts";

describe.each(servers)("publishing what was remembered, by the only writer, on $name", ({ start, has }) => {
  let server: TestGitHub;
  let proxy: FaultyProxy;
  let github: GitHub;

  beforeAll(async () => {
    server = await start();
    proxy = await startFaultyProxy(server.apiUrl);
    github = await createOctokitGitHub({ ...server.repository, token: server.token, apiUrl: proxy.url });
    const other = await createOctokitGitHub({ ...server.repository, token: server.otherToken, apiUrl: server.apiUrl });
    for (let index = 0; index < 250; index += 1) await other.comments.create(server.pullRequest, `remark ${index}`);
    await github.comments.viewer();
  });
  afterAll(async () => {
    await proxy?.close();
    await server?.close();
  });

  /** What was asked of GitHub meanwhile. */
  async function requestsOf<T>(act: () => Promise<T>): Promise<{ result: T; methods: string[] }> {
    const before = proxy.requests.length;
    const result = await act();
    return { result, methods: proxy.requests.slice(before).map(({ method }) => method) };
  }

  const alone = { exclusive: true };

  describe("a comment", () => {
    const planned = (name: string, text: string) => {
      const marker = `<!-- assay:${name} v1 -->`;
      return { number: server.pullRequest, marker, body: `${marker}\n${text}` };
    };
    const create = async (name: string) => {
      const { id } = await publishComment(github, planned(name, "first"), alone);
      return { id, body: planned(name, "first").body };
    };

    it("is created without a second look, after one through all comments", async () => {
      const { result, methods } = await requestsOf(() => publishComment(github, planned("new", "first"), alone));
      expect(methods).toEqual(["GET", "GET", "GET", "POST"]);
      const stored = await github.comments.get(result.id);
      expect(result).toEqual({ effect: "created", id: stored?.id, url: stored?.url, updatedAt: stored?.updatedAt, notes: [] });
    });

    it("is written in one request, and looked at in one when it is to stay", async () => {
      const known = await create("kept");
      const same = await requestsOf(() => publishComment(github, planned("kept", "first"), { known, ...alone }));
      expect([same.result.effect, same.methods]).toEqual(["unchanged", ["GET"]]);
      const next = await requestsOf(() => publishComment(github, planned("kept", "second"), { known, ...alone }));
      expect([next.result.effect, next.result.id, next.methods]).toEqual(["updated", known.id, ["PATCH"]]);
    });

    it("is mended when somebody edited it, its marker too", async () => {
      const known = await create("edited");
      await github.comments.update(known.id, "Nothing to see here");
      const { result, methods } = await requestsOf(() => publishComment(github, planned("edited", "first"), { known, ...alone }));
      expect([result.effect, result.id, methods]).toEqual(["updated", known.id, ["GET", "PATCH"]]);
    });

    it.each(["first", "second"])("is searched for, then made again, when it is gone (%s)", async (text) => {
      const known = { id: 987_654, body: planned("gone", "first").body };
      const { result } = await requestsOf(() => publishComment(github, planned(`gone ${text}`, text), { known, ...alone }));
      expect(result).toMatchObject({ effect: "created" });
      const again = await publishComment(github, planned(`gone ${text}`, text), { known, ...alone });
      expect(again).toMatchObject({ effect: "unchanged", id: result.id });
    });

    it("is there once when the answer to its creation is lost", async () => {
      const matches = ({ method }: { method: string }) => method === "POST";
      proxy.faults.push({ matches, when: "after", answer: 502, times: 1 });
      const { id } = await publishComment(github, planned("lost", "text"), alone);
      const all = await github.comments.list(server.pullRequest);
      expect(all.filter(({ body }) => body.startsWith("<!-- assay:lost v1")).map((comment) => comment.id)).toEqual([id]);
    });
  });

  describe("a check", () => {
    const annotations = (...lines: number[]): CheckAnnotation[] =>
      lines.map((line) => ({
        ...{ path: "assay.yml", startLine: line, endLine: line, level: "failure" },
        ...{ title: `gate ${line}`, message: `Gate ${line} failed.` },
      }));
    const content = (name: string, overrides: Partial<CheckContent> = {}): CheckContent => ({
      ...{ name, headSha: server.headSha, externalId: "assay:verdict", conclusion: "failure" },
      ...{ title: "Blocked", summary: "2 of 3 gates failed", annotations: [], ...overrides },
    });
    const create = async (of: CheckContent) => ({ id: (await publishCheck(github, of, alone)).id, content: of });
    const publish = (of: CheckContent, known: { id: number; content: CheckContent }) =>
      requestsOf(() => publishCheck(github, of, { known, ...alone }));
    const runs = (name: string) => github.checks.list(server.headSha, name);

    it("is created after one look, which is not repeated", async () => {
      const { result, methods } = await requestsOf(() => publishCheck(github, content("new"), alone));
      expect(methods).toEqual(["GET", "POST"]);
      const [stored] = await runs("new");
      expect(result).toEqual({ effect: "created", id: stored?.id, url: stored?.url });
    });

    it("needs no request when it says the same, and one when it says something else", async () => {
      const known = await create(content("kept"));
      const same = await publish(content("kept"), known);
      expect(same).toEqual({ result: { effect: "unchanged", id: known.id, url: undefined }, methods: [] });
      const next = await publish(content("kept", { conclusion: "success", title: "Passed" }), known);
      expect([next.result.effect, next.result.id, next.methods]).toEqual(["updated", known.id, ["PATCH"]]);
    });

    it("is written again for other buttons alone", async () => {
      const action = { label: "Retrain", description: "Train it again", identifier: "retrain" };
      const known = await create(content("buttons", { actions: [action] }));
      expect((await publish(content("buttons", { actions: [{ ...action }] }), known)).methods).toEqual([]);
      expect((await publish(content("buttons", { actions: [] }), known)).methods).toEqual(["PATCH"]);
      expect((await publish(content("buttons"), known)).methods).toEqual([]);
    });

    it("is searched for when its id is gone, or the memory is of another commit", async () => {
      const { id } = await create(content("lost id"));
      const next = content("lost id", { title: "Next" });
      const gone = await publish(next, { id: 987_654, content: content("lost id") });
      expect([gone.result.effect, gone.result.id, gone.methods]).toEqual(["updated", id, ["PATCH", "GET", "PATCH"]]);
      const elsewhere = { id: 987_654, content: { ...next, headSha: server.mainSha } };
      expect((await publish(next, elsewhere)).result).toMatchObject({ effect: "unchanged", id });
    });

    it("is begun anew, once, when a completed one is to be in progress again", async () => {
      const known = await create(content("again"));
      const open = content("again", { conclusion: undefined });
      const first = await publish(open, known);
      expect([first.result.effect, first.methods]).toEqual(["created", ["GET", "POST"]]);
      // As after a crash between the creation and remembering it.
      expect((await publish(open, known)).result).toMatchObject({ effect: "unchanged", id: first.result.id });
      expect(await runs("again")).toHaveLength(2);
    });

    it("is there once when the answer to its creation is lost", async () => {
      proxy.faults.push({ matches: ({ method }) => method === "POST", when: "after", answer: 502, times: 1 });
      const { id } = await publishCheck(github, content("lost"), alone);
      expect((await runs("lost")).map((run) => run.id)).toEqual([id]);
    });

    it("gets its buttons also when the first request for them never arrived", async () => {
      const action = { label: "Retrain", description: "Train it again", identifier: "retrain" };
      const known = await create(content("lost buttons"));
      proxy.faults.push({ matches: ({ method }) => method === "PATCH", when: "before", answer: 502, times: 1 });
      const { result, methods } = await publish(content("lost buttons", { actions: [action] }), known);
      expect([result.effect, methods]).toEqual(["updated", ["PATCH"]]);
    });

    if (has.annotations) {
      it("gets each annotation once, whatever was remembered of it", async () => {
        const known = await create(content("annotated", { annotations: annotations(1, 2) }));
        expect((await publish(content("annotated", { annotations: annotations(1, 2), title: "Next" }), known)).methods).toEqual([
          "PATCH",
        ]);
        const more = content("annotated", { annotations: annotations(1, 2, 3) });
        expect((await publish(more, known)).methods).toEqual(["GET", "GET", "PATCH"]);
        await publish(more, known);
        expect(await github.checks.annotations(known.id)).toEqual(annotations(1, 2, 3));
      });

      it("is replaced, once, when an annotation no longer holds", async () => {
        const known = await create(content("stale", { annotations: annotations(1, 2) }));
        const fewer = content("stale", { annotations: annotations(2) });
        const first = await publish(fewer, known);
        expect(first.result.effect).toBe("created");
        expect((await publish(fewer, known)).result).toMatchObject({ effect: "unchanged", id: first.result.id });
        expect(await runs("stale")).toHaveLength(2);
      });
    }
  });
});
