import { describe, expect, it } from "vitest";
import { digestOf } from "../../src/evidence/digest.ts";
import {
  askedInComment,
  breakGlassLine,
  breakGlassSchema,
  brokenGlass,
  maxBreakGlassReason,
} from "../../src/registry/break-glass.ts";

const subject = {
  tag: "models=fraud@v1.2.0",
  tagObject: "9f3c1a2".padEnd(40, "0"),
  resultDigest: digestOf("result"),
  stage: "production",
};
const line = (reason: string, change: Partial<typeof subject> = {}) => breakGlassLine({ ...subject, ...change }, reason);
const why = (body: string) => {
  const asked = askedInComment(body, subject);
  return asked.kind === "other" ? asked.why : asked;
};

describe("a comment asks for break-glass", () => {
  it.each<[string, string]>([
    ["by the line that is printed, with a reason", line("v1.1.0 declines every card")],
    ["as its first line that is not blank, whatever follows", `\n  ${line("v1.1.0 declines every card")}  \r\nMore words.`],
    ["by a line copied from a page, with marks that nobody sees", line("v1.1.0 declines every card").replace("@", "@\u200b")],
  ])("%s", (_, body) => {
    expect(askedInComment(body, subject)).toEqual({ kind: "asked", reason: "v1.1.0 declines every card" });
  });

  it("with a reason whose characters are all seen", () => {
    expect(why(line("down\u202e\u001b[2J"))).toEqual({ kind: "asked", reason: "down⟨U+202E⟩⟨U+001B⟩[2J" });
  });

  it.each<[string, string]>([
    ["that only speaks of it", `What about ${line("it is urgent")}`],
    ["that shows it as code", `\`\`\`\n${line("it is urgent")}\n\`\`\``],
    ["that quotes it", `> ${line("it is urgent")}`],
    ["that is empty", ""],
  ])("and not one %s", (_, body) => {
    expect(askedInComment(body, subject)).toEqual({ kind: "none" });
  });
});

it.each<[string, string, RegExp]>([
  ["another version", line("it is urgent", { tag: "models=fraud@v1.1.0" }), /^it is about models=fraud@v1\.1\.0$/],
  ["another stage", line("it is urgent", { stage: "staging" }), /^it is about staging$/],
  [
    "another object of the tag",
    line("it is urgent", { tagObject: "b".repeat(40) }),
    /^it is about tag b{12}…, and .+ is 9f3c1a200000…$/,
  ],
  ["a tag's object that only begins alike", line("it is urgent", { tagObject: "9f3c1a2" }), /^the line is not the one/],
  ["another result", line("it is urgent", { resultDigest: digestOf("other") }), /^it is about result \w{12}, and it is \w{12}$/],
  ["nothing but the place of a reason", breakGlassLine(subject), /^it has no reason$/],
  ["a reason of blanks", line("  "), /^it has no reason$/],
  ["a reason that is too long", line("x".repeat(maxBreakGlassReason + 1)), /^its reason has more than 500 characters$/],
  ["something like it", "/assay break-glass models=fraud@v1.2.0", /^the line is not the one/],
])("a comment about %s does not count, and is told why", (_, body, expected) => {
  expect(why(body)).toMatch(expected);
});

const asker = (by: string) => ({ by, comment: 3, at: "2026-11-02T09:00:00Z", reason: "it is urgent" });

it("keeps what was gone around within limits, and says that there is more", () => {
  const around = ["x".repeat(5_000), ...Array.from({ length: 80 }, (_, at) => `Reason ${at}.`)];
  const kept = brokenGlass(57, [asker("ada"), asker("bo")], around);
  expect(breakGlassSchema.safeParse(kept).success).toBe(true);
  expect(kept.around.at(-1)).toBe("32 more reasons.");
});

it("is none of one person's, who asked twice", () => {
  const kept = brokenGlass(57, [asker("ada"), asker("Ada")], ["The verdict is fail."]);
  expect(breakGlassSchema.safeParse(kept).success).toBe(false);
});
