import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAppKeys } from "../../src/embedded-github/app-tokens.ts";
import { planSchedule, type Schedule } from "./plan-schedule.ts";
import { playSchedule } from "./play-schedule.ts";
import { openStage, type Stage } from "./stage.ts";
import type { Weakening } from "./weaken.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage(await createAppKeys());
});
afterAll(() => stage?.close());

const calm = planSchedule(1);
const all = { lose: false, twice: false, reverse: false, together: true };

/** A verdict on a pull request while the answer to the creation of comment and check is lost. */
const lostAnswers: Schedule = {
  ...calm,
  pulls: 1,
  turns: [{ act: { kind: "run", pull: 0, passes: true }, deliveries: all, work: "one", jump: 0, expire: false }],
  deaths: [],
  faults: [
    { method: "POST", pathPattern: /\/check-runs$/, status: 502, afterEffect: true },
    { method: "POST", pathPattern: /\/comments$/, status: 502, afterEffect: true },
  ],
};
/** Two processes with work on one pull request. */
const atOnce: Schedule = { ...lostAnswers, faults: [], turns: lostAnswers.turns.map((turn) => ({ ...turn, work: "both" })) };

const play = (schedule: Schedule, weakening?: Weakening) => playSchedule(schedule, stage, weakening);

describe("what the chaos runs look for", () => {
  it("is not there as the app is", { timeout: 120_000 }, async () => {
    for (const schedule of [lostAnswers, atOnce])
      expect(await play(schedule)).toMatchObject({ lost: [], duplicate: [], wrong: [] });
  });

  it("shows when nothing is read back after a lost answer", { timeout: 120_000 }, async () => {
    expect((await play(lostAnswers, "read-back")).duplicate).not.toEqual([]);
  });

  it("shows when two work on one pull request at once", { timeout: 120_000 }, async () => {
    expect((await play(atOnce, "lock")).duplicate).not.toEqual([]);
  });
});
