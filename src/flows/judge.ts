import type { Evidence } from "../evidence/evidence.ts";
import { judgeModel } from "../gates/judge-model.ts";
import type { Waivers } from "../gates/waive.ts";
import type { Plan, PlannedModel } from "../plan/plan.ts";
import { isByHand, type JobLink, type ModelReport, type ModelState, type Report } from "../report/report.ts";
import { applyLaw, compareLaws, trainingsOf } from "../spec/law.ts";
import { inRepository } from "../spec/paths.ts";
import type { Law, Model, Spec } from "../spec/spec.ts";
import type { TrustLevel } from "../trust/trust.ts";
import { failureOf, isHandedOff } from "./failure.ts";
import { jobIsOf } from "./model-jobs.ts";

/** Everything that is known when a verdict is asked for. */
export interface JudgeRequest {
  repository: string;
  serverUrl: string;
  plan: Plan;
  pullRequest?: Report["pullRequest"];
  /** Base's rules; null when base has no `assay.yml`. */
  law: Law | null;
  /** Rules of the planned tree, null when they cannot be read here. */
  headSpec: Spec | null;
  /** Verified evidence by model. */
  evidence: ReadonlyMap<string, { evidence: Evidence; trust: TrustLevel }>;
  /** Models whose evidence is there and not believed, with the reason. */
  refused: ReadonlyMap<string, string>;
  /** The workflow run's other jobs, empty when run by hand. */
  jobs: readonly JudgedJob[];
  links: Report["links"];
  /** GPU-hours of the pull request, where the law has a budget of them. */
  budget?: Report["budget"];
  /** Why the run's numbers are claims, which never pass. */
  unverified?: string | undefined;
  /** By model, what owners waived for this pull request; beside those of the law. */
  waivers?: ReadonlyMap<string, Waivers["all"]> | undefined;
  /** What the app knows besides; undefined without it. */
  app?: Report["app"];
  /** The day of the judgement in UTC, `2026-11-02`: waivers end. */
  today: string;
}

export interface JudgedJob extends JobLink {
  finished: boolean;
}

/** Decides what the evidence means by the law in force. Pure: nothing is fetched and nothing is published. */
export function judge(request: JudgeRequest): Report {
  const models = request.plan.models.map((planned) => judgeOne(planned, request));
  const jobs = request.plan.models.filter(({ evaluate, waitsFor }) => evaluate && waitsFor === undefined).length;
  return {
    repository: request.repository,
    serverUrl: request.serverUrl,
    event: request.plan.event,
    pullRequest: request.pullRequest,
    headSha: request.plan.headSha ?? request.plan.commit,
    baseSha: request.plan.base,
    models,
    verdict: together(models, request.plan.event),
    writer: request.law?.spec.writer ?? "action",
    onInconclusive: request.law?.spec.onInconclusive ?? "block",
    law: request.law && { commit: request.law.commit, path: request.law.spec.path },
    lawChanges: lawChanges(request),
    budget: request.budget,
    jobs: { done: jobs - models.filter(({ state }) => state.kind === "pending").length, total: jobs },
    links: request.links,
    app: request.app,
  };
}

function judgeOne(planned: PlannedModel, request: JudgeRequest): ModelReport {
  const lawModel = request.law?.spec.models.get(planned.model);
  const headModel = request.headSpec?.models.get(planned.model);
  return {
    name: planned.model,
    owners: (lawModel ?? headModel)?.owners ?? [],
    plan: planned,
    state: stateOf(planned, request),
  };
}

function stateOf(planned: PlannedModel, request: JudgeRequest): ModelState {
  if (!planned.evaluate) return { kind: "unchanged" };
  if (planned.withheld !== undefined) return { kind: "withheld", message: planned.withheld };
  if (planned.waitsFor !== undefined) return { kind: "waiting", waitsFor: planned.waitsFor };
  const job = jobOf(planned.model, request.jobs);
  const refused = request.refused.get(planned.model);
  if (refused !== undefined) return { kind: "failed", message: refused, job };
  const found = request.evidence.get(planned.model);
  if (!found) {
    if (job && !job.finished) return { kind: "pending", job };
    if (isByHand(request))
      return {
        kind: "unevaluated",
        message: `Nothing was evaluated of it: \`assay train ${planned.model} && assay evaluate ${planned.model}\`.`,
      };
    return {
      kind: "lost",
      job,
      message: "Its job ended without evidence: it was cancelled, its machine was lost, or it failed early.",
    };
  }
  const { evidence, trust } = found;
  const failure = failureOf(evidence);
  if (failure && isHandedOff(evidence)) return { kind: "pending", job, message: failure };
  if (failure) return { kind: "failed", message: failure, job, evidence };

  const lawModel = request.law?.spec.models.get(planned.model);
  const headModel = request.headSpec?.models.get(planned.model);
  // Base's gates, at the places where the head has them.
  const gates = (lawModel && headModel ? applyLaw(lawModel, headModel) : (lawModel ?? headModel))?.gates ?? [];
  const reasons = lawModel ? untestedOnBase(planned, evidence, request) : [noLaw(request)];
  const judged = judgeModel({
    ...rulesOf(lawModel ?? headModel),
    model: planned.model,
    gates,
    evaluations: evidence.evaluations,
    run: runOf(planned, evidence),
    waivers: waiversOf(planned.model, request),
    reasons,
  });
  const verdict = reasons.length === 0 || judged.outcome === "fail" ? judged : { ...judged, outcome: "inconclusive" as const };
  const compared = evidence.evaluations.some(({ baseline }) => baseline !== undefined);
  return { kind: compared ? "judged" : "recorded", verdict, evidence, trust };
}

