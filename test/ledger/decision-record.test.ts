import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UsageError } from "../../src/errors/errors.ts";
import { decisionPath, formatDecision, isAboutPullRequest, parseDecision } from "../../src/ledger/decision-record.ts";
import { createAllowance, createApproval, createWaiver } from "./sample-decisions.ts";

const all = [createApproval(), createWaiver(), createAllowance()];
const parse = (text: string, path: string) => parseDecision(Buffer.from(text), path);

describe("the place of a decision", () => {
  it("is below its pull request, and its model where it has one", () => {
    expect(all.map((decision) => decisionPath(decision).replace(/[0-9a-f]{32}/, "…"))).toEqual([
      "approvals/214/risk/fraud/….json",
      "waivers/214/fraud/….json",
      "allowances/214/….json",
    ]);
    for (const decision of all) {
      expect(isAboutPullRequest(decisionPath(decision), 214)).toBe(true);
      expect(isAboutPullRequest(decisionPath(decision), 21)).toBe(false);
    }
  });

  it("is the same whenever and however the same person decides the same", () => {
    const later = { at: "2026-11-03T10:00:00.000Z", by: { id: 7, login: "renamed" }, via: "button" as const };
    expect(decisionPath(createApproval(later))).toBe(decisionPath(createApproval()));
  });

  it("is another for another decision", () => {
    const others = [
      createApproval({ by: { id: 8, login: "octocat" } }),
      createApproval({ headSha: "1".repeat(40) }),
      createApproval({ repositoryId: 78 }),
      createApproval({ model: "fraud" }),
      createWaiver({ until: "2027-01-01" }),
      createWaiver({ reason: "Another" }),
      createWaiver({ gate: "recall[country].no-worse-than" }),
      ...all,
    ];
    expect(new Set(others.map((decision) => decisionPath(decision))).size).toBe(others.length);
  });
});

describe("a decision as a file", () => {
  it("is read as it was written, also under the next number", () => {
    for (const decision of all) {
      const text = formatDecision(decision);
      expect(parse(text, decisionPath(decision))).toEqual(decision);
      expect(parse(text, decisionPath(decision, 2))).toEqual(decision);
    }
  });

  const path = decisionPath(createApproval());
  const text = formatDecision(createApproval());
  it.each([
    ["of another place", text, path.replace("214", "215")],
    ["of another model's folder", text, path.replace("risk/fraud", "churn")],
    ["of too high a number", text, decisionPath(createApproval(), 6)],
    ["with a key that is not known", text.replace("{", '{"extra": 1,'), path],
    ["with __proto__", text.replace("{", '{"__proto__": {"model": "x"},'), path],
    ["with __proto__ inside", text.replace('"id"', '"__proto__": {}, "id"'), path],
    ["without a login", text.replace("octocat", ""), path],
    ["of another version", text.replace("approval/v1", "approval/v2"), path],
    ["that is a list", `[${text}]`, path],
    ["that is deep", "[".repeat(16_000), path],
    ["that is no JSON", "approved", path],
    ["that is empty", "", path],
    ["that is large", `${text}${" ".repeat(20_000)}`, path],
  ])("is refused: %s", (_, content, place) => {
    expect(() => parse(content, place)).toThrow(UsageError);
  });

  it("is refused where it is not UTF-8", () => {
    expect(() => parseDecision(Buffer.from([0xff, 0xfe]), path)).toThrow(UsageError);
  });

  it("is a decision or refused, whatever is there", () => {
    const content = fc.oneof(
      fc.string(),
      fc.json(),
      fc.jsonValue().map((value) => JSON.stringify({ ...createApproval(), model: value })),
    );
    fc.assert(
      fc.property(content, (anything) => {
        expect(() => parse(anything, path)).toThrow(UsageError);
      }),
    );
  });
});
