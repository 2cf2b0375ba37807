import { expect, it } from "vitest";
import { describeMinutes } from "../../src/processes/time-limit.ts";

it("says one minute and several", () => {
  expect([1, 90].map(describeMinutes)).toEqual(["1 minute", "90 minutes"]);
});

it("says seconds where they are whole and minutes are not", () => {
  expect([1 / 60, 1.5, 0.1, 1 / 3].map(describeMinutes)).toEqual(["1 second", "90 seconds", "6 seconds", "20 seconds"]);
});
