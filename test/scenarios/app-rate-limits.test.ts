import { expect, it, onTestFinished } from "vitest";
import { createWork } from "../../bot/work.ts";
import type { PullRequestShas } from "../../src/embedded-github/pull-request-lifecycle.ts";
import type { Exchange, RecordedRequest } from "../../src/embedded-github/traffic.ts";
import { checkName } from "../../src/report/check.ts";
import { createPlace } from "../bot/world.ts";
import { startCheckedGitHub } from "../openapi/checked-github.ts";
import { runApp } from "./running-app.ts";

const repositories = 20;
const updates = 100;
/** GitHub's own limits of half a minute, which lasts three seconds here. */
const minuteMs = 3_000;
const rateLimits = { requestsPerHour: 5_000, pointsPerMinute: 450, creationsPerMinute: 40, creationsPerHour: 500, minuteMs };

it("answers 100 updates over 20 repositories within GitHub's limits, and waits as long as it is asked to", {
  timeout: 300_000,
}, async () => {
  const clock = createClock();
  const onExchange = ({ status }: Exchange) => {
    if (status === 403) clock.goOn(minuteMs);
  };
  const github = await startCheckedGitHub({ rateLimits, now: clock.now, onExchange });
  onTestFinished(() => github.close());
  const names = Array.from({ length: repositories }, (_, at) => `models-${at}`);
  const places = await Promise.all(names.map((name) => createPlace({ github, name })));
  let looks = 0;
  const running = await runApp(
    github,
    places.map(({ fullName }) => fullName),
    (parts) => {
      const work = createWork(parts);
      return {
        ...work,
        reconcile(subject, signal) {
          looks += 1;
          return work.reconcile(subject, signal);
        },
      };
    },
  );
  onTestFinished(() => running.stop());
  // All at once, however fast this machine is.
  github.holdWebhooks();
  const opened = places.map(async (place) => {
    const pulls: PullRequestShas[] = [];
    for (let update = 0; update < updates / repositories; update += 1) {
      const pull = await place.open({ "train.py": `${update} of ${place.name}` }, { branch: `change-${update}` });
      await place.run(pull);
      pulls.push(pull);
    }
    return pulls;
  });
  const pulls = (await Promise.all(opened)).flat();
  const before = github.requests.length;
  clock.stand();
  const began = Date.now();
  await github.releaseWebhooks(undefined, { together: true });
  await running.rest();
  const seconds = (Date.now() - began) / 1_000;

  const shown = pulls.map(({ number, headSha }) => ({
    checks: github.checks(headSha).flatMap(({ name, conclusion }) => (name === checkName ? [conclusion] : [])),
    comments: github.comments(number).length,
  }));
  expect(shown).toEqual(pulls.map(() => ({ checks: ["success"], comments: 1 })));
  expect(await running.bot.store.overview()).toMatchObject({ dead: 0 });

  const calls = github.requests.slice(before).filter(({ caller }) => caller === `installation ID ${running.installation}`);
  const pauses = pausesIn(calls);
  expect(pauses.length).toBeGreaterThanOrEqual(4);
  // A look that was refused ends, and the next is put off without asking.
  for (const { refused } of pauses) expect(refused).toBeLessThanOrEqual(underWay);
  const waited = pauses.reduce((sum, { from, until }) => sum + until - from, 0) / 1_000;
  process.stdout.write(
    `${updates} updates over ${repositories} repositories: ${calls.length} calls in ${seconds.toFixed(1)} s; ` +
      `${pauses.length} pauses, ${waited} s in all, with at most ${Math.max(...pauses.map(({ refused }) => refused))} calls refused in one; ` +
      `${looks - updates} of ${looks} looks put off\n`,
  );
});

/** A clock that stands still but for pauses, so that a slow machine meets the same limits as a fast one. */
function createClock() {
  let stood: number | undefined;
  let going: { since: number; milliseconds: number } | undefined;
  const now = () => {
    if (stood === undefined) return Date.now();
    if (!going) return stood;
    const gone = Date.now() - going.since;
    if (gone < going.milliseconds) return stood + gone;
    stood += going.milliseconds;
    going = undefined;
    return stood;
  };
  return {
    now,
    stand() {
      stood = Date.now();
    },
    goOn(milliseconds: number) {
      going ??= { since: Date.now(), milliseconds };
    },
  };
}

/** Subjects are looked at 8 at once, and a look asks for a run's jobs and artifacts together. */
const underWay = 8 * 2;

interface Pause {
  from: number;
  until: number;
  /** Requests that were answered with it. What needs less of the limit is still answered while the app has not read of it. */
  refused: number;
}

/** When GitHub asked for a pause, by its own log. */
function pausesIn(requests: readonly RecordedRequest[]): readonly Pause[] {
  const pauses: Pause[] = [];
  for (const { at: from, retryAfterSeconds } of requests.toSorted((a, b) => a.at - b.at)) {
    const pause = pauses.at(-1);
    if (retryAfterSeconds === undefined) continue;
    if (pause && from < pause.until) pause.refused += 1;
    else pauses.push({ from, until: from + retryAfterSeconds * 1_000, refused: 1 });
  }
  return pauses;
}
