import type { PullRequestShas } from "../../src/embedded-github/pull-request-lifecycle.ts";
import { checkName } from "../../src/report/check.ts";
import type { Place } from "../bot/world.ts";
import { better, worse } from "../flows/create-judgement.ts";
import type { Act } from "./plan-schedule.ts";

export interface Pull extends PullRequestShas {
  heads: string[];
  /** Whether the latest run on the head passes; undefined: there is none. */
  passes: boolean | undefined;
  /** The newest run on the head that has ended: it speaks for the head. */
  newest: number;
}

/** What people and their workflows do at a place, and what they may then expect. */
export interface People {
  readonly pulls: readonly Pull[];
  /** Comments that ask for something. */
  readonly commands: readonly { id: number; number: number }[];
  perform(act: Act): Promise<void>;
  /** Every head gets a run if it has none. */
  finish(): Promise<void>;
}

/** Opens the pull requests. */
export async function createPeople(place: Place, count: number): Promise<People> {
  const { github } = place;
  const pulls: Pull[] = [];
  const commands: { id: number; number: number }[] = [];
  for (let number = 0; number < count; number += 1) {
    const opened = await place.open({ "train.py": `of ${number}` }, { branch: `change-${number}` });
    pulls.push({ ...opened, heads: [opened.headSha], passes: undefined, newest: 0 });
  }
  const people: People = {
    pulls,
    commands,
    async finish() {
      for (const [place, { passes }] of pulls.entries())
        if (passes === undefined) await people.perform({ kind: "run", pull: place, passes: true });
    },
    async perform(act) {
      const pull = pulls[act.pull];
      if (!pull) throw new Error(`there is no pull request ${act.pull}`);
      switch (act.kind) {
        case "run":
          speakFor(pull, await place.run(pull, { evaluation: act.passes ? better : worse }), act.passes);
          return;
        case "push":
          place.push(`change-${act.pull}`, { "train.py": `of ${act.pull}, ${pull.heads.length}` });
          Object.assign(pull, await github.refreshPullRequest(pull.number), { passes: undefined, newest: 0 });
          pull.heads.push(pull.headSha);
          return;
        case "finish-dispatched": {
          const started = github
            .dispatches()
            .find(
              ({ inputs, conclusion }) =>
                inputs["head-sha"] === pull.headSha && conclusion === null && inputs["pull-request"] === String(pull.number),
            );
          if (!started) return;
          await place.finishDispatched(pull, started.runId, { evaluation: act.passes ? better : worse });
          speakFor(pull, started.runId, act.passes);
          return;
        }
        case "comment": {
          const { id } = await github.addComment({ number: pull.number, author: act.author, body: act.body });
          if (act.body.startsWith("/assay")) commands.push({ id, number: pull.number });
          return;
        }
        case "button": {
          const check = github.checks(pull.headSha).findLast(({ name, appSlug }) => name === checkName && appSlug === "assay");
          if (check?.actions.some(({ identifier }) => identifier === act.button))
            await github.clickButton({ checkRunId: check.id, identifier: act.button, by: act.by });
          return;
        }
        case "review":
          await github.review({ number: pull.number, author: act.author, state: "APPROVED" });
      }
    },
  };
  return people;
}

/** Ids grow: a run that was started before another does not speak for the head once that has ended, however late it ends itself. */
function speakFor(pull: Pull, runId: number, passes: boolean): void {
  if (runId < pull.newest) return;
  Object.assign(pull, { passes, newest: runId });
}
