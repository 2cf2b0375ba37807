import { expect, it } from "vitest";
import type { Evaluation } from "../../../src/evidence/evidence.ts";
import { judgeResult } from "../../../src/flows/promotion/judge-result.ts";
import type { Decision } from "../../../src/ledger/decision.ts";
import type { Model } from "../../../src/spec/spec.ts";
import { createEvidence } from "../../report/create-report.ts";
import { better, createSpec, strict, worse } from "../create-judgement.ts";

const today = "2026-11-22";

function rules(gates = strict, waivers?: string): Model {
  const model = createSpec({ fraud: gates }, "", waivers === undefined ? {} : { waivers }).models.get("fraud");
  if (!model) throw new Error("There is no such model.");
  return model;
}

function judge(
  evaluation: Evaluation,
  { by = rules(), missing, ...judging }: Partial<Parameters<typeof judgeResult>[2]> & { by?: Model; missing?: string } = {},
) {
  const evidence = createEvidence("fraud", { evaluations: [evaluation], ...(missing && { baseTestSetMissing: missing }) });
  return judgeResult(by, evidence, { decisions: [], isNew: false, isAccepted: false, today, ...judging });
}

const waiver = (until: string, model = "fraud"): Decision => ({
  ...{ schema: "assay.waiver/v1", model, gate: "accuracy.no-worse-than", reason: "A known step back", until },
  ...{ by: { id: 1, login: "owner" }, repositoryId: 1, pullRequest: 7, headSha: "a".repeat(40), at: "2026-11-01T00:00:00.000Z" },
});
/** Nothing to compare with. */
const { baseline: _, comparisons: __, ...alone } = better;
const brought: Evaluation = { ...alone, comparisons: [] };

it("goes by the rules that it is given, whatever the evidence was judged by then", () => {
  expect(judge(better).outcome).toBe("pass");
  expect(judge(worse).outcome).toBe("fail");
  expect(judge(worse, { by: rules("[{metric: accuracy, no-worse-than: 0.2}]") }).outcome).toBe("pass");
  expect(judge(better, { by: rules("[{metric: accuracy, at-least: 0.99}]") }).outcome).toBe("fail");
});

it("lets in what is waived until that day is over, by assay.yml and by who owns the model", () => {
  expect(judge(worse, { decisions: [waiver("2026-11-22")] }).outcome).toBe("pass");
  expect(judge(worse, { decisions: [waiver("2026-11-21")] }).outcome).toBe("fail");
  expect(judge(worse, { decisions: [waiver("2026-11-22", "churn")] }).outcome).toBe("fail");
  const declared = (until: string) =>
    rules(strict, `[{gate: accuracy.no-worse-than, reason: A known step back, until: ${until}, by: "@acme/risk"}]`);
  expect(judge(worse, { by: declared("2026-12-01") }).outcome).toBe("pass");
  expect(judge(worse, { by: declared("2026-11-21") }).outcome).toBe("fail");
});

it("leaves a model that the pull request brought to an owner, who does not waive what can be judged", () => {
  expect(judge(brought, { isNew: true })).toMatchObject({
    outcome: "inconclusive",
    reasons: expect.arrayContaining([expect.stringContaining("brought the model")]),
  });
  expect(judge(brought, { isNew: true, isAccepted: true }).outcome).toBe("pass");
  const by = rules("[{metric: accuracy, at-least: 0.99}]");
  expect(judge(brought, { by, isNew: true, isAccepted: true }).outcome).toBe("fail");
});

it("takes no owner's word for a comparison that is missing of a model that was there before", () => {
  expect(judge(brought).outcome).toBe("inconclusive");
  expect(judge(brought, { isAccepted: true }).outcome).toBe("inconclusive");
});

it("leaves a test set that changed to an owner where the candidate could not be scored on the old one", () => {
  const missing = "the old test set is gone";
  expect(judge(better, { missing })).toMatchObject({
    outcome: "inconclusive",
    reasons: [`the test set changed, and ${missing}`],
  });
  expect(judge(better, { missing, isAccepted: true }).outcome).toBe("pass");
  expect(judge(worse, { missing, isAccepted: true }).outcome).toBe("fail");
});
