import { beforeAll, describe, expect, it } from "vitest";
import { onIssueComment } from "../../../bot/handlers/issue-comment.ts";
import { recallMemory } from "../../../bot/reconcile/memory.ts";
import { type HostileComment, hostileComments } from "../../fixtures/hostile/comments.ts";
import { worse } from "../../flows/create-judgement.ts";
import { liveIn } from "./live.ts";
import { type Opened, plainText } from "./scene.ts";
import type { Stage } from "./stage.ts";
import type { Tally } from "./tally.ts";

/** As many as are answered in one look; the app remembers twenty. */
const together = 12;

/** Writes the corpus' comments on a pull request whose gate failed, which a waiver or an approval might let through. */
export function playComments(tally: Tally, stage: Stage): void {
  tally.declare(hostileComments.length);
  describe("comments", () => {
    const scene = stage.scene("comments");
    let pull: Opened;
    beforeAll(async () => {
      pull = await scene().open();
      await scene().world.run(pull, { evaluation: worse });
      await scene().look(pull);
    });

    const batches = Array.from({ length: Math.ceil(hostileComments.length / together) }, (_, batch) => {
      const cases = hostileComments.slice(batch * together, (batch + 1) * together);
      return { from: cases[0]?.name, cases };
    });

    it.each(batches)("from $from on are not followed, and whoever meant a command is told why", async ({ cases }) => {
      const { world } = scene();
      const subject = world.subject(pull.number);
      const written: { id: number; comment: HostileComment }[] = [];
      for (const comment of cases) {
        const { body, author = "owner" } = comment;
        const { id } = await world.github.addComment({ number: pull.number, author, body });
        const place = { installation: { id: 1 }, repository: { id: 10, name: "models", owner: { login: "acme" } } };
        const payload = { ...place, action: "created", issue: { number: pull.number, pull_request: {} }, comment: { id, body } };
        const heard = onIssueComment(payload, { guid: "1", receivedAt: new Date(), appId: 1 });
        expect(heard === undefined, comment.name).toBe(comment.says === "none");
        // As if it had been heard all the same: what counts is what is read.
        await world.store.addRequest(subject, { kind: "comment", id });
        written.push({ id, comment });
      }
      await scene().look(pull);
      const { asked, dispatches } = await recallMemory(world.store, subject);
      tally.expectNone("passed", [...dispatches, ...(await scene().records())]);
      for (const { id, comment } of written) {
        const answer = asked.find(({ request }) => request === `comment:${id}`);
        tally.expectNone("passed", answer?.records ?? [comment.name]);
        tally.expectNone("escapes", liveIn(answer?.answer ?? "", []));
        if (comment.says === "none") expect(answer?.answer, comment.name).toBe("");
        else expect(plainText(answer?.answer ?? ""), comment.name).toMatch(comment.says);
        tally.played("comments");
      }
    });
  });
}
