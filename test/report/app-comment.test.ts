import { describe, expect, it } from "vitest";
import { parseCommand } from "../../bot/commands/parse-command.ts";
import { commandNames } from "../../bot/commands/registry.ts";
import { buttons } from "../../bot/request.ts";
import { renderCheck } from "../../src/report/check.ts";
import { renderComment } from "../../src/report/comment.ts";
import type { Report } from "../../src/report/report.ts";
import { appStates } from "./app-states.ts";
import { createReport } from "./create-report.ts";

const state = (name: string): Report => appStates[name]?.() ?? createReport();
const bodyOf = (name: string) => renderComment(state(name)).body;
const labels = (report: Report) => renderCheck(report).actions?.map(({ label }) => label);

describe("the comment of the app", () => {
  it.each(Object.keys(appStates))("in the state %s", async (name) => {
    await expect(`${bodyOf(name)}\n`).toMatchFileSnapshot(`../goldens/report/${name}.md`);
  });

  it("names only commands that there are, as they are written", () => {
    for (const name of Object.keys(appStates)) {
      for (const [, line = ""] of bodyOf(name).matchAll(/`(\/assay [^`]*)`/g)) {
        const typed = line.replace("YYYY-MM-DD", "2026-12-31").replace("…", "why");
        expect(parseCommand(typed), typed).toMatchObject({ kind: "command" });
      }
    }
  });

  it("names no command that this installation does not have", () => {
    for (const name of Object.keys(appStates)) {
      const report = state(name);
      const { body } = renderComment({ ...report, app: report.app && { ...report.app, commands: [] } });
      expect(body).not.toContain("/assay");
    }
  });

  it("mentions the owners whose decision is wanted, and nobody else", () => {
    expect(bodyOf("app-approval-wanted")).toContain("1. @acme/risk looks at `fraud`");
    expect(bodyOf("app-approval-wanted")).not.toMatch(/@octocat/);
    for (const name of Object.keys(appStates).filter((other) => other !== "app-approval-wanted"))
      expect(bodyOf(name).replace(/`[^`]*`/g, "")).not.toMatch(/@\w/);
  });

  it("does not mention again who was asked by other means", () => {
    const report = state("app-approval-wanted");
    const { body } = renderComment({ ...report, app: report.app && { ...report.app, askedOwners: ["@acme/risk"] } });
    expect(body.replace(/`[^`]*`/g, "")).not.toMatch(/@\w/);
  });

  it("shows five answers, the newest last, each a line", () => {
    expect(bodyOf("app-blocked")).toContain("### Answers\n- Answer 3.\n- Answer 4.\n- Answer 5.\n- Answer 6.\n- Answer 7.\n\n");
    const report = state("app-blocked");
    const { body } = renderComment({ ...report, app: report.app && { ...report.app, answers: ["one\n<!-- two -->"] } });
    expect(body).not.toContain("### Answers");
  });
});

describe("the buttons of the check", () => {
  it("offer what can be done now", () => {
    expect(labels(state("app-approval-wanted"))).toEqual(["Retrain", "Approve model", "Explain"]);
    expect(labels(state("app-pass"))).toEqual(["Retrain", "Explain"]);
    expect(labels(state("app-unverified-fork"))).toEqual(["Explain"]);
    expect(labels({ ...state("app-pass"), verdict: "pending" })).toEqual([]);
    expect(labels(createReport())).toBeUndefined();
  });

  it("approve only where one model waits for it", () => {
    const report = state("app-approval-wanted");
    const models = report.models.flatMap((model) => [model, { ...model, name: "churn" }]);
    expect(labels({ ...report, models })).not.toContain("Approve model");
  });

  it("fit GitHub's limits, and are known to the intake", () => {
    for (const { label, description, identifier } of renderCheck(state("app-approval-wanted")).actions ?? []) {
      expect(label.length).toBeLessThanOrEqual(20);
      expect(description.length).toBeLessThanOrEqual(40);
      expect(buttons).toContain(identifier);
      expect(commandNames).toContain(identifier);
    }
  });
});

it("an unverified run asks for somebody, whatever the rules say of inconclusive", () => {
  expect(renderCheck(state("app-unverified-fork")).conclusion).toBe("action_required");
});