function rulesOf(model: Model | undefined) {
  return { slices: model?.evaluate.slices ?? [], primary: model?.evaluate.primary, trainings: model && trainingsOf(model) };
}

function runOf(planned: PlannedModel | undefined, { trainings, experiments }: Evidence) {
  const others = experiments?.points.filter((_, place) => place !== experiments.chosen).flatMap(({ seeds }) => seeds);
  return { trainings, others: others ?? [], reused: planned !== undefined && planned.candidate.decision !== "train" };
}

/** Only base's count: what a pull request waives for itself is worth nothing. */
function waiversOf(model: string, { law, today, waivers }: JudgeRequest): Waivers {
  return { all: [...(law?.spec.models.get(model)?.waivers ?? []), ...(waivers?.get(model) ?? [])], today };
}

function noLaw({ law }: JudgeRequest): string {
  return law
    ? "The base branch does not know this model yet: a model owner decides."
    : "The base branch has no assay.yml yet: a model owner decides.";
}

/** A changed test set is judged on base's too; where it could not be, an owner decides. */
function untestedOnBase({ testSetChanged }: PlannedModel, evidence: Evidence, { plan }: JudgeRequest): readonly string[] {
  if (!testSetChanged || plan.event === "push" || evidence.evaluations.some(({ role }) => role === "base")) return [];
  const why = evidence.baseTestSetMissing ?? "it was not evaluated on it";
  return [`The test set changed, and the model could not be judged on the base branch's: ${why}`];
}

/** Of a grid's several jobs one that is not over, else the one that evaluates. */
function jobOf(model: string, jobs: readonly JudgedJob[]): JudgedJob | undefined {
  const own = jobs.filter(({ name }) => jobIsOf(name, model));
  return own.find(({ finished }) => !finished) ?? own.find(({ name }) => /\bevaluate /i.test(name)) ?? own[0];
}

function together(models: readonly ModelReport[], event: Plan["event"]): Report["verdict"] {
  const outcomes = models.map(({ state }): Report["verdict"] => {
    // A protected branch records its first model: there is nothing yet that it could be held against.
    if (state.kind === "recorded" && event === "push" && state.verdict.outcome === "inconclusive") return "pass";
    if (state.kind === "judged" || state.kind === "recorded") return state.verdict.outcome;
    if (state.kind === "pending" || state.kind === "waiting") return state.kind;
    return state.kind === "unchanged" ? "pass" : "fail";
  });
  return (["pending", "fail", "waiting", "inconclusive"] as const).find((outcome) => outcomes.includes(outcome)) ?? "pass";
}

function lawChanges(request: JudgeRequest): Report["lawChanges"] {
  const { law, headSpec, evidence } = request;
  if (!law || !headSpec) return [];
  const changes = compareLaws(law.spec, headSpec);
  return changes.map(({ model, ...change }) => {
    const head = headSpec.models.get(model);
    const found = evidence.get(model)?.evidence;
    const evaluations = found?.evaluations;
    const before = law.spec.models.get(model);
    // A model that base does not know was measured by the head's rules.
    const canBeTried = head && found && evaluations?.length && (before === undefined || measuresSame(before, head));
    if (!canBeTried) return { model, ...change, wouldBe: undefined };
    const waivers = waiversOf(model, request);
    const run = runOf(
      request.plan.models.find((planned) => planned.model === model),
      found,
    );
    const judged = judgeModel({ ...rulesOf(head), model, gates: head.gates, evaluations, run, waivers });
    return { model, ...change, wouldBe: judged.outcome };
  });
}

/** Whether the evidence, which was measured by base's rules, holds all that the head's would be judged on. */
function measuresSame(base: Model, head: Model): boolean {
  const terms = (model: Model) => {
    const { data, id, target, positive, classes, group, weight, lowerIsBetter } = model.evaluate;
    const directions = lowerIsBetter.filter((metric) => base.evaluate.metrics.includes(metric)).toSorted();
    return JSON.stringify([model.task, inRepository(model, data), id, target, positive, classes, group, weight, directions]);
  };
  const smallest = ({ evaluate }: Model, name: string) => evaluate.slices.find(({ column }) => column === name)?.minRows;
  const hasSlices = head.gates.every(
    ({ slice }) =>
      slice === undefined || (smallest(head, slice.column) ?? 0) >= (smallest(base, slice.column) ?? Number.POSITIVE_INFINITY),
  );
  return terms(base) === terms(head) && hasSlices;
}
