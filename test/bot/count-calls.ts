import type { RecordedRequest } from "../../src/embedded-github/embedded-github.ts";
import { startCheckedGitHub } from "../openapi/checked-github.ts";
import { createWorld } from "./world.ts";

export interface CountedCalls {
  /** From opened to its verdict: when it was opened, and when its run had ended. */
  first: Looks;
  /** From a push to the verdict about it. */
  later: Looks;
}
type Looks = readonly [pending: readonly RecordedRequest[], verdict: readonly RecordedRequest[]];

/**
 * What a pull request costs in requests to GitHub: GitHub knows the app already, which has a token and has seen the base branch.
 * Where artifacts lie is no API: what is read there counts nowhere.
 * @param comments by others, while its model is trained
 */
export async function countCalls(comments: number): Promise<CountedCalls> {
  const github = await startCheckedGitHub();
  const world = await createWorld({ github });
  try {
    const before = await world.open({ "train.py": "before" }, { branch: "before" });
    await world.run(before);
    await world.reconcile(world.subject(before.number));

    const look = async (number: number) => {
      const from = github.requests.length;
      await world.reconcile(world.subject(number));
      return github.requests.slice(from).filter(({ endpoint }) => !endpoint?.includes("/_storage/"));
    };
    const pull = await world.open({ "train.py": "opened" });
    const opened = await look(pull.number);
    for (let index = 0; index < comments; index += 1)
      await github.addComment({ number: pull.number, author: "contributor", body: `Remark ${index}` });
    await world.run(pull);
    const first = [opened, await look(pull.number)] as const;
    world.push("change", { "train.py": "pushed" });
    const head = await github.refreshPullRequest(pull.number);
    const pushed = await look(pull.number);
    await world.run(head);
    return { first, later: [pushed, await look(pull.number)] };
  } finally {
    await world.close();
    await github.close();
  }
}
