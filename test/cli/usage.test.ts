import { describe, expect, it } from "vitest";
import { assay, temporaryFolder } from "./assay.ts";

const verbs = [
  "demo",
  "init",
  "validate",
  "plan",
  "train",
  "evaluate",
  "compare",
  "drift",
  "monitor",
  "quality",
  "gate",
  "report",
  "registry",
  "promote",
  "verify",
  "doctor",
];
const inRepository = ["init", "plan", "train", "evaluate", "gate", "report", "doctor"];

describe("help", () => {
  it("begins with examples and names every verb", () => {
    const { status, stdout } = assay(temporaryFolder(), "--help");
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Examples:\n {2}\$ assay /);
    const listed = stdout.slice(stdout.indexOf("Commands:")).matchAll(/^ {2}(\w+) /gm);
    expect([...listed].map(([, name]) => name).filter((name) => name !== "help")).toEqual(verbs);
  });

  it.each(verbs)("of %s begins with examples of it", (verb) => {
    const { status, stdout, stderr } = assay(temporaryFolder(), verb, "--help");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(new RegExp(`^Examples:\\n {2}\\$ assay .*\\b${verb}\\b|^Examples:\\n {2}\\$ assay ${verb}`));
    expect(stdout).toContain(`Usage: assay ${verb}`);
  });
});

describe("wrong usage", () => {
  it.each([
    { args: ["evalute"], says: /unknown command 'evalute'[\s\S]*Did you mean evaluate\?/ },
    { args: ["plan", "--jsn"], says: /unknown option '--jsn'[\s\S]*Did you mean --json\?/ },
    { args: ["plan", "extra"], says: /too many arguments/ },
    {
      args: ["compare", "a.csv", "--data", "t.csv", "--task", "binary", "--target", "y"],
      says: /missing required argument 'candidate'/,
    },
    { args: ["compare", "a.csv", "b.csv", "--data", "t.csv", "--task", "binary"], says: /--target/ },
    { args: ["report", "--format", "pdf"], says: /'pdf' is invalid[\s\S]*markdown, html/ },
    { args: ["plan", "--base"], says: /argument missing/ },
  ])("exits with 2 and says what is wrong: $args", ({ args, says }) => {
    const { status, stdout, stderr } = assay(temporaryFolder(), ...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(says);
  });

  it.each(inRepository)("outside of a git repository %s exits with 2 and says where it looked", (verb) => {
    const folder = temporaryFolder();
    const { status, stdout, stderr } = assay(folder, verb);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/git/);
    expect(stderr).toContain(folder);
  });
});
