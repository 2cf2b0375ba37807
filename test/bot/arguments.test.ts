import { describe, expect, it } from "vitest";
import { help, readArguments } from "../../bot/arguments.ts";

describe("the app's command line", () => {
  it("starts the app, registers it, puts dead letters back, or accepts a ledger", () => {
    expect(readArguments([])).toEqual({ task: "run" });
    expect(readArguments(["--retry-dead"])).toEqual({ task: "retry-dead" });
    const lostTip = "a".repeat(40);
    expect(readArguments(["--accept-ledger", lostTip])).toEqual({ task: "accept-ledger", lostTip });
    expect(readArguments(["--setup", "--url", "https://a.example/", "--organization", "team"])).toEqual({
      task: "setup",
      publicUrl: "https://a.example",
      organization: "team",
    });
  });

  it("shows examples first", () => {
    expect(readArguments(["--setup", "--help"])).toEqual({ task: "help" });
    expect(help.split("\n")[0]).toMatch(/^npm run bot /);
  });

  it.each([
    [["--sutep"], "Unknown option '--sutep'. What there is: npm run bot -- --help"],
    [["start"], "Unexpected argument 'start'"],
    [["--setup"], "--url is missing"],
    [["--setup", "--url", "assay.example.com"], "--url is assay.example.com"],
    [["--setup", "--url", "https://a.example", "--organization", "a/b"], "--organization is a/b"],
    [["--url", "https://a.example"], "--url belongs to --setup"],
    [["--setup", "--retry-dead"], "--setup and --retry-dead are two tasks"],
    [["--retry-dead", "--accept-ledger", "a"], "--retry-dead and --accept-ledger are two tasks"],
    [["--accept-ledger", "6f1c"], "--accept-ledger is 6f1c"],
  ])("says what is wrong with %j", (args, message) => {
    expect(() => readArguments(args)).toThrow(message);
  });
});
