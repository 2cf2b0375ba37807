import { noStatements } from "../../src/release/card/statements.ts";
import type { ReleaseFacts } from "../../src/release/release-facts.ts";
import { createHostileReport } from "../report/create-hostile-report.ts";
import { hostileText } from "../report/hostile.ts";
import { createFacts } from "./create-facts.ts";

/** Every text that is not ours is hostile. */
export function hostileFacts(): ReleaseFacts {
  const [model] = createHostileReport().models;
  if (model?.state.kind !== "judged") throw new Error("the hostile report has a judged model");
  const { evidence, verdict } = model.state;
  const inputs = (["data", "param", "environment", "command"] as const).map((kind) => ({
    kind,
    name: hostileText,
    id: hostileText,
  }));
  const [evaluation] = evidence.evaluations;
  const metrics = [{ metric: hostileText, value: 0.5, noIntervalBecause: hostileText }];
  const slices = [{ column: hostileText, value: hostileText.slice(0, 200), rows: 3, metrics, comparisons: [] }];
  const evaluations = evaluation?.candidate ? [{ ...evaluation, candidate: { ...evaluation.candidate, metrics }, slices }] : [];
  return createFacts({
    evidence: { ...evidence, inputs, evaluations: [...evaluations, ...evidence.evaluations.slice(1)] },
    verdict,
    version: hostileText,
    approvals: [{ by: hostileText, headSha: hostileText, at: hostileText, via: hostileText }],
    predecessor: { version: hostileText },
    formatOverride: { paths: [hostileText], reason: hostileText },
    statements: noStatements,
  });
}
