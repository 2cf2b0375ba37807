import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { createReconcile } from "../../../bot/reconcile/reconcile.ts";
import { keyOf } from "../../../bot/subject.ts";
import { checkName } from "../../../src/report/check.ts";
import { worse } from "../../flows/create-judgement.ts";
import { startCheckedGitHub } from "../../openapi/checked-github.ts";
import { connectApp } from "../test-app.ts";
import { createContext, createWorld } from "../world.ts";

it("believes GitHub, where the app starts on an older copy of its store: nothing is written twice, no decision is forgotten", async () => {
  const github = await startCheckedGitHub();
  const world = await createWorld({ github });
  try {
    const checks = (sha: string) => github.checks(sha).filter(({ name }) => name === checkName);
    const pull = await world.open({ "train.py": "2" });
    const subject = world.subject(pull.number);
    await world.run(pull, { evaluation: worse });
    await world.reconcile(subject);
    const older = await world.store.recall(keyOf(subject));

    await sleep(1_050 - (Date.now() % 1_000));
    const until = new Date(Date.now() + 30 * 24 * 60 * 60_000).toISOString().slice(0, 10);
    const body = `/assay waive fraud accuracy.no-worse-than --reason "known" --until ${until}`;
    const { id } = await github.addComment({ number: pull.number, author: "owner", body });
    await world.store.addRequest(subject, { kind: "comment", id });
    await world.reconcile(subject);
    world.push("change", { "train.py": "3" });
    const head = await github.refreshPullRequest(pull.number);
    await world.reconcile(subject);
    await world.run(head, { evaluation: worse });
    await world.reconcile(subject);
    expect(checks(head.headSha)).toMatchObject([{ conclusion: "success" }]);

    await world.store.remember(keyOf(subject), older);
    const reconcile = createReconcile(createContext(github, connectApp(github, world.app), world.store));
    for (const _ of [1, 2]) await reconcile(subject, new AbortController().signal);
    expect(checks(head.headSha)).toMatchObject([{ conclusion: "success" }]);
    expect(github.comments(pull.number).map(({ author }) => author)).toHaveLength(2);
  } finally {
    await world.close();
    await github.close();
  }
});
