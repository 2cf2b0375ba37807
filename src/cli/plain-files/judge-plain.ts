import { type ExitCode, exitCodes } from "../../errors/errors.ts";
import type { EvaluatedModels } from "../../evaluation/evaluate-models.ts";
import type { Digest } from "../../evidence/digest.ts";
import type { Evaluation, MetricResult, ScoredModel } from "../../evidence/evidence.ts";
import { headlineOf, type WorseSlice, worstSlices } from "../../gates/headline.ts";
import { judgeModel } from "../../gates/judge-model.ts";
import type { GateOutcome, ModelVerdict } from "../../gates/verdict.ts";
import type { JoinedSide, PlainFiles } from "./compare-files.ts";
import { gatesOf, type Limit } from "./limit.ts";
import { type PlainOptions, sliceColumns } from "./plain-options.ts";

/** What may be said of a candidate. */
export interface PlainJudgement {
  headline: ModelVerdict["headline"];
  /** Slices that are shown to be worse, the worst first. */
  worseSlices: readonly WorseSlice[];
  /** Only where a limit was given. */
  verdict: ModelVerdict | undefined;
}

export interface JudgePlainRequest {
  files: PlainFiles;
  candidate: JoinedSide;
  evaluated: EvaluatedModels;
  limit: Limit | undefined;
  primary: string | undefined;
  options: PlainOptions;
}

export function judgePlain(request: JudgePlainRequest): PlainJudgement {
  const { files, evaluated, primary } = request;
  const metrics = primary === undefined ? files.metrics : [primary];
  return {
    headline: headlineOf(evaluated.comparisons, primary),
    worseSlices: worstSlices(evaluated.slices ?? [], ...metrics),
    verdict: request.limit && judgeLimit(request.limit, metrics, request),
  };
}

function judgeLimit(limit: Limit, metrics: readonly string[], request: JudgePlainRequest): ModelVerdict {
  const { files, candidate, evaluated, primary, options } = request;
  const columns = sliceColumns(options);
  const [baseline] = files.sides;
  const { candidate: ours, baseline: theirs, ...compared } = evaluated;
  const evaluation: Evaluation = {
    role: "current",
    testSet: files.testSet,
    ...compared,
    candidate: ours && asScored(candidate, ours.metrics),
    baseline: theirs && baseline && { ...asScored(baseline, theirs.metrics), how: "kept" },
  };
  return judgeModel({
    model: candidate.name,
    gates: gatesOf(limit, metrics, columns),
    slices: columns.map((column) => ({ column, minRows: options.minRows })),
    evaluations: [evaluation],
    primary,
  });
}

/** Files come from no run and no commit: zeros stand for these. */
function asScored({ predictions }: JoinedSide, metrics: MetricResult[]): ScoredModel {
  const none: Digest = `sha256:${"0".repeat(64)}`;
  return {
    inputHash: none,
    commit: "0".repeat(40),
    scoring: none,
    predictions: predictions.map(({ digest }) => digest),
    metrics,
  };
}

/** By the limit where there is one; else 1 where something is shown to be worse. Of several candidates the worst counts. */
export function exitCodeOfPlain(judgements: readonly PlainJudgement[]): ExitCode {
  const outcomes = judgements.map(outcomeOf);
  if (outcomes.includes("fail")) return exitCodes.gateFailed;
  return outcomes.includes("inconclusive") ? exitCodes.inconclusive : exitCodes.pass;
}

function outcomeOf({ verdict, headline, worseSlices }: PlainJudgement): GateOutcome {
  if (verdict) return verdict.outcome;
  return (headline?.worse.length ?? 0) > 0 || worseSlices.length > 0 ? "fail" : "pass";
}
