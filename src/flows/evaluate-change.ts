import { join } from "node:path";
import { mostShownValues } from "../data/shown-values.ts";
import { AssayError, MissingDataError } from "../errors/errors.ts";
import { evaluateModels } from "../evaluation/evaluate-models.ts";
import { digestOf, shortDigest } from "../evidence/digest.ts";
import type { Evaluation, Evidence, ScoredModel, Training } from "../evidence/evidence.ts";
import type { PlannedModel, PlannedRun } from "../plan/plan.ts";
import { commitTree, type Tree, workTree } from "../plan/tree.ts";
import { findOtherLabels } from "../scoring/other-labels.ts";
import type { Predictions, Truth } from "../scoring/predictions.ts";
import { readTestSet, type TestSetRows } from "../scoring/test-set.ts";
import { applyLaw } from "../spec/law.ts";
import { measuredBy } from "../spec/measured-by.ts";
import { dataFile, inRepository } from "../spec/paths.ts";
import type { Law, Model, Spec } from "../spec/spec.ts";
import { checkDataOfChange } from "./check-quality-of-change.ts";
import type { Machine } from "./context.ts";
import { type FetchedRun, fetchRun, type Records, TrainingFailedError } from "./fetch-run.ts";
import { keepSealed } from "./keep-evidence.ts";
import { commandsOf } from "./model-commands.ts";
import { obtainData } from "./obtain-data.ts";
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
  /** By hand: the work tree is evaluated, with what is not committed. */
  uncommitted?: boolean;
}

/** As long as evidence may quote; messages can hold a command line. */
const maxMessage = 2_000;
const maxLabel = 200;

/** One of the two models that are compared, with what its own commit says about scoring it. */
interface Side {
  run: FetchedRun;
  planned: PlannedRun;
  model: Model;
  /** `scored` tasks: scores that it has to give. */
  scores: readonly string[];
  /** Undefined: the tree that is checked out; else it needs a work tree of its own. */
  worktreeOf: string | undefined;
}

/**
 * Scores candidate and baseline on the same test rows, computes the metrics of record and the paired changes, seals the
 * evidence and keeps it. What cannot be scored is recorded with its reason; nothing is thrown for it.
 */
export async function evaluateChange(request: EvaluateRequest, machine: Machine, records: Records): Promise<Evidence> {
  const { planned, law, base } = request;
  const headModel = modelOf(request.spec, planned.model);
  const lawModel = law?.spec.models.get(planned.model);
  const baseModel = base?.spec.models.get(planned.model);
  const judgedAs = lawModel ? applyLaw(lawModel, headModel) : headModel;

  const candidateRun = await fetchRun(planned.model, planned.candidate, machine, records);
  const fetched = [candidateRun];
  try {
    const fetchedEvidence: Evidence = {
      ...candidateRun.evidence,
      evaluations: [],
      seal: undefined,
      evaluationFailure: undefined,
    };
    if (fetchedEvidence.trainings.some(({ outcome }) => outcome !== "completed"))
      return await keepSealed(fetchedEvidence, {}, machine);
    const candidate: Side = {
      run: candidateRun,
      planned: planned.candidate,
      model: judgedAs,
      scores: judgedAs.evaluate.metrics,
      worktreeOf: undefined,
    };
    const baseline = await fetchBaseline(request, judgedAs, candidate, machine, records);
    if ("run" in baseline && baseline.run !== candidateRun) fetched.push(baseline.run);

    const sides = { judgedAs, candidate, baseline };
    const { commit } = planned.candidate;
    const checkedOut = request.uncommitted ? workTree(machine.git, machine.files) : commitTree(machine.git, commit);
    const { data, profiles } = await checkDataOfChange(
      {
        judgedAs,
        candidate: { model: headModel, evidence: candidateRun.evidence },
        baseline:
          "run" in baseline && baseModel
            ? { model: baseModel, evidence: baseline.run.evidence, commit: baseline.planned.commit }
            : undefined,
        tree: checkedOut,
        folder: machine.git.root,
        testSetChanged: planned.testSetChanged,
      },
      machine,
      records,
    );
    const begun: Evidence = { ...fetchedEvidence, data };
    const current = await attempt(() =>
      evaluateOn({ role: "current", owner: headModel, tree: checkedOut, folder: machine.git.root }, sides, machine),
    );
    if ("missing" in current)
      return await keepSealed(
        { ...begun, evaluationFailure: { message: current.missing, exitCode: current.exitCode } },
        { profiles },
        machine,
      );
    const results = [current];
    let baseTestSetMissing: string | undefined;
    if (planned.testSetChanged && base && baseModel && law?.commit === base.commit) {
      const old = await attempt(() =>
        inWorktree(machine, base.commit, (folder) =>
          evaluateOn({ role: "base", owner: baseModel, tree: commitTree(machine.git, base.commit), folder }, sides, machine),
        ),
      );
      if ("missing" in old) baseTestSetMissing = old.missing;
      else results.push(old);
    }
    const evaluations = results.map(({ evaluation }) => evaluation);
    const predictions = results.flatMap(({ predictions: made }) => made ?? []);
    return await keepSealed({ ...begun, evaluations, baseTestSetMissing }, { predictions, profiles }, machine);
  } finally {
    for (const run of fetched) await run.remove();
  }
}

interface Sides {
  judgedAs: Model;
  candidate: Side;
  baseline: Side | { missing: string };
}

/** Whose test set it is, and where that is checked out. */
interface Place {
  role: Evaluation["role"];
  owner: Model;
  tree: Tree;
  folder: string;
}

