import { describe, expect, it } from "vitest";
import { parseSimulateArguments, usageOfSimulate } from "./arguments.ts";

const known = ["coverage", "aa"];

describe("the arguments of npm run simulate", () => {
  it("are names of simulations", () => {
    expect(parseSimulateArguments(["aa", "--quick"], known)).toEqual({ names: ["aa"], quick: true, docs: false });
    expect(parseSimulateArguments(["nothing", "--help"], known)).toBe("help");
    expect(usageOfSimulate(known)).toContain("npm run simulate -- coverage aa\n");
  });

  it.each([
    [[], "coverage, aa"],
    [["covrage"], '"covrage"'],
    [["--fast"], "'--fast'"],
    [["aa", "--quick=yes"], "--quick"],
  ])("%j are refused by a sentence", (args, named) => {
    expect(parseSimulateArguments(args, known)).toEqual({ wrong: expect.stringContaining(named) });
  });
});
