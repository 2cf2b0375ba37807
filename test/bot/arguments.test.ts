import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { help, readArguments } from "../../bot/arguments.ts";
import { UsageError } from "../../src/errors/errors.ts";

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

it("is told what to do, or says what is wrong, whatever is written on the command line", () => {
  const word = fc.oneof(
    fc.constantFrom("--setup", "--url", "--organization", "--retry-dead", "--accept-ledger", "--help", "-h", "--", "-"),
    fc.constantFrom("--url=https://a.example", "--setup=1", "--no-setup", "--__proto__", "a".repeat(40), "https://a.example"),
    fc.webUrl(),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), (args) => {
      try {
        const task = readArguments(args);
        expect(["help", "run", "retry-dead", "accept-ledger", "setup"]).toContain(task.task);
        if (task.task === "setup") expect(task.publicUrl).toMatch(/^https?:\/\/.*[^/]$/);
        if (task.task === "accept-ledger") expect(task.lostTip).toMatch(/^[0-9a-f]{40}$/);
      } catch (error) {
        expect(error).toBeInstanceOf(UsageError);
      }
    }),
    { numRuns: 2_000 },
  );
});