/** Both models on one test set; the predictions are the candidate's. */
async function evaluateOn({ role, owner, tree, folder }: Place, { judgedAs, candidate, baseline }: Sides, machine: Machine) {
  const name = inRepository(owner, dataFile(owner.evaluate.data));
  const { task } = judgedAs;
  const { id, target, group, weight, slices, positive, metrics, lowerIsBetter } = judgedAs.evaluate;
  const columns = { id, target, group, weight, slices };
  const { run, setUp } = commandsOf(owner, folder, machine);
  const bringTestData = async (command: string) => {
    // It may install what pulls.
    await setUp();
    return run(command, "the command of data.pull");
  };
  await obtainData({ model: owner, tree, folder, paths: [owner.evaluate.data], checked: "everything" }, machine, bringTestData);
  const test = await readTestSet({ path: join(folder, name), name, task, ...columns, files: machine.files });
  machine.progress(`Scoring ${judgedAs.name} on ${name}: ${test.testSet.rows} rows, ${shortDigest(test.testSet.digest)}`);

  const ours = await attempt(() => score(candidate, test, machine));
  const theirs = "missing" in baseline ? baseline : await attempt(() => score(baseline, test, machine));
  const {
    candidate: candidateResult,
    baseline: baselineResult,
    ...rest
  } = evaluateModels({
    task,
    truth: test.truth,
    design: test.design,
    positive,
    metrics,
    lowerIsBetter,
    candidate: "missing" in ours ? undefined : ours.predictions,
    baseline: "missing" in theirs ? undefined : theirs.predictions,
  });
  const isCurrent = role === "current";
  const content = isCurrent ? candidate.planned.testSet : undefined;
  const evaluation: Evaluation = {
    role,
    testSet: { ...test.testSet, ...(content !== undefined && { id: content }) },
    measuredBy: isCurrent ? digestOf(measuredBy(judgedAs)) : undefined,
    candidate: "missing" in ours || candidateResult === undefined ? undefined : { ...ours.scored, ...candidateResult },
    candidateMissing: "missing" in ours ? ours.missing : undefined,
    baseline:
      "missing" in theirs || baselineResult === undefined ? undefined : { ...theirs.scored, how: theirs.how, ...baselineResult },
    baselineMissing: "missing" in theirs ? theirs.missing : undefined,
    ...rest,
    weight: test.design.weights && weight,
  };
  return { evaluation, predictions: "missing" in ours ? undefined : ours.predictions };
}

async function score({ run, planned, model, scores, worktreeOf }: Side, test: TestSetRows, machine: Machine) {
  const kept = await run.keptPredictions(test.testSet.digest, planned.scoring);
  const { predictions, how } = await scoreRun({ model, scores, modelFolders: run.modelFolders, worktreeOf, test, kept }, machine);
  const { inputHash, commit, scoring } = planned;
  const reported = reportedNumbers(run.evidence.trainings);
  const digests = predictions.map(({ digest }) => digest);
  const otherLabels = otherLabelsOf(predictions, test.truth, model);
  return { predictions, how, scored: { inputHash, commit, scoring, predictions: digests, otherLabels, reported } };
}

/** Of all trainings together. Values of cells are shown only where they are few. */
function otherLabelsOf(
  predictions: readonly Predictions[],
  truth: Truth,
  { evaluate: { classes = [], positive } }: Model,
): ScoredModel["otherLabels"] {
  const declared = positive === undefined ? classes : [...classes, positive];
  const found = predictions.map((made) => findOtherLabels(made, truth, declared));
  const rows = found.reduce((count, { rows }) => count + rows, 0);
  if (rows === 0) return undefined;
  const labels = [...new Set(found.flatMap(({ labels }) => [...labels]))].sort();
  const shown = labels.length > mostShownValues ? [] : labels.map((label) => label.slice(0, maxLabel));
  return { predictions: rows, different: labels.length, labels: shown };
}

/** Numbers that every training reported itself, one value a training. */
function reportedNumbers(trainings: readonly Training[]): ScoredModel["reported"] {
  const [first, ...others] = trainings.map(({ reported }) => reported ?? {});
  const shared = Object.entries(first ?? {}).filter(([name]) => others.every((other) => Object.hasOwn(other, name)));
  if (shared.length === 0) return undefined;
  return Object.fromEntries(shared.map(([name, value]) => [name, [value, ...others.map((other) => other[name] ?? value)]]));
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
  // Scores that the change adds cannot be asked of it.
  const scores = judgedAs.evaluate.metrics.filter((metric) => baseModel.evaluate.metrics.includes(metric));
  const side = { planned: planned.baseline, model, scores, worktreeOf: planned.baseline.commit };
  if (planned.baseline.inputHash === planned.candidate.inputHash) return { ...side, run: candidate.run };
  try {
    const run = await fetchRun(planned.model, planned.baseline, machine, records);
    const unfinished = run.evidence.trainings.find(({ outcome }) => outcome !== "completed");
    if (unfinished) return { missing: withoutTraining(unfinished.message ?? unfinished.outcome) };
    return { ...side, run };
  } catch (error) {
    if (error instanceof TrainingFailedError) return { missing: withoutTraining(error.failure) };
    // A damaged record too is only a missing baseline.
    if (error instanceof AssayError) return { missing: error.message.slice(0, maxMessage) };
    throw error;
  }
}

function withoutTraining(failure: string): string {
  return `The baseline's training did not complete: ${failure}`.slice(0, maxMessage);
}

/** What a person has to mend, as a fact of the evidence; anything else is a bug and is thrown. */
async function attempt<T>(work: () => Promise<T>): Promise<T | { missing: string; exitCode: number }> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AssayError) return { missing: error.message.slice(0, maxMessage), exitCode: error.exitCode };
    throw error;
  }
}

function modelOf(spec: Spec, name: string): Model {
  const model = spec.models.get(name);
  if (!model) throw new MissingDataError(`${spec.path} has no model ${name}; the plan is of another commit.`);
  return model;
}
