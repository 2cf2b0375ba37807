import { expect, it } from "vitest";
import { describeMinutes } from "../../src/processes/time-limit.ts";

it("says one minute and several", () => {
  expect([1, 90].map(describeMinutes)).toEqual(["1 minute", "90 minutes"]);
});
