import { startEmbeddedGitHub } from "../../src/embedded-github/embedded-github.ts";
import { createPlace } from "../bot/world.ts";
import { type Flaws, inspect } from "./inspect.ts";
import { createKillableApp } from "./killable-app.ts";
import { createPeople } from "./people.ts";
import type { Schedule } from "./plan-schedule.ts";
import type { Stage } from "./stage.ts";
import type { Weakening } from "./weaken.ts";

/** What became of a schedule. */
export interface Tally extends Flaws {
  faults: number;
  deaths: number;
  lostDeliveries: number;
  effects: number;
  /** Records in the ledger, and runs that were started. */
  records: number;
  trainings: number;
  /** What was done, in which order; empty where all is as it should be. */
  story: readonly string[];
}

/** Before each request of the story. */
const asked = "  ";

/** Retries have pauses, which are skipped; so many rounds are enough for all tries of a subject. */
const maxRounds = 30;

/**
 * Plays a schedule to its end, lets the app sweep once without any more trouble, and looks at what there is.
 * @param story what is done is told here as it is
 */
export async function playSchedule(schedule: Schedule, stage: Stage, story: string[], weakening?: Weakening): Promise<Tally> {
  await stage.clear();
  const github = await startEmbeddedGitHub();
  const place = await createPlace({ github });
  const app = await createKillableApp(place, schedule, stage, weakening);
  let lostDeliveries = 0;
  const tell = (what: string) => {
    const told = story.filter((line) => line.startsWith(asked)).length;
    for (const { method, path, status } of github.requests.slice(told)) story.push(`${asked}${method} ${path} ${status}`);
    story.push(what);
  };
  try {
    for (const fault of schedule.faults) github.failNext(fault);
    const people = await createPeople(place, schedule.pulls, app.login);

    for (const { act, deliveries, work, jump, expire } of schedule.turns) {
      tell(JSON.stringify({ act, deliveries, work, jump, expire }));
      app.jump(jump);
      if (expire) github.expireTokens();
      github.holdWebhooks();
      await people.perform(act);
      await github.releaseWebhooks(
        (waiting) => {
          const click = waiting.find(({ webhook: { action } }) => action === "requested_action");
          if (click) people.clicked(click.webhook.guid);
          const sent = deliveries.lose ? waiting.slice(1) : waiting;
          lostDeliveries += waiting.length - sent.length;
          const repeated = deliveries.twice ? [...sent, ...sent] : sent;
          return deliveries.reverse ? repeated.toReversed() : repeated;
        },
        { together: deliveries.together },
      );
      tell("Delivered");
      if (weakening === "lock") await app.workWithoutLock(people.pulls.map(({ number }) => number));
      if (work !== "none") await app.work(work);
      await stage.timePasses();
      people.look();
    }

    await people.finish();
    tell("What is under way settles");
    await github.settled();
    const faults = github.endFaults();
    tell("No more trouble, and a sweep");
    await app.calm();
    await stage.timePasses();
    await app.sweep();
    await github.settled();
    for (let round = 0; round < maxRounds; round += 1) {
      await app.work("one");
      if ((await stage.countJobs()) === 0) break;
      await stage.timePasses();
    }
    tell("The end");
    const { pulls, asks } = people;
    const { records, trainings, ...flaws } = inspect({ github, gitFolder: place.gitFolder, bot: app.login, pulls, asks });
    const stuck = await stage.countJobs();
    const lost = [...flaws.lost, ...(stuck > 0 ? [`${stuck} subjects are never done with`] : [])];
    const { deaths, effects } = app;
    const isFine = [lost, flaws.duplicate, flaws.wrong].every(({ length }) => length === 0);
    return { ...flaws, lost, faults, deaths, lostDeliveries, effects, records, trainings, story: isFine ? [] : story };
  } finally {
    await app.close();
    await github.close();
  }
}
