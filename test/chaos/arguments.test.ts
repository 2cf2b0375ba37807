import { describe, expect, it } from "vitest";
import { parseChaosArguments } from "./arguments.ts";

describe("the arguments of npm run chaos", () => {
  it("are numbers and a part of the app", () => {
    expect(parseChaosArguments([])).toEqual({ schedules: 500, seed: 1, weaken: undefined });
    const args = ["--schedules", "10", "--seed=0", "--weaken", "clicks"];
    expect(parseChaosArguments(args)).toEqual({ schedules: 10, seed: 0, weaken: "clicks" });
    expect(parseChaosArguments(["--seed", "x", "--help"])).toBe("help");
  });

  it.each([
    [["--seed", "-5"], "--seed"],
    [["--seed=-5"], "--seed"],
    [["--seed=1e300"], "--seed"],
    [["--schedules", "0"], "--schedules"],
    [["--schedules", ""], "--schedules"],
    [["--weaken", "toString"], "--weaken"],
    [["--wekaen", "lock"], "--wekaen"],
    [["5"], "5"],
  ])("%j are refused by a sentence", (args, named) => {
    expect(parseChaosArguments(args)).toEqual({ wrong: expect.stringContaining(named) });
  });
});
