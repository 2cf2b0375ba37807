import { beforeAll, describe, expect, it } from "vitest";
import { recallMemory } from "../../../bot/reconcile/memory.ts";
import { type Request, requestKey } from "../../../bot/request.ts";
import { checkName } from "../../../src/report/check.ts";
import { createEvaluation } from "../../flows/create-judgement.ts";
import { hostileConversations } from "./conversations.ts";
import { click, nextSecond, openForApproval, pushTo, runForApproval } from "./people.ts";
import { type Opened, plainText, type Scene } from "./scene.ts";
import type { Stage } from "./stage.ts";
import type { Tally } from "./tally.ts";

/** Owners by the base branch's word, each of whom one conversation is about. */
const leavers = ["removed", "demoted", "clicker", "reviewer", "waiver"];

/** Has people decide about pull requests, and something happen before the app comes to it. */
export function playConversations(tally: Tally, stage: Stage): void {
  tally.declare(hostileConversations.length + voided.length);
  describe("what was asked for", () => {
    const scene = stage.scene("conversations", { owners: ["owner", ...leavers] });
    const told = new Map<string, { pull: Opened; request: Request }>();

    // GitHub's times have whole seconds: in the first all is shown, in the second asked, in the third meddled with.
    beforeAll(async () => {
      const { github, fullName } = scene().world;
      for (const login of [...leavers, "trainer"])
        await github.setPermission({ repository: fullName, login, permission: "write" });
      const opened = new Map<string, Opened>();
      for (const { name, opens = openForApproval } of hostileConversations) opened.set(name, await opens(scene()));
      await nextSecond();
      for (const { name, says } of hostileConversations) {
        const pull = at(opened, name);
        told.set(name, { pull, request: await says(scene(), pull) });
      }
      await nextSecond();
      for (const { name, meanwhile } of hostileConversations) {
        const { pull, request } = at(told, name);
        told.set(name, { request, pull: (await meanwhile?.(scene(), pull, request)) ?? pull });
      }
    }, 600_000);

    it.each(hostileConversations)("by $name is not done", async ({ name, answer }) => {
      const { world } = scene();
      const { pull, request } = at(told, name);
      const subject = world.subject(pull.number);
      await world.store.addRequest(subject, request);
      await scene().look(pull);
      const { asked, dispatches } = await recallMemory(world.store, subject);
      const answered = asked.find((known) => known.request === requestKey(request));
      tally.expectNone("passed", [...dispatches, ...(answered?.records ?? [name])]);
      if (answer === "none") expect(answered?.answer).toBe("");
      else expect(plainText(answered?.answer ?? "")).toMatch(answer);
      tally.played("conversations");
    });
  });

  describe("an approval that was given", () => {
    const scene = stage.scene("approvals");

    it.each(voided)("does not count for $name", async ({ becomes, says }) => {
      const { world } = scene();
      const pull = await openForApproval(scene());
      await click(scene(), pull, "approve");
      await world.reconcile(world.subject(pull.number));
      // Or nothing here would mean anything.
      const check = world.github.checks(pull.headSha).findLast(({ name }) => name === checkName);
      expect(check?.conclusion).toBe("success");
      expect(await scene().look(await becomes(scene(), pull))).toMatch(says);
      tally.played("moved heads");
    });
  });
}

interface VoidedApproval {
  name: string;
  /** @returns what is looked at then */
  becomes(scene: Scene, pull: Opened): Promise<Opened>;
  says: RegExp;
}

const voided: readonly VoidedApproval[] = [
  {
    name: "a head that was pushed since",
    async becomes(scene, pull) {
      const head = await pushTo(scene, pull);
      await runForApproval(scene, head);
      return head;
    },
    says: /does not count any more/,
  },
  {
    name: "a head that took the place of all that was there",
    async becomes(scene, pull) {
      scene.world.push(pull.branch, { "test.csv": "x,y\n7,7\n" }, { from: "main" });
      const head = { ...(await scene.world.github.refreshPullRequest(pull.number)), branch: pull.branch };
      await runForApproval(scene, head);
      return head;
    },
    says: /does not count any more/,
  },
  {
    name: "another result of the same head",
    async becomes(scene, pull) {
      await scene.world.run(pull, { planned: { testSetChanged: true }, evaluation: createEvaluation(0.03) });
      return pull;
    },
    says: /does not count any more/,
  },
  {
    name: "another pull request with the same inputs and the same result",
    async becomes(scene, pull) {
      const other = await scene.open({ "test.csv": "x,y\n8,8\n" });
      await scene.world.run(other, { planned: { testSetChanged: true }, inputs: pull.headSha });
      return other;
    },
    says: /owner/,
  },
];

function at<Value>(known: ReadonlyMap<string, Value>, name: string): Value {
  const value = known.get(name);
  if (value === undefined) throw new Error(`${name} was not told.`);
  return value;
}
