import type { Digest } from "../evidence/digest.ts";
import { diffListings } from "../git/listing.ts";
import type { Model } from "../spec/spec.ts";
import type { RunDescription } from "./describe-run.ts";
import type { EvaluationDescription } from "./evaluation-inputs.ts";
import { capped, explain, shownName } from "./explain.ts";
import type { Because, Plan, PlannedModel, PlannedRun, PlannedTraining } from "./plan.ts";
import type { FoundBaseline, FoundRun } from "./run-lookup.ts";

/** A model at one commit. */
export interface DescribedModel {
  commit: string;
  model: Model;
  run: RunDescription;
  evaluation: EvaluationDescription;
}

export interface DecisionRequest {
  event: Plan["event"];
  /** Training was asked for: what nothing changed has a run afterwards too. */
  asked?: boolean;
  head: DescribedModel;
  /** Undefined when the base does not have the model, or there is none; `baseMissing` says which. */
  base: DescribedModel | undefined;
  baseMissing: string;
  lookups: Lookups;
}

/** What the lookup answered; undefined where nothing had to be asked. */
export interface Lookups {
  /** A run with head's inputs. */
  run: FoundRun | undefined;
  /** What is recorded of head's inputs. */
  recorded: FoundBaseline | undefined;
  /** What is recorded of base's inputs. */
  baseline: FoundBaseline | undefined;
  /** Runs of the points of head's grid, and of base's; empty where nothing had to be asked. */
  points: readonly (FoundRun | undefined)[];
  basePoints: readonly (FoundRun | undefined)[];
}

/** Whether anything that decides the model or its evaluation differs. */
export function isUnchanged(head: DescribedModel, base: DescribedModel | undefined): boolean {
  return (
    base !== undefined &&
    head.run.inputHash === base.run.inputHash &&
    head.evaluation.digest === base.evaluation.digest &&
    head.run.unpinned.size === 0 &&
    head.evaluation.unpinned === undefined
  );
}

/** What happens to one model. Pure: the same descriptions and answers, the same plan. */
export function decide(request: DecisionRequest): PlannedModel {
  return request.event === "push" ? decidePush(request) : decideChange(request);
}

function decideChange({ asked, head, base, baseMissing, lookups }: DecisionRequest): PlannedModel {
  if (!base) return planned(head, undefined, useRun(head, lookups, [baseMissing]), undefined, [baseMissing]);
  if (isUnchanged(head, base)) {
    const candidate = asked
      ? useRun(head, lookups, ["asked for by hand"])
      : plannedRun(head, { decision: "skip", because: ["nothing that determines it changed"] });
    const same = plannedRun(base, { decision: "skip", because: ["it is the candidate"] });
    return planned(head, base, candidate, same, []);
  }
  if (head.run.inputHash !== base.run.inputHash || head.run.unpinned.size > 0) {
    const reasons = trainingReasons(head, base);
    return planned(head, base, useRun(head, lookups, reasons), useBaseline(base, lookups), reasons);
  }
  // The model is the same and its evaluation is not: one run is both.
  const reasons = evaluationReasons(head, base);
  const candidate =
    useRecorded(head, lookups.recorded, "the model is unchanged") ?? useRun(head, lookups, [notRecorded(lookups)]);
  return planned(head, base, candidate, plannedRun(base, { decision: "skip", because: ["it is the candidate"] }), reasons);
}

/** A branch moved: what is on it must be recorded, and nothing is held against it. */
function decidePush({ head, base, baseMissing, lookups }: DecisionRequest): PlannedModel {
  const reasons = base ? trainingReasons(head, base) : [baseMissing];
  const recorded = head.run.unpinned.size === 0 ? useRecorded(head, lookups.recorded, "already recorded") : undefined;
  const baseline = base && lookups.baseline?.kind === "recorded" ? useBaseline(base, lookups) : undefined;
  if (recorded) {
    const changed = base ? evaluationReasons(head, base) : [];
    if (changed.length > 0) return planned(head, base, recorded, baseline, changed);
    return planned(head, base, plannedRun(head, { decision: "skip", because: ["already recorded"] }), undefined, []);
  }
  const expired = lookups.recorded?.kind === "expired" ? [notRecorded(lookups)] : [];
  const because = [...expired, ...(reasons.length > 0 ? reasons : [notRecorded(lookups)])];
  return planned(head, base, useRun(head, lookups, because), baseline, because);
}

