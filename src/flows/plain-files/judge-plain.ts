import { type ExitCode, exitCodes, UsageError } from "../../errors/errors.ts";
import type { EvaluatedModels, ModelResult } from "../../evaluation/evaluate-models.ts";
import { type Claims, claimsOf } from "../../gates/headline.ts";
import { judgeModel } from "../../gates/judge-model.ts";
import type { JudgedEvaluation, JudgedSide } from "../../gates/judged-evaluation.ts";
import type { GateOutcome, ModelVerdict } from "../../gates/verdict.ts";
import { mistakeInBound } from "../../spec/bound-mistake.ts";
import type { Gate } from "../../spec/spec.ts";
import type { JoinedSide, PlainFiles } from "./read-plain-files.ts";
import type { PlainRequest } from "./request.ts";

/** How much worse is still accepted: in the metric's own units, or as a share of the baseline's value. */
export interface Limit {
  margin: number;
  relative: boolean;
}

/** What may be said of a candidate. */
export interface PlainJudgement extends Claims {
  /** Only where a limit was given. */
  verdict: ModelVerdict | undefined;
}

/**
 * @param metrics of a task that has a truth: a score may be called like one of them
 * @throws UsageError for a limit that one of them can never miss, such as 5 where 5% was meant
 */
export function checkLimit({ margin, relative }: Limit, metrics: readonly string[]): void {
  for (const metric of metrics) {
    const mistake = mistakeInBound(metric, { kind: "no-worse-than", value: margin, relative });
    if (mistake !== undefined) throw new UsageError(`--no-worse-than: ${mistake.problem} ${mistake.fix}`);
  }
}

export interface JudgePlainRequest extends Pick<PlainRequest, "slices" | "minRows"> {
  files: PlainFiles;
  candidate: JoinedSide;
  evaluated: EvaluatedModels;
  limit: Limit | undefined;
  primary: string | undefined;
}

export function judgePlain(request: JudgePlainRequest): PlainJudgement {
  const { files, evaluated, primary, limit } = request;
  const metrics = primary === undefined ? files.metrics : [primary];
  return { ...claimsOf(evaluated, primary), verdict: limit && judgeLimit(limit, metrics, request) };
}

function judgeLimit(limit: Limit, metrics: readonly string[], request: JudgePlainRequest): ModelVerdict {
  const { files, candidate, evaluated, primary, slices, minRows } = request;
  const [baseline] = files.sides;
  const { candidate: ours, baseline: theirs, ...compared } = evaluated;
  const evaluation: JudgedEvaluation = {
    ...compared,
    role: "current",
    testSet: files.testSet,
    candidate: ours && judgedSide(candidate, ours),
    baseline: theirs && baseline && judgedSide(baseline, theirs),
  };
  return judgeModel({
    model: candidate.name,
    gates: gatesOf(limit, metrics, slices),
    slices: slices.map((column) => ({ column, minRows })),
    evaluations: [evaluation],
    primary,
  });
}

function judgedSide({ predictions }: JoinedSide, { metrics }: ModelResult): JudgedSide {
  return { predictions: predictions.map(({ digest }) => digest), metrics };
}

/** The limit for each metric, on all rows and on each slice. */
function gatesOf({ margin, relative }: Limit, metrics: readonly string[], slices: readonly string[]): Gate[] {
  const position = { file: "--no-worse-than", line: 1, column: 1 };
  return metrics.flatMap((metric): Gate[] => {
    const gate = { position, metric, kind: "no-worse-than", margin, relative } as const;
    return [gate, ...slices.map((column): Gate => ({ ...gate, slice: { column, value: undefined, worst: true } }))];
  });
}

/** By the limit where there is one; else 1 where something is shown to be worse. Of several candidates the worst counts. */
export function exitCodeOfPlain(judgements: readonly PlainJudgement[]): ExitCode {
  const outcomes = judgements.map(outcomeOf);
  if (outcomes.includes("fail")) return exitCodes.gateFailed;
  return outcomes.includes("inconclusive") ? exitCodes.inconclusive : exitCodes.pass;
}

function outcomeOf({ verdict, headline, worseSlices = [] }: PlainJudgement): GateOutcome {
  if (verdict) return verdict.outcome;
  return (headline?.worse.length ?? 0) > 0 || worseSlices.length > 0 ? "fail" : "pass";
}
