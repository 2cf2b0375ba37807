import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Command } from "../../../bot/commands/command.ts";
import { parseCommand, printCommand } from "../../../bot/commands/parse-command.ts";

const sha = "9f3c1a2b4d5e6f708192a3b4c5d6e7f809a1b2c3";
const parsed = (body: string) => {
  const result = parseCommand(body);
  return result.kind === "command" ? result.command : result.kind;
};
const message = (body: string) => {
  const result = parseCommand(body);
  return result.kind === "malformed" ? result.message : result.kind;
};

describe("a command in a comment", () => {
  it.each<[string, Command]>([
    ["/assay help", { name: "help" }],
    ["\r\n \n/assay status  \r\nThanks!", { name: "status" }],
    ["  /assay retrain", { name: "retrain" }],
    ["/assay retrain risk/fraud --seeds 5", { name: "retrain", model: "risk/fraud", seeds: 5 }],
    ["/assay approve fraud", { name: "approve", model: "fraud" }],
    [
      '/assay waive fraud "recall[country=New York].no-worse-than" --until 2026-12-31 --reason "Known: \\"late\\" labels"',
      {
        name: "waive",
        model: "fraud",
        gate: "recall[country=New York].no-worse-than",
        reason: 'Known: "late" labels',
        until: "2026-12-31",
      },
    ],
    [`/assay allow-fork ${sha}`, { name: "allow-fork", sha }],
    ["/assay explain fraud", { name: "explain", model: "fraud" }],
    ["/assay rollback fraud --to v1.1.0", { name: "rollback", model: "fraud", to: "v1.1.0" }],
    ["/assay rollback fraud --stage eu/live --to v1.1.0", { name: "rollback", model: "fraud", to: "v1.1.0", stage: "eu/live" }],
  ])("is understood: %s", (body, command) => {
    expect(parsed(body)).toEqual(command);
  });

  it.each([
    "",
    "\n\n",
    "Looks good\n/assay approve fraud",
    "> /assay approve fraud",
    "`/assay approve fraud`",
    "    /assay approve fraud",
    "\t/assay approve fraud",
    "I would /assay approve fraud",
    "/assayer approve",
    "/assay.yml is wrong",
    "/assay-ledger is a branch",
    '/assay break-glass fraud@v1.2.0 to production, tag 9f3c1a2, result 9ab3c1d2: it’s "urgent"',
    "\u00a0\n/assay approve fraud",
  ])("is not seen in %j", (body) => {
    expect(parsed(body)).toBe("none");
  });

  it.each([
    ["/assay", "It does not say what to do."],
    ["/ASSAY help", "Commands begin with /assay in small letters and a space."],
    ["/assay: help", "Commands begin with /assay in small letters and a space."],
    ["/assay aprove fraud", 'There is no command "aprove". Did you mean approve?'],
    ["/assay __proto__ fraud", 'There is no command "__proto__".'],
    ['/assay "approve" fraud', 'There is no command "approve". Did you mean approve?'],
    ["/assay approve", "The model is missing."],
    ["/assay approve fraud please", '"please" is one word too many; quote what has spaces.'],
    ["/assay approve ../fraud", '"../fraud" cannot be the name of a model.'],
    ["/assay approve fraud --force yes", "There is no option --force."],
    ["/assay retrain --seeds", "--seeds has no value."],
    ["/assay retrain --seeds 0", '"0" is not a number of seeds, which is 1 to 20.'],
    ["/assay retrain --seeds 1e3", '"1e3" is not a number of seeds, which is 1 to 20.'],
    ["/assay retrain --seeds 2 --seeds 3", "--seeds is there twice."],
    ["/assay allow-fork 9f3c1a2", '"9f3c1a2" is not the whole id of a commit, 40 digits of 0-9 and a-f.'],
    ["/assay waive fraud accuracy.at-least --until 2026-12-31", 'The reason is missing: --reason "…".'],
    ['/assay waive fraud accuracy.at-least --reason "x"', "The last day is missing: --until YYYY-MM-DD."],
    ['/assay waive fraud accuracy.at-least --reason " " --until 2026-12-31', "A reason has 1 to 2000 characters."],
    [
      '/assay waive fraud accuracy.at-least --reason "x" --until 2026-02-30',
      '"2026-02-30" is not a day: write year, month and day, as in 2026-12-31.',
    ],
    [
      '/assay waive fraud accuracy.at-least --reason "x --until 2026-12-31',
      'What begins with a quote has to end with one, followed by a space or nothing: "x --until 2026-12-31.',
    ],
  ])("that is malformed says what is wrong: %s", (body, wrong) => {
    expect(message(body)).toBe(wrong);
  });

  it.each([
    ["Cyrillic letters in its name", "/аssay approve fraud", "U+0430, may look like another letter"],
    ["full-width letters", "／ａｓｓａｙ approve fraud", "U+FF0F, is no part of a command"],
    ["a Cyrillic letter in the verb", "/assay аpprove fraud", "U+0430, may look like another letter"],
    ["a Greek letter in the model", "/assay approve frαud", "U+03B1, may look like another letter"],
    ["a zero-width space", "/assay\u200b approve fraud", "U+200B, is invisible"],
    ["a byte-order mark", "\ufeff/assay approve fraud", "U+FEFF, is invisible"],
    ["text that runs backwards", "/assay approve \u202eduarf", "U+202E, turns the direction of the text"],
    ["a no-break space", "/assay\u00a0approve fraud", "U+00A0, looks like a space"],
    ["a tab", "/assay approve\tfraud", "U+0009, is invisible"],
    ["tag characters", "/assay approve fraud\u{e0041}", "U+E0041, is invisible"],
  ])("is refused with %s", (_, body, what) => {
    expect(message(body)).toContain(`The line has a character that is not plain ASCII (${what}). Type`);
  });

  it("says of curly quotes which ones to type", () => {
    expect(message("/assay waive fraud accuracy.at-least --reason “late labels” --until 2026-12-31")).toContain(
      'Type straight quotes: ".',
    );
  });

  it("is at most 4,000 characters long", () => {
    expect(message(`/assay approve ${"a".repeat(4_000)}`)).toContain("a command has at most 4000");
  });

  it("says how it is written", () => {
    expect(parseCommand("/assay approve")).toMatchObject({ usage: "/assay approve <model>" });
    expect(parseCommand("/assay")).toMatchObject({ usage: expect.stringContaining("/assay help · /assay status · ") });
  });
});

