import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAppKeys } from "../../src/embedded-github/app-tokens.ts";
import { type Act, planSchedule, type Schedule, waive } from "./plan-schedule.ts";
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
  pulls: ["plain"],
  turns: [{ act: { kind: "run", pull: 0, passes: true }, deliveries: all, work: "one", jump: 0, expire: false }],
  deaths: [],
  faults: [
    { method: "POST", pathPattern: /\/check-runs$/, status: 502, afterEffect: true },
    { method: "POST", pathPattern: /\/comments$/, status: 502, afterEffect: true },
  ],
};
/** Two processes with work on one pull request. */
const atOnce: Schedule = { ...lostAnswers, faults: [], turns: lostAnswers.turns.map((turn) => ({ ...turn, work: "both" })) };

/** One thing after the other, and nothing goes wrong. */
const calmly = (...acts: Act[]): Schedule => ({
  ...atOnce,
  pulls: ["guarded"],
  turns: acts.map((act) => ({ act, deliveries: all, work: "one", jump: 0, expire: false })),
});
const run = (passes: boolean): Act => ({ kind: "run", pull: 0, passes });
const say = (body: string): Act => ({ kind: "comment", pull: 0, author: "owner", body });
const decided = {
  records: calmly(run(false), say(waive)),
  trainings: calmly(run(true), say("/assay retrain")),
  clicks: calmly(run(true), { kind: "button", pull: 0, by: "owner", button: "approve" }),
  reviews: calmly(run(true), { kind: "review", pull: 0, author: "owner" }),
} as const;
const parts = Object.keys(decided) as (keyof typeof decided)[];

const play = (schedule: Schedule, weakening?: Weakening) => playSchedule(schedule, stage, [], weakening);

describe("what the chaos runs look for", () => {
  it("is not there as the app is", { timeout: 120_000 }, async () => {
    for (const schedule of [lostAnswers, atOnce])
      expect(await play(schedule)).toMatchObject({ lost: [], duplicate: [], wrong: [] });
    for (const part of parts) {
      const { records, trainings, ...flaws } = await play(decided[part]);
      expect(flaws).toMatchObject({ lost: [], duplicate: [], wrong: [] });
      expect([records, trainings]).toEqual(part === "trainings" ? [0, 1] : [1, 0]);
    }
  });

  it("shows when nothing is read back after a lost answer", { timeout: 120_000 }, async () => {
    expect((await play(lostAnswers, "read-back")).duplicate).not.toEqual([]);
  });

  it("shows when two work on one pull request at once", { timeout: 120_000 }, async () => {
    expect((await play(atOnce, "lock")).duplicate).not.toEqual([]);
  });

  it.each(parts)("shows when there are no %s, also where nothing else goes wrong", { timeout: 120_000 }, async (part) => {
    expect((await play(decided[part], part)).lost).not.toEqual([]);
  });
});