function notRecorded({ recorded }: Lookups): string {
  return recorded?.kind === "expired" ? `its ${recorded.what} expired` : "no run with these inputs is recorded";
}

function trainingReasons(head: DescribedModel, base: DescribedModel): Because {
  const before = base.run;
  const after = head.run;
  const code = before.code.equals(after.code) ? [] : diffListings(before.code, after.code, 1_000);
  const reasons = [...after.unpinned.values(), ...explain(before.inputs, after.inputs, code), ...evaluationReasons(head, base)];
  return capped(reasons);
}

function evaluationReasons({ evaluation: after }: DescribedModel, { evaluation: before }: DescribedModel): Because {
  const names = [...new Set([...after.parts.keys(), ...before.parts.keys()])];
  const changed = names.filter((name) => name !== "test set" && after.parts.get(name) !== before.parts.get(name));
  const path = shownName(after.testPath);
  const testSet = after.unpinned ? [after.unpinned] : after.testSet === before.testSet ? [] : [`test set changed: ${path}`];
  return [...testSet, ...changed.map((name) => `${name} changed`)];
}

/** A run with these inputs, when there is one that may be used; else training. */
function useRun(head: DescribedModel, { run: found, recorded, points }: Lookups, reasons: Because): PlannedRun {
  // What has no content id may have changed although its hash did not.
  if (head.run.unpinned.size > 0) return plannedRun(head, { decision: "train", because: reasons });
  if (found?.mayReuse)
    return plannedRun(head, { decision: "reuse", because: [`${found.run.origin} had the same inputs`], run: found.run });
  const kept = useRecorded(head, recorded, "recorded with the same inputs");
  if (kept) return kept;
  const why = found ? [`${found.run.origin} had the same inputs, but ${found.why ?? "its trust does not allow its use"}`] : [];
  return plannedRun(head, { decision: "train", because: [...reasons, ...why] }, points);
}

function useRecorded(model: DescribedModel, found: FoundBaseline | undefined, because: string): PlannedRun | undefined {
  if (found?.kind !== "recorded") return undefined;
  return plannedRun(model, { decision: "reuse", because: [because], run: found.run });
}

function useBaseline(base: DescribedModel, { baseline: found, basePoints }: Lookups): PlannedRun {
  const kept = useRecorded(base, found, "recorded on the base branch");
  if (kept) return kept;
  const why = found?.kind === "expired" ? `its ${found.what} expired` : "no run of the base's inputs is recorded";
  return plannedRun(base, { decision: "train", because: [why] }, basePoints);
}

/** @param found runs of the grid's points */
function plannedRun(
  { commit, run, evaluation }: DescribedModel,
  decided: Pick<PlannedRun, "decision" | "because" | "run">,
  found: readonly (FoundRun | undefined)[] = [],
): PlannedRun {
  const points = run.points.map(({ inputHash }, index) => plannedPoint(inputHash, decided.because, found[index]));
  const { inputHash, inputs } = run;
  const { scoring, testSet } = evaluation;
  return { commit, inputHash, inputs, scoring, testSet, ...decided, ...(points.length > 0 && { points }) };
}

function plannedPoint(inputHash: Digest, because: Because, found: FoundRun | undefined): PlannedTraining {
  if (!found) return { inputHash, decision: "train", because };
  const same = `${found.run.origin} had the same inputs`;
  if (found.mayReuse) return { inputHash, decision: "reuse", because: [same], run: found.run };
  return { inputHash, decision: "train", because: [`${same}, but ${found.why ?? "its trust does not allow its use"}`] };
}

function runMinutes({ model: { train } }: DescribedModel): number {
  return train.timeoutMinutes * train.seeds.length;
}

function planned(
  head: DescribedModel,
  base: DescribedModel | undefined,
  candidate: PlannedRun,
  baseline: PlannedRun | undefined,
  evaluateBecause: Because,
): PlannedModel {
  return {
    model: head.model.name,
    candidate,
    baseline,
    evaluate: evaluateBecause.length > 0,
    evaluateBecause,
    testSetChanged: base !== undefined && head.evaluation.testSet !== base.evaluation.testSet,
    runner: head.model.train.runner,
    ...(head.model.train.engine.kind !== "local" && { engine: head.model.train.engine.kind }),
    timeoutMinutes: Math.max(runMinutes(head), base ? runMinutes(base) : 0),
  };
}
