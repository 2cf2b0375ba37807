import { setTimeout as sleep } from "node:timers/promises";
import { recallMemory } from "../../../bot/reconcile/memory.ts";
import { keyOf } from "../../../bot/subject.ts";
import type { PullRequestShas } from "../../../src/embedded-github/pull-request-lifecycle.ts";
import { digestOf } from "../../../src/evidence/digest.ts";
import type { Decision } from "../../../src/ledger/decision.ts";
import type { Opened, Scene } from "./scene.ts";

let opened = 0;

/** A pull request that changed the test set and was shown, so that an owner's approval is all that it lacks. */
export async function openForApproval(scene: Scene): Promise<Opened> {
  opened += 1;
  const pull = await scene.open({ "test.csv": `x,y\n${opened},1\n` });
  await runForApproval(scene, pull);
  return pull;
}

/** A run on the head as it is now, which is shown. */
export async function runForApproval(scene: Scene, pull: PullRequestShas): Promise<void> {
  await scene.world.run(pull, { planned: { testSetChanged: true } });
  await scene.look(pull, { once: true });
}

/** A push to its branch, that nobody has looked at. @returns it as it is then */
export async function pushTo({ world }: Scene, pull: Opened): Promise<Opened> {
  opened += 1;
  world.push(pull.branch, { "test.csv": `x,y\n${opened},1\n` });
  return { ...(await world.github.refreshPullRequest(pull.number)), branch: pull.branch };
}

/** Somebody clicks a button of what was shown. */
export async function click(
  { world }: Scene,
  pull: PullRequestShas,
  button: "approve" | "retrain",
  login = "owner",
): Promise<void> {
  opened += 1;
  // GitHub's times have whole seconds, and what was shown in the same one counts as not seen.
  const at = new Date(Date.now() + 2_000).toISOString();
  const request = { kind: "button", id: `click-${opened}`, button, by: { id: 7, login }, headSha: pull.headSha, at } as const;
  await world.store.addRequest(world.subject(pull.number), request);
}

/** What the app would record if an owner approved what is shown. */
export async function approvalOf({ world }: Scene, pull: PullRequestShas): Promise<Decision> {
  const { shown } = await recallMemory(world.store, world.subject(pull.number));
  const resultDigest = shown.at(-1)?.results["fraud"] as `sha256:${string}`;
  return {
    schema: "assay.approval/v1",
    repositoryId: world.id,
    pullRequest: pull.number,
    headSha: pull.headSha,
    by: { id: 7, login: "owner" },
    at: new Date().toISOString(),
    model: "fraud",
    inputHash: digestOf(`inputs of ${pull.headSha}`),
    resultDigest,
    via: "command",
  };
}

/** The app's store is lost: it knows what GitHub says, and nothing else. */
export async function forget({ world }: Scene, pull: PullRequestShas): Promise<void> {
  await world.store.remember(keyOf(world.subject(pull.number)), undefined);
}

/** Until GitHub's clock shows another second. */
export async function nextSecond(): Promise<void> {
  await sleep(1_010 - (Date.now() % 1_000));
}