const ascii = fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)), maxLength: 80 });
const model = fc.stringMatching(/^[a-z0-9]{1,8}(\/[a-z0-9]{1,8})?$/);
const day = fc
  .date({ min: new Date("2020-01-01"), max: new Date("2099-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.constantFrom<Command>({ name: "help" }, { name: "status" }),
  fc.record({ name: fc.constant("retrain" as const), model, seeds: fc.integer({ min: 1, max: 20 }) }, { requiredKeys: ["name"] }),
  fc.record({ name: fc.constantFrom("approve" as const, "explain" as const), model }),
  fc.record(
    {
      name: fc.constant("rollback" as const),
      model,
      to: fc.constantFrom("v1.1.0", "v2.0.0-rc.1"),
      stage: fc.constant("eu/live"),
    },
    { requiredKeys: ["name", "model", "to"] },
  ),
  fc.record({ name: fc.constant("allow-fork" as const), sha: fc.stringMatching(/^[0-9a-f]{40}$/) }),
  fc.record({
    name: fc.constant("waive" as const),
    model,
    gate: ascii.filter((text) => text !== ""),
    reason: ascii.filter((text) => text.trim() !== ""),
    until: day,
  }),
);

describe("any text", () => {
  const text = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 200 }),
    fc.string({ unit: "binary", maxLength: 200 }),
    fc
      .tuple(fc.constantFrom("/assay ", "/assay waive ", "/assay approve "), fc.string({ unit: "grapheme" }))
      .map((parts) => parts.join("")),
  );

  it("is a command, malformed or none, and nothing else happens", () => {
    fc.assert(fc.property(text, (body) => /^(none|command|malformed)$/.test(parseCommand(body).kind)));
  });

  it("with a character that is not plain ASCII in its first line is never a command", () => {
    const foreign = fc.string({ unit: "binary", minLength: 1, maxLength: 3 }).filter((part) => /^\P{ASCII}+$/u.test(part));
    fc.assert(
      fc.property(command, foreign, fc.nat(), (asked, part, at) => {
        const line = printCommand(asked);
        const place = at % (line.length + 1);
        expect(parseCommand(line.slice(0, place) + part + line.slice(place)).kind).not.toBe("command");
      }),
    );
  });

  it("of blanks, as long as GitHub takes it, is read at once: anybody may write it, and nothing else is done meanwhile", () => {
    // Where each took seconds the test would not end in its time.
    for (const blank of [" ", "\t", " \t", "\t "])
      for (const [before, after] of [
        ["", "x"],
        ["x", "x"],
        ["/assay help", "x"],
        ["/assay", "help\n"],
        ["", "\n/assay help"],
      ] as const) {
        const body = `${before}${blank.repeat((65_000 - before.length) / blank.length)}${after}`;
        expect(parseCommand(body).kind).toBe(after.startsWith("\n") ? "command" : before.startsWith("/") ? "malformed" : "none");
      }
    expect(parseCommand(`/assay help${" \t".repeat(32_000)}`).kind).toBe("command");
  });

  it("that a command is printed as gives that command back", () => {
    fc.assert(
      fc.property(command, (asked) => {
        expect(parseCommand(printCommand(asked))).toEqual({ kind: "command", command: asked });
      }),
    );
  });
});
