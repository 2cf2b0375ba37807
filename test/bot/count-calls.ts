import type { RecordedRequest } from "../../src/embedded-github/embedded-github.ts";
import { startCheckedGitHub } from "../openapi/checked-github.ts";
import { runApp } from "../scenarios/running-app.ts";
import { createPlace } from "./world.ts";

export interface CountedCalls {
  /** From opened to its verdict: when it was opened, and when its run had ended. */
  first: Looks;
  /** From a push to the verdict about it. */
  later: Looks;
}
type Looks = readonly [pending: readonly RecordedRequest[], verdict: readonly RecordedRequest[]];

/**
 * What a pull request costs in requests to GitHub, of the app as it runs and hears of it by webhooks: it has a token and has seen the
 * base branch. Every request counts but those for the token; where artifacts lie is no API.
 * @param comments by others, while its model is trained
 */
export async function countCalls(comments: number): Promise<CountedCalls> {
  const github = await startCheckedGitHub();
  const place = await createPlace({ github });
  const app = await runApp(github, [place.fullName]);
  try {
    const requestsOf = async (act: () => Promise<unknown>) => {
      const from = github.requests.length;
      await act();
      await app.rest();
      return github.requests.slice(from).filter(({ endpoint = "" }) => !/\/_storage\/|\/access_tokens$/.test(endpoint));
    };
    await requestsOf(async () => place.run(await place.open({ "train.py": "before" }, { branch: "before" })));

    let pull = { number: 0 } as Awaited<ReturnType<typeof place.open>>;
    const opened = await requestsOf(async () => {
      pull = await place.open({ "train.py": "opened" });
    });
    for (let index = 0; index < comments; index += 1)
      await github.addComment({ number: pull.number, author: "contributor", body: `Remark ${index}` });
    await app.rest();
    const first = [opened, await requestsOf(() => place.run(pull))] as const;
    const pushed = await requestsOf(async () => {
      place.push("change", { "train.py": "pushed" });
      pull = await github.refreshPullRequest(pull.number);
    });
    return { first, later: [pushed, await requestsOf(() => place.run(pull))] };
  } finally {
    await app.stop();
    await github.close();
  }
}
