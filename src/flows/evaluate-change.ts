import { join } from "node:path";
import { AssayError, exitCodes, MissingDataError } from "../errors/errors.ts";
import { compareModels } from "../evaluation/compare-models.ts";
import { evaluateModel } from "../evaluation/evaluate-model.ts";
import { shortDigest } from "../evidence/digest.ts";
import type { Evaluation, Evidence } from "../evidence/evidence.ts";
import type { PlannedModel, PlannedRun } from "../plan/plan.ts";
import type { Predictions } from "../scoring/predictions.ts";
import { readTestSet, type TestSetRows } from "../scoring/test-set.ts";
import { applyLaw } from "../spec/law.ts";
import { dataFile, inRepository } from "../spec/paths.ts";
import type { Law, Model, Spec } from "../spec/spec.ts";
import type { Machine } from "./context.ts";
import { type FetchedRun, fetchRun, type Records } from "./fetch-run.ts";
import { keepSealed } from "./keep-evidence.ts";
import { scoreRun } from "./score-run.ts";
import { inWorktree } from "./train-model.ts";

export interface EvaluateRequest {
  planned: PlannedModel;
  /** Of the checked-out tree. */
  spec: Spec;
  /** The rules in force: of a pull request base's, of a protected branch its own; null when there are none yet. */
  law: Law | null;
  /** The commit that is compared with, and its spec; null when there is none. */
  base: Law | null;
}

/** One of the two models that are compared, with what its own commit says about scoring it. */
interface Side {
  run: FetchedRun;
  planned: PlannedRun;
  model: Model;
  /** Undefined: the tree that is checked out; else it needs a work tree of its own. */
  worktreeOf: string | undefined;
}

/**
 * Scores candidate and baseline on the same test rows, computes the metrics of record and the paired changes, seals the
 * evidence and keeps it. What cannot be scored is recorded with its reason; nothing is thrown for it.
 */
export async function evaluateChange(request: EvaluateRequest, machine: Machine, records: Records): Promise<Evidence> {
  const { planned } = request;
  const headModel = modelOf(request.spec, planned.model);
  const lawModel = request.law?.spec.models.get(planned.model);
  const baseModel = request.base?.spec.models.get(planned.model);
  const judgedAs = lawModel ? applyLaw(lawModel, headModel) : headModel;

  const candidateRun = await fetchRun(planned.model, planned.candidate, machine, records);
  const begun: Evidence = { ...candidateRun.evidence, evaluations: [], seal: undefined, evaluationFailure: undefined };
  const unfinished = begun.trainings.find(({ outcome }) => outcome !== "completed");
  if (unfinished) return keepSealed(begun, [], machine);

  const candidate: Side = { run: candidateRun, planned: planned.candidate, model: judgedAs, worktreeOf: undefined };
  const baseline = await fetchBaseline(request, judgedAs, candidate, machine, records);
  const predictions = new Map<string, Predictions>();
  try {
    const evaluations = [await evaluateOn("current", machine.git.root)];
    const { law, base } = request;
    if (planned.testSetChanged && base && baseModel && law?.commit === base.commit)
      evaluations.push(await inWorktree(machine, base.commit, (folder) => evaluateOn("base", folder)));
    return await keepSealed({ ...begun, evaluations }, [...predictions.values()], machine);
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    return await keepSealed(
      { ...begun, evaluationFailure: { message: error.message, exitCode: error.exitCode } },
      [...predictions.values()],
      machine,
    );
  } finally {
    await candidateRun.remove();
    if ("run" in baseline && baseline.run !== candidateRun) await baseline.run.remove();
  }

  async function evaluateOn(role: Evaluation["role"], folder: string): Promise<Evaluation> {
    const owner = role === "base" && baseModel ? baseModel : headModel;
    const name = inRepository(owner, dataFile(owner.evaluate.data));
    const { task } = judgedAs;
    const test = await readTestSet({
      path: join(folder, name),
      name,
      task,
      id: judgedAs.evaluate.id,
      target: judgedAs.evaluate.target,
    });
    machine.progress(`Scoring ${planned.model} on ${name}: ${test.testSet.rows} rows, ${shortDigest(test.testSet.digest)}`);

    const ours = await attempt(() => score(candidate, test));
    const theirs = "missing" in baseline ? baseline : await attempt(() => score(baseline, test));
    const facts = { task, truth: test.truth, positive: judgedAs.evaluate.positive, metrics: judgedAs.evaluate.metrics };
    if ("predictions" in ours) predictions.set(test.testSet.digest, ours.predictions);
    const compared =
      "predictions" in ours && "predictions" in theirs
        ? compareModels({ ...facts, baseline: theirs.predictions, candidate: ours.predictions })
        : { comparisons: [], flipped: undefined };
    return {
      role,
      testSet: test.testSet,
      ...("predictions" in ours
        ? {
            candidate: {
              ...scored(candidate.planned, ours.predictions),
              ...evaluateModel({ ...facts, predictions: ours.predictions }),
            },
          }
        : { candidateMissing: ours.missing }),
      ...("predictions" in theirs
        ? {
            baseline: {
              ...scored("missing" in baseline ? planned.candidate : baseline.planned, theirs.predictions),
              ...evaluateModel({ ...facts, predictions: theirs.predictions }),
              how: theirs.how,
            },
          }
        : { baselineMissing: theirs.missing }),
      ...compared,
    };
  }

  async function score(side: Side, test: TestSetRows) {
    const kept = await side.run.keptPredictions(test.testSet.digest);
    return scoreRun({ model: side.model, modelFolder: side.run.modelFolder, worktreeOf: side.worktreeOf, test, kept }, machine);
  }
}

async function fetchBaseline(
  request: EvaluateRequest,
  judgedAs: Model,
  candidate: Side,
  machine: Machine,
  records: Records,
): Promise<Side | { missing: string }> {
  const { planned, base } = request;
  const baseModel = base?.spec.models.get(planned.model);
  if (!planned.baseline || !baseModel) return { missing: `There is no earlier ${planned.model} to compare with yet.` };
  // Judged like the candidate, but scored by its own commit's predict code.
  const model: Model = {
    ...baseModel,
    task: judgedAs.task,
    evaluate: { ...judgedAs.evaluate, predict: baseModel.evaluate.predict },
  };
  const side = { planned: planned.baseline, model, worktreeOf: planned.baseline.commit };
  if (planned.baseline.inputHash === planned.candidate.inputHash) return { ...side, run: candidate.run };
  try {
    const run = await fetchRun(planned.model, planned.baseline, machine, records);
    const unfinished = run.evidence.trainings.find(({ outcome }) => outcome !== "completed");
    if (unfinished) return { missing: `The baseline's training did not complete: ${unfinished.message ?? unfinished.outcome}` };
    return { ...side, run };
  } catch (error) {
    if (error instanceof MissingDataError) return { missing: error.message };
    throw error;
  }
}

async function attempt<T>(score: () => Promise<T>): Promise<T | { missing: string }> {
  try {
    return await score();
  } catch (error) {
    // A usage or config error is about the test set or the spec and would repeat itself on the other side.
    if (error instanceof AssayError && error.exitCode !== exitCodes.usage) return { missing: error.message };
    throw error;
  }
}

function scored(planned: PlannedRun, predictions: Predictions) {
  return { inputHash: planned.inputHash, commit: planned.commit, predictions: predictions.digest };
}

function modelOf(spec: Spec, name: string): Model {
  const model = spec.models.get(name);
  if (!model) throw new MissingDataError(`${spec.path} has no model ${name}; the plan is of another commit.`);
  return model;
}
