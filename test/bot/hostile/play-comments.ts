import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { onIssueComment } from "../../../bot/handlers/issue-comment.ts";
import { recallMemory } from "../../../bot/reconcile/memory.ts";
import { type EmbeddedGitHub, startEmbeddedGitHub } from "../../../src/embedded-github/embedded-github.ts";
import type { PullRequestShas } from "../../../src/embedded-github/pull-request-lifecycle.ts";
import { ledgerBranch } from "../../../src/ledger/ledger.ts";
import { type HostileComment, hostileComments } from "../../fixtures/hostile/comments.ts";
import { worse } from "../../flows/create-judgement.ts";
import { createWorld, type World } from "../world.ts";
import { liveIn } from "./live.ts";
import { createScene, type Scene } from "./scene.ts";
import type { Tally } from "./tally.ts";

/** As many as are answered in one look; the app remembers twenty. */
const together = 12;

/** Writes the corpus' comments on a pull request whose gate failed, which a waiver or an approval might let through. */
export function playComments(tally: Tally): void {
  tally.declare(hostileComments.length);
  describe("comments", () => {
    let github: EmbeddedGitHub;
    let world: World;
    let scene: Scene;
    let pull: PullRequestShas;

    beforeAll(async () => {
      github = await startEmbeddedGitHub();
      world = await createWorld({ github });
      scene = createScene(world);
      pull = await world.open({ "train.py": "2" });
      await world.run(pull, { evaluation: worse });
      await scene.look(pull);
    });
    afterAll(async () => {
      await world?.close();
      await github?.close();
    });

    const batches = Array.from({ length: Math.ceil(hostileComments.length / together) }, (_, batch) => {
      const cases = hostileComments.slice(batch * together, (batch + 1) * together);
      return { from: cases[0]?.name, cases };
    });

    it.each(batches)("from $from on are not followed, and whoever meant a command is told why", async ({ cases }) => {
      const subject = world.subject(pull.number);
      const written: { id: number; comment: HostileComment }[] = [];
      for (const comment of cases) {
        const { body, author = "owner" } = comment;
        const { id } = await github.addComment({ number: pull.number, author, body });
        const place = { installation: { id: 1 }, repository: { id: 10, name: "models", owner: { login: "acme" } } };
        const payload = { ...place, action: "created", issue: { number: pull.number, pull_request: {} }, comment: { id, body } };
        const heard = onIssueComment(payload, { guid: "1", receivedAt: new Date(), appId: 1 });
        expect(heard === undefined, comment.name).toBe(comment.says === "none");
        // As if it had been heard all the same: what counts is what is read.
        await world.store.addRequest(subject, { kind: "comment", id });
        written.push({ id, comment });
      }
      await scene.look(pull);
      const { asked, dispatches } = await recallMemory(world.store, subject);
      expect(dispatches).toEqual([]);
      expect(await ledgerFiles()).toEqual([]);
      for (const { id, comment } of written) {
        const answer = asked.find(({ request }) => request === `comment:${id}`);
        expect(answer?.records, comment.name).toEqual([]);
        expect(liveIn(answer?.answer ?? "", []), comment.name).toEqual([]);
        if (comment.says === "none") expect(answer?.answer, comment.name).toBe("");
        else expect(plain(answer?.answer ?? ""), comment.name).toMatch(comment.says);
        tally.played("comments");
      }
    });

    async function ledgerFiles(): Promise<readonly string[]> {
      const connected = await world.context.app.connect(
        world.repository.installation,
        { owner: "acme", name: world.repository.name },
        new AbortController().signal,
      );
      return connected.contents.list("", ledgerBranch);
    }
  });
}

/** As people read it. */
function plain(markdown: string): string {
  return markdown.replace(/&#8203;|\u200b|\\(?=[!-/:-@[-`{-~])/g, "");
}
