import { digestOf } from "../../src/evidence/digest.ts";
import type { Decision } from "../../src/ledger/decision.ts";
import { headSha } from "../report/create-report.ts";

const decided = {
  repositoryId: 77,
  pullRequest: 214,
  headSha,
  by: { id: 7, login: "octocat" },
  at: "2026-11-02T10:00:00.000Z",
};

export function createApproval(overrides: Partial<Extract<Decision, { schema: "assay.approval/v1" }>> = {}): Decision {
  const of = { model: "risk/fraud", inputHash: digestOf("inputs"), resultDigest: digestOf("result"), via: "command" as const };
  return { schema: "assay.approval/v1", ...decided, ...of, ...overrides };
}

export function createWaiver(overrides: Partial<Extract<Decision, { schema: "assay.waiver/v1" }>> = {}): Decision {
  const of = { model: "fraud", gate: "recall[country=BR].no-worse-than", reason: "Late labels", until: "2026-12-31" };
  return { schema: "assay.waiver/v1", ...decided, ...of, ...overrides };
}

export function createAllowance(overrides: Partial<Extract<Decision, { schema: "assay.allowance/v1" }>> = {}): Decision {
  return { schema: "assay.allowance/v1", ...decided, ...overrides };
}
